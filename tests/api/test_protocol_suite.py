"""The W3C tests of the SPARQL 1.1 Protocol, each as one test, straight from their manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

import pyoxigraph as ox
import pytest

from gongkai.store import Writer
from gongkai_api import Settings, create_app
from tests.api.client import Client, Reply, serving
from tests.shared import SHARED

SUITE = SHARED / "w3c" / "sparql11-protocol"
TOKEN = "for the tests"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TYPES = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    },
    "RDF": {
        "application/rdf+xml",
        "text/turtle",
        "application/n-triples",
        "text/html",
        "application/ld+json",
    },
}


@dataclass(frozen=True)
class Manifest:
    """The manifest as an index."""

    index: dict[ox.NamedNode | ox.BlankNode, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]]

    @classmethod
    def load(cls) -> Manifest:
        index: dict[
            ox.NamedNode | ox.BlankNode, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]
        ] = {}
        if SUITE.is_dir():
            base = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/manifest"
            for quad in ox.parse(path=SUITE / "manifest.ttl", format=ox.RdfFormat.TURTLE, base_iri=base):
                assert not isinstance(quad.subject, ox.Triple)
                assert not isinstance(quad.object, ox.Triple)
                index.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
        return cls(index)

    def all(self, subject: ox.NamedNode | ox.BlankNode | ox.Literal, predicate: str) -> list[str]:
        return [o.value for o in self.nodes(subject, predicate)]

    def nodes(
        self, subject: ox.NamedNode | ox.BlankNode | ox.Literal, predicate: str
    ) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        if isinstance(subject, ox.Literal):
            return []
        return self.index.get(subject, {}).get(predicate, [])

    def list(
        self, head: ox.NamedNode | ox.BlankNode | ox.Literal
    ) -> Iterator[ox.NamedNode | ox.BlankNode | ox.Literal]:
        while head.value != RDF + "nil":
            yield from self.nodes(head, RDF + "first")
            (head,) = self.nodes(head, RDF + "rest")


MANIFEST = Manifest.load()


def entries() -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
    return [
        test
        for properties in MANIFEST.index.values()
        for head in properties.get(MF + "entries", [])
        for test in MANIFEST.list(head)
    ]


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    location = tmp_path_factory.mktemp("protocol")
    fill(location)
    with serving(create_app(Settings(location, write_token=TOKEN))) as client:
        yield client


def fill(location: Path) -> None:
    """The data of the suite: a named graph for each file."""
    data = ""
    for number in (1, 2, 3):
        text = (SUITE / f"data{number}.nt").read_text("utf-8")
        data += f"GRAPH <http://kasei.us/2009/09/sparql/data/data{number}.rdf> {{ {text} }}\n"
    data += "GRAPH <http://kasei.us/2009/09/sparql/data/data0.rdf> { <http://e/s> <http://e/p> 1 }\n"
    with Writer.open(location) as writer:
        writer.update(f"INSERT DATA {{ {data} }}")


def send(client: Client, request: ox.NamedNode | ox.BlankNode | ox.Literal) -> Reply:
    (path,), (method,) = MANIFEST.all(request, HT + "absolutePath"), MANIFEST.all(request, HT + "methodName")
    headers = {"Authorization": f"Bearer {TOKEN}"}
    for heads in MANIFEST.nodes(request, HT + "headers"):
        for header in MANIFEST.list(heads):
            (name,), (value,) = (
                MANIFEST.all(header, HT + "fieldName"),
                MANIFEST.all(header, HT + "fieldValue"),
            )
            headers[name.replace("-", "_")] = value
    body = b""
    for content in MANIFEST.nodes(request, HT + "body"):
        (text,), (encoding,) = (
            MANIFEST.all(content, CNT + "chars"),
            MANIFEST.all(content, CNT + "characterEncoding"),
        )
        body = text.encode(encoding)
    return client(method, target(path, body, headers), body, **headers)


def target(path: str, body: bytes, headers: dict[str, str]) -> str:
    """The suite has one address for queries and updates; here they have one each."""
    query = path.partition("?")[2]
    updating = (
        any(name == "update" for name, _ in parse_qsl(query))
        or body.startswith(b"update=")
        or "sparql-update" in headers.get("content_type", "")
        or "using-" in query
        or b"C\x00L\x00E" in body
        or body.startswith(b"CLEAR")
    )
    return ("/update" if updating else "/sparql") + (f"?{query}" if query else "")


@pytest.mark.skipif(not SUITE.is_dir(), reason="the folder shared/ is not beside the checkout")
@pytest.mark.parametrize("test", entries(), ids=lambda test: test.value.rpartition("#")[2])
def test_w3c(endpoint: Client, test: ox.NamedNode) -> None:
    (action,) = MANIFEST.nodes(test, MF + "action")
    (requests,) = MANIFEST.nodes(action, HT + "requests")
    for request in MANIFEST.list(requests):
        reply = send(endpoint, request)
        for expected in MANIFEST.nodes(request, HT + "resp"):
            check(reply, expected)


def check(reply: Reply, expected: ox.NamedNode | ox.BlankNode | ox.Literal) -> None:
    classes = {status.rpartition("#")[2][10] for status in MANIFEST.all(expected, MF + "expectedStatus")}
    assert str(reply.status)[0] in classes, reply.text
    for kind in MANIFEST.all(expected, MF + "expectedFormat"):
        assert reply.media_type in TYPES[kind]
    for value in MANIFEST.all(expected, MF + "expectedBoolean"):
        assert json.loads(reply.body)["boolean"] is (value == "true")


@pytest.mark.skipif(not SUITE.is_dir(), reason="the folder shared/ is not beside the checkout")
def test_the_suite_is_all_there() -> None:
    assert len(entries()) == 34
