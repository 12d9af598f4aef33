"""What a careful reader takes from a report, as JSON: the gold annotations, and what `extract` prints.

The keys are those of the guide that lies beside the gold annotations. Numbers are read and kept as `Decimal`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongkai.errors import UnreadableError
from gongkai.narrative.model import Fact, Narrative
from gongkai.numbers import json_number
from gongkai.report import Report, TableReading

Cells = tuple[Decimal | None, ...]

REVIEW, DIRECT, AFTER_REVIEW = "行政复议", "未经复议直接起诉", "复议后起诉"


@dataclass(frozen=True, slots=True)
class FactEntry:
    """A fact of the narrative; the quote is as written."""

    indicator: str
    value: Decimal
    unit: str | None
    quote: str
    bound: str | None = None
    part: bool = False
    channel: str | None = None
    form: str | None = None
    previous: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """What is taken from one document.

    A table is its rows by key, each with its cells in the form's order; None is a table not given. `review`
    holds the rows of the table 行政复议、行政诉讼 that are given.
    """

    source: str
    agency: str | None = None
    agency_stated: bool = True
    division: str | None = None
    year: int | None = None
    published: date | None = None
    excerpt: bool = False
    form: int = 2021
    disclosure: Mapping[str, Cells] | None = None
    applications: Mapping[str, Cells] | None = None
    review: Mapping[str, Cells] | None = None
    facts: tuple[FactEntry, ...] = ()
    problems: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    fee_charged: bool | None = None
    anomalies: tuple[str, ...] = ()

    @property
    def tables(self) -> Mapping[str, Mapping[str, Cells] | None]:
        """The tables by their keys in the guide, which has 行政复议 and 行政诉讼 apart."""
        rows = self.review or {}
        return {
            "disclosure": self.disclosure,
            "applications": self.applications,
            "review": {k: v for k, v in rows.items() if k == REVIEW} or None,
            "litigation": {k: v for k, v in rows.items() if k != REVIEW} or None,
        }


def annotate(report: Report, narrative: Narrative, anomalies: Iterable[str]) -> Annotation:
    """The annotation of a report; `anomalies` are in the words of the guide, `rule` or `rule:where`."""
    agency = report.agency
    return Annotation(
        source=report.document.source.name,
        agency=agency.value.name if agency else None,
        agency_stated=agency is not None and not agency.inferred,
        division=agency.value.division if agency else None,
        year=report.year.value if report.year else None,
        published=report.published.value if report.published else None,
        excerpt=report.excerpt,
        form=report.form.version,
        disclosure=_rows(report, "disclosure"),
        applications=_rows(report, "applications"),
        review=_rows(report, "review"),
        facts=tuple(_entry(f) for f in narrative.facts if f.year is None),
        problems=tuple(s.quote.text for s in narrative.shortcomings),
        measures=tuple(m.quote.text for m in narrative.measures),
        documents=tuple(dict.fromkeys(c.title for c in narrative.citations)),
        fee_charged=narrative.fee.charged if narrative.fee else None,
        anomalies=tuple(dict.fromkeys(anomalies)),
    )


def dumps(annotation: Annotation) -> str:
    """The JSON of an annotation, a row of a table or a fact a line."""
    head = {
        "source": annotation.source,
        "excerpt": annotation.excerpt,
        "agency": annotation.agency,
        "agency_stated": annotation.agency_stated,
        "division": annotation.division,
        "year": annotation.year,
        "published": annotation.published.isoformat() if annotation.published else None,
        "form": annotation.form,
    }
    members = [
        *(f"{_line(k)}: {_line(v)}" for k, v in head.items()),
        f'"disclosure": {_table(annotation.disclosure)}',
        f'"applications": {_table(annotation.applications)}',
        *_reviews(annotation.review),
        f'"facts": {_lines("[]", [_line(_fact(f)) for f in annotation.facts])}',
        *(
            f'"{name}": {_lines("[]", [_line(text) for text in texts])}'
            for name, texts in (
                ("problems", annotation.problems),
                ("measures", annotation.measures),
                ("documents", annotation.documents),
            )
        ),
        f'"processing_fee_charged": {_line(annotation.fee_charged)}',
        f'"anomalies": {_lines("[]", [_line(a) for a in annotation.anomalies])}',
    ]
    return "{\n" + ",\n".join(f" {m}" for m in members) + "\n}\n"


def loads(text: str, name: str = "annotation") -> Annotation:
    """The annotation that a JSON text holds; `name` is for the message.

    Raises:
        UnreadableError: it is no JSON, or lacks a key, or a value is of another kind than the guide says.
    """
    try:
        return _annotation(json.loads(text, parse_int=Decimal, parse_float=Decimal))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        msg = f"{name}: not in the format of the gold guide ({type(error).__name__}: {error})"
        raise UnreadableError(msg) from error


def read(file: Path) -> Annotation:
    """The annotation in a file.

    Raises:
        UnreadableError: the file is not in the format of the guide.
    """
    return loads(file.read_text(encoding="utf-8"), file.name)


def _rows(report: Report, key: str) -> Mapping[str, Cells] | None:
    reading = report.table(key)
    if reading is None:
        return None
    table = report.form.table(key)
    collapsed = [row for row in table.collapsed if any(f.row.key == row.key for f in reading.figures)]
    return {
        row.key: tuple(_value(reading, row.key, column.key) for column in row.columns)
        for row in (*table.rows, *collapsed)
    }


def _value(reading: TableReading, row: str, column: str) -> Decimal | None:
    figure = reading.figure(row, column)
    return figure.value if figure else None


def _entry(fact: Fact) -> FactEntry:
    return FactEntry(
        fact.indicator,
        fact.value,
        fact.unit,
        fact.quote.text,
        fact.bound.value if fact.bound else None,
        fact.part,
        fact.channel,
        fact.form,
        fact.previous,
    )


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(brackets: str, lines: list[str]) -> str:
    return f"{brackets[0]}\n  " + ",\n  ".join(lines) + f"\n {brackets[1]}" if lines else brackets


def _table(rows: Mapping[str, Cells] | None) -> str:
    if rows is None:
        return "null"
    return _lines("{}", [f"{_line(key)}: {_row(cells)}" for key, cells in rows.items()])


def _row(cells: Cells) -> str:
    """A row of one cell stands without brackets."""
    return _line(json_number(cells[0]) if len(cells) == 1 else [json_number(c) for c in cells])


def _reviews(rows: Mapping[str, Cells] | None) -> list[str]:
    rows = rows or {}
    review = _row(rows[REVIEW]) if REVIEW in rows else "null"
    lawsuits = [_row(rows[key]) if key in rows else "null" for key in (DIRECT, AFTER_REVIEW)]
    litigation = "null" if lawsuits == ["null", "null"] else f"[{', '.join(lawsuits)}]"
    return [f'"review": {review}', f'"litigation": {litigation}']


def _fact(fact: FactEntry) -> dict[str, object]:
    """A fact with the keys that apply, as the guide has it."""
    optional: dict[str, object] = {
        "bound": fact.bound,
        "part": fact.part or None,
        "channel": fact.channel,
        "form": fact.form,
        "previous": json_number(fact.previous),
    }
    return {
        "indicator": fact.indicator,
        "value": json_number(fact.value),
        "unit": fact.unit,
        "quote": fact.quote,
        **{k: v for k, v in optional.items() if v is not None},
    }


def _annotation(entry: dict[str, Any]) -> Annotation:
    published = entry.get("published")
    return Annotation(
        source=str(entry["source"]),
        agency=entry.get("agency"),
        agency_stated=entry.get("agency_stated") is not False,
        division=entry.get("division"),
        year=None if entry.get("year") is None else int(entry["year"]),
        published=date.fromisoformat(published) if published else None,
        excerpt=bool(entry.get("excerpt")),
        form=int(entry.get("form") or 2021),
        disclosure=_cells(entry.get("disclosure")),
        applications=_cells(entry.get("applications")),
        review=_review_cells(entry.get("review"), entry.get("litigation")),
        facts=tuple(map(_fact_entry, entry.get("facts", ()))),
        problems=tuple(entry.get("problems", ())),
        measures=tuple(entry.get("measures", ())),
        documents=tuple(entry.get("documents", ())),
        fee_charged=entry.get("processing_fee_charged"),
        anomalies=tuple(entry.get("anomalies", ())),
    )


def _cells(rows: dict[str, Any] | None) -> Mapping[str, Cells] | None:
    if rows is None:
        return None
    return {key: tuple(cells) if isinstance(cells, list) else (cells,) for key, cells in rows.items()}


def _review_cells(review: list[Any] | None, litigation: list[Any] | None) -> Mapping[str, Cells] | None:
    direct, after = litigation or (None, None)
    rows = {REVIEW: review, DIRECT: direct, AFTER_REVIEW: after}
    given = {key: tuple(cells) for key, cells in rows.items() if cells is not None}
    return given or None


def _fact_entry(entry: dict[str, Any]) -> FactEntry:
    return FactEntry(
        entry["indicator"],
        Decimal(entry["value"]),
        entry.get("unit"),
        entry["quote"],
        entry.get("bound"),
        bool(entry.get("part")),
        entry.get("channel"),
        entry.get("form"),
        entry.get("previous"),
    )
