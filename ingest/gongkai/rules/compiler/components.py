"""Constraint components that a shapes graph declares itself, with SPARQL validators (SHACL-SPARQL 6)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.rules.compiler.terms import SH, UnsupportedShapeError, constant, true
from gongkai.rules.result import Term
from gongkai.rules.shapes import RDF, Shapes
from gongkai.turtle import RDFS


def applied(shapes: Shapes, shape: Term) -> Iterator[tuple[Term, Term, bool]]:
    """The declared components that a shape uses: component, validator, and whether it is an ASK.

    Raises:
        UnsupportedShapeError: a component without a validator for this kind of shape.
    """
    for component in shapes.subjects():
        if not any(_is_component_class(shapes, t) for t in shapes.objects(component, RDF + "type")):
            continue
        required = [p for p, optional in parameters(shapes, component) if not optional]
        if required and all(shapes.objects(shape, p) for p in required):
            yield _validator(shapes, component, shape)


def _is_component_class(shapes: Shapes, kind: Term) -> bool:
    above = shapes.objects(kind, RDFS + "subClassOf")
    return kind.value == SH + "ConstraintComponent" or any(
        _is_component_class(shapes, c) for c in above if c != kind
    )


def parameters(shapes: Shapes, component: Term) -> Iterator[tuple[str, bool]]:
    """The parameters of a component, each with whether it is optional."""
    for parameter in shapes.objects(component, "parameter"):
        predicate = shapes.object(parameter, "path")
        assert predicate is not None
        yield predicate.value, true(shapes.object(parameter, "optional"))


def component_constants(shapes: Shapes, component: Term, shape: Term) -> dict[str, str]:
    """The values that a shape gives to the parameters, by the name of the variable.

    Raises:
        UnsupportedShapeError: a parameter has several values.
    """
    found: dict[str, str] = {}
    for predicate, _ in parameters(shapes, component):
        values = shapes.objects(shape, predicate)
        if len(values) > 1:
            raise UnsupportedShapeError(shape, f"several values of <{predicate}>")
        name = predicate[max(predicate.rfind("#"), predicate.rfind("/")) + 1 :]
        if values:
            found[name] = constant(values[0], shape)
    return found


def _validator(shapes: Shapes, component: Term, shape: Term) -> tuple[Term, Term, bool]:
    specific = "nodeValidator" if shapes.object(shape, "path") is None else "propertyValidator"
    select = shapes.object(component, specific)
    if select is not None:
        return component, select, False
    ask = shapes.object(component, "validator")
    if ask is None:
        raise UnsupportedShapeError(shape, f"{component}, which has no validator for it,")
    return component, ask, True
