"""Several documents that carry one report: which of them statistics count.

The rule: the one published last; among those of one date, or without any, the one that gives the most figures; then the one
whose hash is least, so that the outcome never depends on the order in which they came. docs/decisions has the reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from gongkai.describe import current, superseded
from gongkai.turtle import DCTERMS, FORM, GK

Triples = Iterable[ox.Triple]


def ranked(editions: Mapping[str, Triples]) -> dict[str, tuple[ox.Triple, ...]]:
    """The triples of the editions of one report, by their names, the current one and the others told apart."""
    best = max(sorted(editions), key=lambda name: _rank(editions[name]))
    return {name: current(t) if name == best else superseded(t) for name, t in editions.items()}


def _rank(triples: Triples) -> tuple[str, int]:
    issued, figures = "", 0
    for triple in triples:
        if triple.predicate.value == DCTERMS + "issued" and isinstance(triple.object, ox.Literal):
            issued = max(issued, triple.object.value)
        figures += triple.predicate.value.startswith(FORM)
    return issued, figures


def report_of(triples: Triples) -> str:
    """The report that an edition carries."""
    return next(
        t.object.value
        for t in triples
        if t.predicate.value == GK + "ofReport" and isinstance(t.object, ox.NamedNode)
    )
