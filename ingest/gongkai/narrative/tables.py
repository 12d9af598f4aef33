"""Which sums of cells a number of the text has to equal: what compares with what stands as data in `narrative.ttl`.

Whether it does is a rule, and shapes decide it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from gongkai.narrative.model import Fact
from gongkai.narrative.vocabulary import vocabulary
from gongkai.report import Report
from gongkai.turtle import GK, ontology

_ON_BEHALF = "代表"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A sum of cells that a number may equal: its IRI, and a word that the sentence holds where it may, if it needs one."""

    iri: str
    word: re.Pattern[str]


@cache
def comparisons() -> Mapping[str, tuple[Comparison, ...]]:
    """The comparisons of `narrative.ttl`, by the key of the indicator.

    Raises:
        OntologyError: one is incomplete.
    """
    graph = ontology("narrative")
    found: dict[str, tuple[Comparison, ...]] = {}
    for iri in graph.subjects(GK + "Comparison"):
        indicator = graph.value(graph.value(iri, GK + "indicator"), GK + "key")
        word = re.compile("|".join(graph.values(iri, GK + "toldBy")))
        found[indicator] = (*found.get(indicator, ()), Comparison(iri, word))
    return found


def compared(fact: Fact, report: Report) -> tuple[Comparison, ...]:
    """The sums of which a number has to equal one; none where it is not the whole report's own."""
    known = comparisons().get(fact.indicator)
    if known is None or not _is_whole(fact, report):
        return ()
    sentence = _sentence(fact, report.document.text)
    return tuple(c for c in known if c.word.search(sentence))


def _sentence(fact: Fact, text: str) -> str:
    """What stands around a fact from full stop to full stop, on one line."""
    start, end = text.rfind("。", 0, fact.quote.span.start), text.find("。", fact.quote.span.end)
    return "".join(text[start + 1 : end if end >= 0 else None].split())


def _is_whole(fact: Fact, report: Report) -> bool:
    """Whether a number is the whole report's own: exact, of its year, of no part of what the tables count.

    An outcome of requests is a part of those handled and has its own rows. A number that the text gives for one organ
    of several (本级, 区政府办) is a part, unless that organ is the one that reports.
    """
    words = vocabulary()
    indicator = words.indicators[fact.indicator]
    if fact.bound or fact.year or fact.channel or (fact.part and not indicator.outcome):
        return False
    limit = words.limits.search(fact.quote.text)
    if limit is None or _ON_BEHALF in fact.quote.text:
        return True
    agency = report.agency.value.name if report.agency else ""
    return limit[0] in agency
