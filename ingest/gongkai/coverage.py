"""What of a source reached the report, and what did not: cells of its tables, paragraphs, numbers of its narrative."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai.document import Document, Span
from gongkai.narrative.model import Narrative
from gongkai.numbers import find_numbers
from gongkai.report import Blank, Report
from gongkai.tables.pieces import MARK, NUMBER, TEXT, is_prose, pieces

_WORD = re.compile(r"\S+")
_FIGURE = re.compile(r"(?=.*\d)[^一-鿿]+")
"""A word with a digit and no Chinese character: no label of the form is one."""
_ORDINAL = re.compile(r"[（(]?\d+[.．、)）]+")
"""What may stand before a label, on its own where the label is torn."""


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

    cells: numbers and marks inside the tables of the form, and what may have been meant as a number, that became a figure;
    paragraphs: lines outside these tables that stand in a section, or state title, agency, year or date; numbers: those of
    the narrative sections that a fact rests on.
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
    figures = [
        f.span
        for t in report.tables
        for f in t.figures
        if f.span is not None and f.blank is not Blank.UNREADABLE
    ]
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
        if not any(region.covers(piece.span) for region in regions):
            continue
        if piece.kind in (NUMBER, MARK):
            yield piece.span
        elif piece.kind is TEXT and not is_prose(piece.text):
            yield from _unread(document[piece.span], piece.start)


def _unread(text: str, start: int) -> Iterator[Span]:
    """What a text prints that may have been meant as a number (1902S)."""
    for word in _WORD.finditer(text):
        if _FIGURE.fullmatch(word.group()) and not _ORDINAL.fullmatch(word.group()):
            yield Span(start + word.start(), start + word.end())


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
