"""The register of a store: a line for each report and agency, in the order in which people look through them.

No index of a store is in that order, so to sort for each page would take the longer the more there is. The writer keeps the
lines in its ledger and puts a copy beside each generation; of a generation without one it is made when asked for.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from gongkai.turtle import DCTERMS, GK, SKOS, type_

if TYPE_CHECKING:
    from gongkai.store.interface import Results

_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS report (iri TEXT PRIMARY KEY, agency TEXT, year TEXT, issued TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS latest ON report (issued DESC, year DESC, iri);
CREATE INDEX IF NOT EXISTS of_agency ON report (agency, year);
CREATE TABLE IF NOT EXISTS agency (iri TEXT PRIMARY KEY, code TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS name (agency TEXT, name TEXT, PRIMARY KEY (agency, name)) WITHOUT ROWID;
"""
"""What is not known of a report or agency is ""; `code` is that of its place."""
_CLEAR = ("DELETE FROM report", "DELETE FROM agency", "DELETE FROM name")
_FORGET = (
    "DELETE FROM report WHERE iri = ?",
    "DELETE FROM agency WHERE iri = ?",
    "DELETE FROM name WHERE agency = ?",
)
_COPY = (
    "INSERT INTO copy.report SELECT * FROM main.report",
    "INSERT INTO copy.agency SELECT * FROM main.agency",
    "INSERT INTO copy.name SELECT * FROM main.name",
)
_PREFIXES = f"PREFIX gk: <{GK}> PREFIX skos: <{SKOS}> PREFIX dcterms: <{DCTERMS}> "
_CLASSES = (GK + "Report", GK + "Agency")
_OF_THINGS = (GK + "reportingAgency", GK + "currentEdition", SKOS + "prefLabel", GK + "divisionCode")
_AT_ONCE = 1000  # things that one query asks for

Ask = Callable[[str], "Results"]


class Register:
    """The register as tables `report`, `agency` and `name` of a database."""

    def __init__(self, db: sqlite3.Connection) -> None:
        db.executescript(_SCHEMA)
        self._db = db

    def follow(self, triples: Iterable[ox.Triple], ask: Ask) -> None:
        """Follows the change of some triples in a store, which `ask` asks."""
        things = sorted(self._touched(triples, ask))
        for start in range(0, len(things), _AT_ONCE):
            some = things[start : start + _AT_ONCE]
            for statement in _FORGET:
                self._db.executemany(statement, ((iri,) for iri in some))
            self._enter(ask, _values("?a", some))

    def make(self, ask: Ask) -> None:
        """Makes the register of all that is in a store."""
        for statement in _CLEAR:
            self._db.execute(statement)
        self._enter(ask, "")

    def save(self, path: Path) -> None:
        """Puts a copy into a file."""
        with closing(sqlite3.connect(path)) as copy:
            Register(copy)
        self._db.execute("ATTACH ? AS copy", (str(path),))
        self._db.execute("PRAGMA copy.journal_mode = OFF")  # a copy cut short is no generation's
        self._db.execute("BEGIN")
        self._db.execute(f"PRAGMA copy.user_version = {_VERSION}")
        for statement in _COPY:
            self._db.execute(statement)
        self._db.execute("COMMIT")
        self._db.execute("DETACH copy")

    def _touched(self, triples: Iterable[ox.Triple], ask: Ask) -> set[str]:
        """The things of which these triples may say something else than the register does."""
        found, years, editions = set[str](), set[str](), set[str]()
        for triple in triples:
            subject, predicate = triple.subject, triple.predicate.value
            if not isinstance(subject, ox.NamedNode):
                continue
            if predicate == type_:
                if getattr(triple.object, "value", "") in _CLASSES:
                    found.add(subject.value)
            elif predicate in _OF_THINGS:
                found.add(subject.value)
            elif predicate == GK + "year":
                years.add(subject.value)
            elif predicate == DCTERMS + "issued":
                editions.add(subject.value)
        # Rows of tables have a year, too, and are fifty times as many.
        listed = "SELECT 1 FROM report WHERE iri = ?"
        found.update(iri for iri in years - found if self._db.execute(listed, (iri,)).fetchone())
        dated = sorted(editions)
        for start in range(0, len(dated), _AT_ONCE):
            values = _values("?b", dated[start : start + _AT_ONCE])
            found.update(report for report, _ in _pairs(ask, f"{values} ?a gk:currentEdition ?b"))
        return found

    def _enter(self, ask: Ask, things: str) -> None:
        """Enters what a store says of things; `things` is the pattern that binds ?a to them, "" for all there are.

        Few patterns at a time: to look each up for each thing takes three times as long.
        """

        def said(pattern: str) -> dict[str, str]:
            # In this order the least of several values is the last.
            return dict(sorted(_pairs(ask, f"{things} {pattern}"), reverse=True))

        of, years = said("?a gk:reportingAgency ?b"), said("?a a gk:Report . ?a gk:year ?b")
        issued = said("?edition dcterms:issued ?b . ?a gk:currentEdition ?edition")
        codes = said("?a gk:divisionCode ?b")
        reports = said("?a a gk:Report BIND (?a AS ?b)")
        agencies = said("?a a gk:Agency BIND (?a AS ?b)")
        names = _pairs(ask, f"{things} ?a a gk:Agency . ?a skos:prefLabel ?b")
        self._db.executemany(
            "INSERT INTO report VALUES (?, ?, ?, ?)",
            ((iri, of.get(iri, ""), years.get(iri, ""), issued.get(iri, "")) for iri in reports),
        )
        self._db.executemany("INSERT INTO agency VALUES (?, ?)", ((a, codes.get(a, "")) for a in agencies))
        self._db.executemany("INSERT OR IGNORE INTO name VALUES (?, ?)", names)


def opened(path: Path) -> sqlite3.Connection | None:
    """The register in a file, to read; None where there is none that can be read, or of another version."""
    if not path.is_file():
        return None
    # It never changes, so it needs no locks, and none of the files that come with them.
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    try:
        if db.execute("PRAGMA user_version").fetchone() == (_VERSION,):
            return db
    except sqlite3.DatabaseError:
        pass
    db.close()
    return None


def made(ask: Ask) -> sqlite3.Connection:
    """The register of all that is in a store, in memory."""
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    register = Register(db)
    db.execute("BEGIN")
    register.make(ask)
    db.execute("COMMIT")
    return db


def _values(variable: str, iris: Iterable[str]) -> str:
    return f"VALUES {variable} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


def _pairs(ask: Ask, pattern: str) -> Iterator[tuple[str, str]]:
    """The values of ?a and ?b, where they are no blank nodes."""
    kinds = "FILTER (isIRI(?a) && (isIRI(?b) || isLiteral(?b)))"
    for row in _rows(ask(f"{_PREFIXES} SELECT ?a ?b WHERE {{ {pattern} {kinds} }}")):
        yield row["a"]["value"], row["b"]["value"]


def _rows(found: Results) -> list[Mapping[str, Mapping[str, str]]]:
    # Written in one go: to read row by row is to wait, beside busy threads, for the interpreter at each row.
    assert isinstance(found, ox.QuerySolutions)
    written = json.loads(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")
    rows: list[Mapping[str, Mapping[str, str]]] = written["results"]["bindings"]
    return rows
