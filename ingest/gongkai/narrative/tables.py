"""Numbers of the text that contradict the tables (rules X1 to X8): what compares with what stands in `narrative.ttl`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gongkai.narrative.model import Fact, Narrative
from gongkai.report import Figure, Report
from gongkai.turtle import GK, ontology

_LIMITED = re.compile(r"本级|机关本部|局机关|委机关|厅机关|府办|办公室(?!代表)|本单位|下属|所属|直属")
_FROM_BEFORE = re.compile(r"上年|上一年|去年|往年|转来")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A sum of cells that an indicator may equal: the rows in the columns, by their IRIs."""

    iri: str
    indicator: str
    table: str
    rows: frozenset[str]
    columns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A fact that equals none of its comparisons; `cells`, `total` and `difference` are of the one it comes nearest to."""

    fact: Fact
    comparison: Comparison
    cells: tuple[Figure, ...]
    total: Decimal

    @property
    def difference(self) -> Decimal:
        """By how much the text says more than the table."""
        return self.fact.value - self.total


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

    None is reported where any fact of the indicator agrees, where the text limits its number to a part, bounds it or
    gives it for another year, or where a cell that the sum needs is blank.
    """
    return tuple(_contradictions(report, narrative))


def _contradictions(report: Report, narrative: Narrative) -> Iterator[Contradiction]:
    for indicator in dict.fromkeys(c.indicator for c in comparisons()):
        facts = [f for f in narrative.facts if f.indicator == indicator and _is_whole(f, report)]
        sums = [s for c in comparisons() if c.indicator == indicator and (s := _sum(c, report))]
        if not facts or not sums or any(f.value == total for f in facts for _, _, total in sums):
            continue
        fact = facts[0]
        comparison, cells, total = min(
            _judging(fact, sums), key=lambda s: abs(fact.value - s[2]), default=sums[0]
        )
        yield Contradiction(fact, comparison, cells, total)


def _judging(
    fact: Fact, sums: Iterable[tuple[Comparison, tuple[Figure, ...], Decimal]]
) -> list[tuple[Comparison, tuple[Figure, ...], Decimal]]:
    return list(sums)


def _is_whole(fact: Fact, report: Report) -> bool:
    """Whether a number is the report's own: exact, of its year, and of no part of what the tables count."""
    if fact.bound or fact.year or fact.channel:
        return False
    if fact.part and fact.indicator not in _outcomes():
        return False
    return not _names_part(fact, report)


def _names_part(fact: Fact, report: Report) -> bool:
    """Whether the sentence limits the number to some organ that is not the reporting agency (本级, 区政府办)."""
    agency = report.agency.value.name if report.agency else ""
    limit = _LIMITED.search(fact.quote.text)
    return limit is not None and limit[0] not in agency


@cache
def _outcomes() -> frozenset[str]:
    graph = ontology("narrative")
    return frozenset(
        graph.value(i, GK + "key")
        for i in graph.subjects(GK + "Indicator")
        if graph.optional(i, GK + "outcome")
    )


def _sum(comparison: Comparison, report: Report) -> tuple[Comparison, tuple[Figure, ...], Decimal] | None:
    """The cells of a comparison and their sum; None where the table is absent or one of the cells blank."""
    reading = report.table(comparison.table)
    if reading is None:
        return None
    cells = tuple(
        f for f in reading.figures if f.row.iri in comparison.rows and f.column.iri in comparison.columns
    )
    values = [f.value for f in cells if f.value is not None]
    if len(values) < len(comparison.rows):
        return None
    return comparison, cells, sum(values, Decimal(0))
