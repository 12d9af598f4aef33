"""The words of the narrative, read from `ontology/narrative.ttl`: which term means what, counted in what, through what.

Nothing here knows a word of its own; a synonym is a line of Turtle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from gongkai.narrative import lexicon
from gongkai.narrative.model import Bound
from gongkai.narrative.senses import REQUESTS, Acts, Channels, Indicator, Sense
from gongkai.narrative.tries import Endings, trie
from gongkai.turtle import GK, NARRATIVE, SKOS, Graph, ontology


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All words, ready for use: patterns are compiled once. Known by identity."""

    indicators: Mapping[str, Indicator]
    requests: Indicator
    """What counts requests where nothing more is said of them."""
    channels: Channels
    acts: Acts
    participants: Mapping[str, tuple[Indicator, ...]]
    """What counts the people in what an indicator counts, by its key."""
    telling: Mapping[str, tuple[Indicator, ...]]
    """The indicators that a measure word tells."""
    fallbacks: tuple[Indicator, ...]
    """The indicators that an act alone may tell."""
    senses: Mapping[str, Sense]
    meanings: tuple[tuple[str, Sense], ...]
    index: AhoCorasick
    """Finds the terms, by their place in `meanings`, the longest of those that begin first."""
    measures: re.Pattern[str]
    counted_measures: frozenset[str]
    filler: re.Pattern[str]
    bounds_before: Mapping[str, Bound]
    bounds_after: Mapping[str, Bound]
    before: Endings
    after: re.Pattern[str]
    topics: Mapping[str, re.Pattern[str]]
    opening: re.Pattern[str]
    closing: re.Pattern[str]
    applicants: re.Pattern[str]
    bodies: Endings
    limits: re.Pattern[str]
    attendance: re.Pattern[str]
    verdicts: re.Pattern[str]
    shares: re.Pattern[str]
    over_the_years: re.Pattern[str]
    forms: re.Pattern[str]
    cues: Mapping[str, tuple[str, ...]]
    """The words of change and time, by the keys of their concepts."""

    def words(self) -> Iterator[str]:
        """Every term, which the segmenter should know as a word."""
        yield from self.senses


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of `ontology/narrative.ttl`.

    Raises:
        OntologyError: the file is incomplete.
    """
    graph = ontology("narrative")
    iris = graph.subjects(GK + "Indicator")
    indicators = {i.key: i for i in (lexicon.indicator(graph, iri) for iri in iris)}
    known = tuple(indicators.values())
    senses = lexicon.senses(graph, indicators)
    before, after = _bounds(graph, "boundBefore"), _bounds(graph, "boundAfter")

    def marked(name: str) -> tuple[str, ...]:
        return lexicon.labels(graph, NARRATIVE + name)

    return Vocabulary(
        indicators=indicators,
        requests=next(i for i in known if i.family == REQUESTS and i.usual),
        channels=lexicon.channels(graph, indicators),
        acts=lexicon.acts(graph, known),
        participants=lexicon.grouped((i.participants_of, i) for i in known if i.participants_of),
        telling=lexicon.grouped((measure, i) for i in known for measure in i.telling),
        fallbacks=tuple(i for i in known if i.fallback),
        senses=senses,
        meanings=tuple(senses.items()),
        index=AhoCorasick(
            list(senses), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
        ),
        measures=re.compile(trie(_measures(graph))),
        counted_measures=frozenset(m for i in known for m in i.measures),
        filler=re.compile(
            rf"(?:{trie([*marked('filler'), *before])}|[“”\"\s：:、》〉]|\d{{1,2}}大?类|[（(][^（()）]*[）)])*"
        ),
        bounds_before=before,
        bounds_after=after,
        before=Endings.of(before),
        after=re.compile(trie(after)),
        topics={lexicon.key(topic): _cues(graph, topic) for topic in graph.subjects(GK + "Topic")},
        opening=re.compile(trie(marked("partOpening"))),
        closing=re.compile(trie(marked("partClosing"))),
        applicants=re.compile(trie(marked("applicants"))),
        bodies=Endings.of(marked("bodies")),
        limits=re.compile(trie(marked("limits"))),
        attendance=re.compile(trie(marked("attendance"))),
        verdicts=re.compile(trie(marked("verdicts"))),
        shares=re.compile(trie(marked("share"))),
        over_the_years=re.compile(trie(marked("overTheYears"))),
        forms=re.compile(trie(_forms(graph))),
        cues={lexicon.key(c): lexicon.labels(graph, c) for c in graph.subjects(GK + "ChangeMarker")},
    )


def _measures(graph: Graph) -> Iterator[str]:
    """All measure words."""
    for kind in graph.subjects(GK + "MeasureKind"):
        yield from graph.values(kind, GK + "measureWord", "zh")


def _forms(graph: Graph) -> Iterator[str]:
    """The forms in which something is interpreted."""
    for form in graph.subjects(GK + "InterpretationForm"):
        yield from lexicon.all_labels(graph, form)


def _cues(graph: Graph, topic: str) -> re.Pattern[str]:
    """The cues of a topic; a hidden label is a longer word that begins like one and is none."""
    longer = graph.values(topic, SKOS + "hiddenLabel", "zh")
    unless = f"(?!{trie(longer)})" if longer else ""
    return re.compile(f"{unless}(?:{trie(lexicon.labels(graph, topic))})")


def _bounds(graph: Graph, name: str) -> dict[str, Bound]:
    return {
        word: Bound(graph.value(bound, GK + "key"))
        for bound in graph.subjects(GK + "Bound")
        for word in graph.values(bound, GK + name, "zh")
    }
