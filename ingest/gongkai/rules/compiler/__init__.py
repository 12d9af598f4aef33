"""Compiles SHACL shapes to SPARQL queries that check all focus nodes at once.

The shapes remain the only statement of a rule: what is compiled must find what the reference engine finds. A shape outside
of what is covered is refused by name, never skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from gongkai.rules.compiler.components import applied, component_constants
from gongkai.rules.compiler.core import COMPONENTS, Core
from gongkai.rules.compiler.select import TARGET, over_all
from gongkai.rules.compiler.targets import Subclasses, target
from gongkai.rules.compiler.terms import SH, Names, UnsupportedShapeError, path, true
from gongkai.rules.result import Term
from gongkai.rules.shapes import Shapes

__all__ = ["COMPONENTS", "Query", "UnsupportedShapeError", "compiled"]

_IMPORTS = "http://www.w3.org/2002/07/owl#imports"
_SPARQL = SH + "SPARQLConstraintComponent"


@dataclass(frozen=True, slots=True)
class Query:
    """A constraint as a query. `template` holds `TARGET` wherever the focus nodes are bound.

    `focus` is the variable of the focus node (that of a nested property shape is not ?this); `path` that of the shape.
    """

    shape: str
    component: str
    template: str
    target: str
    focus: str = "this"
    value: str | None = None
    path: str | None = None
    path_variable: str | None = None
    selects: bool = False
    """Whether it is the query of a SPARQL constraint, whose variables are those of the shape's author."""

    def text(self, only: str = "") -> str:
        """The query; `only` is a pattern that limits the focus nodes."""
        return self.template.replace(TARGET, f"{only} {self.target}")


def compiled(shapes: Shapes, below: Subclasses = lambda iri: (iri,)) -> tuple[Query, ...]:
    """A query for each constraint of each shape that has a target; `below` gives the classes below a class in the data.

    Raises:
        UnsupportedShapeError: the compiler does not cover a shape.
    """
    found: list[Query] = []
    for shape in shapes.subjects():
        pattern = target(shapes, shape, below)
        if pattern is not None:
            found.extend(_Compiler(shapes, below, pattern).shape(shape, TARGET, "?this"))
    return tuple(found)


class _Compiler:
    """Compiles the shapes that one target reaches."""

    def __init__(self, shapes: Shapes, below: Subclasses, pattern: str) -> None:
        self._shapes, self._below, self._target = shapes, below, pattern
        self._names = Names()
        self._open: list[Term] = []

    def shape(self, shape: Term, context: str, focus: str) -> Iterator[Query]:
        """The queries of a shape and of the property shapes in it; `context` is the pattern that binds the focus node."""
        if true(self._shapes.object(shape, "deactivated")):
            return
        if shape in self._open:
            raise UnsupportedShapeError(shape, "a shape that refers to itself")
        self._open.append(shape)
        node = self._shapes.object(shape, "path")
        named = node.value if isinstance(node, ox.NamedNode) else None
        yield from self._core(shape, context, focus, named)
        yield from self._selects(shape, context, focus, node)
        yield from self._components(shape, context, focus, node)
        if node is not None:
            value = self._names.new()
            context, focus = f"{context} {focus} {path(self._shapes, node, shape)} {value} .", value
        for inner in self._shapes.objects(shape, "property"):
            yield from self.shape(inner, context, focus)
        self._open.pop()

    def _core(self, shape: Term, context: str, focus: str, named: str | None) -> Iterator[Query]:
        core = Core(self._shapes, self._below, self._names)
        for breach in core.breaches(shape, focus):
            shown = " ".join(dict.fromkeys(v for v in (focus, breach.value, breach.path) if v is not None))
            text = f"SELECT DISTINCT {shown} WHERE {{ {context} {breach.pattern} FILTER ({breach.test}) }}"
            yield Query(
                shape.value,
                breach.component,
                text,
                self._target,
                focus[1:],
                breach.value[1:] if breach.value else None,
                named,
                breach.path[1:] if breach.path else None,
            )

    def _selects(self, shape: Term, context: str, focus: str, node: Term | None) -> Iterator[Query]:
        for constraint in self._shapes.objects(shape, "sparql"):
            select = self._shapes.object(constraint, "select")
            if select is None or true(self._shapes.object(constraint, "deactivated")):
                continue
            if focus != "?this":
                raise UnsupportedShapeError(shape, "sh:sparql in a property shape inside another one")
            yield self._select(shape, constraint, select.value, _SPARQL, self._constants(shape, node))

    def _components(self, shape: Term, context: str, focus: str, node: Term | None) -> Iterator[Query]:
        for component, validator, is_ask in applied(self._shapes, shape):
            if focus != "?this":
                raise UnsupportedShapeError(
                    shape, "a SPARQL-based component in a property shape inside another one"
                )
            constants = self._constants(shape, node) | component_constants(self._shapes, component, shape)
            if is_ask:
                yield self._ask(shape, component, validator, node, constants)
            else:
                text = self._shapes.object(validator, "select")
                assert text is not None
                yield self._select(shape, validator, text.value, component.value, constants)

    def _constants(self, shape: Term, node: Term | None) -> dict[str, str]:
        constants = {"currentShape": str(shape)} if isinstance(shape, ox.NamedNode) else {}
        if node is not None:
            constants["PATH"] = path(self._shapes, node, shape)
        return constants

    def _select(
        self, shape: Term, source: Term, text: str, component: str, constants: dict[str, str]
    ) -> Query:
        node = self._shapes.object(shape, "path")
        named = node.value if isinstance(node, ox.NamedNode) else None
        body = self._prefixes(source) + over_all(text, shape, constants)
        return Query(shape.value, component, body, self._target, path=named, selects=True)

    def _ask(
        self, shape: Term, component: Term, validator: Term, node: Term | None, constants: dict[str, str]
    ) -> Query:
        ask = self._shapes.object(validator, "ask")
        assert ask is not None
        body = over_all(ask.value, shape, constants, ("value",)).replace(TARGET, "")
        conforms = body[body.index("{") :]
        values = "BIND (?this AS ?value)" if node is None else f"?this {constants['PATH']} ?value ."
        text = f"SELECT DISTINCT ?this ?value WHERE {{ {TARGET} {values} FILTER NOT EXISTS {conforms} }}"
        named = node.value if isinstance(node, ox.NamedNode) else None
        return Query(
            shape.value,
            component.value,
            self._prefixes(validator) + text,
            self._target,
            value="value",
            path=named,
        )

    def _prefixes(self, source: Term) -> str:
        """The prefixes that a query may use (SHACL-SPARQL 5.2.1)."""
        lines = []
        holders = list(self._shapes.objects(source, "prefixes"))
        for holder in holders:
            holders.extend(h for h in self._shapes.objects(holder, _IMPORTS) if h not in holders)
            for declared in self._shapes.objects(holder, "declare"):
                name, space = (self._shapes.object(declared, p) for p in ("prefix", "namespace"))
                if name is not None and space is not None:
                    lines.append(f"PREFIX {name.value}: <{space.value}>\n")
        return "".join(sorted(set(lines)))
