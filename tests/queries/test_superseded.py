"""No stored query and no table of a dump counts a report twice: other editions of it change no answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai.editions import ranked
from gongkai.export import dump
from gongkai.iris import DEFAULT_BASE
from gongkai.queries import StoredQuery, stored
from gongkai.store import Generation, Writer
from gongkai.turtle import DCTERMS, FORM, GK

REPORTS = f"{DEFAULT_BASE}report/"
ASKS_FOR_EDITIONS = re.compile(r"gk:(edition|superseded\w+|Superseded\w+)\b")
"""A query that names these terms is about editions, and exempt; `gk:currentEdition` is not among them."""


def earlier(name: str, triples: list[ox.Triple]) -> Iterator[ox.Triple]:
    """An edition under another name, undated and with other numbers: ten more in each cell and each fact."""
    other = f"{name.rpartition('/')[0]}/{'0' * 12}"
    for triple in triples:
        subject, object_ = (_renamed(term, name, other) for term in (triple.subject, triple.object))
        predicate = triple.predicate.value
        if predicate.startswith(FORM) and subject == ox.NamedNode(f"{other}#disclosure.rules"):
            continue  # of editions without a date the one with more figures counts
        if (predicate.startswith(FORM) or predicate == GK + "value") and isinstance(object_, ox.Literal):
            object_ = ox.Literal(f"1{object_.value}", datatype=object_.datatype)
        if predicate != DCTERMS + "issued":
            assert isinstance(subject, ox.NamedNode)
            yield ox.Triple(subject, triple.predicate, object_)


def _renamed(term: object, name: str, other: str) -> ox.NamedNode | ox.Literal:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return ox.NamedNode(term.value.replace(name, other)) if isinstance(term, ox.NamedNode) else term


@pytest.fixture(scope="module")
def twice(examples_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the examples, with an earlier edition of each report beside the one that counts."""
    location = tmp_path_factory.mktemp("twice") / "store"
    with Writer.open(examples_store) as writer:
        graphs = {name: list(writer.triples(name)) for name in writer.graphs()}
    with Writer.open(location) as writer:
        for name, triples in graphs.items():
            if not name.startswith(REPORTS):
                writer.replace(name, triples)
                continue
            editions = {name: triples, f"{name.rpartition('/')[0]}/{'0' * 12}": list(earlier(name, triples))}
            for edition, settled in ranked(editions).items():
                writer.replace(edition, settled)
        writer.publish()
    return location


def answer(location: Path, query: str) -> bytes:
    solutions = Generation.current(location).query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions.serialize(format=ox.QueryResultsFormat.CSV) or b""


def test_each_report_has_an_edition_that_does_not_count(twice: Path) -> None:
    editions = f"SELECT ?r {{ ?r <{GK}currentEdition> ?e ; <{GK}supersededEdition> ?s }}"
    assert len(answer(twice, editions).splitlines()) == 11
    rows = f"SELECT ?r {{ ?r a <{GK}SupersededRow> }}"
    assert len(answer(twice, rows).splitlines()) > 300


@pytest.mark.parametrize(
    "query", [q for q in stored() if not ASKS_FOR_EDITIONS.search(q.text)], ids=lambda q: q.name
)
def test_an_earlier_edition_changes_no_answer(query: StoredQuery, examples_store: Path, twice: Path) -> None:
    once = answer(examples_store, query.text)
    assert once.count(b"\n") > 1
    assert answer(twice, query.text) == once


def test_an_earlier_edition_changes_no_table_of_a_dump(
    examples_store: Path, twice: Path, tmp_path: Path
) -> None:
    one, two = (dump(store, tmp_path / store.parent.name) for store in (examples_store, twice))
    tables = sorted(path.name for path in one.folder.glob("*.csv"))
    assert len(tables) == 6
    for name in tables:
        assert (two.folder / name).read_bytes() == (one.folder / name).read_bytes(), name
