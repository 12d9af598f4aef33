"""The service over a server: what it answers over a folder, and what it writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from gongkai_api import Settings
from gongkai_api.app import create_app
from tests.api.client import Client, serving
from tests.remote.servers import Server

REPORT = quote("/report/unplaced/桐浦县卫生健康局/2022")
GRAPH = "/graphs?graph=http://e/graph"
MAY_WRITE = {"Authorization": "Bearer secret"}


@pytest.fixture(scope="module")
def remote(server: Server) -> Iterator[Client]:
    with serving(create_app(Settings(server.remote, write_token="secret"))) as client:
        yield client


@pytest.fixture(scope="module")
def embedded(local: Path) -> Iterator[Client]:
    with serving(create_app(Settings(local))) as client:
        yield client


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [
        "/api/queries/balance-faults?format=csv",
        "/sparql?format=csv&query=" + quote("SELECT (COUNT(*) AS ?n) { ?s a ?type }"),
    ],
)
def test_a_query_is_answered_the_same(remote: Client, embedded: Client, path: str) -> None:
    there, here = remote("GET", path), embedded("GET", path)
    assert (there.status, sorted(there.text.split())) == (200, sorted(here.text.split()))
    assert "etag" not in there.headers, "what a server holds may change at any time"


@pytest.mark.slow
def test_the_page_of_a_report_is_the_same(remote: Client, embedded: Client) -> None:
    there, here = (shown(client) for client in (remote, embedded))
    assert there == here
    assert any("桐浦县卫生健康局" in line for line in there)


def shown(client: Client) -> list[str]:
    """What the page of a report shows; lists of links stand in any order."""
    reply = client("GET", REPORT, Accept="text/html", Accept_Language="zh")
    while reply.status in (302, 303):
        reply = client(
            "GET", urlsplit(reply.headers["location"]).path, Accept="text/html", Accept_Language="zh"
        )
    assert reply.status == 200, reply.text
    return sorted(reply.text.partition("<main")[2].partition("</main>")[0].split("<"))


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/.well-known/void", "/catalog", "/sitemap.xml", "/ready"])
def test_what_is_said_of_the_data_is_there(remote: Client, path: str) -> None:
    assert remote("GET", path).status == 200


@pytest.mark.slow
def test_the_first_page_says_whose_agencies_are_invented(remote: Client) -> None:
    assert "随程序附带的示例" in remote("GET", "/").text


@pytest.mark.slow
def test_graphs_are_written_and_read(remote: Client) -> None:
    assert remote("GET", GRAPH).status == 404
    put = remote("PUT", GRAPH, '<a:a> <a:b> "一" .'.encode(), Content_Type="text/turtle", **MAY_WRITE)
    assert put.status == 201
    posted = remote("POST", GRAPH, b'<a:a> <a:b> "two" .', Content_Type="text/turtle", **MAY_WRITE)
    assert posted.status == 200
    lines = remote("GET", GRAPH, Accept="application/n-triples").text.splitlines()
    assert sorted(lines) == ['<a:a> <a:b> "two" .', '<a:a> <a:b> "一" .']
    assert remote("PUT", GRAPH, b"<a:a> <a:b> 3 .", Content_Type="text/turtle", **MAY_WRITE).status == 204
    assert len(remote("GET", GRAPH, Accept="application/n-triples").text.splitlines()) == 1
    assert remote("DELETE", GRAPH, **MAY_WRITE).status == 200
    assert remote("GET", GRAPH).status == 404


@pytest.mark.slow
def test_an_update_is_run(remote: Client) -> None:
    question = "SELECT ?o { <a:updated> <a:b> ?o }"
    for text, there in (("INSERT DATA", ["yes"]), ("DELETE DATA", [])):
        update = f'{text} {{ <a:updated> <a:b> "yes" }}'.encode()
        done = remote("POST", "/update", update, Content_Type="application/sparql-update", **MAY_WRITE)
        assert done.status in (200, 204), done.text
        assert remote.query(question, Accept="application/sparql-results+json").column("o") == there
    bad = remote("POST", "/update", b"INSERT DATA {", Content_Type="application/sparql-update", **MAY_WRITE)
    assert bad.status == 400


@pytest.mark.slow
def test_a_query_that_is_none_is_told_with_its_place(remote: Client) -> None:
    reply = remote.query("SELECT * {\n ?s ?p }")
    assert (reply.status, reply.json["line"]) == (400, 2)
