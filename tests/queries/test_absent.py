"""Names of things that the store does not hold are told, with the nearest that it does."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai.queries.absent import absent
from gongkai.store import Generation
from gongkai.turtle import GK, SKOS


def known(generation: Generation, class_: str) -> str:
    solutions = generation.query(f"SELECT ?thing {{ ?thing a <{GK}{class_}> }} ORDER BY ?thing LIMIT 1")
    assert isinstance(solutions, ox.QuerySolutions)
    return str(getattr(next(solutions)["thing"], "value", ""))


@pytest.mark.parametrize("class_", ["Agency", "Report"])
def test_a_mistyped_thing_is_told_with_the_one_that_is_there(examples_store: Path, class_: str) -> None:
    generation = Generation.current(examples_store)
    there = known(generation, class_)
    head, slash, tail = there.partition("/unplaced/" if "/unplaced/" in there else "人民")
    mistyped = f"{head}{slash}误{tail}"
    (told,) = absent(generation, f"SELECT ?s {{ ?s ?p <{mistyped}> }}")
    assert told == f"nothing in the store is called <{mistyped}>; did you mean <{there}>?"
    assert absent(generation, f"SELECT ?s {{ ?s ?p <{there}> }}") == ()


def test_a_label_that_nothing_has_is_told(examples_store: Path) -> None:
    generation = Generation.current(examples_store)
    query = f"PREFIX skos: <{SKOS}> SELECT ?s {{ ?s skos:prefLabel %s }}"
    (told,) = absent(generation, query % '"柳汀县人民政付"@zh')
    assert told == 'nothing in the store is called "柳汀县人民政付"@zh; did you mean "柳汀县人民政府"@zh?'
    assert absent(generation, query % '"柳汀县人民政府"@zh') == ()


def test_things_of_others_are_left_alone(examples_store: Path) -> None:
    generation = Generation.current(examples_store)
    assert absent(generation, f"CONSTRUCT {{ ?s <http://example.org/is> <{GK}Report> }} {{ ?s ?p 1 }}") == ()
    asked = (
        "SELECT ?s { SERVICE <http://example.org/sparql> { ?s ?p <http://example.org/agency/unplaced/x> } }"
    )
    assert absent(generation, asked) == ()
    assert absent(generation, "SELECT ?s { ?s ?p </agency/unplaced/x> }") == ()
