"""Checks reports: results of an engine, made findings and verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from gongkai.resources import folder
from gongkai.rules import engine, reference
from gongkai.rules.catalogue import Rule, catalogue
from gongkai.rules.data import Edition, Source, editions
from gongkai.rules.finding import Finding, findings
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

    def of(self, edition: Edition) -> Assessment:
        """The part that is about one edition."""
        return Assessment(
            (edition,),
            tuple(f for f in self.findings if f.focus == edition.iri),
            tuple(v for v in self.verdicts if v.focus == edition.iri),
        )


@cache
def core() -> RuleSet:
    """The rules of the law and the national form."""
    return RuleSet(catalogue(), load(*sorted(folder("shapes").glob("*.ttl"))))


def assess(triples: Iterable[ox.Triple | ox.Quad], ruleset: RuleSet | None = None) -> Assessment:
    """Checks the reports that triples describe (see `ontology/disclosure.ttl`), by the reference engine: for drafts."""
    chosen = ruleset or core()
    data = memory(triples)
    return assessment(reference.validate(data, chosen.shapes), data, chosen)


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
    found = findings(known, ruleset.rules, ruleset.shapes, source)
    settled = verdicts((e.iri for e in checked), ruleset.rules, known, found, ruleset.shapes)
    exempt = {(v.focus, v.rule.key) for v in settled if v.outcome in _UNJUDGED}
    return Assessment(checked, tuple(f for f in found if (f.focus, f.rule.key) not in exempt), settled)


def memory(triples: Iterable[ox.Triple | ox.Quad]) -> ox.Store:
    """A store in memory of triples, with the ontology that the shapes need."""
    data = ox.Store()
    data.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    data.extend(_ontology())
    return data


@cache
def _ontology() -> tuple[ox.Quad, ...]:
    paths = (folder("ontology") / f"{name}.ttl" for name in ONTOLOGIES)
    return tuple(q for p in paths if p.is_file() for q in ox.parse(path=str(p), format=ox.RdfFormat.TURTLE))
