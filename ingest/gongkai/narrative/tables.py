"""Numbers of the text that contradict the tables: what compares with what stands as data in `narrative.ttl`.

A blank cell is not zero. A sum over cells some of which are blank is a lower bound: it contradicts what is less, and
agrees with the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gongkai.form import Along
from gongkai.narrative.model import Fact, Narrative
from gongkai.narrative.vocabulary import vocabulary
from gongkai.report import Figure, Report, TableReading
from gongkai.turtle import GK, ontology

_ON_BEHALF = "代表"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A sum of cells that an indicator may equal: rows and columns of a table, by their IRIs."""

    iri: str
    indicator: str
    table: str
    rows: frozenset[str]
    columns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sum:
    """A comparison with the cells of a report; not `complete` where one that it needs is blank."""

    comparison: Comparison
    cells: tuple[Figure, ...]
    total: Decimal
    complete: bool

    def agrees(self, value: Decimal) -> bool:
        """Whether a number may be this sum."""
        return value == self.total if self.complete else value >= self.total


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A fact that agrees with none of its comparisons; `sum` is the one it comes nearest to."""

    fact: Fact
    sum: Sum

    @property
    def difference(self) -> Decimal:
        """By how much the text says more than the table."""
        return self.fact.value - self.sum.total


@cache
def comparisons() -> tuple[Comparison, ...]:
    """Every comparison of `narrative.ttl`.

    Raises:
        OntologyError: one is incomplete.
    """
    graph, form = ontology("narrative"), ontology("form")
    return tuple(
        Comparison(
            iri,
            graph.value(graph.value(iri, GK + "indicator"), GK + "key"),
            form.value(graph.value(iri, GK + "inTable"), GK + "key"),
            frozenset(graph.values(iri, GK + "row")),
            frozenset(graph.values(iri, GK + "column")),
        )
        for iri in graph.subjects(GK + "Comparison")
    )


def contradictions(report: Report, narrative: Narrative) -> tuple[Contradiction, ...]:
    """The facts that contradict the tables, at most one of an indicator.

    None is reported where a number of the indicator agrees: texts tell the same of several bodies.
    """
    return tuple(_contradictions(report, narrative))


def is_comparable(fact: Fact, report: Report) -> bool:
    """Whether a number is the whole report's own: exact, of its year, of no part of what the tables count.

    An outcome of requests is a part of those handled and has its own rows. A number that the text gives for one organ
    of several (本级, 区政府办) is a part, unless that organ is the one that reports.
    """
    words = vocabulary()
    indicator = words.indicators[fact.indicator]
    if fact.bound or fact.year or fact.channel or (fact.part and not indicator.outcome):
        return False
    limit = words.limits.search(fact.quote.text)
    if limit is None or _ON_BEHALF in fact.quote.text:
        return True
    agency = report.agency.value.name if report.agency else ""
    return limit[0] in agency


def _contradictions(report: Report, narrative: Narrative) -> Iterator[Contradiction]:
    comparable = [f for f in narrative.facts if is_comparable(f, report)]
    for indicator in dict.fromkeys(c.indicator for c in comparisons()):
        facts = [f for f in comparable if f.indicator == indicator]
        sums = [s for c in comparisons() if c.indicator == indicator and (s := _sum(c, report))]
        if facts and sums and not any(s.agrees(f.value) for f in facts for s in sums):
            fact = facts[0]
            yield Contradiction(fact, min(sums, key=lambda s: abs(fact.value - s.total)))


def _sum(comparison: Comparison, report: Report) -> Sum | None:
    """The cells of a comparison and their sum; None where the report has none of them."""
    reading = report.table(comparison.table)
    if reading is None:
        return None
    cells: list[Figure] = []
    complete = True
    for row in comparison.rows:
        for column in comparison.columns:
            found, whole = _cells(reading, row, column, report)
            cells.extend(found)
            complete = complete and whole
    if not cells:
        return None
    return Sum(
        comparison, tuple(cells), sum((f.value for f in cells if f.value is not None), Decimal(0)), complete
    )


def _cells(reading: TableReading, row: str, column: str, report: Report) -> tuple[list[Figure], bool]:
    """The cell of a row and column; where it is blank, those given of the columns that the form says add up to it."""
    figures = {f.column.iri: f for f in reading.figures if f.row.iri == row and f.value is not None}
    if column in figures:
        return [figures[column]], True
    parts = {
        left
        for identity in report.form.identities
        if identity.table == reading.key and identity.along is Along.COLUMNS and column in identity.right
        if not identity.rows or row in identity.rows
        for left in identity.left
    }
    found = [figures[c] for c in figures if c in parts]
    return found, bool(parts) and len(found) == len(parts)
