from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from gongkai.store import Writer
from gongkai_api import Settings, create_app
from gongkai_api.protocol import Operation
from gongkai_api.settings import Limits
from gongkai_api.update import with_dataset
from tests.api.client import Client, serving
from tests.api.conftest import EX

TOKEN = "secret"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
UPDATE = {"Content_Type": "application/sparql-update"}
TURTLE = {"Content_Type": "text/turtle"}
INSERT = f'INSERT DATA {{ <{EX}a> <{EX}says> "1" }}'.encode()


@pytest.fixture
def open_store(tmp_path: Path) -> Iterator[Client]:
    with Writer.open(tmp_path):
        pass
    with serving(create_app(Settings(tmp_path, write_token=TOKEN))) as client:
        yield client


def count(client: Client, pattern: str = "?s ?p ?o") -> int:
    return int(client.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}").column("n")[0])


def test_writing_is_off_without_a_token(client: Client) -> None:
    for path, method in (("/update", "POST"), ("/graphs?default", "PUT"), ("/graphs?default", "DELETE")):
        reply = client(method, path, INSERT, **BEARER, **UPDATE)
        assert reply.status == 403
        assert "GONGKAI_WRITE_TOKEN" in reply.json["error"]


@pytest.mark.parametrize("sent", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}])
def test_a_wrong_token_writes_nothing(open_store: Client, sent: dict[str, str]) -> None:
    for path, method in (("/update", "POST"), ("/graphs?default", "PUT"), ("/graphs?default", "DELETE")):
        reply = open_store(method, path, INSERT, **sent, **UPDATE)
        assert reply.status == 401
        assert reply.headers["www-authenticate"].startswith("Bearer")
    assert count(open_store) == 0


def test_tokens_are_compared_in_constant_time(open_store: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def compare(given: bytes, known: bytes) -> bool:
        compared.append((given, known))
        return False

    monkeypatch.setattr("gongkai_api.writes.hmac.compare_digest", compare)
    assert open_store("POST", "/update", INSERT, **BEARER, **UPDATE).status == 401
    assert compared == [(TOKEN.encode(), TOKEN.encode())], "nothing else decides"


def test_a_body_that_is_too_large_is_413(tmp_path: Path) -> None:
    with Writer.open(tmp_path):
        pass
    settings = Settings(tmp_path, limits=Limits(body=1000), write_token=TOKEN, checker=lambda *_: b"")
    with serving(create_app(settings)) as client:
        for method, path in (("POST", "/update"), ("PUT", GRAPH), ("POST", "/check")):
            assert client(method, path, b"#" * 2000, **BEARER, **TURTLE).status == 413


def test_an_update_is_seen_at_once(open_store: Client) -> None:
    assert open_store("POST", "/update", INSERT, **BEARER, **UPDATE).status == 204
    assert count(open_store) == 1
    form = urlencode({"update": "CLEAR DEFAULT"}).encode()
    assert (
        open_store("POST", "/update", form, **BEARER, Content_Type="application/x-www-form-urlencoded").status
        == 204
    )
    assert count(open_store) == 0


def test_a_failed_update_changes_nothing(open_store: Client) -> None:
    reply = open_store("POST", "/update", INSERT + b" ; INSERT nonsense", **BEARER, **UPDATE)
    assert reply.status == 400
    assert reply.json["line"] == 1
    assert count(open_store) == 0


@pytest.mark.parametrize(
    "text", ["LOAD <http://127.0.0.1:9/>", "INSERT {?s ?p ?o} WHERE { SERVICE <http://127.0.0.1:9/> {} }"]
)
def test_an_update_calls_nobody(open_store: Client, text: str) -> None:
    assert open_store("POST", "/update", text.encode(), **BEARER, **UPDATE).status == 403


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", "INSERT { ?s ?p 1 }  USING <http://g> WHERE { ?s ?p ?o }"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE { ?s ?p ?o } USING <http://g> WHERE { ?s ?p ?o }"),
        ("CLEAR ALL", "CLEAR ALL"),
    ],
)
def test_the_dataset_of_the_protocol_becomes_using(text: str, expected: str) -> None:
    found = with_dataset(Operation(text, ("http://g",), ()))
    assert found.split() == expected.split()
    ox.Store().update(found)


def test_several_operations_each_get_the_dataset() -> None:
    text = "# WHERE\nCLEAR ALL ; DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?o = 'WHERE') } ; DELETE WHERE { ?a ?b ?c }"
    found = with_dataset(Operation(text, ("http://g",), ("http://h",)))
    assert found.count("USING <http://g> USING NAMED <http://h>") == 2
    ox.Store().update(found)


@pytest.mark.parametrize("graph", ["http://g> {} } ; DROP ALL #", "relative", ""])
@pytest.mark.parametrize("name", ["using-graph-uri", "using-named-graph-uri"])
def test_a_dataset_that_is_no_iri_is_400(open_store: Client, name: str, graph: str) -> None:
    open_store("POST", "/update", INSERT, **BEARER, **UPDATE)
    path = "/update?" + urlencode({name: graph})
    reply = open_store("POST", path, b"DELETE WHERE { ?s ?p ?o }", **BEARER, **UPDATE)
    assert (reply.status, f"{name}={graph} is no absolute IRI" in reply.json["error"]) == (400, True)
    assert count(open_store) == 1


def test_the_dataset_of_the_protocol_is_one_or_the_other(open_store: Client) -> None:
    text = b"WITH <http://e/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"
    reply = open_store("POST", "/update?using-graph-uri=http://e/g", text, **BEARER, **UPDATE)
    assert (reply.status, "2.2.3" in reply.json["error"]) == (400, True)


def test_an_update_works_on_the_dataset_of_the_protocol(open_store: Client) -> None:
    first = b"INSERT DATA { <a:a> <a:b> 1 GRAPH <http://e/g> { <a:a> <a:b> 2 } }"
    second = b"INSERT { GRAPH <http://e/h> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    for path, text in (("/update", first), ("/update?using-graph-uri=http://e/g", second)):
        assert open_store("POST", path, text, **BEARER, **UPDATE).status == 204
    assert open_store.query("SELECT ?o { GRAPH <http://e/h> { ?s ?p ?o } }").column("o") == ["2"]


def test_a_store_that_is_written_elsewhere_is_503(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai_api.writes._WAIT", 0.1)
    with Writer.open(tmp_path) as writer:
        writer.publish()
        with serving(create_app(Settings(tmp_path, write_token=TOKEN))) as client:
            reply = client("POST", "/update", INSERT, **BEARER, **UPDATE)
            assert (reply.status, reply.headers["retry-after"]) == (503, "10")
            assert str(tmp_path) not in reply.text


# --- the graph store ---

GRAPH = "/graphs?graph=" + quote(EX + "图", safe="")
JANE = b'@prefix f: <http://xmlns.com/foaf/0.1/> .\n<http://e/1> a f:Person ; f:card [ f:name "Jane" ] .'


def test_put_get_and_delete_a_graph(open_store: Client) -> None:
    assert open_store("GET", GRAPH).status == 404
    assert open_store("HEAD", GRAPH).status == 404
    assert open_store("DELETE", GRAPH, **BEARER).status == 404
    assert open_store("PUT", GRAPH, JANE, **BEARER, **TURTLE).status == 201
    assert open_store("PUT", GRAPH, JANE, **BEARER, **TURTLE).status == 204
    reply = open_store("GET", GRAPH, Accept="text/turtle")
    assert (reply.status, reply.media_type) == (200, "text/turtle")
    assert len(list(ox.parse(reply.body, ox.RdfFormat.TURTLE))) == 3
    assert open_store("HEAD", GRAPH).status == 200
    assert count(open_store, f"GRAPH <{EX}图> {{ ?s ?p ?o }}") == 3
    assert open_store("DELETE", GRAPH, **BEARER).status == 200
    assert open_store("GET", GRAPH).status == 404


def test_a_graph_that_is_held_is_not_sent_again(open_store: Client) -> None:
    open_store("PUT", GRAPH, b"<a:a> <a:b> 1 .", **BEARER, **TURTLE)
    own = open_store("GET", GRAPH).headers["etag"]
    assert [open_store(method, GRAPH, If_None_Match=own).status for method in ("GET", "HEAD")] == [304, 304]
    assert open_store("GET", GRAPH, If_None_Match=own, Accept_Encoding="gzip").headers["etag"] != own
    open_store("POST", GRAPH, b"<a:a> <a:b> 2 .", **BEARER, **TURTLE)
    assert open_store("GET", GRAPH, If_None_Match=own).status == 200


def test_post_adds_to_a_graph(open_store: Client) -> None:
    assert open_store("POST", GRAPH, JANE, **BEARER, **TURTLE).status == 201
    more = (
        b'<http://e/1> <http://xmlns.com/foaf/0.1/name> "Jane Doe"'  # the W3C test leaves the full stop away
    )
    assert open_store("POST", GRAPH, more, **BEARER, **TURTLE).status == 200
    assert count(open_store, f"GRAPH <{EX}图> {{ ?s ?p ?o }}") == 4


def test_an_empty_graph_is_a_graph(open_store: Client) -> None:
    assert open_store("PUT", GRAPH, b"", **BEARER, **TURTLE).status == 201
    assert open_store("GET", GRAPH).status == 200
    assert open_store("PUT", GRAPH, b"", **BEARER, **TURTLE).status == 204


def test_the_default_graph(open_store: Client) -> None:
    assert open_store("PUT", "/graphs?default", JANE, **BEARER, **TURTLE).status == 201
    assert open_store("PUT", "/graphs?default", JANE, **BEARER, **TURTLE).status == 204
    assert len(list(ox.parse(open_store("GET", "/graphs?default").body, ox.RdfFormat.TURTLE))) == 3
    assert open_store("DELETE", "/graphs?default", **BEARER).status == 200
    assert open_store("GET", "/graphs?default").status == 200


def test_post_without_a_name_makes_a_graph_with_an_address(open_store: Client) -> None:
    made = open_store("POST", "/graphs", JANE, **BEARER, **TURTLE)
    assert made.status == 201
    path = made.headers["location"].partition(f":{open_store.port}")[2]
    assert path.startswith("/graphs/")
    reply = open_store("GET", path, Accept="application/n-triples")
    assert len(list(ox.parse(reply.body, ox.RdfFormat.N_TRIPLES))) == 3


def test_multipart(open_store: Client) -> None:
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{n}"; filename="{n}.ttl"\r\n'
        f'Content-Type: text/turtle; charset=utf-8\r\n\r\n<http://e/1> <http://e/{n}> "{n}柳" .\r\n'
        for n in "ab"
    )
    body = (parts + "--x--\r\n").encode()
    reply = open_store("POST", GRAPH, body, **BEARER, Content_Type="multipart/form-data; boundary=x")
    assert reply.status == 201
    found = open_store.query(f"SELECT ?o {{ GRAPH <{EX}图> {{ ?s ?p ?o }} }} ORDER BY ?o")
    assert found.column("o") == ["a柳", "b柳"]
    wrong = open_store("POST", GRAPH, b"nothing", **BEARER, Content_Type="multipart/form-data; boundary=y")
    assert wrong.status == 400


@pytest.mark.parametrize(
    ("path", "body", "headers", "status"),
    [
        ("/graphs?default", JANE, {"Content_Type": "application/rdf+xml"}, 400),
        ("/graphs?default", JANE, {"Content_Type": "image/png"}, 415),
        ("/graphs?default", JANE, {}, 415),
        ("/graphs", JANE, TURTLE, 400),
        ("/graphs?default&graph=http://e/", JANE, TURTLE, 400),
        ("/graphs?graph=relative", JANE, TURTLE, 400),
        ("/graphs/x?graph=http://e/", JANE, TURTLE, 400),
        ("/graphs?default", b"<http://e/s> <http://e/p> ", TURTLE, 400),
    ],
)
def test_what_cannot_be_stored(
    open_store: Client, path: str, body: bytes, headers: dict[str, str], status: int
) -> None:
    assert open_store("PUT", path, body, **BEARER, **headers).status == status
    assert count(open_store) == 0


def test_methods_of_the_graph_store(open_store: Client) -> None:
    reply = open_store("PATCH", GRAPH)
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, PUT, POST, DELETE, OPTIONS")
    assert open_store("GET", "/graphs?default", Accept="image/png").status == 406


def test_a_graph_is_made_only_where_there_is_none(open_store: Client) -> None:
    once = {**BEARER, **TURTLE, "If_None_Match": "*"}
    assert open_store("PUT", GRAPH, b"<a:a> <a:b> 1 .", **once).status == 201
    assert [open_store(method, GRAPH, b"<a:a> <a:b> 2 .", **once).status for method in ("PUT", "POST")] == [
        412
    ] * 2
    assert open_store("DELETE", GRAPH, **once).status == 412
    assert open_store.query(f"SELECT ?o {{ GRAPH <{EX}图> {{ ?s ?p ?o }} }}").column("o") == ["1"]


def test_a_graph_that_somebody_else_changed_is_not_written_over(open_store: Client) -> None:
    def put(number: int, match: str) -> int:
        body = f"<a:a> <a:b> {number} .".encode()
        return open_store("PUT", GRAPH, body, **BEARER, **TURTLE, If_Match=match).status

    assert put(1, "*") == 412, "there is none yet"
    open_store("PUT", GRAPH, b"<a:a> <a:b> 1 .", **BEARER, **TURTLE)
    seen = open_store("GET", GRAPH, Accept="application/ld+json").headers["etag"]
    assert not seen.startswith("W/")
    assert [put(2, f'"other", {seen}'), put(3, seen), put(3, f"W/{seen}"), put(4, "*")] == [
        204,
        412,
        412,
        204,
    ]
    assert open_store("DELETE", GRAPH, **BEARER, If_Match=seen).status == 412
    assert "4" in open_store("GET", GRAPH).text


def test_what_is_packed_is_not_taken(open_store: Client) -> None:
    packed = {"Content_Encoding": "gzip"}
    for path, kind in ((GRAPH, TURTLE), ("/update", UPDATE)):
        reply = open_store("POST", path, gzip.compress(INSERT), **BEARER, **kind, **packed)
        assert (reply.status, reply.headers["accept-encoding"]) == (415, "identity")
    assert (
        open_store("POST", "/update", INSERT, **BEARER, **UPDATE, Content_Encoding="identity").status == 204
    )
