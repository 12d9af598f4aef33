"""What is read back from the checked graph to put a finding into words: by SPARQL alone, so that any store will do."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Protocol

import pyoxigraph as ox

from gongkai.document import Span
from gongkai.form import Column, forms, lines
from gongkai.turtle import GK, SKOS, XSD

_PREFIXES = f"PREFIX gk: <{GK}> PREFIX skos: <{SKOS}> PREFIX xsd: <{XSD}> "
_BATCH = 500


class Source(Protocol):
    """Anything that answers a SPARQL query: a store in memory, a generation, a remote endpoint."""

    def query(self, query: str, /) -> ox.QuerySolutions | ox.QueryBoolean | Iterator[ox.Triple]:
        """The answer to a query."""
        ...


@dataclass(frozen=True, slots=True)
class CellRef:
    """A cell of the form in a report: keys of table, row and column, the value or none, the place or none.

    `line` is that of its row where the cell itself has no place.
    """

    table: str
    row: str
    column: str
    subject: str
    """The IRI of the row in the report."""
    value: Decimal | None
    span: Span | None
    line: int | None = None
    order: tuple[int, int, int] = (0, 0, 0)
    """Its place in the form: of the table, of the row, of the column."""
    edition: str = ""
    document: str | None = None
    """The IRI of the edition that it stands in, and the name of its file."""
    printed: str | None = None
    """What is printed in a cell without a value (无, /), None where nothing is."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the document that a finding rests on, with their place."""

    text: str
    span: Span
    line: int | None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Only a part of a report is at hand: the IRI of the table in which the document breaks off, and its last words there.

    Both are None where it does not break off in a table.
    """

    table: str | None = None
    last: Passage | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """A checked document: its IRI, that of its report, what it calls itself; and that it is not whole where it is not."""

    iri: str
    report: str
    name: str
    agency: str | None
    agency_name: str | None
    division: str | None
    year: str | None
    excerpt: Excerpt | None = None


def select(source: Source, query: str) -> Iterator[Mapping[str, str]]:
    """The solutions of a SELECT query, each as the bound variables and their values."""
    solutions = source.query(_PREFIXES + query)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [v.value for v in solutions.variables]
    for solution in solutions:
        yield {n: t.value for n in names if (t := solution[n]) is not None and not isinstance(t, ox.Triple)}


def editions(source: Source, only: Sequence[str] = ()) -> tuple[Edition, ...]:
    """The editions in a graph, or those among `only`, by agency and year."""
    parts = _excerpts(source)
    found = {
        s["edition"]: Edition(
            s["edition"],
            s.get("report", s["edition"]),
            s.get("name", s["edition"]),
            s.get("agency"),
            s.get("agencyName"),
            s.get("division"),
            s.get("year"),
            parts.get(s["edition"]),
        )
        for values in (in_values("edition", only) if only else ("",))
        for s in select(
            source,
            f"""SELECT ?edition ?report ?name ?agency ?agencyName ?division ?year WHERE {{ {values}
            ?edition a gk:Edition .
            OPTIONAL {{ ?edition gk:sourceName ?name }}
            OPTIONAL {{ ?edition gk:ofReport ?report
                OPTIONAL {{ ?report gk:year ?year }}
                OPTIONAL {{ ?report gk:reportingAgency ?agency
                    OPTIONAL {{ ?agency skos:prefLabel ?agencyName FILTER (LANG(?agencyName) = "zh") }}
                    OPTIONAL {{ ?agency gk:divisionCode ?division }} }} }} }}""",
        )
    }
    return tuple(sorted(found.values(), key=lambda e: (e.agency_name or "", e.year or "", e.iri)))


def _excerpts(source: Source) -> dict[str, Excerpt]:
    """The editions that hold a part of a report only."""
    found = {s["edition"]: Excerpt() for s in select(source, "SELECT ?edition { ?edition gk:excerpt true }")}
    query = """SELECT ?edition ?doubt ?table WHERE {
        ?doubt gk:aspect "cut-off" ; gk:where ?table . ?edition gk:doubt ?doubt }"""
    cut = {s["doubt"]: (s["edition"], s["table"]) for s in select(source, query)}
    tables = {table.key: table.iri for form in forms() for table in form.tables}
    last = passages(source, cut)
    return found | {e: Excerpt(tables[table], last.get(doubt)) for doubt, (e, table) in cut.items()}


def rows(source: Source, iris: Iterable[str]) -> dict[tuple[str, str], CellRef]:
    """The cells of table rows, by the IRIs of row and column."""
    described: dict[str, dict[str, str]] = {}
    for values in in_values("row", sorted(set(iris))):
        query = f"""SELECT ?row ?property ?value WHERE {{ {values}
            {{ ?row ?property ?value }} UNION
            {{ ?row gk:ofEdition/gk:formVersion ?value BIND (gk:formVersion AS ?property) }} UNION
            {{ ?row gk:ofEdition/gk:sourceName ?value BIND (gk:sourceName AS ?property) }} UNION
            {{ ?row gk:notedCell ?cell . ?cell gk:column ?column ; gk:blankReason ?why ; gk:printed ?value
               BIND (CONCAT("printed ", STR(?column)) AS ?property) }} }}"""
        for s in select(source, query):
            described.setdefault(s["row"], {})[s["property"]] = s["value"]
    starts = _lines(source, {d[GK + "ofEdition"] for d in described.values() if GK + "ofEdition" in d})
    return {
        (iri, column.iri): cell
        for iri, given in described.items()
        for column, cell in _cells(iri, given, starts.get(given.get(GK + "ofEdition", ""), ()))
    }


def passages(source: Source, iris: Iterable[str]) -> dict[str, Passage]:
    """The words at the places of nodes, those without a place left out."""
    found: dict[str, tuple[Span, str]] = {}
    for values in in_values("node", sorted(set(iris))):
        query = f"""SELECT ?node ?start ?end ?edition WHERE {{ {values} ?node gk:start ?start ; gk:end ?end .
            ?edition gk:doubt|gk:stated|gk:section|^gk:ofEdition ?node }}"""
        for s in select(source, query):
            found[s["node"]] = Span(int(s["start"]), int(s["end"])), s["edition"]
    texts = dict(_texts(source, {edition for _, edition in found.values()}))
    return {node: _passage(texts.get(edition, ""), span) for node, (span, edition) in found.items()}


def _passage(text: str, span: Span) -> Passage:
    return Passage(text[span.start : span.end], span, text.count("\n", 0, span.start) + 1 if text else None)


def _cells(iri: str, given: Mapping[str, str], starts: Sequence[int]) -> Iterator[tuple[Column, CellRef]]:
    """The cells of a row; a graph that holds no form.ttl row has none."""
    known = lines(given.get(GK + "formVersion", "")).get(given.get(GK + "row", ""))
    if known is None:
        return
    places = given.get(GK + "cellPlaces", "").split()
    beside = next((found for p in places if (found := _span(p))), None)
    for i, column in enumerate(known.row.columns):
        value = given.get(column.iri)
        span = _span(places[i]) if i < len(places) else None
        line = bisect_right(starts, near.start) if (near := span or beside) and starts else None
        number = Decimal(value) if value is not None else None
        document = given.get(GK + "ofEdition", ""), given.get(GK + "sourceName")
        named = known.table.key, known.row.key, column.key, iri
        yield (
            column,
            CellRef(
                *named, number, span, line, (*known.order, i), *document, given.get(f"printed {column.iri}")
            ),
        )


@cache
def parts() -> Mapping[tuple[str, str], str]:
    """The IRIs of the tables of the form (with "" for a row) and of their rows, by keys."""
    tables = [table for form in forms() for table in form.tables]
    found = {(t.key, row.key): row.iri for t in tables for row in (*t.rows, *t.collapsed)}
    return found | {(t.key, ""): t.iri for t in tables}


def _lines(source: Source, found: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Where the lines of each edition's text begin."""
    return {e: (0, *(i + 1 for i, c in enumerate(t) if c == "\n")) for e, t in _texts(source, found)}


def _texts(source: Source, found: Iterable[str]) -> Iterator[tuple[str, str]]:
    for values in in_values("edition", sorted(found)):
        for s in select(source, f"SELECT ?edition ?text WHERE {{ {values} ?edition gk:text ?text }}"):
            yield s["edition"], s["text"]


def in_values(name: str, iris: Sequence[str]) -> Iterator[str]:
    """VALUES clauses of bearable size."""
    for i in range(0, len(iris), _BATCH):
        yield f"VALUES ?{name} {{ {' '.join(f'<{iri}>' for iri in iris[i : i + _BATCH])} }}"


def _span(place: str) -> Span | None:
    start, dash, end = place.partition("-")
    return Span(int(start), int(end)) if start and dash else None
