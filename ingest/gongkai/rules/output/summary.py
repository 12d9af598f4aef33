"""Many reports at a glance: how many break each rule, by rule, by place and by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from gongkai.rules.catalogue import Rule
from gongkai.rules.checking import Assessment
from gongkai.rules.data import Edition
from gongkai.rules.verdict import Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Share:
    """Reports that break a rule, out of those for which it could be judged."""

    name: str
    failed: int
    judged: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of many reports; `by_place` and `by_year` count reports with at least one violation."""

    reports: int
    by_rule: tuple[tuple[Rule, Share], ...]
    by_place: tuple[Share, ...]
    by_year: tuple[Share, ...]


def summary(assessment: Assessment) -> Summary:
    """The summary of an assessment; rules that no report breaks are left out."""
    failed: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    rules: dict[str, Rule] = {}
    for verdict in assessment.verdicts:
        if verdict.outcome in (Outcome.PASSED, Outcome.FAILED):
            rules[verdict.rule.key] = verdict.rule
            judged[verdict.rule.key] += 1
            failed[verdict.rule.key] += verdict.outcome is Outcome.FAILED
    broken = {v.focus for v in assessment.verdicts if violated(v)}
    return Summary(
        len(assessment.editions),
        tuple((r, Share(r.key, failed[k], judged[k])) for k, r in rules.items() if failed[k]),
        _by(assessment, broken, lambda e: e.division or "—"),
        _by(assessment, broken, lambda e: e.year or "—"),
    )


def violated(verdict: Verdict) -> bool:
    """Whether a verdict holds a violation that no person has explained or called mistaken."""
    return any(finding.violates for finding in verdict.findings)


def _by(assessment: Assessment, broken: set[str], name: Callable[[Edition], str]) -> tuple[Share, ...]:
    failed: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    for edition in assessment.editions:
        judged[name(edition)] += 1
        failed[name(edition)] += edition.iri in broken
    return tuple(Share(n, failed[n], judged[n]) for n in sorted(judged))
