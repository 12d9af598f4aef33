"""A work paper for Excel and WPS: the findings with columns to fill in, the tables with the findings on the cells."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.rules.catalogue import Severity
from gongkai.rules.checking import Assessment
from gongkai.rules.data import Source
from gongkai.rules.finding import Finding
from gongkai.rules.output import phrases
from gongkai.rules.output.summary import summary
from gongkai.rules.output.tables import TableView, views

_FILLS = {Severity.VIOLATION: "F9D5D8", Severity.WARNING: "FDECCB", Severity.INFO: "DBE9F4"}
_HEAD = (
    *(
        "机关 agency",
        "年度 year",
        "文件 file",
        "规则 rule",
        "程度 severity",
        "问题 finding",
        "finding (English)",
    ),
    *("左值 left", "右值 right", "差额 difference", "所在 where", "依据 article", "代码 key"),
    *("核实意见 opinion", "核实人 by", "日期 date", "说明 why"),
)
_WIDTHS = (26, 8, 24, 8, 10, 50, 50, 9, 9, 9, 50, 30, 18, 12, 12, 12, 30)
_RESERVED = "=+-@\t\r"
_LINE, _HIGHEST = 15.0, 405.0  # points: a line, and what Excel allows
_FILLED = 0.85  # of a line, before the next word no longer fits
_WIDE = 250  # characters side by side: more want a larger sheet


def dumps(assessment: Assessment, source: Source) -> bytes:
    """The workbook; the tables are given where there is one report."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    _findings(first, assessment)
    for edition, part in assessment.parts() if len(assessment.editions) == 1 else ():
        _tables(book.create_sheet("表格 tables"), views(source, edition.iri, part.findings))
    _verdicts(book.create_sheet("结论 verdicts"), assessment)
    if len(assessment.editions) > 1:
        _summary(book.create_sheet("汇总 summary"), assessment)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _findings(sheet: Worksheet, assessment: Assessment) -> None:
    sheet.title = "问题 findings"
    _row(sheet, _HEAD, bold=True)
    for edition, part in assessment.parts():
        whose = (edition.agency_name, edition.year, edition.name)
        if edition.excerpt is not None:
            told = phrases.incomplete(edition.excerpt)
            _row(sheet, (*whose, None, phrases.INCOMPLETE.zh, told.zh, told.en))
            _fill(sheet, Severity.VIOLATION)
        for finding in part.findings:
            _finding(sheet, whose, finding)
    for finding in assessment.apart():
        _finding(sheet, (finding.focus, None, None), finding)
    opinions = ",".join(w.zh for w in phrases.OPINIONS.values())
    choice = DataValidation(type="list", formula1=f'"{opinions}"', allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add(f"N2:N{max(sheet.max_row, 2)}")
    _laid_out(sheet, _WIDTHS)


def _finding(sheet: Worksheet, whose: Sequence[str | None], finding: Finding) -> None:
    said = finding.judgement
    _row(
        sheet,
        (
            *whose,
            finding.rule.key,
            phrases.SEVERITIES[finding.severity].zh,
            finding.message.zh,
            finding.message.en,
            *(None if n is None else float(n) for n in (finding.left, finding.right, finding.difference)),
            "\n".join(phrases.evidence(finding)),
            phrases.articles(finding),
            finding.key,
            phrases.OPINIONS[said.opinion].zh if said else None,
            said.by if said else None,
            f"{said.when:%Y-%m-%d}" if said else None,
            said.why if said else None,
        ),
    )
    _fill(sheet, finding.severity)


def _fill(sheet: Worksheet, severity: Severity) -> None:
    """Colours whose finding the last row is, and what it says."""
    for cell in sheet[sheet.max_row][:6]:
        cell.fill = PatternFill("solid", fgColor=_FILLS[severity])


def _tables(sheet: Worksheet, tables: Iterable[TableView]) -> None:
    for table in tables:
        _row(sheet, (table.title,), bold=True)
        _row(sheet, ("", "", *table.columns), bold=True)
        for row in table.rows:
            _row(sheet, (row.group, row.label, *(float(c.text) if c.text else None for c in row.cells)))
            for i, cell in enumerate(row.cells, 3):
                if cell.severity is not None:
                    place = sheet.cell(sheet.max_row, i)
                    place.fill = PatternFill("solid", fgColor=_FILLS[cell.severity])
                    told = "\n".join(f"{f.rule.key} {f.message.zh}" for f in cell.findings)
                    place.comment = Comment(told, "gongkai", width=420, height=160)
        sheet.append([])
    _laid_out(sheet, (16, 44, *(10,) * 8), freeze=False)


def _verdicts(sheet: Worksheet, assessment: Assessment) -> None:
    _row(
        sheet,
        ("机关 agency", "年度 year", "文件 file", "规则 rule", "规则名称 title", "结论 verdict", "说明 why"),
        bold=True,
    )
    for edition, part in assessment.parts():
        for verdict in part.verdicts:
            why = "\n".join(r.zh for r in verdict.reasons)
            outcome = phrases.both(phrases.OUTCOMES[verdict.outcome])
            whose = (edition.agency_name, edition.year, edition.name)
            _row(sheet, (*whose, verdict.rule.key, verdict.rule.title.zh, outcome, why))
    _laid_out(sheet, (26, 8, 24, 8, 36, 22, 50))


def _summary(sheet: Worksheet, assessment: Assessment) -> None:
    counted = summary(assessment)
    _row(sheet, ("规则 rule", "问题 fault", "不符 failed", "已判定 judged"), bold=True)
    for rule, share in counted.by_rule:
        _row(sheet, (rule.key, rule.fault.zh, share.failed, share.judged))
    for head, shares in (("地方 place", counted.by_place), ("年度 year", counted.by_year)):
        sheet.append([])
        _row(sheet, (head, "", "有违反 with a violation", "报告 reports"), bold=True)
        for share in shares:
            _row(sheet, (share.name, "", share.failed, share.judged))
    _laid_out(sheet, (12, 40, 16, 16), freeze=False)


def _row(sheet: Worksheet, values: Sequence[str | int | float | None], *, bold: bool = False) -> None:
    """Appends a row; words of a document that a spreadsheet would take for a formula are kept words."""
    sheet.append([_word(v) if isinstance(v, str) else v for v in values])
    for cell in sheet[sheet.max_row]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if bold:
            cell.font = Font(bold=True)


def _word(text: str) -> str:
    shown = "".join(c for c in text if c >= " " or c in "\n\t")
    return f"'{shown}" if shown[:1] in _RESERVED and shown[:1] else shown


def _laid_out(sheet: Worksheet, widths: Sequence[int], *, freeze: bool = True) -> None:
    """Widths, in characters, and rows as high as the words in them; printed as wide as a page, the head on each."""
    for i, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(i)].width = width
    for row in sheet.iter_rows():
        lines = max(_lines(cell.value, width) for cell, width in zip(row, widths, strict=False))
        sheet.row_dimensions[row[0].row or 1].height = min(_LINE * lines, _HIGHEST)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3 if sum(widths) > _WIDE else sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if freeze:
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"


def _lines(value: object, width: int) -> int:
    """How many lines a value takes in a column: a Chinese character is as wide as two letters."""
    if not isinstance(value, str):
        return 1
    wide = (sum(2 if east_asian_width(c) in "WF" else 1 for c in line) for line in value.split("\n"))
    return sum(max(1, math.ceil(n / (_FILLED * width))) for n in wide)
