"""Graphs of reports as `disclosure.ttl` describes them, of agencies that do not exist, with faults put in by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pyoxigraph as ox

from gongkai.form import Form, Row, Table, form
from gongkai.turtle import GK, QB, RDF, XSD

BASE = "https://example.org/"
Number = int | Decimal | None
RDF_TYPE = ox.NamedNode(RDF + "type")


def node(name: str) -> ox.NamedNode:
    """A term: a key of the vocabulary, or a whole IRI."""
    return ox.NamedNode(name if ":" in name else GK + name)


def literal(value: str | Number) -> ox.Literal:
    """A literal of the type of the value."""
    if isinstance(value, Decimal):
        return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "decimal"))
    return ox.Literal(
        str(value), datatype=ox.NamedNode(XSD + ("integer" if isinstance(value, int) else "string"))
    )


def sound(table: Table) -> dict[tuple[str, str], Number]:
    """Numbers that keep every identity: two requests of natural persons granted, one review upheld, the rest zero."""
    cells: dict[tuple[str, str], Number] = {(r.key, c.key): 0 for r in table.rows for c in r.columns}
    if table.key == "applications":
        for row in ("新收", "予以公开", "总计"):
            cells |= {(row, "naturalPerson"): 2, (row, "totalRequests"): 2}
    if table.key == "review":
        cells |= {("行政复议", "upheld"): 1, ("行政复议", "totalCases"): 1}
    return cells


@dataclass(frozen=True, slots=True)
class Draft:
    """A sound report but for `changes`, cells by (table, row, column), and `doubts`, each an aspect and a where."""

    name: str = "a"
    agency: str = "青禾县教育局"
    year: int = 2023
    version: int = 2021
    changes: Mapping[tuple[str, str, str], Number] = field(default_factory=dict)
    doubts: Sequence[tuple[str, str]] = ()
    excerpt: bool = False
    without: frozenset[str] = frozenset()
    """Keys of tables that the document lacks."""


def triples(draft: Draft) -> list[ox.Triple]:
    """The graph of a draft."""
    edition = node(f"{BASE}edition/{draft.name}")
    report = node(f"{BASE}report/{draft.agency}/{draft.year}")
    agency = node(f"{BASE}agency/{draft.agency}")
    known = form(draft.version)
    year = ox.Literal(str(draft.year), datatype=ox.NamedNode(XSD + "gYear"))
    found: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
        (report, RDF + "type", node("Report")),
        (report, "currentEdition", edition),
        (report, "edition", edition),
        (report, "reportingAgency", agency),
        (report, "year", year),
        (edition, RDF + "type", node("Edition")),
        (edition, "formVersion", node(known.iri)),
        (edition, "ofReport", report),
        (agency, RDF + "type", node("Agency")),
    ]
    if draft.excerpt:
        found.append((edition, "excerpt", ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean"))))
    for i, (aspect, where) in enumerate(draft.doubts):
        doubt = node(f"{edition.value}#doubt{i}")
        found += [
            (edition, "doubt", doubt),
            (doubt, RDF + "type", node("Doubt")),
            (doubt, "aspect", literal(aspect)),
        ]
        found += [(doubt, "where", literal(where))] * (where != "")
    for table in known.tables:
        if table.key not in draft.without:
            for row in table.rows:
                found += _row(draft, edition, table, row, (report, agency, year))
    return [ox.Triple(s, node(p), o) for s, p, o in found]


def _row(
    draft: Draft,
    edition: ox.NamedNode,
    table: Table,
    row: Row,
    context: tuple[ox.NamedNode, ox.NamedNode, ox.Literal],
) -> Iterable[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]]:
    subject = node(f"{edition.value}#{table.key}.{row.iri.partition('#')[2]}")
    report, agency, year = context
    cells = sound(table) | {(r, c): v for (t, r, c), v in draft.changes.items() if t == table.key}
    given = {c: cells[row.key, c.key] for c in row.columns}
    yield subject, RDF + "type", node("TableRow")
    if None not in given.values():
        yield subject, RDF + "type", node(QB + "Observation")
    yield subject, "ofEdition", edition
    yield subject, "report", report
    yield subject, "agency", agency
    yield subject, "year", year
    yield subject, "row", node(row.iri)
    yield subject, "cellPlaces", literal(" ".join(f"{i}-{i + 1}" for i in range(len(row.columns))))
    for column, value in given.items():
        if value is not None:
            yield subject, column.iri, literal(Decimal(value) if column.decimal else value)
            continue
        noted = node(f"{subject.value}.{column.key}")
        yield subject, "notedCell", noted
        yield noted, RDF + "type", node("NotedCell")
        yield noted, "column", node(column.iri)
        yield noted, "blankReason", node("empty")


def national(version: int = 2021) -> Form:
    """The form that drafts are on."""
    return form(version)
