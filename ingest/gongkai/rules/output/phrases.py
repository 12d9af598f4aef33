"""The words that the readable formats share, in Chinese and English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TypeAlias

from gongkai.rules.catalogue import Severity, Words
from gongkai.rules.data import CellRef, Edition, Excerpt, parts
from gongkai.rules.finding import Finding
from gongkai.rules.judgement import Judgement, Opinion
from gongkai.rules.verdict import Outcome, Verdict
from gongkai.rules.wording import named, plain
from gongkai.turtle import FORM

SEVERITIES = {
    Severity.VIOLATION: Words("违反", "violation"),
    Severity.WARNING: Words("警告", "warning"),
    Severity.INFO: Words("提示", "information"),
}
OUTCOMES = {
    Outcome.FAILED: Words("不符", "failed"),
    Outcome.NOT_ASSESSABLE: Words("无法判定", "not assessable"),
    Outcome.NOT_APPLICABLE: Words("不适用", "not applicable"),
    Outcome.PASSED: Words("通过", "passed"),
}
OPINIONS = {
    Opinion.CONFIRMED: Words("属实", "confirmed"),
    Opinion.EXPLAINED: Words("有说明", "explained"),
    Opinion.MISTAKEN: Words("误报", "mistaken"),
}
NOTHING = Words("未发现问题", "nothing found")
INCOMPLETE = Words("不完整", "incomplete")
_CELLS = 8  # a sum over more cells is named by its ends
_ALIKE = 3  # inputs that the same rules lack, as of a table with many blanks
_LETTERS = 80  # a passage that is longer is named by its ends


Say: TypeAlias = Callable[[Words], str]
"""How words are told: in both languages, or in one."""


def both(words: Words) -> str:
    """Chinese, then English."""
    return f"{words.zh} {words.en}"


def title(edition: Edition) -> str:
    """Whose report it is, on which year, and from which file."""
    agency = edition.agency_name or "（机关不详 agency unknown）"
    return f"{agency} {edition.year or '（年度不详 year unknown）'}  [{edition.name}]"


def incomplete(excerpt: Excerpt) -> Words:
    """That a document is not whole, and where it breaks off."""
    if excerpt.table is None:
        return Words(
            "文件只是报告的一部分，只校验了已有的内容；请提交完整的文件。",
            "The document holds a part of the report only, and only that was checked; get the whole document.",
        )
    last = excerpt.last
    zh = f"（第{last.line}行：“{short(last.text)}”）" if last else ""
    en = f" (line {last.line}: “{short(last.text)}”)" if last else ""
    return Words(
        f"文件在“{named(excerpt.table, 'zh')}”中途断开{zh}，只校验了断开之前的内容；请提交完整的文件。",
        f"The document breaks off inside the “{named(excerpt.table, 'en')}”{en}, and only what stands before was checked;"
        " get the whole document.",
    )


def warning(edition: Edition) -> Iterator[str]:
    """A line that goes before all else where a document is not whole."""
    if edition.excerpt is not None:
        yield f"{both(INCOMPLETE)}：{both(incomplete(edition.excerpt))}"


def nothing(edition: Edition, findings: Collection[Finding]) -> Iterator[str]:
    """That nothing was found, where nothing was: never of a document that is not whole."""
    if not findings and edition.excerpt is None:
        yield both(NOTHING)


def tally(verdicts: Iterable[Verdict], say: Say = both) -> Iterator[str]:
    """How many rules came out how."""
    counted = Counter(v.outcome for v in verdicts)
    yield from (f"{say(label)} {counted[outcome]}" for outcome, label in OUTCOMES.items() if counted[outcome])


def missing(verdicts: Iterable[Verdict], say: Say = both) -> Iterator[str]:
    """What was missing for rules that are not assessable, a line each, with the rules that need it."""
    needed: dict[Words, list[str]] = {}
    for verdict in verdicts:
        if verdict.outcome is Outcome.NOT_ASSESSABLE:
            for reason in verdict.reasons:
                needed.setdefault(reason, []).append(verdict.rule.key)
    alike: dict[tuple[str, ...], list[Words]] = {}
    for reason, keys in needed.items():
        alike.setdefault(tuple(keys), []).append(reason)
    label = OUTCOMES[Outcome.NOT_ASSESSABLE]
    for held_up, reasons in alike.items():
        named_by = " ".join(held_up)
        begun = Words(f"{label.zh} {named_by}：", f"{label.en} {named_by}: ")
        rules = begun.zh if say is both else say(begun)
        yield from (f"{rules}{say(reason)}" for reason in reasons[:_ALIKE])
        if more := len(reasons[_ALIKE:]):
            yield f"{rules}{say(Words(f'另有{more}项', f'{more} more'))}"


def articles(finding: Finding) -> str:
    """The articles of a finding, in Chinese."""
    return "、".join(a.title.zh for a in finding.articles)


def cells(references: Sequence[CellRef], focus: str) -> Words:
    """Cells by row and column, with value or what is printed instead, line, and document if not that of the finding.

    Only the ends of many. In English table, row and column go before where all cells have them in common.
    """
    values = [_value(c, focus) for c in references]
    zh = [
        f"{c.row}·{named(FORM + c.column, 'zh')}={value.zh}"
        for c, value in zip(references, values, strict=True)
    ]
    names = [_names(c) for c in references]
    common = [name for name, *others in map(set, zip(*names, strict=True)) if not others]
    own = (" ".join(name for name in found if name not in common) for found in names)
    en = [f"{name} {value.en}".lstrip() for name, value in zip(own, values, strict=True)]
    if len(references) > _CELLS:
        zh[2:-2], en[2:-2] = [f"…（共{len(references)}格）"], [f"… ({len(references)} cells)"]
    return Words("；".join(zh), f"{', '.join(common)}: {'; '.join(en)}".removeprefix(": "))


def _names(reference: CellRef) -> tuple[str, str, str]:
    """Table, row and column of a cell, in English."""
    table, row = parts()[reference.table, ""], parts()[reference.table, reference.row]
    column = FORM + reference.column
    return named(table, "en"), f"row “{named(row, 'en')}”", f"column “{named(column, 'en')}”"


def _value(reference: CellRef, focus: str) -> Words:
    printed = f"“{short(reference.printed)}”" if reference.printed else ""
    value = plain(reference.value) if reference.value is not None else printed
    document = f"“{reference.document}”" if reference.document and reference.edition != focus else ""
    line = reference.line
    zh = document + (f"第{line}行" if line else "")
    en = ", ".join(filter(None, (document, f"line {line}" if line else "")))
    return Words(
        f"{value or '空白'}{f'（{zh}）' if zh else ''}", f"{value or 'blank'}{f' ({en})' if en else ''}"
    )


def evidence(finding: Finding, say: Say = both) -> Iterator[str]:
    """The cells and the passages that a finding rests on, a line each; of the cells, one in each language."""
    if finding.cells:
        words = cells(finding.cells, finding.focus)
        yield from (words.zh, words.en) if say is both else (say(words),)
    for passage in finding.passages:
        said = f"“{short(passage.text)}”"
        line = Words(f"第{passage.line}行", f"line {passage.line}")
        yield (
            f"{both(line)}：{said}" if say is both else say(Words(f"{line.zh}：{said}", f"{line.en}: {said}"))
        )


def judged(judgement: Judgement) -> str:
    """What a person said, who, when and why."""
    return f"{both(OPINIONS[judgement.opinion])}：{judgement.by}，{judgement.when:%Y-%m-%d}，{judgement.why}"


def short(words: str) -> str:
    """A passage on one line, without its middle where it is long."""
    line = " ".join(words.split())
    return line if len(line) <= _LETTERS else f"{line[: _LETTERS // 2]} … {line[-_LETTERS // 3 :]}"
