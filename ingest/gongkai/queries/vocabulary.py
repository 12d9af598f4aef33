"""Terms of our vocabularies that a query names and that do not exist: a typing error would silently find nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from gongkai.queries.remembered import remembered
from gongkai.sparql import iris
from gongkai.turtle import DCTERMS, OWN, RDF, RDFS, SKOS, XSD, files, quads

THING = "http://www.w3.org/2002/07/owl#Thing"
_OBJECT_PROPERTY = "http://www.w3.org/2002/07/owl#ObjectProperty"
PLAIN = "http://" + OWN.removeprefix("https://")
_LIKE = 0.6  # how alike a term must be to be suggested: difflib's own default


@dataclass(frozen=True, slots=True)
class Unknown:
    """A term that does not exist: as the query writes it, its IRI, and the nearest that does."""

    written: str
    iri: str
    nearest: str | None

    def __str__(self) -> str:
        hint = f"; did you mean {self.suggestion}?" if self.nearest else ""
        return f"unknown term {self.written} (<{self.iri}>){hint}"

    @property
    def suggestion(self) -> str:
        """The nearest term, written the same way."""
        assert self.nearest is not None
        prefix, colon, _ = self.written.partition(":")
        if self.written.startswith("<") or not colon or _namespace(self.nearest) != _namespace(self.iri):
            return f"<{self.nearest}>"
        return f"{prefix}:{self.nearest.removeprefix(_namespace(self.iri))}"


@remembered
def unknown_terms(text: str) -> tuple[Unknown, ...]:
    """The terms of our vocabularies in a query that do not exist."""
    if OWN not in text and PLAIN not in text:
        return ()
    known = vocabulary()
    found = {iri: written for iri, written in iris(text) if iri.startswith((OWN, PLAIN)) and iri not in known}
    return tuple(Unknown(written, iri, _nearest(iri)) for iri, written in found.items())


@cache
def vocabulary() -> frozenset[str]:
    """Every term that `ontology/` describes, and the ontologies themselves."""
    return frozenset(
        quad.subject.value
        for quad in quads(*files())
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(OWN)
    )


@cache
def ranges() -> Mapping[str, str]:
    """Properties and what their values are: the IRI of a datatype, or `THING`.

    Beside our own there are those of other vocabularies that labels and dates of the data stand in.
    """
    found = dict.fromkeys((SKOS + "prefLabel", SKOS + "altLabel", RDFS + "label"), RDF + "langString")
    found |= {DCTERMS + "issued": XSD + "date"}
    for quad in quads(*files()):
        if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode):
            continue
        property_ = quad.subject.value
        if quad.object.value == _OBJECT_PROPERTY:
            found[property_] = THING
        elif quad.predicate.value == RDFS + "range" and quad.object.value.startswith((XSD, RDF + "langS")):
            found[property_] = quad.object.value
    return found


def nearest(iri: str, candidates: Iterable[str]) -> str | None:
    """The term whose name is most like that of another: one that differs only by its case first."""
    name = local(iri)
    names = {local(term): term for term in candidates}
    same = (known for known in names if known.lower() == name.lower())
    found = next(same, None) or next(iter(difflib.get_close_matches(name, names, n=1, cutoff=_LIKE)), None)
    return names[found] if found else None


def local(iri: str) -> str:
    """The name of a term without its namespace."""
    return iri.removeprefix(_namespace(iri))


def _nearest(iri: str) -> str | None:
    """The term most like it: of its own namespace first, then of any."""
    namespace = _namespace(iri).replace(PLAIN, OWN)
    inside = sorted(term for term in vocabulary() if _namespace(term) == namespace)
    return nearest(iri, inside) or nearest(iri, sorted(term for term in vocabulary() if "#" in term))


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
