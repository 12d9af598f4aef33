"""Document → Report: what the document states, in the terms of the form. Total for every report; doubt is a value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gongkai.document import Document, Span
from gongkai.errors import NotAReportError
from gongkai.form import Form, Label, Part
from gongkai.identity import Identity, identify, of_another_kind
from gongkai.identity.folded import WIDTH
from gongkai.report import Aspect, Doubt, Report, TableReading
from gongkai.sections import Sections, sections
from gongkai.tables.filling import Filled, fill
from gongkai.tables.labels import Labels, labels
from gongkai.tables.pieces import BLANK, Piece, is_prose, pieces
from gongkai.tables.runs import Scan
from gongkai.tables.scan import Scanner
from gongkai.tables.version import version_of
from gongkai.tables.wording import deviations

_NAMES_A_REPORT = re.compile(
    r"20\d\d\s*年度?[^。\n]{0,12}信息公开[^。\n]{0,6}报告|信息公开(?:工作)?\s?20\d\d\s*年度?(?:工作)?报告"
)
_CALLS_ITSELF_ONE = re.compile(
    r"信息公开条例》[^。\n]{0,120}本(?:年度)?报告|本(?:年度)?报告[^。\n]{0,30}信息公开(?:条例》|(?:相关|有关)?法)"
)
_SPEAKS_OF_DISCLOSURE = re.compile(r"信息公开(?!条例)|公开政府信息")
_ANOTHER_REPORT = re.compile(r"^(?!.*公开)[^。，,\n]{4,40}报告\s*$", re.MULTILINE)
"""The title of a report on something else; such reports are written under the regulation too."""
_OF_A_REPORT = re.compile(r"全年|我[省市县区州盟旗厅局委办院镇乡街]|本(?:机关|部门|单位)")
_WORD = re.compile(r"\w")
_NOTE = re.compile(r"[（(][^（()）]*[）)]")
_TITLE_OF_A_TEMPLATE = re.compile(r"(?:[Xx]{2,}|[×＊*○〇□_＿]{2,})[^。\n]{0,40}信息公开[^。\n]{0,12}报告")
"""Agency or year are still to be written: XX, 20XX, ××, ____."""
_FIRST_AFTER_TABLES = 5
_MOST_SECTIONS = 4
_MOST_ASPECTS = 2
_ENDS = "。！？!?；;”’）)】》"
_SIGNED = re.compile(r"。\s*\n\s*[^。，\n]{2,40}\n\s*20\d\d年\d{1,2}月\d{1,2}日\s*\Z")
"""The agency and the date below the last sentence: nothing is lost behind them."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What was found, before it is judged."""

    document: Document
    pieces: list[Piece]
    identity: Identity
    form: Form
    scans: Mapping[str, Scan]
    filled: Mapping[str, Filled]
    sections: Sections


def parse(document: Document) -> Report:
    """The report that a document carries.

    Raises:
        NotAReportError: nothing in the document is part of an annual report, or it is the form left blank.
    """
    parts = _find(document)
    if parts.identity.title is None and not parts.scans and of_another_kind(document.text.translate(WIDTH)):
        msg = (
            f"{document.source.name}: titled as the report of a check or of a part of a year, no annual report; "
            "leave the file out"
        )
        raise NotAReportError(msg)
    if not _is_report(parts):
        msg = (
            f"{document.source.name}: no annual report on information disclosure (政府信息公开工作年度报告): "
            "neither its title, nor its sections, nor its tables are there; leave the file out, or check it"
        )
        raise NotAReportError(msg)
    if _is_blank_form(parts):
        msg = f"{document.source.name}: the national form with nothing filled in; leave the file out, or fill the form in"
        raise NotAReportError(msg)
    excerpt, doubts = _judge(parts)
    identity = parts.identity
    return Report(
        document,
        parts.form,
        identity.title,
        identity.agency,
        identity.year,
        identity.published,
        identity.period,
        parts.sections.found,
        tuple(_readings(parts)),
        tuple(doubts),
        excerpt,
    )


def _find(document: Document) -> _Parts:
    dictionary: Labels = labels()
    found = pieces(document)
    scans = Scanner(dictionary).scan(found)
    identity = identify(document)
    form = version_of(scans.values(), identity.year.value if identity.year else None)
    filled = {key: fill(document, scan, form) for key, scan in scans.items()}
    regions = {key: scan.region for key, scan in scans.items()}
    extent = Span(0, len(document.text))
    return _Parts(
        document, found, identity, form, scans, filled, sections(document, extent, form, dictionary, regions)
    )


def _is_report(parts: _Parts) -> bool:
    """Title, a table, two headings, the name of a report, or a narrative that covers what section one has to.

    A text that calls itself a report under the regulation is one when it lists the sections, covers two aspects, or has one
    section and speaks of disclosure, unless it is titled otherwise.
    """
    text = parts.document.text
    if parts.identity.title is not None or parts.scans or len(parts.sections.headed) > 1:
        return True
    if _NAMES_A_REPORT.search(text):
        return True
    aspects = parts.form.sections[0].aspects
    covered = _named_in(text, aspects)
    calls_itself_one = _CALLS_ITSELF_ONE.search(text) is not None and not _ANOTHER_REPORT.search(text)
    if parts.sections.headed:
        if calls_itself_one:
            return covered > 0 or _SPEAKS_OF_DISCLOSURE.search(text) is not None
        return covered > 0 and parts.identity.year is not None
    sections = _named_in(text, (s.label for s in parts.form.sections))
    if calls_itself_one and (sections >= _MOST_SECTIONS or covered >= _MOST_ASPECTS):
        return True
    return covered >= len(aspects) - 1 and _OF_A_REPORT.search(text) is not None


def _is_blank_form(parts: _Parts) -> bool:
    """Tables without a number or a mark, nobody who reports, and a title with placeholders or sections without a word.

    Notes in brackets are no words.
    """
    if parts.identity.agency or parts.identity.year or len(parts.filled) < 2:
        return False
    if any(figure.printed for filled in parts.filled.values() for figure in filled.reading.figures):
        return False
    if _TITLE_OF_A_TEMPLATE.search(parts.document.text):
        return True
    tables = [scan.region for scan in parts.scans.values()]
    prose = (
        _WORD.search(_NOTE.sub("", parts.document[line]))
        for section in parts.sections.headed
        for line in parts.document.lines()
        if section.content.covers(line) and not any(table.overlaps(line) for table in tables)
    )
    return not any(prose)


def _named_in(text: str, labels: Iterable[Label]) -> int:
    """How many of some labels a text has, in words that the form knows."""
    return sum(any(word in text for word in (label.official, *label.usual)) for label in labels)


def _readings(parts: _Parts) -> Iterator[TableReading]:
    for table in parts.form.tables:
        if table.key in parts.filled:
            yield parts.filled[table.key].reading


def _judge(parts: _Parts) -> tuple[bool, list[Doubt]]:
    """Whether only a part of the report is at hand, and all doubts."""
    cut = list(_cut_off(parts))
    excerpt = bool(cut) or _is_excerpt(parts)
    doubts = [*cut, *(() if excerpt else _missing(parts))]
    for key, scan in parts.scans.items():
        doubts += parts.filled[key].doubts
        doubts += _collapsed(parts, key)
        doubts += deviations(scan, parts.form, parts.document.text)
    doubts += [Doubt(Aspect.SECTION_ORDER, str(n)) for n in parts.sections.misplaced]
    if parts.identity.agency is None:
        doubts.append(Doubt(Aspect.AGENCY_UNKNOWN))
    if parts.identity.year is None:
        doubts.append(Doubt(Aspect.YEAR_UNKNOWN))
    return excerpt, doubts


def _collapsed(parts: _Parts, key: str) -> Iterator[Doubt]:
    for row, figures in parts.filled[key].reading.rows():
        if row.collapsed:
            yield Doubt(Aspect.COLLAPSED, row.key, figures[0].span)


def _cut_off(parts: _Parts) -> Iterator[Doubt]:
    """The document ends inside a table: its last row was not reached, and neither a section nor prose follows."""
    printed = [p for p in parts.pieces if p.kind != BLANK]
    key, after = _last_table(parts)
    behind = [p for p in printed if p.start >= after]
    if not printed or key is None or any(_is_prose(p.text) for p in behind):
        return
    if key not in parts.filled or not _is_whole(parts, key):
        yield Doubt(Aspect.CUT_OFF, key, printed[-1].span, printed[-1].text)


def _last_table(parts: _Parts) -> tuple[str | None, int]:
    """The table in which the document may end, and where what stands behind it begins; a section behind it rules it out.

    A table of which only the first labels are there is no table yet: it is known by its section and by them.
    """
    last = parts.sections.headed[-1] if parts.sections.headed else None
    begun = last.section.table if last is not None else None
    if last is not None and begun is not None and begun not in parts.scans:
        first = next((p for p in parts.pieces if p.start >= last.content.start and _is_label(p.text)), None)
        return (None, 0) if first is None else (begun, first.start)
    key, scan = max(parts.scans.items(), key=lambda s: s[1].region.end, default=(None, None))
    if scan is None or (last is not None and last.heading is not None and last.heading.end > scan.region.end):
        return None, 0
    return key, scan.region.end


def _is_prose(text: str) -> bool:
    return is_prose(text) or text.endswith("。")


def _is_label(text: str) -> bool:
    """Whether a line is a label of a table, or several side by side."""
    return bool(text) and all(labels().find(word) for word in text.split())


def _is_whole(parts: _Parts, key: str) -> bool:
    """Whether the last row of a table is there; one that is left blank counts where no other part of the report is lost."""
    table = parts.form.table(key)
    last = [f for f in parts.filled[key].reading.figures if f.row == table.rows[-1]]
    if any(f.printed for f in last):
        return all(f.span is not None for f in last)
    named = {m.entry.part for _, m in parts.scans[key].labels}
    expected: set[Part] = {*table.columns} if table.side_by_side else {table.rows[-1]}
    return expected <= named and len(parts.sections.headed) == len(parts.form.sections)


def _is_excerpt(parts: _Parts) -> bool:
    """The document begins after the beginning, or ends before the end, of a report."""
    if parts.identity.title is not None and _SIGNED.search(parts.document.text):
        return False
    numbers = [s.section.number for s in parts.sections.found]
    headed = [s.section.number for s in parts.sections.headed]
    fragment = parts.identity.title is None and not headed
    if not parts.scans and (fragment or max(numbers, default=0) < _FIRST_AFTER_TABLES - 2):
        return True
    begins_late = min(headed, default=1) >= _FIRST_AFTER_TABLES - 1
    text = parts.document.text.rstrip()
    ends_early = max(numbers, default=0) < _FIRST_AFTER_TABLES + 1 and text[-1:] not in _ENDS
    return begins_late or ends_early


def _missing(parts: _Parts) -> Iterator[Doubt]:
    if parts.identity.title is None:
        yield Doubt(Aspect.TITLE_MISSING)
    present = {s.section.number for s in parts.sections.found}
    for section in parts.form.sections:
        if section.number not in present:
            yield Doubt(Aspect.SECTION_MISSING, str(section.number))
    for table in parts.form.tables:
        if table.key not in parts.filled:
            yield Doubt(Aspect.TABLE_MISSING, table.key)
