from __future__ import annotations

import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai_api import Settings, create_app, lookups
from gongkai_api.formats import RESULTS
from gongkai_api.lookups import is_lookup
from gongkai_api.settings import Limits
from tests.api.client import Client, serving
from tests.api.conftest import EX


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?p ?o WHERE { <http://e/a> ?p ?o }",
        "select * {?s a <http://e/a>} LIMIT 3",
        "SELECT * { ?s ?p ?o } LIMIT 10",
        "PREFIX e: <http://e/>\nPREFIX f: <http://f/>\nSELECT ?s\nWHERE {\n  ?s f:is e:x .\n}\n",
    ],
)
def test_one_pattern_is_a_lookup(text: str) -> None:
    assert is_lookup(text)
    ox.Store().query(text)


@pytest.mark.parametrize(
    "text",
    [
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
        "ASK { ?s <http://e/a> ?o }",
    ],
)
def test_what_may_do_more_than_it_writes_is_none(text: str) -> None:
    assert not is_lookup(text)


@pytest.mark.parametrize(
    "text", ["SELECT * {{ ?s ?p ?o {}x", "SELECT * {{ ?s {} x", "SELECT {}x", "PREFIX {}x", "SELECT ?a{}x"]
)
def test_blanks_are_read_in_time_that_grows_with_them(text: str) -> None:
    started = time.perf_counter()
    assert not is_lookup(text.format(" " * 50_000))
    assert time.perf_counter() - started < 1


def short(rows: int, limit: int = 10**6) -> bytes | None:
    store = ox.Store()
    store.extend(
        ox.Quad(ox.NamedNode(f"{EX}{n}"), ox.NamedNode(EX + "says"), ox.Literal("x" * 100))
        for n in range(rows)
    )
    results = store.query("SELECT * { ?s ?p ?o }")
    return lookups.short(results, RESULTS.pick("csv", "")[0], limit)


def test_what_is_short_is_answered_at_once() -> None:
    body = short(7)
    assert body is not None
    assert body.count(b"\r\n") == 8


def test_what_is_long_is_not() -> None:
    assert short(1000) is None


def test_the_limit_of_rows_holds_for_lookups(location: Path) -> None:
    assert short(7, 5) is None
    with serving(create_app(Settings(location, limits=Limits(rows=5)))) as client:
        reply = client.query(f"SELECT ?s ?o {{ ?s <{EX}says> ?o }} LIMIT 7")
        assert reply.status == 400
        assert "more than 5 rows" in reply.json["error"]


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
