"""The shapes graph, as both engines read it: terms with their types, and lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from gongkai.errors import OntologyError
from gongkai.rules.result import Term
from gongkai.turtle import quads

SH = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
Node = ox.NamedNode | ox.BlankNode


class Shapes:
    """An index of the triples of shapes."""

    def __init__(self, triples: Iterable[ox.Triple | ox.Quad]) -> None:
        self.triples = tuple(ox.Triple(t.subject, t.predicate, t.object) for t in triples)
        self._index: dict[Term, dict[str, list[Term]]] = {}
        self._holders: dict[Term, Term] = {}
        for t in self.triples:
            if not isinstance(t.object, ox.Triple) and not isinstance(t.subject, ox.Triple):
                self._index.setdefault(t.subject, {}).setdefault(t.predicate.value, []).append(t.object)
                if t.predicate.value == SH + "property":
                    self._holders[t.object] = t.subject

    def objects(self, subject: Term, predicate: str) -> tuple[Term, ...]:
        """All values of a property; a name without a namespace is one of SHACL."""
        iri = predicate if ":" in predicate else SH + predicate
        return tuple(self._index.get(subject, {}).get(iri, ()))

    def object(self, subject: Term, predicate: str) -> Term | None:
        """The first value of a property, or None."""
        return next(iter(self.objects(subject, predicate)), None)

    def predicates(self, subject: Term) -> Iterator[str]:
        """The properties that a subject has."""
        return iter(self._index.get(subject, {}))

    def subjects(self) -> Iterator[Term]:
        """Every subject, in the order of the files."""
        return iter(self._index)

    def part(self, shape: Term) -> Shapes:
        """One shape with all that it refers to, and the prefixes."""
        found, open_ = {shape}, [shape]
        while open_:
            for values in self._index.get(open_.pop(), {}).values():
                open_.extend(v for v in values if v not in found and v in self._index)
                found.update(values)
        return Shapes(t for t in self.triples if t.subject in found)

    def named(self, shape: str) -> str:
        """The shape with an IRI that a shape is part of: one without belongs to the shape that holds it."""
        node: Term = ox.NamedNode(shape) if ":" in shape else ox.BlankNode(shape)
        while isinstance(node, ox.BlankNode) and node in self._holders:
            node = self._holders[node]
        return node.value

    def members(self, head: Term) -> tuple[Term, ...]:
        """The members of an RDF list."""
        found: list[Term] = []
        while head.value != RDF + "nil":
            found.extend(self.objects(head, RDF + "first"))
            rest = self.object(head, RDF + "rest")
            if rest is None:
                msg = f"a list of the shapes has no end after {len(found)} members"
                raise OntologyError(msg)
            head = rest
        return tuple(found)


def load(*files: Path) -> Shapes:
    """The shapes of Turtle files.

    Raises:
        OntologyError: a file cannot be read or is no Turtle; the message names it.
    """
    return Shapes(quads(*files, rename=True))
