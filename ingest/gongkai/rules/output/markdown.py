"""Findings and verdicts as Markdown, for a ticket or a letter."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.rules.checking import Assessment
from gongkai.rules.finding import Finding
from gongkai.rules.output import phrases
from gongkai.rules.output.summary import Share, summary


def dumps(assessment: Assessment) -> str:
    """The Markdown."""
    return "\n".join(_lines(assessment)).rstrip() + "\n"


def _lines(assessment: Assessment) -> Iterator[str]:
    if len(assessment.editions) > 1:
        yield from _summary(assessment)
    for edition, part in assessment.parts():
        yield f"## {_safe(phrases.title(edition))}"
        yield ""
        for line in phrases.warning(edition):
            yield from (f"**{_safe(line)}**", "")
        yield from phrases.nothing(edition, part.findings)
        for finding in part.findings:
            yield from _finding(finding)
        yield ""
        yield "；".join(phrases.tally(part.verdicts))
        yield ""
        for line in phrases.missing(part.verdicts):
            yield from (_safe(line), "")
    if assessment.apart():
        yield "## 跨报告 Across reports"
        yield ""
        for finding in assessment.apart():
            yield from _finding(finding)


def _finding(finding: Finding) -> Iterator[str]:
    severity = phrases.both(phrases.SEVERITIES[finding.severity])
    title = f"{finding.rule.key} {finding.rule.fault.zh} / {finding.rule.fault.en}"
    yield f"- **{severity}** {_safe(title)}（{_safe(phrases.articles(finding))}）`{finding.key}`"
    for line in (finding.message.zh, finding.message.en, *phrases.evidence(finding)):
        yield f"  - {_safe(line)}"
    if finding.judgement is not None:
        yield f"  - {_safe(phrases.judged(finding.judgement))}"


def _summary(assessment: Assessment) -> Iterator[str]:
    counted = summary(assessment)
    yield f"# 校验汇总 Summary（{counted.reports} 份报告 reports）"
    yield ""
    yield "| 规则 rule | | 不符 failed | 已判定 judged |"
    yield "| --- | --- | ---: | ---: |"
    for rule, share in counted.by_rule:
        yield f"| {rule.key} | {_safe(f'{rule.fault.zh} / {rule.fault.en}')} | {share.failed} | {share.judged} |"
    yield ""
    yield from _table("地方 place", counted.by_place)
    yield from _table("年度 year", counted.by_year)


def _table(head: str, shares: tuple[Share, ...]) -> Iterator[str]:
    yield f"| {head} | 有违反 with a violation | 报告 reports |"
    yield "| --- | ---: | ---: |"
    for share in shares:
        yield f"| {_safe(share.name)} | {share.failed} | {share.judged} |"
    yield ""


def _safe(text: str) -> str:
    """Words of a report as words: what Markdown takes for markup is escaped."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|" else c for c in " ".join(text.split()))
