from __future__ import annotations

import pyoxigraph as ox
import pytest

from gongkai_api.lookups import at_once, is_lookup
from gongkai_api.output import Output
from tests.api.client import Client
from tests.api.conftest import EX


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?p ?o WHERE { <http://e/a> ?p ?o }",
        "select * {?s a <http://e/a>} LIMIT 3",
        "PREFIX e: <http://e/>\nPREFIX f: <http://f/>\nSELECT ?s\nWHERE {\n  ?s f:is e:x .\n}\n",
    ],
)
def test_one_pattern_with_a_known_term_is_a_lookup(text: str) -> None:
    assert is_lookup(text)
    ox.Store().query(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s { ?s ?p ?o }",
        "SELECT ?s { ?s <http://e/p> ?s }",
        "SELECT (COUNT(*) AS ?n) { ?s a <http://e/a> }",
        "SELECT DISTINCT ?s { ?s a <http://e/a> }",
        "SELECT ?s { ?s a <http://e/a> } ORDER BY ?s",
        "SELECT ?s { ?s a <http://e/a> } LIMIT 1 OFFSET 1000000",
        "SELECT ?s { ?s <http://e/a>+ ?o }",
        "SELECT ?s { ?s <http://e/a>/<http://e/b> ?o }",
        "SELECT ?s { ?s <http://e/a> ?o . ?o <http://e/a> ?s }",
        "SELECT ?s { ?s <http://e/a> ?o ; <http://e/b> ?x }",
        "SELECT ?s { ?s <http://e/a> ?o FILTER(?o > 1) }",
        "SELECT ?s FROM <http://e/g> { ?s <http://e/a> ?o }",
        "SELECT ?s { { ?s <http://e/a> ?o } }",
        "SELECT ?s { ?s <http://e/a> ?o" + " " * 3000 + "}",
        "ASK { ?s <http://e/a> ?o }",
    ],
)
def test_what_may_do_more_than_it_writes_is_none(text: str) -> None:
    assert not is_lookup(text)


def test_what_is_long_is_not_answered_at_once() -> None:
    def write(output: Output) -> None:
        for _ in range(1000):
            output.write(b"x" * 100)

    assert at_once(write) is None


def test_what_is_short_is() -> None:
    def write(output: Output) -> None:
        output.media_type = "text/plain"
        output.write(b"short")

    answer = at_once(write)
    assert answer is not None
    assert (answer.status, answer.media_type, answer.body) == (200, "text/plain", b"short")


def test_a_lookup_has_all_rows_however_many(client: Client) -> None:
    """The first has a few, the second more than are answered at once."""
    for text, rows in (
        (f"SELECT ?o {{ <{EX}thing/7> ?p ?o }}", 1),
        (f"SELECT ?s ?o {{ ?s <{EX}says> ?o }}", 304),
    ):
        assert is_lookup(text)
        reply = client.query(text)
        assert (reply.status, len(reply.json["results"]["bindings"])) == (200, rows)
        again = client.query(text, If_None_Match=reply.headers["etag"])
        assert again.status == 304


def test_a_lookup_has_warnings_and_problems_as_any_query(client: Client) -> None:
    text = "PREFIX gk: <https://w3id.org/gongkai/def#> SELECT ?s { ?s a gk:Reprot }"
    assert is_lookup(text)
    assert "gk:Report" in client.query(text).headers["x-gongkai-warning"]
    assert client.query("SELECT ?s { ?s undeclared:p ?o }").status == 400
    assert client.query(text, Accept="image/png").status == 406
