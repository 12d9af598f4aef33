"""Checks reports: results of an engine, made findings and verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pyoxigraph as ox

from gongkai import turtle
from gongkai.resources import folder
from gongkai.rules import engine, reference
from gongkai.rules.catalogue import Rule, catalogue
from gongkai.rules.data import Edition, Source, editions
from gongkai.rules.finding import Finding, findings
from gongkai.rules.judgement import Judgement, judgements
from gongkai.rules.result import Result
from gongkai.rules.shapes import Shapes, load
from gongkai.rules.verdict import Outcome, Verdict, verdicts

_UNJUDGED = frozenset({Outcome.NOT_APPLICABLE, Outcome.NOT_ASSESSABLE})
ONTOLOGIES = ("form", "narrative", "rules")
"""What the shapes need to see beside the reports."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules, and the shapes that settle them."""

    rules: tuple[Rule, ...]
    shapes: Shapes


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was checked, what was found, and the verdict on each rule for each report."""

    editions: tuple[Edition, ...]
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]

    def parts(self) -> Iterator[tuple[Edition, Assessment]]:
        """The parts that are about each edition."""
        findings: dict[str, list[Finding]] = {}
        settled: dict[str, list[Verdict]] = {}
        for finding in self.findings:
            findings.setdefault(finding.focus, []).append(finding)
        for verdict in self.verdicts:
            settled.setdefault(verdict.focus, []).append(verdict)
        for e in self.editions:
            yield e, Assessment((e,), tuple(findings.get(e.iri, ())), tuple(settled.get(e.iri, ())))

    def apart(self) -> tuple[Finding, ...]:
        """The findings that are about no edition but an agency."""
        known = {e.iri for e in self.editions}
        return tuple(f for f in self.findings if f.focus not in known)

    def __add__(self, other: Assessment) -> Assessment:
        return Assessment(
            self.editions + other.editions, self.findings + other.findings, self.verdicts + other.verdicts
        )


@cache
def core() -> RuleSet:
    """The rules of the law and the national form."""
    return RuleSet(catalogue(), load(*sorted(folder("shapes").glob("*.ttl"))))


def assess(triples: Iterable[ox.Triple | ox.Quad], ruleset: RuleSet | None = None) -> Assessment:
    """Checks the reports that triples describe (see `ontology/disclosure.ttl`), by the reference engine: for drafts."""
    chosen = ruleset or core()
    data = memory(triples)
    return assessment(reference.decide(data, chosen.shapes), data, chosen)


def assess_store(source: Source, ruleset: RuleSet | None = None, only: Sequence[str] = ()) -> Assessment:
    """Checks all editions of a store at once, or those named, by compiled queries.

    The store holds the ontology beside the reports, as `gongkai ingest` leaves it.

    Raises:
        UnsupportedShapeError: a shape is outside of what the compiler covers.
    """
    chosen = ruleset or core()
    queries = engine.compile_for(chosen.shapes, source)
    return assessment(engine.validate(source, queries, only), source, chosen, only)


def assessment(
    results: Iterable[Result], source: Source, ruleset: RuleSet, only: Sequence[str] = ()
) -> Assessment:
    """What the results of an engine amount to."""
    known = tuple(results)
    checked = editions(source, only)
    found = judged(findings(known, ruleset.rules, ruleset.shapes, source), checked, judgements(source))
    settled = verdicts(checked, ruleset.rules, known, found, ruleset.shapes)
    exempt = {(v.focus, v.rule.key) for v in settled if v.outcome in _UNJUDGED}
    return Assessment(checked, tuple(f for f in found if (f.focus, f.rule.key) not in exempt), settled)


def judged(
    findings: Iterable[Finding], checked: Iterable[Edition], said: Mapping[tuple[str, str], Judgement]
) -> tuple[Finding, ...]:
    """The findings with what people said of them."""
    reports = {e.iri: e.report for e in checked} if said else {}
    return tuple(
        replace(f, judgement=said.get((reports.get(f.focus, f.focus), f.key))) if said else f
        for f in findings
    )


def memory(triples: Iterable[ox.Triple | ox.Quad]) -> ox.Store:
    """A store in memory of triples, with the ontology that the shapes need."""
    data = ox.Store()
    data.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    data.extend(_ontology())
    return data


@cache
def _ontology() -> tuple[ox.Quad, ...]:
    return tuple(turtle.quads(*turtle.files(*ONTOLOGIES)))
