"""Remembers what was found in a store, so that a later check looks only at what has changed, and at its neighbours.

An edition is named by the hash of its source, and what it says follows from that, the program and the ontology; so what was
found in it holds until one of these changes, or it begins or ceases to be the current edition. Shapes that look across
(gk:looksAcross) are looked at again for the reports of the same agency on the years next to a changed one, and for those of
the same place on the same year.

The memo is a file that may be deleted at any time: then the next check looks at everything.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from gongkai import turtle
from gongkai.document import Span
from gongkai.rules import engine
from gongkai.rules.checking import Assessment, Found, RuleSet, assessment, core, look, ontology, together
from gongkai.rules.compiler.terms import true
from gongkai.rules.data import CellRef, Passage, Source, editions, select
from gongkai.rules.finding import Evidence, cited_cells, cited_passages
from gongkai.rules.result import Result
from gongkai.rules.shapes import Shapes
from gongkai.rules.slices import slices
from gongkai.turtle import GK

_SCHEMA = """
DROP TABLE IF EXISTS stamp;
DROP TABLE IF EXISTS state;
DROP TABLE IF EXISTS result;
CREATE TABLE stamp (value TEXT NOT NULL);
CREATE TABLE state (focus TEXT PRIMARY KEY, agency TEXT, place TEXT, year INTEGER, current INTEGER NOT NULL);
CREATE TABLE result (focus TEXT NOT NULL, shape TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX result_focus ON result (focus, shape);
"""
_SHARE = 0.2  # of a store: where more than this has changed, all of it is checked at once


@dataclass(frozen=True, slots=True)
class State:
    """What decides, with its name, whether an edition has to be looked at again, and who its neighbours are."""

    agency: str | None
    place: str | None
    """The code of its division."""
    year: int | None
    current: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """An assessment, and how many editions had to be looked at for it, wholly or for what looks across."""

    assessment: Assessment
    looked_at: int
    neighbours: int


def assess_again(source: Source, path: Path, ruleset: RuleSet | None = None) -> Checked:
    """Checks a store as `assess_store` does, from the memo at `path` where that still holds, and renews the memo."""
    chosen = ruleset or core()
    checked = editions(source)
    with closing(sqlite3.connect(path)) as memo:
        stamp = _stamp(chosen)
        if not _holds(memo, stamp):
            memo.executescript(_SCHEMA)
        now, before = states(source), _states(memo)
        changed = {f for f, state in now.items() if before.get(f) != state}
        gone = {f: s for f, s in before.items() if now.get(f) != s}
        queries = engine.compile_for(chosen.shapes, source)
        if not before or len(changed) > _SHARE * len(now):
            found = look(slices(source, ontology(), checked, whole=True), queries, chosen)
            with memo:
                memo.execute("DELETE FROM result")
                _remember(memo, stamp, now, found)
            return Checked(assessment(found, source, checked, chosen), len(now), 0)
        touched = (*gone.values(), *(now[f] for f in changed))
        beside = _neighbours(now, touched) - changed
        across = _across(chosen.shapes)
        looking = [q for q in queries if chosen.shapes.named(q.shape) in across]
        new = together(
            look(slices(source, ontology(), [e for e in checked if e.iri in some]), asked, chosen)
            for some, asked in ((changed, queries), (beside, looking))
        )
        agencies = {s.agency for s in touched if s.agency}
        with memo:
            _forget(memo, {*changed, *gone, *agencies}, beside, across)
            kept = _found(memo)
            _remember(memo, stamp, now, new)
    return Checked(assessment(together((kept, new)), source, checked, chosen), len(changed), len(beside))


def states(source: Source) -> dict[str, State]:
    """The editions of a store and their states."""
    query = """SELECT ?edition ?agency ?place ?year ?current WHERE {
        ?edition a gk:Edition .
        OPTIONAL { ?edition gk:ofReport ?report
            OPTIONAL { ?report gk:reportingAgency ?agency OPTIONAL { ?agency gk:divisionCode ?place } }
            OPTIONAL { ?report gk:year ?year } }
        OPTIONAL { ?current gk:currentEdition ?edition } }"""
    return {
        s["edition"]: State(
            s.get("agency"), s.get("place"), int(s["year"]) if "year" in s else None, "current" in s
        )
        for s in select(source, query)
    }


def _neighbours(now: Mapping[str, State], touched: Iterable[State]) -> set[str]:
    """The editions of the same agencies on the year and on those next to it, and of its place on the year."""
    known: dict[str | None, set[int]] = {}
    for state in now.values():
        if state.year is not None:
            known.setdefault(state.agency, set()).add(state.year)
    beside = {(at, y) for s in touched for at, y in _beside(s, known.get(s.agency, set()))}
    return {f for f, s in now.items() if (s.agency, s.year) in beside or (s.place, s.year) in beside}


def _beside(state: State, years: set[int]) -> Iterator[tuple[str, int]]:
    """Where the neighbours of an edition are: agency or place, and year."""
    if state.year is None:
        return
    if state.agency is not None:
        before, after = [y for y in years if y < state.year], [y for y in years if y > state.year]
        yield from ((state.agency, y) for y in (state.year, *sorted(before)[-1:], *sorted(after)[:1]))
    if state.place is not None:
        yield state.place, state.year


def _across(shapes: Shapes) -> set[str]:
    return {s.value for s in shapes.subjects() if true(shapes.object(s, GK + "looksAcross"))}


def _stamp(ruleset: RuleSet) -> str:
    """What the memo holds for: the program, the ontology, the shapes."""
    digest = hashlib.sha256()
    program = Path(__file__).resolve().parents[1]
    for file in (*sorted(program.rglob("*.py")), *turtle.files()):
        digest.update(file.read_bytes())
    said = {
        f"{t.predicate} {t.object}" for t in ruleset.shapes.triples if not isinstance(t.object, ox.BlankNode)
    }
    digest.update("\n".join(sorted(said)).encode())
    digest.update("\n".join(rule.iri + rule.version for rule in ruleset.rules).encode())
    return digest.hexdigest()


def _holds(memo: sqlite3.Connection, stamp: str) -> bool:
    known = memo.execute("SELECT name FROM sqlite_master WHERE name = 'stamp'").fetchall()
    return bool(known) and memo.execute("SELECT value FROM stamp").fetchall() == [(stamp,)]


def _states(memo: sqlite3.Connection) -> dict[str, State]:
    rows = memo.execute("SELECT focus, agency, place, year, current FROM state")
    return {focus: State(agency, place, year, bool(current)) for focus, agency, place, year, current in rows}


def _forget(memo: sqlite3.Connection, whole: set[str], neighbours: set[str], across: set[str]) -> None:
    """Forgets all of what changed, and of its neighbours what looks across."""
    memo.executemany("DELETE FROM result WHERE focus = ?", ((f,) for f in whole))
    pairs = ((f, s) for f in neighbours for s in across)
    memo.executemany("DELETE FROM result WHERE focus = ? AND shape = ?", pairs)


def _found(memo: sqlite3.Connection) -> Found:
    results, cells, passages = list[Result](), dict[tuple[str, str], CellRef](), dict[str, Passage]()
    for focus, shape, body in memo.execute("SELECT focus, shape, body FROM result"):
        component, path, kind, value, bindings, cited, quoted = json.loads(body)
        term = None if kind is None else ox.NamedNode(value) if kind == "iri" else ox.Literal(value)
        bound = tuple((n, v) for n, v in bindings)
        results.append(Result(shape, component, ox.NamedNode(focus), path, term, bound))
        cells |= {(row, column): _cell(row, said) for row, column, said in cited}
        passages |= {node: Passage(text, Span(*span), line) for node, (text, span, line) in quoted}
    return Found(frozenset(results), Evidence(cells, passages))


def _cell(row: str, said: Sequence[Any]) -> CellRef:
    table, line, column, value, span, number, order, edition, document, sign = said
    printed = None if value is None else Decimal(value)
    place = None if span is None else Span(*span)
    return CellRef(table, line, column, row, printed, place, number, tuple(order), edition, document, sign)


def _remember(memo: sqlite3.Connection, stamp: str, now: Mapping[str, State], found: Found) -> None:
    for statement in ("DELETE FROM stamp", "DELETE FROM state"):
        memo.execute(statement)
    memo.execute("INSERT INTO stamp VALUES (?)", (stamp,))
    memo.executemany(
        "INSERT INTO state VALUES (?, ?, ?, ?, ?)",
        ((f, s.agency, s.place, s.year, s.current) for f, s in now.items()),
    )
    memo.executemany(
        "INSERT INTO result VALUES (?, ?, ?)",
        ((r.focus.value, r.shape, _body(r, found.evidence)) for r in found.results),
    )


def _body(result: Result, evidence: Evidence) -> str:
    kind = None if result.value is None else "iri" if isinstance(result.value, ox.NamedNode) else "literal"
    value = result.value.value if result.value is not None else None
    cells = [(*at, _said(evidence.cells[at])) for at in cited_cells(result) if at in evidence.cells]
    passages = [
        (node, (p.text, (p.span.start, p.span.end), p.line))
        for node in cited_passages(result)
        if (p := evidence.passages.get(node)) is not None
    ]
    parts = (result.component, result.path, kind, value, result.bindings, cells, passages)
    return json.dumps(parts, ensure_ascii=False)


def _said(cell: CellRef) -> tuple[Any, ...]:
    value = None if cell.value is None else str(cell.value)
    span = None if cell.span is None else (cell.span.start, cell.span.end)
    named = cell.table, cell.row, cell.column
    return (*named, value, span, cell.line, cell.order, cell.edition, cell.document, cell.printed)
