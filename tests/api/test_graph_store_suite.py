"""The W3C tests of the Graph Store Protocol with indirect graph identification, by their names.

What they send and expect is told in our words; the manifest is `sparql/sparql11/graph-store-protocol/manifest-indirect.ttl`
of https://github.com/w3c/rdf-tests. Statuses are those that it allows; graphs are compared as graphs. No exceptions.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from gongkai.store import Writer
from gongkai_api import Settings, create_app
from tests.api.client import Client, Reply, serving

TOKEN = "for the tests"
PEOPLE = "http://www.example/gsp/person/"
PREFIXES = "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix v: <http://www.w3.org/2006/vcard/ns#> .\n"
ALICE = PREFIXES + '[] a foaf:Person ; foaf:businessCard [ a v:VCard ; v:given-name "Alice" ] .'


def person(name: str, further: str = "") -> str:
    """A person with a card, and further properties."""
    card = f'foaf:businessCard [ a v:VCard ; v:fn "{name}" ]'
    return f"{PREFIXES}<{PEOPLE}1> a foaf:Person ; {further} {card} ."


class Endpoint:
    """`/gsp` of the manifest: a graph store, and what goes over the wire."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def __call__(self, method: str, query: str, body: str = "", content_type: str = "text/turtle") -> Reply:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        if body:
            headers["Content_Type"] = (
                f"{content_type}; charset=utf-8" if "/form" not in content_type else content_type
            )
        else:
            headers["Accept"] = "text/turtle; charset=utf-8" if method == "HEAD" else "text/turtle"
        return self._client(method, "/graphs" + query, body.encode(), **headers)

    def holds(self, query: str, expected: str) -> None:
        """Asks for a graph that must be there, and be this one."""
        reply = self("GET", query)
        assert reply.status == 200, reply.text
        assert reply.headers["content-type"] == "text/turtle; charset=utf-8"
        assert graph(reply.text) == graph(expected)


def graph(turtle: str) -> ox.Dataset:
    found = ox.Dataset(ox.parse(turtle, ox.RdfFormat.TURTLE))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


def named(graph: str) -> str:
    """A graph in the query of an address, percent-encoded."""
    return "?graph=" + quote(graph, safe="")


@pytest.fixture
def gsp(tmp_path: Path) -> Iterator[Endpoint]:
    with Writer.open(tmp_path):
        pass
    with serving(create_app(Settings(tmp_path, write_token=TOKEN))) as client:
        yield Endpoint(client)


def test_put_get_repeat_indirect(gsp: Endpoint) -> None:
    first = named(PEOPLE + "1.ttl")
    assert gsp("PUT", first, person("John Doe")).status == 201
    gsp.holds(first, person("John Doe"))
    assert gsp("PUT", first, person("Jane Doe")).status in (200, 204)
    gsp.holds(first, person("Jane Doe"))


def test_put_get_default(gsp: Endpoint) -> None:
    assert gsp("PUT", "?default", ALICE).status in (200, 201, 204)
    gsp.holds("?default", ALICE)


def test_put_delete_get_delete_indirect(gsp: Endpoint) -> None:
    second = named(PEOPLE + "2.ttl")
    assert gsp("PUT", second, ALICE).status in (200, 201, 204)
    assert gsp("DELETE", second).status in (200, 204)
    assert gsp("GET", second).status == 404
    assert gsp("DELETE", second).status in (200, 204, 404)


def test_post_get_post_get_indirect(gsp: Endpoint) -> None:
    first, boundary = named(PEOPLE + "1.ttl"), "a-boundary-of-the-test"
    assert gsp("POST", first, person("Jane Doe")).status in (200, 201, 204)
    gsp.holds(first, person("Jane Doe"))
    parts = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}.ttl"; filename="{name}.ttl"\r\n'
        "Content-Type: text/turtle; charset=utf-8\r\n\r\n@prefix foaf: <http://xmlns.com/foaf/0.1/> .\r\n"
        f'<{PEOPLE}1> foaf:{name} "{value}" .\r\n\r\n'
        for name, value in (("familyName", "Doe"), ("givenName", "Jane"))
    )
    form = f"multipart/form-data; boundary={boundary}"
    assert gsp("POST", first, f"{parts}--{boundary}--\r\n", form).status in (200, 204)
    gsp.holds(first, person("Jane Doe", 'foaf:givenName "Jane" ; foaf:familyName "Doe" ;'))


def test_post_get_new_graph(gsp: Endpoint) -> None:
    made = gsp("POST", "", ALICE)
    assert made.status == 201
    gsp.holds("?graph=" + made.headers["location"], ALICE)


def test_head_existing_indirect(gsp: Endpoint) -> None:
    first = named(PEOPLE + "1.ttl")
    assert gsp("PUT", first, person("John Doe")).status in (200, 201, 204)
    reply = gsp("HEAD", first)
    assert (reply.status, reply.headers["content-type"]) == (200, "text/turtle; charset=utf-8")
    assert not reply.body


def test_head_non_existing_indirect(gsp: Endpoint) -> None:
    assert gsp("HEAD", named(PEOPLE + "4.ttl")).status == 404


def test_put_get_uri_pct_encoded_indirect(gsp: Endpoint) -> None:
    assert gsp("PUT", named(PEOPLE + "1.ttl"), person("John Doe")).status == 201
    gsp.holds(f"?graph={PEOPLE}1.ttl", person("John Doe"))


def test_put_get_uri_pct_encoded_twice(gsp: Endpoint) -> None:
    assert gsp("PUT", f"?graph={PEOPLE}1.ttl", person("John Doe")).status == 201
    gsp.holds(f"?graph={PEOPLE}%31.ttl", person("John Doe"))
    assert gsp("GET", f"?graph={PEOPLE}%2531.ttl").status == 404
