"""Findings and verdicts as text for a terminal, in Chinese and English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from gongkai.rules.checking import Assessment
from gongkai.rules.data import CellRef, Edition
from gongkai.rules.finding import Finding
from gongkai.rules.verdict import Outcome, Verdict
from gongkai.rules.wording import named, plain
from gongkai.turtle import FORM

_SEVERITIES = {"VIOLATION": "违反 violation", "WARNING": "警告 warning", "INFO": "提示 information"}
_OUTCOMES = {
    Outcome.FAILED: "不符 failed",
    Outcome.NOT_ASSESSABLE: "无法判定 not assessable",
    Outcome.NOT_APPLICABLE: "不适用 not applicable",
    Outcome.PASSED: "通过 passed",
}
_LETTERS = 80  # a passage that is longer is named by its ends
_CELLS = 8  # a sum over more cells is named by its ends


def lines(assessment: Assessment) -> Iterator[str]:
    """A paragraph an edition: its findings, and how many rules came out how."""
    for edition in assessment.editions:
        part = assessment.of(edition)
        yield title(edition)
        for finding in part.findings:
            yield from _finding(finding)
        yield "  " + "；".join(tally(part.verdicts))
        yield ""


def title(edition: Edition) -> str:
    """Whose report it is, on which year, and from which file."""
    agency = edition.agency_name or "（机关不详 agency unknown）"
    return f"{agency} {edition.year or '（年度不详 year unknown）'}  [{edition.name}]"


def tally(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """How many rules came out how; what is not assessable is named."""
    known = list(verdicts)
    counted = Counter(v.outcome for v in known)
    for outcome, label in _OUTCOMES.items():
        if counted[outcome]:
            named_rules = " ".join(v.rule.key for v in known if v.outcome is outcome)
            detail = f"（{named_rules}）" if outcome is Outcome.NOT_ASSESSABLE else ""
            yield f"{label} {counted[outcome]}{detail}"


def _finding(finding: Finding) -> Iterator[str]:
    articles = "、".join(a.title.zh for a in finding.articles)
    yield f"  {_SEVERITIES[finding.severity.name]}  {finding.rule.key} {finding.rule.title.zh}  〔{articles}〕"
    yield f"      {finding.message.zh}"
    yield f"      {finding.message.en}"
    if finding.cells:
        yield "      " + "；".join(_shown([cell(c) for c in finding.cells]))
    for passage in finding.passages:
        yield f"      第{passage.line}行 line {passage.line}：“{_short(passage.text)}”"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LETTERS else f"{words[: _LETTERS // 2]} … {words[-_LETTERS // 3 :]}"


def _shown(cells: list[str]) -> list[str]:
    return (
        cells
        if len(cells) <= _CELLS
        else [*cells[:2], f"…（共{len(cells)}格 {len(cells)} cells）", *cells[-2:]]
    )


def cell(reference: CellRef) -> str:
    """A cell: row, column, value and line."""
    column = named(FORM + reference.column, "zh")
    value = "空白" if reference.value is None else plain(reference.value)
    line = f"（第{reference.line}行）" if reference.line else ""
    return f"{reference.row}·{column}={value}{line}"
