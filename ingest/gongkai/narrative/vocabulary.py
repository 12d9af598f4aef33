"""The words of the narrative, read from `ontology/narrative.ttl`: which term means what, counted in what, through what.

Nothing here knows a word of its own; a synonym is a line of Turtle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from gongkai.narrative.tries import Endings, trie
from gongkai.turtle import GK, NARRATIVE, SKOS, Graph, ontology


@dataclass(frozen=True, slots=True)
class Indicator:
    """What can be counted.

    `measures` are the measure words it is counted in ("" where one may be missing). `through`, `acts` and `topics` are
    keys of channel kinds, acts and topics that must be at hand where one of its shared labels is met; empty asks nothing.
    """

    key: str
    family: str
    measures: frozenset[str]
    through: frozenset[str]
    acts: frozenset[str]
    topics: frozenset[str]
    fallback: str | None
    outcome: bool
    participants_of: str | None
    telling: frozenset[str]
    """Measure words that tell the indicator by themselves, where its channel is named."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a term may mean: indicators it names by itself or shares, channel kinds, acts; or a thing no one counts."""

    names: tuple[Indicator, ...] = ()
    shares: tuple[Indicator, ...] = ()
    channels: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    uncounted: bool = False
    counted: bool = field(init=False)
    """Whether a number beside the term could count it."""
    outlet: bool = field(init=False)
    """Whether it names a channel that is more than a way of handing in a request."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "counted", bool(self.names or self.shares))
        object.__setattr__(self, "outlet", bool(self.channels - {"submission"}))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words, ready for use: patterns are compiled once."""

    indicators: Mapping[str, Indicator]
    senses: Mapping[str, Sense]
    meanings: tuple[tuple[str, Sense], ...]
    index: AhoCorasick
    """Finds the terms, by their place in `meanings`, the longest of those that begin first."""
    measures: re.Pattern[str]
    counted_measures: frozenset[str]
    filler: re.Pattern[str]
    bounds_before: Mapping[str, str]
    bounds_after: Mapping[str, str]
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
    forms: re.Pattern[str]
    defaults: Mapping[str, Indicator]

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
    indicators = {i.key: i for i in (_indicator(graph, s) for s in graph.subjects(GK + "Indicator"))}
    senses = _senses(graph, indicators)
    measures = {
        m for kind in graph.subjects(GK + "MeasureKind") for m in graph.values(kind, GK + "measureWord", "zh")
    }
    before, after = _bounds(graph, "boundBefore"), _bounds(graph, "boundAfter")
    filler = _labels(graph, NARRATIVE + "filler")
    return Vocabulary(
        indicators,
        senses,
        tuple(senses.items()),
        AhoCorasick(list(senses), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA),
        re.compile(trie(measures)),
        frozenset(m for i in indicators.values() for m in i.measures),
        re.compile(rf"(?:{trie([*filler, *before])}|[“”\"\s：:、》〉]|[（(][^（()）]*[）)])*"),
        before,
        after,
        Endings.of(before),
        re.compile(trie(after)),
        {_key(t): _cues(graph, t) for t in graph.subjects(GK + "Topic")},
        re.compile(trie(_labels(graph, NARRATIVE + "partOpening"))),
        re.compile(trie(_labels(graph, NARRATIVE + "partClosing"))),
        re.compile(trie(_labels(graph, NARRATIVE + "applicants"))),
        Endings.of(_labels(graph, NARRATIVE + "bodies")),
        re.compile(trie(_labels(graph, NARRATIVE + "limits"))),
        re.compile(trie(_labels(graph, NARRATIVE + "attendance"))),
        re.compile(trie(_labels(graph, NARRATIVE + "verdicts"))),
        re.compile(
            trie(label for f in graph.subjects(GK + "InterpretationForm") for label in _all_labels(graph, f))
        ),
        {
            _key(kind): indicators[graph.value(i, GK + "key")]
            for kind in graph.subjects(GK + "ChannelKind")
            for i in graph.values(kind, GK + "defaultIndicator")
        },
    )


def _key(iri: str) -> str:
    return iri.removeprefix(NARRATIVE)


def _keys(graph: Graph, subject: str, name: str) -> frozenset[str]:
    return frozenset(map(_key, graph.values(subject, GK + name)))


def _labels(graph: Graph, subject: str) -> tuple[str, ...]:
    return graph.values(subject, SKOS + "altLabel", "zh")


def _cues(graph: Graph, topic: str) -> re.Pattern[str]:
    """The cues of a topic; a hidden label is a longer word that begins like one and is none."""
    longer = graph.values(topic, SKOS + "hiddenLabel", "zh")
    unless = f"(?!{trie(longer)})" if longer else ""
    return re.compile(f"{unless}(?:{trie(_labels(graph, topic))})")


def _all_labels(graph: Graph, subject: str) -> tuple[str, ...]:
    return (*graph.values(subject, SKOS + "prefLabel", "zh"), *_labels(graph, subject))


def _indicator(graph: Graph, iri: str) -> Indicator:
    kinds = graph.values(iri, GK + "countedIn")
    words = {w for kind in kinds for w in graph.values(kind, GK + "measureWord", "zh")}
    if any(graph.optional(kind, GK + "optional") for kind in kinds):
        words.add("")
    fallback = graph.optional(iri, GK + "fallbackAct")
    participants_of = graph.optional(iri, GK + "participantsOf")
    return Indicator(
        graph.value(iri, GK + "key"),
        graph.value(iri, GK + "family"),
        frozenset(words),
        _keys(graph, iri, "through"),
        _keys(graph, iri, "withAct"),
        _keys(graph, iri, "inTopic"),
        _key(fallback) if fallback else None,
        graph.optional(iri, GK + "outcome") == "true",
        graph.value(participants_of, GK + "key") if participants_of else None,
        frozenset(graph.values(iri, GK + "tellingMeasure", "zh")),
    )


def _senses(graph: Graph, indicators: Mapping[str, Indicator]) -> dict[str, Sense]:
    names: dict[str, list[Indicator]] = {}
    shares: dict[str, list[Indicator]] = {}
    channels: dict[str, set[str]] = {}
    acts: dict[str, set[str]] = {}
    for iri in graph.subjects(GK + "Indicator"):
        indicator = indicators[graph.value(iri, GK + "key")]
        for label in _labels(graph, iri):
            names.setdefault(label, []).append(indicator)
        for label in graph.values(iri, GK + "sharedLabel", "zh"):
            shares.setdefault(label, []).append(indicator)
    for iri in graph.subjects(GK + "ChannelKind"):
        for label in _labels(graph, iri):
            channels.setdefault(label, set()).add(_key(iri))
    for iri in graph.subjects(GK + "Act"):
        for label in _labels(graph, iri):
            acts.setdefault(label, set()).add(_key(iri))
    uncounted = {label for iri in graph.subjects(GK + "Uncounted") for label in _labels(graph, iri)}
    for row, indicator in _outcomes(graph, indicators):
        for label in _row_labels(row):
            names.setdefault(label, []).append(indicator)
    rows = {row for iri in graph.subjects(GK + "Uncounted") for row in graph.values(iri, GK + "row")}
    uncounted |= {label for row in rows for label in _row_labels(row)} - set(names)
    silent = {label for iri in graph.subjects(GK + "Topic") for label in _labels(graph, iri)}
    return {
        term: Sense(
            tuple(dict.fromkeys(names.get(term, ()))),
            tuple(shares.get(term, ())),
            frozenset(channels.get(term, ())),
            frozenset(acts.get(term, ())),
            term in uncounted,
        )
        for term in {*names, *shares, *channels, *acts, *uncounted, *silent}
    }


def _outcomes(graph: Graph, indicators: Mapping[str, Indicator]) -> Iterator[tuple[str, Indicator]]:
    """The rows of the form that tell one outcome of requests, each with the indicator that counts it."""
    for iri in graph.subjects(GK + "Comparison"):
        indicator = indicators[graph.value(graph.value(iri, GK + "indicator"), GK + "key")]
        if indicator.outcome:
            yield from ((row, indicator) for row in graph.values(iri, GK + "row"))


def _row_labels(row: str) -> Iterator[str]:
    """What a row of the form is called, as texts call it: 属于国家秘密 is 国家秘密 too."""
    form = ontology("form")
    for label in (
        form.value(row, GK + "key"),
        *_all_labels(form, row),
        *form.values(row, SKOS + "hiddenLabel", "zh"),
    ):
        yield label
        yield label.removeprefix("属于")


def _bounds(graph: Graph, name: str) -> dict[str, str]:
    return {
        word: graph.value(bound, GK + "key")
        for bound in graph.subjects(GK + "Bound")
        for word in graph.values(bound, GK + name, "zh")
    }
