"""What of a source reached the report, and what did not: cells of its tables, paragraphs, numbers of its narrative."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai.document import Document, Span
from gongkai.narrative.model import Narrative
from gongkai.numbers import find_numbers
from gongkai.report import Report
from gongkai.tables.pieces import MARK, NUMBER, pieces


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the things of one kind reached the report, and the places of those that did not."""

    reached: int
    missed: tuple[Span, ...]

    @property
    def all(self) -> int:
        """How many there are."""
        return self.reached + len(self.missed)

    def __add__(self, other: Share) -> Share:
        return Share(self.reached + other.reached, self.missed + other.missed)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of one document.

    cells: numbers and marks inside the tables of the form that became a figure; paragraphs: lines outside these tables that
    stand in a section, or state title, agency, year or date; numbers: those of the narrative sections that a fact rests on.
    Not every number is a fact (dates, addresses, document numbers are none), so the last share is no measure of quality.
    """

    cells: Share
    paragraphs: Share
    numbers: Share

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            self.cells + other.cells, self.paragraphs + other.paragraphs, self.numbers + other.numbers
        )


def coverage(report: Report, narrative: Narrative) -> Coverage:
    """What of the document of a report reached it."""
    regions = [t.region for t in report.tables]
    figures = [f.span for t in report.tables for f in t.figures if f.span is not None]
    return Coverage(
        _share(_cells(report.document, regions), figures),
        _share(_paragraphs(report.document, regions), [*_told(report), *_stated(report)]),
        _share(_numbers(report, regions), [f.number for f in narrative.facts]),
    )


def _share(things: Iterable[Span], by: Iterable[Span]) -> Share:
    """Which of the things some place of the report touches."""
    places = sorted(by)
    reached, missed = 0, []
    for thing in things:
        if any(thing.overlaps(place) for place in places):
            reached += 1
        else:
            missed.append(thing)
    return Share(reached, tuple(missed))


def _cells(document: Document, regions: list[Span]) -> Iterator[Span]:
    for piece in pieces(document):
        if piece.kind in (NUMBER, MARK) and any(region.covers(piece.span) for region in regions):
            yield piece.span


def _paragraphs(document: Document, regions: list[Span]) -> Iterator[Span]:
    """Lines outside the tables of the form, also those of other tables of the document."""
    for line in document.lines():
        if document[line].strip() and not any(line.overlaps(region) for region in regions):
            yield line


def _numbers(report: Report, regions: list[Span]) -> Iterator[Span]:
    for section in report.sections:
        start = section.content.start
        for number in find_numbers(report.document[section.content]):
            place = Span(start + number.span.start, start + number.span.end)
            if not any(place.overlaps(region) for region in regions):
                yield place


def _told(report: Report) -> Iterator[Span]:
    for section in report.sections:
        yield section.content
        if section.heading is not None:
            yield section.heading


def _stated(report: Report) -> Iterator[Span]:
    for statement in (report.title, report.agency, report.year, report.published, report.period):
        if statement is not None and statement.span is not None:
            yield statement.span
