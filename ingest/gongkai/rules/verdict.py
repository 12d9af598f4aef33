"""The verdict on each rule for each report: a rule that lacks an input is not assessable, never passed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from gongkai.rules.catalogue import Role, Rule, Words
from gongkai.rules.data import Edition
from gongkai.rules.finding import Finding, matched
from gongkai.rules.result import Result
from gongkai.rules.shapes import Shapes
from gongkai.rules.wording import message

EARL = "http://www.w3.org/ns/earl#"


class Outcome(Enum):
    """The outcome of a rule; the values are those of EARL."""

    FAILED = EARL + "failed"
    NOT_ASSESSABLE = EARL + "cantTell"
    NOT_APPLICABLE = EARL + "inapplicable"
    PASSED = EARL + "passed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a rule for an edition (or an agency), the findings of a failure, the reasons of what is not judged."""

    focus: str
    rule: Rule
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    reasons: tuple[Words, ...] = ()


def verdicts(
    editions: Iterable[Edition],
    rules: Sequence[Rule],
    results: Iterable[Result],
    findings: Iterable[Finding],
    shapes: Shapes,
) -> tuple[Verdict, ...]:
    """A verdict for each edition and rule, in that order; what an agency breaks, its editions break.

    A breach that is found stands where only some other part of the rule cannot be judged.
    """
    known = tuple(results)
    broken: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        broken.setdefault((finding.focus, finding.rule.key), []).append(finding)
    inapplicable = _reasons(known, rules, Role.APPLIES, shapes)
    unknown = _reasons(known, rules, Role.REQUIRES, shapes)
    partly = _reasons(known, rules, Role.PARTLY_REQUIRES, shapes)

    def verdict(edition: Edition, rule: Rule) -> Verdict:
        focus = edition.iri
        key = focus, rule.key
        if key in inapplicable:
            return Verdict(focus, rule, Outcome.NOT_APPLICABLE, reasons=inapplicable[key])
        if key in unknown:
            return Verdict(focus, rule, Outcome.NOT_ASSESSABLE, reasons=unknown[key])
        breaches = [*broken.get(key, ()), *broken.get((edition.agency or "", rule.key), ())]
        if breaches:
            return Verdict(focus, rule, Outcome.FAILED, tuple(breaches), partly.get(key, ()))
        if key in partly:
            return Verdict(focus, rule, Outcome.NOT_ASSESSABLE, reasons=partly[key])
        return Verdict(focus, rule, Outcome.PASSED)

    return tuple(verdict(edition, rule) for edition in editions for rule in rules)


def _reasons(
    results: Sequence[Result], rules: Sequence[Rule], role: Role, shapes: Shapes
) -> dict[tuple[str, str], tuple[Words, ...]]:
    found: dict[tuple[str, str], set[Words]] = {}
    for result, rule in matched(results, rules, shapes, role):
        found.setdefault((result.focus.value, rule.key), set()).add(message(result, shapes))
    return {key: tuple(sorted(words, key=lambda w: w.zh)) for key, words in found.items()}
