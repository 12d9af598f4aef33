"""The focus nodes of a shape (SHACL 2.1.3) as a graph pattern that binds ?this, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gongkai.rules.compiler.terms import RDF, UnsupportedShapeError, constant
from gongkai.rules.result import Term
from gongkai.rules.shapes import Shapes
from gongkai.turtle import RDFS

Subclasses = Callable[[str], tuple[str, ...]]
"""From a class to itself and the classes below it, in the data to be checked."""

TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")


def target(shapes: Shapes, shape: Term, below: Subclasses) -> str | None:
    """The pattern, or None where the shape has no target."""
    branches = list(_branches(shapes, shape, below))
    if not branches:
        return None
    if len(branches) == 1 and branches[0].startswith("?this a <"):
        return branches[0]  # a subject has a type once: nothing to make distinct
    union = " UNION ".join(f"{{ {branch} }}" for branch in branches)
    return f"{{ SELECT DISTINCT ?this WHERE {{ {union} }} }}"


def implicit(shapes: Shapes, shape: Term) -> bool:
    """Whether a shape is a class too, and so the target of itself (SHACL 2.1.3.3)."""
    return any(t.value == RDFS + "Class" for t in shapes.objects(shape, RDF + "type"))


def _branches(shapes: Shapes, shape: Term, below: Subclasses) -> Iterator[str]:
    classes = list(shapes.objects(shape, "targetClass"))
    if implicit(shapes, shape):
        classes.append(shape)
    for c in classes:
        constant(c, shape)
        for known in below(c.value):
            yield f"?this a <{known}> ."
    for node in shapes.objects(shape, "targetNode"):
        yield f"VALUES ?this {{ {constant(node, shape)} }}"
    for predicate in shapes.objects(shape, "targetSubjectsOf"):
        yield f"?this {predicate} ?any ."
    for predicate in shapes.objects(shape, "targetObjectsOf"):
        yield f"?any {predicate} ?this ."
    if shapes.objects(shape, "target"):
        raise UnsupportedShapeError(shape, "sh:target (SHACL Advanced Features)")
