"""The words of the narrative, read from `ontology/narrative.ttl`: which term means what, counted in what, through what.

Nothing here knows a word of its own; a synonym is a line of Turtle.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from gongkai.narrative.model import Bound
from gongkai.narrative.senses import REQUESTS, Acts, Channels, Indicator, Sense
from gongkai.narrative.tries import Endings, trie
from gongkai.turtle import GK, NARRATIVE, SKOS, Graph, ontology

_TRAITS = (
    "whole",
    "usual",
    "inForms",
    "posted",
    "withVerdicts",
    "inKinds",
    "unattended",
    "addressed",
    "published",
)
"""The properties of indicators that hold or do not, in the order of the fields."""
_SHORT = 2


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
    indicators = {i.key: i for i in (_indicator(graph, s) for s in graph.subjects(GK + "Indicator"))}
    senses = _senses(graph, indicators)
    measures = {
        m for kind in graph.subjects(GK + "MeasureKind") for m in graph.values(kind, GK + "measureWord", "zh")
    }
    before, after = _bounds(graph, "boundBefore"), _bounds(graph, "boundAfter")
    filler = _labels(graph, NARRATIVE + "filler")
    known = tuple(indicators.values())
    return Vocabulary(
        indicators,
        next(i for i in known if i.family == REQUESTS and i.usual),
        _channels(graph, indicators),
        _acts(graph, known),
        _by(known, lambda i: (i.participants_of,) if i.participants_of else ()),
        _by(known, lambda i: i.telling),
        tuple(i for i in known if i.fallback),
        senses,
        tuple(senses.items()),
        AhoCorasick(
            list(senses), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
        ),
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
        {_key(c): _labels(graph, c) for c in graph.subjects(GK + "ChangeMarker")},
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
    outlet = graph.optional(iri, GK + "tellsOutlet")
    return Indicator(
        graph.value(iri, GK + "key"),
        graph.value(iri, GK + "family"),
        frozenset(words),
        _keys(graph, iri, "through"),
        _keys(graph, iri, "withAct"),
        _keys(graph, iri, "inTopic"),
        _key(fallback) if fallback else None,
        _is(graph, iri, "outcome"),
        graph.value(participants_of, GK + "key") if participants_of else None,
        frozenset(graph.values(iri, GK + "tellingMeasure", "zh")),
        graph.optional(iri, GK + "channelFrom"),
        _key(outlet) if outlet else None,
        _keys(graph, iri, "undoneBy"),
        *(_is(graph, iri, name) for name in _TRAITS),
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
    outlets: set[str] = set()
    endings: set[str] = set()
    silent = {label for iri in graph.subjects(GK + "Topic") for label in _labels(graph, iri)}
    for iri in graph.subjects(GK + "ChannelKind"):
        outlets.update(_key(iri) for _ in graph.values(iri, GK + "outletGroup"))
        for label in _labels(graph, iri):
            channels.setdefault(label, set()).add(_key(iri))
        for ending in graph.values(iri, GK + "nameEnding", "zh"):
            channels.setdefault(ending, set()).add(_key(iri))
            endings.add(ending)
        silent.update(graph.values(iri, SKOS + "hiddenLabel", "zh"))
    for iri in graph.subjects(GK + "Act"):
        for label in _labels(graph, iri):
            acts.setdefault(label, set()).add(_key(iri))
    uncounted = {label for iri in graph.subjects(GK + "Uncounted") for label in _labels(graph, iri)}
    for row, indicator in _outcomes(graph, indicators):
        for label in _row_labels(row):
            names.setdefault(label, []).append(indicator)
    rows = {row for iri in graph.subjects(GK + "Uncounted") for row in graph.values(iri, GK + "row")}
    uncounted |= {label for row in rows for label in _row_labels(row)} - set(names)
    return {
        term: Sense(
            tuple(dict.fromkeys(names.get(term, ()))),
            tuple(shares.get(term, ())),
            frozenset(channels.get(term, ())),
            frozenset(acts.get(term, ())),
            term in uncounted,
            len(term) <= _SHORT and term.isalpha(),
            outlets=frozenset(channels.get(term, ())) & outlets,
            ends_name=term in endings,
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


def _channels(graph: Graph, indicators: Mapping[str, Indicator]) -> Channels:
    kinds = {_key(kind): kind for kind in graph.subjects(GK + "ChannelKind")}
    defaults = {
        kind: indicators[graph.value(i, GK + "key")]
        for kind, iri in kinds.items()
        for i in graph.values(iri, GK + "defaultIndicator")
    }
    groups = {kind: _key(g) for kind, iri in kinds.items() for g in graph.values(iri, GK + "outletGroup")}
    publications = {kind: defaults[kind] for kind, g in groups.items() if kind == g and kind in defaults}
    return Channels(
        defaults,
        groups,
        publications,
        {
            key: frozenset(kind for kind, indicator in publications.items() if indicator.key == key)
            for key in indicators
        },
        frozenset(kind for kind, iri in kinds.items() if _is(graph, iri, "carriesOn")),
        frozenset(kind for kind, iri in kinds.items() if _is(graph, iri, "writtenTo")),
        tuple(kind for kind, iri in kinds.items() if _is(graph, iri, "namedInFacts")),
    )


def _acts(graph: Graph, indicators: Iterable[Indicator]) -> Acts:
    acts = {_key(act): act for act in graph.subjects(GK + "Act")}
    requests = [i for i in indicators if i.family == REQUESTS]
    return Acts(
        frozenset(act for act, iri in acts.items() if _is(graph, iri, "governing")),
        tuple(act for act, iri in acts.items() if _is(graph, iri, "decisive")),
        {act: i for i in requests for act in i.acts if not i.outcome},
        {act: i for i in requests for act in i.acts if i.outcome},
    )


def _by(
    indicators: Iterable[Indicator], keys: Callable[[Indicator], Iterable[str]]
) -> dict[str, tuple[Indicator, ...]]:
    """Indicators by each of some keys of theirs."""
    found: dict[str, tuple[Indicator, ...]] = {}
    for indicator in indicators:
        for key in keys(indicator):
            found[key] = (*found.get(key, ()), indicator)
    return found


def _is(graph: Graph, iri: str, name: str) -> bool:
    return graph.optional(iri, GK + name) == "true"


def _bounds(graph: Graph, name: str) -> dict[str, Bound]:
    return {
        word: Bound(graph.value(bound, GK + "key"))
        for bound in graph.subjects(GK + "Bound")
        for word in graph.values(bound, GK + name, "zh")
    }
