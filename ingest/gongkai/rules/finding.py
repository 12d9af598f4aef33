"""A finding: a rule that a report breaks, with its article, operands, cells and their places, and words that name them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from gongkai.rules.catalogue import Article, Role, Rule, Severity, Words
from gongkai.rules.data import CellRef, Passage, Source, passages, rows
from gongkai.rules.judgement import Judgement
from gongkai.rules.result import Result
from gongkai.rules.shapes import Shapes
from gongkai.rules.wording import anomaly, message
from gongkai.turtle import OWN

_TERMS = frozenset({"indicator", "section", "topic", "table", "identity", "column", "row", "form"})
_WORDS = frozenset({"where", "aspect", "printed", "quote", "author", "when", "missing", "source"})
"""The variables of a result that tell it from others of its rule: by terms of ours, and by words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach of a rule.

    `focus` is the edition (or the agency, where the rule is about agencies), `at` the node in it that is at fault.
    `anomaly` is the name that the guide to the gold annotations gives it, None where it has none.
    """

    rule: Rule
    severity: Severity
    shape: str
    component: str
    focus: str
    at: str | None
    cells: tuple[CellRef, ...]
    passages: tuple[Passage, ...]
    left: Decimal | None
    right: Decimal | None
    difference: Decimal | None
    message: Words
    anomaly: str | None
    about: tuple[str, ...] = ()
    """What tells it from other breaches of the rule: an indicator, a section, an aspect, words, its shape among several."""
    ordinal: int = 1
    """Which it is among those that nothing tells apart, such as two places that say the same."""
    judgement: Judgement | None = None
    """What a person said of it."""

    @property
    def key(self) -> str:
        """What identifies it in its report over all runs: the rule and the cells, or what it is about; no other has it."""
        cells = sorted(f"{c.table}/{c.row}/{c.column}" for c in self.cells)
        told = hashlib.sha256("\n".join((*cells, *self.about)).encode()).hexdigest()
        return f"{self.rule.key}-{told[:10]}{f'-{self.ordinal}' if self.ordinal > 1 else ''}"

    @property
    def violates(self) -> bool:
        """Whether it is a violation that no person has explained or called mistaken."""
        return self.severity is Severity.VIOLATION and not (self.judgement and self.judgement.settles)

    @property
    def articles(self) -> tuple[Article, ...]:
        """What it rests on."""
        return self.rule.articles


@dataclass(frozen=True, slots=True)
class Evidence:
    """What results cite: cells by the IRIs of row and column, passages by their IRIs."""

    cells: Mapping[tuple[str, str], CellRef]
    passages: Mapping[str, Passage]


Pair = tuple[Result, Rule]


def matched(
    results: Iterable[Result], rules: Sequence[Rule], shapes: Shapes, role: Role = Role.DECIDES
) -> list[Pair]:
    """Each result with the rules it counts for; `role` says which shapes of a rule are meant.

    A result of a shape that no rule names belongs to none.
    """
    by_shape: dict[str, list[Rule]] = {}
    for rule in rules:
        for shape in rule.shapes(role):
            by_shape.setdefault(shape, []).append(rule)
    telling = frozenset[str]().union(*(rule.concerns for rule in rules))
    pairs = []
    for result in results:
        named = by_shape.get(shapes.named(result.shape))
        if named is None:
            continue
        terms = telling & {value for _, value in result.bindings}
        pairs += [(result, r) for r in named if not (terms and r.concerns) or terms & r.concerns]
    return pairs


def findings(
    results: Iterable[Result], rules: Sequence[Rule], shapes: Shapes, evidence: Evidence
) -> tuple[Finding, ...]:
    """The findings that the results of an engine amount to, in a fixed order."""
    order = {rule.key: i for i, rule in enumerate(rules)}
    found = {_finding(result, rule, shapes, evidence) for result, rule in matched(results, rules, shapes)}
    listed = sorted(found, key=lambda f: (f.focus, order[f.rule.key], f.at or "", f.message.zh, f.key))
    return tuple(_told_apart(listed))


def _told_apart(findings: Iterable[Finding]) -> Iterator[Finding]:
    seen = Counter[tuple[str, str]]()
    for finding in findings:
        same = finding.focus, finding.key
        seen[same] += 1
        yield replace(finding, ordinal=seen[same])


def evidence_of(results: Iterable[Result], rules: Sequence[Rule], shapes: Shapes, source: Source) -> Evidence:
    """What the results cite that break a rule, as the source that was checked has it."""
    breaches = {result for result, _ in matched(results, rules, shapes)}
    return Evidence(
        rows(source, {row for result in breaches for row, _ in cited_cells(result)}),
        passages(source, {iri for result in breaches for iri in cited_passages(result)}),
    )


def _finding(result: Result, rule: Rule, shapes: Shapes, evidence: Evidence) -> Finding:
    severity = shapes.object(ox.NamedNode(shapes.named(result.shape)), "severity")
    at, cells, quoted = result.value, evidence.cells, evidence.passages
    return Finding(
        rule,
        Severity(severity.value) if severity else Severity.VIOLATION,
        shapes.named(result.shape),
        result.component,
        result.focus.value,
        at.value if isinstance(at, ox.NamedNode) and at != result.focus else None,
        tuple(sorted((cells[t] for t in set(cited_cells(result)) if t in cells), key=lambda c: c.order)),
        tuple(quoted[iri] for iri in cited_passages(result) if iri in quoted),
        _number(result.binding("left")),
        _number(result.binding("right")),
        _number(result.binding("difference")),
        message(result, shapes),
        anomaly(result, rule.anomaly),
        _about(result, rule, shapes.named(result.shape)),
    )


def _about(result: Result, rule: Rule, shape: str) -> tuple[str, ...]:
    said = {v for n, v in result.bindings if n in _WORDS or (n in _TERMS and v.startswith(OWN))}
    return tuple(sorted(said | ({shape} if len(rule.shapes(Role.DECIDES)) > 1 else set())))


def cited_cells(result: Result) -> list[tuple[str, str]]:
    """The cells that a result names, each by the IRIs of row and column."""
    parts = (token.partition("|") for token in (result.binding("cells") or "").split())
    return [(row, column) for row, _, column in parts]


def cited_passages(result: Result) -> list[str]:
    """The nodes that a result names which may have a place in the text: what is at fault, and what it says rests on."""
    named = (result.binding("passages") or "").split()
    at = (
        [result.value.value]
        if isinstance(result.value, ox.NamedNode) and result.value != result.focus
        else []
    )
    return list(dict.fromkeys([*sorted(named), *at]))


def _number(text: str | None) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
