"""Compliance: what the law and the form demand, decided by SHACL shapes; findings, never corrections."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pyoxigraph as ox

from gongkai.resources import folder
from gongkai.rules import reference
from gongkai.rules.catalogue import Rule, Severity, catalogue
from gongkai.rules.finding import CellRef, Finding, findings
from gongkai.rules.shapes import Shapes, load

__all__ = ["CellRef", "Finding", "Rule", "Severity", "check"]


def check(triples: Iterable[ox.Triple | ox.Quad]) -> tuple[Finding, ...]:
    """The findings on the reports that the triples describe (see `ontology/disclosure.ttl`), in a fixed order.

    Nothing is changed: what is published stays as it is.
    """
    data = ox.Store()
    data.extend(ox.Quad(t.subject, t.predicate, t.object) for t in (*triples, *_form()))
    results = reference.validate(data, _shapes())
    return findings(results, catalogue(), _shapes(), data)


@cache
def _shapes() -> Shapes:
    return load(*sorted(folder("shapes").glob("*.ttl")))


@cache
def _form() -> tuple[ox.Quad, ...]:
    path = folder("ontology") / "form.ttl"
    return tuple(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
