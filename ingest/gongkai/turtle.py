"""Reads the project's own Turtle into an index of subject, predicate and objects: how the ontology becomes a dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from gongkai.errors import OntologyError
from gongkai.resources import folder

OWN = "https://w3id.org/gongkai/"
"""Where all terms of ours begin."""

GK = "https://w3id.org/gongkai/def#"
FORM = "https://w3id.org/gongkai/form#"
NARRATIVE = "https://w3id.org/gongkai/narrative#"
LAW = "https://w3id.org/gongkai/law#"
RULES = "https://w3id.org/gongkai/rules#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
QB = "http://purl.org/linked-data/cube#"
DCTERMS = "http://purl.org/dc/terms/"

type_ = RDF + "type"


class Graph:
    """An index of triples; terms are addressed by IRI, values come back as plain strings."""

    def __init__(self, triples: Iterable[ox.Triple | ox.Quad]) -> None:
        self._index: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]] = {}
        for t in triples:
            if isinstance(t.object, ox.Triple):
                continue
            subject = str(t.subject.value) if not isinstance(t.subject, ox.Triple) else str(t.subject)
            self._index.setdefault(subject, {}).setdefault(t.predicate.value, []).append(t.object)

    @classmethod
    def load(cls, *files: Path) -> Graph:
        """The triples of Turtle files.

        Raises:
            OntologyError: a file is missing or no Turtle.
        """
        return cls(quads(*files))

    def subjects(self, of_type: str) -> Iterator[str]:
        """The IRIs of a class, in the order of the file."""
        for subject, properties in self._index.items():
            if any(o.value == of_type for o in properties.get(type_, ())):
                yield subject

    def values(self, subject: str, predicate: str, language: str | None = None) -> tuple[str, ...]:
        """All values of a property, of one language where one is named."""
        return tuple(
            o.value
            for o in self._index.get(subject, {}).get(predicate, ())
            if language is None or (isinstance(o, ox.Literal) and o.language == language)
        )

    def value(self, subject: str, predicate: str, language: str | None = None) -> str:
        """The one value of a property.

        Raises:
            OntologyError: there is none, or more than one.
        """
        found = self.values(subject, predicate, language)
        if len(found) != 1:
            msg = f"<{subject}> has {len(found)} values of <{predicate}>, expected one"
            raise OntologyError(msg)
        return found[0]

    def optional(self, subject: str, predicate: str, language: str | None = None) -> str | None:
        """The one value of a property, or None."""
        return self.value(subject, predicate, language) if self.values(subject, predicate, language) else None


def files(*names: str) -> tuple[Path, ...]:
    """The files of `ontology/` by their names without the ending, all without one.

    Its subfolders hold dictionaries that only readers of documents want: they are left out.
    """
    home = folder("ontology")
    return tuple(home / f"{name}.ttl" for name in names) or tuple(sorted(home.glob("*.ttl")))


def quads(*paths: Path, rename: bool = False) -> list[ox.Quad]:
    """What Turtle files say, in order; `rename` keeps the blank nodes of one file apart from those of others.

    Raises:
        OntologyError: a file is missing or no Turtle; the message names it.
    """
    found: list[ox.Quad] = []
    for path in paths:
        try:
            found.extend(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, rename_blank_nodes=rename))
        except (SyntaxError, OSError) as error:
            msg = f"{path.name}: {error}"
            raise OntologyError(msg) from error
    return found


def ontology(name: str) -> Graph:
    """One file of `ontology/`, by its name without the ending."""
    return Graph.load(*files(name))
