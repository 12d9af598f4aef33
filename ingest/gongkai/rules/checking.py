"""Checks reports: results of an engine, made findings and verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

import pyoxigraph as ox

from gongkai import turtle
from gongkai.resources import folder
from gongkai.rules import engine, reference
from gongkai.rules.catalogue import Rule, catalogue
from gongkai.rules.compiler import Query
from gongkai.rules.data import Edition, Source, editions
from gongkai.rules.finding import Evidence, Finding, evidence_of, findings
from gongkai.rules.judgement import Judgement, judgements
from gongkai.rules.result import Result
from gongkai.rules.shapes import Shapes, load
from gongkai.rules.slices import Slice, slices
from gongkai.rules.verdict import Outcome, Verdict, verdicts

_UNJUDGED = frozenset({Outcome.NOT_APPLICABLE, Outcome.NOT_ASSESSABLE})
_ONTOLOGIES = ("form", "narrative", "rules")


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


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine says of reports, and what that rests on."""

    results: frozenset[Result]
    evidence: Evidence


def assess(triples: Iterable[ox.Triple | ox.Quad], ruleset: RuleSet | None = None) -> Assessment:
    """Checks the reports that triples describe (see `ontology/disclosure.ttl`), by the reference engine: for drafts."""
    chosen = ruleset or core()
    data = memory(triples)
    results = reference.decide(data, chosen.shapes)
    return assessment(_with_evidence(results, data, chosen), data, editions(data), chosen)


def assess_store(source: Source, ruleset: RuleSet | None = None, only: Sequence[str] = ()) -> Assessment:
    """Checks all editions of a store, or those named, by compiled queries, slice by slice.

    The store holds the ontology beside the reports, as `gongkai ingest` leaves it.

    Raises:
        UnsupportedShapeError: a shape is outside of what the compiler covers.
    """
    chosen = ruleset or core()
    checked = editions(source, only)
    queries = engine.compile_for(chosen.shapes, source)
    cut = slices(source, ontology(), checked, whole=not only)
    return assessment(look(cut, queries, chosen), source, checked, chosen)


def look(cut: Iterable[Slice], queries: Iterable[Query], ruleset: RuleSet) -> Found:
    """What compiled queries find in slices of a store."""
    listed = tuple(queries)
    return together(
        _with_evidence(engine.validate(s.graph, listed, s.focuses), s.graph, ruleset) for s in cut
    )


def together(parts: Iterable[Found]) -> Found:
    """What was found in parts, as one."""
    known = tuple(parts)
    return Found(
        frozenset[Result]().union(*(p.results for p in known)),
        Evidence(
            dict(chain.from_iterable(p.evidence.cells.items() for p in known)),
            dict(chain.from_iterable(p.evidence.passages.items() for p in known)),
        ),
    )


def _with_evidence(results: Iterable[Result], source: Source, ruleset: RuleSet) -> Found:
    # Blank nodes have another name in each run, and the shapes that they stand for have one that lasts.
    known = frozenset(replace(r, shape=ruleset.shapes.named(r.shape)) for r in results)
    return Found(known, evidence_of(known, ruleset.rules, ruleset.shapes, source))


def assessment(found: Found, source: Source, checked: Sequence[Edition], ruleset: RuleSet) -> Assessment:
    """What was found amounts to this for the editions; `source` knows what people said of it."""
    told = findings(found.results, ruleset.rules, ruleset.shapes, found.evidence)
    told = judged(told, checked, judgements(source))
    settled = verdicts(checked, ruleset.rules, found.results, told, ruleset.shapes)
    exempt = {(v.focus, v.rule.key) for v in settled if v.outcome in _UNJUDGED}
    return Assessment(tuple(checked), tuple(f for f in told if (f.focus, f.rule.key) not in exempt), settled)


def judged(
    findings: Iterable[Finding], checked: Iterable[Edition], said: Mapping[tuple[str, str], Judgement]
) -> tuple[Finding, ...]:
    """The findings with what people said of them."""
    reports = {e.iri: e.report for e in checked} if said else {}
    return tuple(
        replace(f, judgement=said.get((reports.get(f.focus, f.focus), f.key))) if said else f
        for f in findings
    )


def orphans(source: Source, told: Assessment) -> dict[tuple[str, str], Judgement]:
    """The judgements, by report and key, whose finding an assessment of a store has not: mended, or under another key."""
    reports = {e.iri: e.report for e in told.editions}
    there = {(reports.get(f.focus, f.focus), f.key) for f in told.findings}
    return {judged: opinion for judged, opinion in judgements(source).items() if judged not in there}


def memory(triples: Iterable[ox.Triple | ox.Quad]) -> ox.Store:
    """A store in memory of triples, with the ontology that the shapes need."""
    data = ox.Store()
    data.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    data.extend(ontology())
    return data


@cache
def ontology() -> tuple[ox.Quad, ...]:
    """What the shapes need to see beside the reports."""
    return tuple(turtle.quads(*turtle.files(*_ONTOLOGIES)))
