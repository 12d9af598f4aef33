"""Pieces of SPARQL that every part of the compiler uses: fresh variables, terms, paths."""

from __future__ import annotations

from itertools import count

import pyoxigraph as ox

from gongkai.errors import OntologyError
from gongkai.rules.result import Term
from gongkai.rules.shapes import RDF, SH, Shapes


class UnsupportedShapeError(OntologyError):
    """A shape that the compiler does not cover. The message names the shape and what in it is not covered."""

    def __init__(self, shape: Term, what: str) -> None:
        super().__init__(f"{shape}: {what} is not covered by the compiler; see docs/shacl.md for what is")


class Names:
    """Fresh variables of one query."""

    def __init__(self) -> None:
        self._count = count()

    def new(self, stem: str = "v") -> str:
        """A variable that the query does not use yet."""
        return f"?{stem}_{next(self._count)}"


def constant(term: Term, shape: Term) -> str:
    """A term as it stands in a query.

    Raises:
        UnsupportedShapeError: it is a blank node, which a query cannot name.
    """
    if isinstance(term, ox.BlankNode):
        raise UnsupportedShapeError(shape, "a blank node as a value")
    return str(term)


_WRAPPERS = {
    "inversePath": "^({})",
    "zeroOrMorePath": "({})*",
    "oneOrMorePath": "({})+",
    "zeroOrOnePath": "({})?",
}


def path(shapes: Shapes, node: Term, shape: Term) -> str:
    """A SHACL path as a SPARQL property path (SHACL 2.3.1).

    Raises:
        UnsupportedShapeError: it is none of the kinds of path.
    """
    if isinstance(node, ox.NamedNode):
        return str(node)
    if shapes.object(node, RDF + "first") is not None:
        return "(" + "/".join(path(shapes, step, shape) for step in shapes.members(node)) + ")"
    choice = shapes.object(node, "alternativePath")
    if choice is not None:
        return "(" + "|".join(path(shapes, step, shape) for step in shapes.members(choice)) + ")"
    for name, wrapper in _WRAPPERS.items():
        inner = shapes.object(node, name)
        if inner is not None:
            return wrapper.format(path(shapes, inner, shape))
    raise UnsupportedShapeError(
        shape, "a path that is neither predicate, sequence, alternative, inverse nor repetition"
    )


def steps(shapes: Shapes, node: Term, shape: Term) -> tuple[str, ...]:
    """A SHACL path as the SPARQL paths that follow one another: one, unless it is a sequence."""
    if isinstance(node, ox.BlankNode) and shapes.object(node, RDF + "first") is not None:
        return tuple(s for step in shapes.members(node) for s in steps(shapes, step, shape))
    return (path(shapes, node, shape),)


def reaches(focus: str, route: tuple[str, ...], end: str, names: Names) -> str:
    """That a node reaches a term by the paths, as an expression.

    A step within a step, rather than one pattern: inside EXISTS the engine plans a pattern of several triples as if it knew
    nothing of the node outside, and searches the whole store for each focus node.
    """
    first, *rest = route
    if not rest:
        return f"EXISTS {{ {focus} {first} {end} }}"
    value = names.new()
    return f"EXISTS {{ {focus} {first} {value} . FILTER ({reaches(value, tuple(rest), end, names)}) }}"


def true(term: Term | None) -> bool:
    """Whether a value is the term true; "1"^^xsd:boolean is another term, and does not count (so says the W3C suite)."""
    return term is not None and term.value == "true"


__all__ = ["RDF", "SH", "Names", "UnsupportedShapeError", "constant", "path", "reaches", "steps", "true"]
