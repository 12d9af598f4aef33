"""Findings and verdicts as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.rules.checking import Assessment
from gongkai.rules.finding import Finding
from gongkai.rules.output import phrases
from gongkai.rules.output.summary import Share, summary


def dumps(assessment: Assessment) -> str:
    """The text."""
    return "\n".join(_lines(assessment)).rstrip()


def _lines(assessment: Assessment) -> Iterator[str]:
    """A paragraph an edition: whether it is whole, findings, verdicts, what was missing; then agencies; the summary."""
    for edition, part in assessment.parts():
        yield phrases.title(edition)
        yield from (f"  {line}" for line in phrases.warning(edition))
        for finding in part.findings:
            yield from _finding(finding)
        yield from (f"  {line}" for line in phrases.nothing(edition, part.findings))
        yield "  " + "；".join(phrases.tally(part.verdicts))
        yield from (f"    {line}" for line in phrases.missing(part.verdicts))
        yield ""
    for finding in assessment.apart():
        yield finding.focus
        yield from _finding(finding)
        yield ""
    if len(assessment.editions) > 1:
        yield from _summary(assessment)


def _finding(finding: Finding) -> Iterator[str]:
    severity = phrases.both(phrases.SEVERITIES[finding.severity])
    yield f"  {severity}  {finding.rule.key} {finding.rule.fault.zh}  〔{phrases.articles(finding)}〕  {finding.key}"
    yield f"      {finding.message.zh}"
    yield f"      {finding.message.en}"
    for line in phrases.evidence(finding):
        yield f"      {line}"
    if finding.judgement is not None:
        yield f"      ⚖ {phrases.judged(finding.judgement)}"


def _summary(assessment: Assessment) -> Iterator[str]:
    counted = summary(assessment)
    yield f"汇总 summary：{counted.reports} 份报告 reports"
    for rule, share in counted.by_rule:
        yield f"  {rule.key:<6} {_share(share)}  {rule.fault.zh} {rule.fault.en}"
    for label, shares in (("按地方 by place", counted.by_place), ("按年度 by year", counted.by_year)):
        yield f"  {label}（有违反的报告 reports with a violation）：" + "；".join(
            f"{s.name} {_share(s).strip()}" for s in shares
        )


def _share(share: Share) -> str:
    return f"{share.failed:>5}/{share.judged}"
