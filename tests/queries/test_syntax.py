"""What is told of text that is no SPARQL: the place, the mistake by name, and what to write instead."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.errors import QueryError
from gongkai.queries import explained, stored
from gongkai.store.syntax import explain

GK = "PREFIX gk: <https://w3id.org/gongkai/def#>\n"


def told(text: str) -> QueryError:
    """The error that people get for a text that the engine refuses."""
    with pytest.raises((SyntaxError, ValueError)) as caught:
        ox.Store().query(text)
    return explained(explain(caught.value, text), text)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("SELECT ?r { ?r a gk:Report }", (1, 18), "PREFIX gk: <https://w3id.org/gongkai/def#>"),
        ("SELECT ?r { ?r nar:x 1 }", (1, 16), "PREFIX nar: <https://w3id.org/gongkai/narrative#>"),
        (GK + "SELECT ?r { ?r kg:year 1 }", (2, 16), "kg: is not declared; did you mean gk:?"),
        ("SELECT ?r { ?r zzzz:year 1 }", (1, 16), "add a line PREFIX zzzz:"),
        ("SELECT ?x { _:b0 ?p ?x FILTER regx(?x, 'a') }", (1, 31), "did you mean REGEX?"),
        ("SELECT ?r { ?r http://a.org/b 1 }", (1, 16), "between < and >"),
        ("PREFIX gk <https://w3id.org/gongkai/def#> ASK {}", (1, 1), "PREFIX gk: <"),
        ("INSERT DATA { <a:a> <a:b> 1 }", (1, 1), "POST to /update"),
        (GK + "DELETE WHERE { ?s ?p ?o }", (2, 1), "DELETE begins an update"),
        ("SELEC ?x { ?x ?y ?z }", (1, 1), "did you mean SELECT?"),
        (GK + "SELECT * {\n ?r a gk:Report\n ?r gk:year ?y }", (4, 2), "missing between gk:Report and ?r"),
        ("SELECT ?x { ?x ?p ?y FILTER regx(?y, 'a') }", (1, 29), "did you mean REGEX?"),
        ("SELECT ?x, ?y { ?x ?p ?y }", (1, 10), "separated by spaces"),
        ("SELECT COUNT(?x) { ?x ?p ?y }", (1, 8), "SELECT (COUNT(…) AS ?name)"),
        ("SELECT ?x { ?x ?p 'abc }", (1, 19), "has no end"),
        ("SELECT ?x { ?x ?p “abc” }", (1, 19), "“ is no character of SPARQL"),
        ("SELECT * { { ?x ?y ?z }", (1, 10), "{ is not closed"),
        ("SELECT * { ?x ?y ?z } }", (1, 23), "closes nothing"),
        ("SELECT ?x { ?x ?p ?y } ORDER ?x", (1, 30), "expected BY"),
        ("SELECT ?x { ?x ?p ?y FILTER(?y > ) }", (1, 34), "not understood: )"),
    ],
)
def test_the_usual_mistakes_are_named_with_their_place(text: str, place: tuple[int, int], words: str) -> None:
    error = told(text)
    assert (error.line, error.column) == place
    assert str(error).startswith(f"line {place[0]}, column {place[1]}: ")
    assert words in str(error)


def test_nothing_is_an_empty_query() -> None:
    assert str(told("# a comment only")) == "the query is empty"


def test_grouping_is_explained() -> None:
    assert "has to be in GROUP BY" in str(told("SELECT ?x (COUNT(?y) AS ?n) { ?x ?p ?y }"))


@settings(deadline=None)
@given(st.data())
def test_a_place_is_always_inside_the_text(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([query.text for query in stored()]))
    cut = data.draw(st.integers(0, len(text)))
    broken = text[:cut] + data.draw(st.sampled_from(["", "}", '"', " ?x ?y", ",", "，", "foo", "x:y"]))
    try:
        ox.Store().query(broken)
    except (SyntaxError, ValueError) as caught:
        error = explained(explain(caught, broken), broken)
        assert str(error)
        if error.line is not None and error.column is not None:
            lines = broken.split("\n")
            assert 1 <= error.line <= len(lines)
            assert 1 <= error.column <= len(lines[error.line - 1]) + 1
