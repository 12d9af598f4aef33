"""The register beside a generation is the one that would be made of it, whatever was written and however it ended."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.errors import QueryError
from gongkai.store import Generation, Writer
from gongkai.store.generation import LocalGeneration
from gongkai.store.ledger import Ledger
from gongkai.store.register import made, opened
from gongkai.turtle import DCTERMS, GK, SKOS, type_

EX = "https://example.org/"
Rows = list[list[tuple[str, ...]]]


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(name if ":" in name else EX + name)


def said(subject: str, predicate: str, value: str) -> ox.Triple:
    """A triple; a value that begins with " is a literal."""
    object_ = ox.Literal(value[1:]) if value.startswith('"') else node(value)
    return ox.Triple(node(subject), node(predicate), object_)


REPORT = (
    said("r", type_, GK + "Report"),
    said("r", GK + "reportingAgency", "a"),
    said("r", GK + "year", '"2023'),
    said("r", GK + "currentEdition", "e"),
    said("e", DCTERMS + "issued", '"2024-01-31'),
)
AGENCY = (
    said("a", type_, GK + "Agency"),
    said("a", SKOS + "prefLabel", '"渡船管理局'),
    said("a", GK + "divisionCode", '"990100'),
)
OTHERS = (
    said("r", GK + "reportingAgency", "b"),
    said("r", GK + "year", '"2022'),
    said("e2", DCTERMS + "issued", '"2024-02-01'),
    said("r", GK + "currentEdition", "e2"),
    said("r2", type_, GK + "Report"),
    said("e#row", GK + "year", '"2023'),
    said("a", SKOS + "prefLabel", '"渡船局'),
    said("b", type_, GK + "Agency"),
    said("b", SKOS + "prefLabel", '"灯塔管理局'),
)


def rows(db: sqlite3.Connection) -> Rows:
    with closing(db):
        return [
            db.execute(text).fetchall()
            for text in ("SELECT * FROM report", "SELECT * FROM agency", "SELECT * FROM name")
        ]


def beside(generation: Generation) -> Rows:
    """The copy beside a generation, which says what one made of it says."""
    assert isinstance(generation, LocalGeneration)
    copy = opened(generation.path.with_suffix(".sqlite"))
    assert copy is not None
    found = rows(copy)
    assert found == rows(made(generation.query)) == rows(generation.register())
    return found


def published(location: Path, **graphs: tuple[ox.Triple, ...]) -> Generation:
    with Writer.open(location) as writer:
        for graph, triples in graphs.items():
            writer.replace(EX + graph, triples)
        return writer.publish()


def test_it_has_what_is_known_of_reports_and_agencies(tmp_path: Path) -> None:
    assert beside(published(tmp_path, g=(*REPORT, *AGENCY, *OTHERS[4:6]))) == [
        [(EX + "r", EX + "a", "2023", "2024-01-31"), (EX + "r2", "", "", "")],
        [(EX + "a", "990100")],
        [(EX + "a", "渡船管理局")],
    ]


STEP = st.one_of(
    st.tuples(st.sampled_from("gh"), st.frozensets(st.sampled_from((*REPORT, *AGENCY, *OTHERS)))),
    st.tuples(st.sampled_from(("INSERT", "DELETE")), st.sampled_from((*REPORT, *AGENCY, *OTHERS))),
    st.none(),
)


@given(st.lists(STEP, max_size=8))
@settings(max_examples=25, deadline=None)
def test_it_follows_whatever_is_written(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str, frozenset[ox.Triple]] | tuple[str, ox.Triple] | None],
) -> None:
    with Writer.open(tmp_path_factory.mktemp("store")) as writer:
        for step in steps:
            if step is None:
                beside(writer.publish())
            elif isinstance(step[1], ox.Triple):
                writer.update(f"{step[0]} DATA {{ {step[1]} }}")
            else:
                writer.replace(EX + step[0], step[1])
        beside(writer.publish())


def test_an_update_of_named_graphs_leaves_it_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = beside(published(tmp_path, g=(*REPORT, *AGENCY)))
    monkeypatch.setattr("gongkai.store.register.Register.make", None)
    with Writer.open(tmp_path) as writer:
        writer.update(f"INSERT DATA {{ GRAPH <{EX}n> {{ {OTHERS[4]} }} }}", named=True)
        generation = writer.publish()
        assert beside_without_making(generation) == before
        assert generation.about().statistics is not None
        with pytest.raises(QueryError):
            writer.update("INSERT nonsense")
        writer.replace(EX + "h", [OTHERS[4]])
        assert len(beside_without_making(writer.publish())[0]) == 2


def beside_without_making(generation: Generation) -> Rows:
    return rows(generation.register())


def test_a_writer_that_ends_before_it_is_settled_is_made_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(tmp_path, g=REPORT)
    writer = Writer.open(tmp_path)
    writer.replace(EX + "g", [*REPORT[:-1], *AGENCY])
    with monkeypatch.context() as broken:
        broken.setattr(Ledger, "settle", lambda _: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            writer.publish()
    writer.close()
    with Writer.open(tmp_path) as writer:
        reports, agencies, _ = beside(writer.publish())
    assert reports == [(EX + "r", EX + "a", "2023", "")]
    assert agencies == [(EX + "a", "990100")]


def test_a_store_from_before_there_was_one_is_read_and_gets_one(tmp_path: Path) -> None:
    generation = published(tmp_path, g=(*REPORT, *AGENCY))
    assert isinstance(generation, LocalGeneration)
    found = beside(generation)
    generation.path.with_suffix(".sqlite").unlink()
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as ledger, ledger:
        ledger.executescript("DELETE FROM report; DELETE FROM state WHERE key = 'registered'")
    assert rows(Generation.current(tmp_path).register()) == found
    assert len(beside(published(tmp_path, h=(OTHERS[4],)))[0]) == 2


@pytest.mark.parametrize("damage", ["", "no database", "PRAGMA user_version = 0"])
def test_a_copy_that_cannot_be_read_is_made_anew(tmp_path: Path, damage: str) -> None:
    generation = published(tmp_path, g=REPORT)
    assert isinstance(generation, LocalGeneration)
    found, path = beside(generation), generation.path.with_suffix(".sqlite")
    if damage.startswith("PRAGMA"):
        with closing(sqlite3.connect(path)) as copy:
            copy.execute(damage)
    else:
        path.write_text(damage)
    assert opened(path) is None
    assert rows(generation.register()) == found


def test_it_goes_with_its_generation(tmp_path: Path) -> None:
    for number in range(6):
        published(tmp_path, g=(said("s", "says", f'"{number}'),))
    names = {path.stem for path in (tmp_path / "generations").iterdir()}
    assert len(names) == 3
    assert {path.name for path in (tmp_path / "generations").glob("*.sqlite*")} == {
        f"{n}.sqlite" for n in names
    }
