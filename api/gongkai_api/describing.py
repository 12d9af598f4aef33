"""What the graph says of one thing: its triples, those of its parts, and who points to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import pyoxigraph as ox

from gongkai.store import Generation
from gongkai.turtle import DCTERMS, RDFS, SKOS

PAGE = 100  # links from elsewhere on a page
_PARTS = 20_000  # parts of one thing that are followed; a report has some hundreds
_LABELS = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title")


@dataclass(frozen=True, slots=True)
class Description:
    """A thing: what is said of it and of its parts (the IRIs that extend its own by #), and a page of links to it."""

    iri: str
    triples: tuple[ox.Triple, ...]
    links: tuple[ox.Triple, ...]
    page: int
    more: bool

    def values(self, predicate: str, subject: str | None = None) -> list[ox.NamedNode | ox.Literal]:
        """The values of a property, of the thing itself or of a part."""
        wanted = subject or self.iri
        return [
            t.object
            for t in self.triples
            if t.predicate.value == predicate
            and isinstance(t.subject, ox.NamedNode)
            and t.subject.value == wanted
            and isinstance(t.object, ox.NamedNode | ox.Literal)
        ]


def describe(generation: Generation, iri: str, page: int = 1) -> Description | None:
    """The description of a thing; None where the graph knows nothing of it."""
    triples = tuple(_own(generation, iri))
    skipped = (page - 1) * PAGE
    links = list(islice(_links(generation, iri), skipped, skipped + PAGE + 1))
    if not triples and not links:
        return None
    return Description(iri, triples, tuple(links[:PAGE]), page, len(links) > PAGE)


def _own(generation: Generation, iri: str) -> Iterator[ox.Triple]:
    """The triples of the thing and its parts. A part is linked from it, or links to it."""
    seen = {iri}
    waiting = [iri]
    while waiting and len(seen) < _PARTS:
        node = ox.NamedNode(waiting.pop())
        found = list(generation.triples(node))
        yield from found
        near = [t.object for t in found] + [t.subject for t in generation.triples(None, None, node)]
        for other in near:
            if (
                isinstance(other, ox.NamedNode)
                and other.value.startswith(iri + "#")
                and other.value not in seen
            ):
                seen.add(other.value)
                waiting.append(other.value)


def _links(generation: Generation, iri: str) -> Iterator[ox.Triple]:
    for triple in generation.triples(None, None, ox.NamedNode(iri)):
        if not (isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(iri + "#")):
            yield triple


@dataclass(frozen=True, slots=True)
class Labels:
    """What things are called in a language; Chinese or English where there is none in it; else the end of the IRI."""

    generation: Generation
    language: str
    _known: dict[str, str] = field(default_factory=dict)

    def __call__(self, iri: str) -> str:
        """The label of an IRI."""
        if iri not in self._known:
            self._known[iri] = self._label(iri)
        return self._known[iri]

    def _label(self, iri: str) -> str:
        for predicate in _LABELS:
            found = {
                t.object.language or "": t.object.value
                for t in self.generation.triples(ox.NamedNode(iri), ox.NamedNode(predicate))
                if isinstance(t.object, ox.Literal)
            }
            for language in (self.language, "zh", "en", ""):
                if language in found:
                    return found[language]
        return iri.rstrip("/").rpartition("#")[2].rpartition("/")[2] or iri
