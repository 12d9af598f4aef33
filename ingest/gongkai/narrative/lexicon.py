"""The concepts of `ontology/narrative.ttl`: indicators, ways and acts, and the terms that tell each.

Where the file lacks something that a concept must have, an OntologyError says what.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TypeVar

from gongkai.narrative.senses import REQUESTS, Acts, Channels, Indicator, Sense
from gongkai.turtle import GK, NARRATIVE, SKOS, Graph, ontology

T = TypeVar("T")
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


def key(iri: str) -> str:
    """The key of a concept."""
    return iri.removeprefix(NARRATIVE)


def _keys(graph: Graph, subject: str, name: str) -> frozenset[str]:
    return frozenset(map(key, graph.values(subject, GK + name)))


def labels(graph: Graph, subject: str) -> tuple[str, ...]:
    """What texts call something, in Chinese."""
    return graph.values(subject, SKOS + "altLabel", "zh")


def all_labels(graph: Graph, subject: str) -> tuple[str, ...]:
    """The same, with what it is called officially."""
    return (*graph.values(subject, SKOS + "prefLabel", "zh"), *labels(graph, subject))


def _is(graph: Graph, iri: str, name: str) -> bool:
    return graph.optional(iri, GK + name) == "true"


def indicator(graph: Graph, iri: str) -> Indicator:
    """An indicator with all that tells when it counts."""
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
        key(fallback) if fallback else None,
        _is(graph, iri, "outcome"),
        graph.value(participants_of, GK + "key") if participants_of else None,
        frozenset(graph.values(iri, GK + "tellingMeasure", "zh")),
        graph.optional(iri, GK + "channelFrom"),
        key(outlet) if outlet else None,
        _keys(graph, iri, "undoneBy"),
        *(_is(graph, iri, name) for name in _TRAITS),
    )


def senses(graph: Graph, indicators: Mapping[str, Indicator]) -> dict[str, Sense]:
    """Every term, and what it may mean."""
    own = [(iri, indicators[graph.value(iri, GK + "key")]) for iri in graph.subjects(GK + "Indicator")]
    kinds = tuple(graph.subjects(GK + "ChannelKind"))
    endings = {iri: graph.values(iri, GK + "nameEnding", "zh") for iri in kinds}
    of_rows = ((label, i) for row, i in _outcomes(graph, indicators) for label in _row_labels(row))
    names = grouped([*((label, i) for iri, i in own for label in labels(graph, iri)), *of_rows])
    shares = grouped((label, i) for iri, i in own for label in graph.values(iri, GK + "sharedLabel", "zh"))
    channels = grouped((w, key(iri)) for iri in kinds for w in (*labels(graph, iri), *endings[iri]))
    acts = grouped((label, key(iri)) for iri in graph.subjects(GK + "Act") for label in labels(graph, iri))
    outlets = frozenset(key(iri) for iri in kinds if graph.values(iri, GK + "outletGroup"))
    uncounted = _uncounted(graph, names)
    known = {
        term: Sense(
            names.get(term, ()),
            shares.get(term, ()),
            frozenset(channels.get(term, ())),
            frozenset(acts.get(term, ())),
            term in uncounted,
            len(term) <= _SHORT and term.isalpha(),
            outlets=outlets.intersection(channels.get(term, ())),
            ends_name=any(term in some for some in endings.values()),
        )
        for term in {*names, *shares, *channels, *acts, *uncounted, *_silent(graph)}
    }
    return {other: known[term] for other, term in _reworded(graph, known)} | known


def _reworded(graph: Graph, terms: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Terms in which a word has taken the place of one that means the same, each with the term it was."""
    for iri in graph.subjects(GK + "Interchangeable"):
        words = all_labels(graph, iri)
        for term in terms:
            for word in filter(term.__contains__, words):
                yield from ((term.replace(word, other), term) for other in words if other != word)


def _uncounted(graph: Graph, names: Container[str]) -> set[str]:
    """What is no indicator's, rows of the form among it."""
    things = tuple(graph.subjects(GK + "Uncounted"))
    rows = (row for iri in things for row in graph.values(iri, GK + "row"))
    of_rows = {label for row in rows for label in _row_labels(row) if label not in names}
    return of_rows.union(*(labels(graph, iri) for iri in things))


def _silent(graph: Graph) -> Iterator[str]:
    """Terms that mean nothing by themselves, and keep others from being found in them."""
    for iri in graph.subjects(GK + "Topic"):
        yield from labels(graph, iri)
    for iri in graph.subjects(GK + "ChannelKind"):
        yield from graph.values(iri, SKOS + "hiddenLabel", "zh")


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
        *all_labels(form, row),
        *form.values(row, SKOS + "hiddenLabel", "zh"),
    ):
        yield label
        yield label.removeprefix("属于")


def channels(graph: Graph, indicators: Mapping[str, Indicator]) -> Channels:
    """The outlets and other ways, and what counts what went through them."""
    kinds = {key(kind): kind for kind in graph.subjects(GK + "ChannelKind")}
    defaults = {
        kind: indicators[graph.value(i, GK + "key")]
        for kind, iri in kinds.items()
        for i in graph.values(iri, GK + "defaultIndicator")
    }
    groups = {kind: key(g) for kind, iri in kinds.items() for g in graph.values(iri, GK + "outletGroup")}
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


def acts(graph: Graph, indicators: Iterable[Indicator]) -> Acts:
    """What was done, and what counts the requests it was done with."""
    acts = {key(act): act for act in graph.subjects(GK + "Act")}
    requests = [i for i in indicators if i.family == REQUESTS]
    return Acts(
        frozenset(act for act, iri in acts.items() if _is(graph, iri, "governing")),
        tuple(act for act, iri in acts.items() if _is(graph, iri, "decisive")),
        {act: i for i in requests for act in i.acts if not i.outcome},
        {act: i for i in requests for act in i.acts if i.outcome},
    )


def grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    """What belongs to each key, each once, in the order given."""
    found: dict[str, list[T]] = {}
    for key_, value in pairs:
        found.setdefault(key_, []).append(value)
    return {key_: tuple(dict.fromkeys(values)) for key_, values in found.items()}
