"""What the graph says of one thing: its triples, those of its parts, and who points to it.

A report's figures and facts are said of its editions. Who follows the IRI of a report expects them, so its document
describes its current edition as well. Why so: docs/decisions/documents.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

import pyoxigraph as ox

from gongkai.store import Generation
from gongkai.turtle import DCTERMS, GK, RDFS, SKOS

PAGE = 100  # links from elsewhere on a page
_SORTED = 5_000  # links that are put in order; of more, the index of the store gives the order
_PARTS = 20_000  # parts of one thing that are followed; a report has some hundreds
_LABELS = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title", "http://data.europa.eu/eli/ontology#title")
_TITLES = (DCTERMS + "title", RDFS + "label", "http://xmlns.com/foaf/0.1/name")
_STANDS_FOR = tuple(
    GK + name
    for name in (
        "reportingAgency",
        "row",
        "indicator",
        "formSection",
        "column",
        "cites",
        "aspect",
        "ofProperty",
        "theme",
    )
)


@dataclass(frozen=True, slots=True)
class Description:
    """A thing: what is said of it and of its parts (the IRIs that extend its own by #), and a page of links to it."""

    iri: str
    triples: tuple[ox.Triple, ...]
    links: tuple[ox.Triple, ...]
    page: int
    more: bool
    _values: dict[tuple[str, str], list[ox.NamedNode | ox.Literal]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        for t in self.triples:
            if isinstance(t.subject, ox.NamedNode) and isinstance(t.object, ox.NamedNode | ox.Literal):
                self._values.setdefault((t.subject.value, t.predicate.value), []).append(t.object)

    def values(self, predicate: str, subject: str | None = None) -> list[ox.NamedNode | ox.Literal]:
        """The values of a property, of the thing itself or of a part."""
        return self._values.get((subject or self.iri, predicate), [])

    def value(self, predicate: str, subject: str | None = None) -> str | None:
        """The first value of a property, as text."""
        return next((term.value for term in self.values(predicate, subject)), None)


def describe(generation: Generation, iri: str, page: int = 1) -> Description | None:
    """The description of a thing; None where the graph knows nothing of it."""
    things = (iri, *_current_edition(generation, iri))
    triples = tuple(triple for thing in things for triple in _own(generation, thing))
    skipped = (page - 1) * PAGE
    links = list(islice(_ordered(_links(generation, iri, things)), skipped, skipped + PAGE + 1))
    if not triples and not links:
        return None
    return Description(iri, triples, tuple(links[:PAGE]), page, len(links) > PAGE)


def _current_edition(generation: Generation, report: str) -> Iterator[str]:
    for triple in generation.triples(ox.NamedNode(report), ox.NamedNode(GK + "currentEdition")):
        if isinstance(triple.object, ox.NamedNode):
            yield triple.object.value


def _own(generation: Generation, iri: str) -> Iterator[ox.Triple]:
    """The triples of the thing and its parts. A part is linked from it, or links to it."""
    waiting = [ox.NamedNode(iri)]
    seen = set(waiting)
    while waiting and len(seen) < _PARTS:
        found = list(generation.triples_of(waiting))
        yield from found
        near = dict.fromkeys([t.object for t in found] + [t.subject for t in generation.triples_to(waiting)])
        waiting = [
            other
            for other in near
            if isinstance(other, ox.NamedNode) and other.value.startswith(iri + "#") and other not in seen
        ]
        seen.update(waiting)


def _links(generation: Generation, iri: str, things: tuple[str, ...]) -> Iterator[ox.Triple]:
    """The links from elsewhere than the document that describes these things."""
    for triple in generation.triples(None, None, ox.NamedNode(iri)):
        if not (
            isinstance(triple.subject, ox.NamedNode) and triple.subject.value.partition("#")[0] in things
        ):
            yield triple


def _ordered(links: Iterator[ox.Triple]) -> Iterable[ox.Triple]:
    """Links with the rarest property first: an agency's few reports before its many rows."""
    first = list(islice(links, _SORTED))
    if len(first) == _SORTED:
        return (triple for part in (first, links) for triple in part)
    uses = Counter(triple.predicate.value for triple in first)
    return sorted(first, key=lambda t: (uses[t.predicate.value], t.predicate.value, str(t.subject)))


@dataclass(frozen=True, slots=True)
class Labels:
    """What things are called in a language; Chinese or English where there is none in it; else the end of the IRI."""

    generation: Generation
    language: str
    _known: dict[str, str] = field(default_factory=dict)
    _fetched: dict[str, list[ox.Triple]] = field(default_factory=dict)

    def expect(self, about: Description) -> None:
        """Asks a server at once for what all things of a description are called; a store in a folder need not be asked."""
        if not self.generation.immutable:
            ends = {end for t in (*about.triples, *about.links) for end in (t.subject, t.predicate, t.object)}
            nodes = [end for end in ends if isinstance(end, ox.NamedNode)]
            self._fetched.update((node.value, []) for node in nodes)
            for triple in self.generation.triples_of(nodes):
                assert isinstance(triple.subject, ox.NamedNode)
                self._fetched[triple.subject.value].append(triple)

    def _of(self, iri: str, predicate: str) -> Iterable[ox.Triple]:
        if iri in self._fetched:
            return (t for t in self._fetched[iri] if t.predicate.value == predicate)
        return self.generation.triples(ox.NamedNode(iri), ox.NamedNode(predicate))

    def __call__(self, iri: str) -> str:
        """The label of an IRI."""
        if iri not in self._known:
            self._known[iri] = self._label(iri)
        return self._known[iri]

    def learn(self, triples: Iterable[ox.Triple]) -> None:
        """Takes in the titles and names of what the graph does not hold: the parts of a catalogue."""
        for t in triples:
            names = t.predicate.value in _TITLES and isinstance(t.subject, ox.NamedNode)
            if names and isinstance(t.object, ox.Literal) and t.object.language in (self.language, None):
                self._known[str(t.subject)[1:-1]] = t.object.value

    def _label(self, iri: str) -> str:
        for predicate in _LABELS:
            found = {
                t.object.language or "": t.object.value
                for t in self._of(iri, predicate)
                if isinstance(t.object, ox.Literal)
            }
            for language in (self.language, "zh", "en", ""):
                if language in found:
                    return found[language]
        return self._composed(iri) or _end(iri)

    def _composed(self, iri: str) -> str:
        """The name of a thing that has none: what it stands for (a report for its agency), and the year it is of."""
        of = next((value for term in _STANDS_FOR if (value := self._value(iri, term))), None)
        if of is None or of.value == iri:
            return ""
        year = self._value(iri, GK + "year")
        name = self(of.value) if isinstance(of, ox.NamedNode) else of.value
        return f"{name} {year.value}" if year else name

    def _value(self, iri: str, predicate: str) -> ox.NamedNode | ox.Literal | None:
        found = self._of(iri, predicate)
        return next((t.object for t in found if isinstance(t.object, ox.NamedNode | ox.Literal)), None)


def _end(iri: str) -> str:
    """The end of an IRI, where it has a letter to go by; else all of it."""
    end = iri.rstrip("/").rpartition("#")[2].rpartition("/")[2]
    return end if any(map(str.isalpha, end)) else iri.partition("://")[2] or iri
