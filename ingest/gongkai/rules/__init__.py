"""Compliance: what the law and the form demand, decided by SHACL shapes; findings, never corrections."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from gongkai.rules.catalogue import Rule, Severity
from gongkai.rules.checking import Assessment, RuleSet, assess, assess_store, core, memory
from gongkai.rules.data import CellRef
from gongkai.rules.finding import Finding
from gongkai.rules.packs import with_packs
from gongkai.rules.verdict import Outcome, Verdict

__all__ = [
    "Assessment",
    "CellRef",
    "Finding",
    "Outcome",
    "Rule",
    "RuleSet",
    "Severity",
    "Verdict",
    "assess",
    "assess_store",
    "check",
    "core",
    "with_packs",
]


def check(triples: Iterable[ox.Triple | ox.Quad]) -> tuple[Finding, ...]:
    """The findings on the reports that the triples describe (see `ontology/disclosure.ttl`), in a fixed order.

    Nothing is changed: what is published stays as it is. By compiled queries, which are many times as fast as the
    reference engine and give the same findings.
    """
    return assess_store(memory(triples)).findings
