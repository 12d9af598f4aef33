"""The constraint components of SHACL Core (SHACL 4) as conditions on a focus node or on a value node."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

import pyoxigraph as ox

from gongkai.rules.compiler.targets import TARGETS, Subclasses
from gongkai.rules.compiler.terms import (
    SH,
    Names,
    UnsupportedShapeError,
    constant,
    path,
    reaches,
    steps,
    true,
)
from gongkai.rules.compiler.values import COMPONENTS as COMPONENTS_OF_VALUES
from gongkai.rules.compiler.values import Values
from gongkai.rules.result import Term
from gongkai.rules.shapes import Shapes

_MOST = 8  # the largest count that is written out as that many variables

_SILENT = "path name description order group defaultValue message severity deactivated"
_ELSEWHERE = "flags ignoredProperties qualifiedValueShapesDisjoint property sparql target"
_OF_A_CONSTRAINT = "select prefixes declare"  # of a shape that is its own SPARQL constraint
_IGNORED = frozenset((*f"{_SILENT} {_ELSEWHERE} {_OF_A_CONSTRAINT}".split(), *TARGETS))


@dataclass(frozen=True, slots=True)
class Breach:
    """What breaks a constraint: the solutions of `pattern` that hold `test`.

    `value` and `path` are the variables that a result reports; an empty pattern leaves all to the test.
    """

    component: str
    test: str
    pattern: str = ""
    value: str | None = None
    path: str | None = None

    def holds(self) -> str:
        """That there is a breach, as an expression."""
        return f"EXISTS {{ {self.pattern} FILTER ({self.test}) }}" if self.pattern else f"({self.test})"


class Core:
    """Compiles the components of the shapes of one graph."""

    def __init__(self, shapes: Shapes, below: Subclasses, names: Names) -> None:
        self._shapes, self._names = shapes, names
        self._values = Values(shapes, below, names)
        self._open: list[Term] = []

    def breaches(self, shape: Term, focus: str) -> Iterator[Breach]:
        """What breaks the constraints that a shape states on a focus node, without those of its sh:property."""
        node = self._shapes.object(shape, "path")
        route = None if node is None else path(self._shapes, node, shape)
        value = focus if route is None else self._names.new()
        values = "" if route is None else f"{focus} {route} {value} ."
        for name in self._stated(shape):
            component = SH + name[0].upper() + name[1:] + "ConstraintComponent"
            if name in _NESTED:
                tests = _NESTED[name](self, shape, name, value)
                yield from (Breach(component, test, values, value) for test in tests)
            elif name in COMPONENTS_OF_VALUES:
                tests = self._values.breaches(shape, name, value)
                yield from (Breach(component, test, values, value) for test in tests)
            elif name in _FOCUS:
                yield from _FOCUS[name](self, shape, name, component, focus, route)
            else:
                raise UnsupportedShapeError(shape, f"sh:{name}")

    def fails(self, shape: Term, node: str) -> str:
        """That a node does not conform to a shape, as an expression (SHACL 3.4.3).

        Raises:
            UnsupportedShapeError: the shape refers to itself.
        """
        if true(self._shapes.object(shape, "deactivated")):
            return "(false)"
        if shape in self._open:
            raise UnsupportedShapeError(shape, "a shape that refers to itself")
        if self._shapes.objects(shape, "sparql"):
            raise UnsupportedShapeError(shape, "sh:sparql in a shape that another one refers to")
        self._open.append(shape)
        parts = [breach.holds() for breach in self.breaches(shape, node)]
        route = self._shapes.object(shape, "path")
        for inner in self._shapes.objects(shape, "property"):
            if route is None:
                parts.append(self.fails(inner, node))
            else:
                value = self._names.new()
                found = f"{node} {path(self._shapes, route, shape)} {value} ."
                parts.append(f"EXISTS {{ {found} FILTER ({self.fails(inner, value)}) }}")
        self._open.pop()
        return "(" + (" || ".join(parts) or "false") + ")"

    def _stated(self, shape: Term) -> Iterator[str]:
        for predicate in self._shapes.predicates(shape):
            name = predicate.removeprefix(SH)
            if predicate.startswith(SH) and name not in _IGNORED:
                yield name

    # --- conditions on each value node that are shapes themselves ---

    def _node(self, shape: Term, name: str, v: str) -> Iterator[str]:
        for other in self._shapes.objects(shape, name):
            yield self.fails(other, v)

    def _not(self, shape: Term, name: str, v: str) -> Iterator[str]:
        for other in self._shapes.objects(shape, name):
            yield f"!{self.fails(other, v)}"

    def _logical(self, shape: Term, name: str, v: str) -> Iterator[str]:
        for head in self._shapes.objects(shape, name):
            failing = [self.fails(member, v) for member in self._shapes.members(head)]
            if name == "and":
                yield " || ".join(failing) or "false"
            elif name == "or":
                yield " && ".join(failing) or "true"
            else:
                yield " + ".join(f"IF({f}, 0, 1)" for f in failing) + " != 1"

    # --- conditions on the focus node and all its values ---

    def _count(
        self, shape: Term, name: str, component: str, focus: str, route: str | None
    ) -> Iterator[Breach]:
        for limit in self._shapes.objects(shape, name):
            number = int(limit.value)
            if name == "minCount":
                yield Breach(component, f"!({self._at_least(number, shape, focus, route)})")
            else:
                yield Breach(component, self._at_least(number + 1, shape, focus, route))

    def _at_least(
        self,
        number: int,
        shape: Term,
        focus: str,
        route: str | None,
        test: Callable[[str], str] | None = None,
    ) -> str:
        """That the focus node has so many different values, all of which pass a test where one is given."""
        if number > _MOST:
            raise UnsupportedShapeError(shape, f"a count of {number}")
        if number == 0:
            return "true"
        if number == 1 and test is None:
            return self._reaches(shape, focus, self._names.new())
        values = [self._names.new() for _ in range(number)]
        found = " ".join(f"{focus} {route} {v} ." for v in values)
        tests = [f"!sameTerm({a}, {b})" for a, b in combinations(values, 2)]
        tests += [test(v) for v in values] if test else []
        return f"EXISTS {{ {found} FILTER ({' && '.join(tests) or 'true'}) }}"

    def _reaches(self, shape: Term, focus: str, end: str) -> str:
        node = self._shapes.object(shape, "path")
        assert node is not None
        return reaches(focus, steps(self._shapes, node, shape), end, self._names)

    def _has_value(
        self, shape: Term, name: str, component: str, focus: str, route: str | None
    ) -> Iterator[Breach]:
        for wanted in self._shapes.objects(shape, name):
            term = constant(wanted, shape)
            if route is None:
                yield Breach(component, f"!sameTerm({focus}, {term})")
            else:
                yield Breach(component, f"!{self._reaches(shape, focus, term)}")

    def _unique_lang(
        self, shape: Term, name: str, component: str, focus: str, route: str | None
    ) -> Iterator[Breach]:
        if true(self._shapes.object(shape, name)):
            a, b = self._names.new(), self._names.new()
            found = f"{focus} {route} {a} . {focus} {route} {b} ."
            test = f'!sameTerm({a}, {b}) && LANG({a}) != "" && LCASE(LANG({a})) = LCASE(LANG({b}))'
            yield Breach(component, f"EXISTS {{ {found} FILTER ({test}) }}")

    def _equals(
        self, shape: Term, name: str, component: str, focus: str, route: str | None
    ) -> Iterator[Breach]:
        for predicate in self._shapes.objects(shape, name):
            a, b, c, d = (self._names.new() for _ in range(4))
            if route is None:
                same = f"EXISTS {{ {focus} {predicate} {c} . FILTER (sameTerm({c}, {focus})) }}"
                yield Breach(component, f"!{same}", value=focus)
                yield Breach(component, f"!sameTerm({a}, {focus})", f"{focus} {predicate} {a} .", a)
            else:
                for here, there, seen, other in ((route, predicate, a, c), (predicate, route, b, d)):
                    same = f"EXISTS {{ {focus} {there} {other} . FILTER (sameTerm({seen}, {other})) }}"
                    yield Breach(component, f"!{same}", f"{focus} {here} {seen} .", seen)

    def _disjoint(
        self, shape: Term, name: str, component: str, focus: str, route: str | None
    ) -> Iterator[Breach]:
        for predicate in self._shapes.objects(shape, name):
            other = self._names.new()
            value = focus if route is None else self._names.new()
            found = f"{focus} {predicate} {other} ." + (
                "" if route is None else f" {focus} {route} {value} ."
            )
            yield Breach(component, f"sameTerm({value}, {other})", found, value)

    def _less(
        self, shape: Term, name: str, component: str, focus: str, route: str | None
    ) -> Iterator[Breach]:
        sign = "<" if name == "lessThan" else "<="
        for predicate in self._shapes.objects(shape, name):
            a, b = self._names.new(), self._names.new()
            found = f"{focus} {route} {a} . {focus} {predicate} {b} ."
            yield Breach(component, f"!COALESCE({a} {sign} {b}, false)", found, a)

    def _closed(
        self, shape: Term, name: str, component: str, focus: str, route: str | None
    ) -> Iterator[Breach]:
        if not true(self._shapes.object(shape, name)):
            return
        paths = [p for q in self._shapes.objects(shape, "property") for p in self._shapes.objects(q, "path")]
        ignored = self._shapes.object(shape, "ignoredProperties")
        known = {*paths, *(self._shapes.members(ignored) if ignored is not None else ())}
        value = focus if route is None else self._names.new()
        prefix = "" if route is None else f"{focus} {route} {value} . "
        p, o = self._names.new("path"), self._names.new()
        listed = ", ".join(str(k) for k in known if isinstance(k, ox.NamedNode))
        yield Breach(component, f"{p} NOT IN ({listed})", f"{prefix}{value} {p} {o} .", o, p)

    def _qualified(
        self, shape: Term, name: str, component: str, focus: str, route: str | None
    ) -> Iterator[Breach]:
        wanted = self._shapes.object(shape, "qualifiedValueShape")
        limit = self._shapes.object(shape, name)
        if wanted is None or limit is None:  # the component needs both (SHACL 4.7.3)
            return
        siblings = list(self._siblings(shape, wanted))

        def passes(v: str) -> str:
            return " && ".join([f"!{self.fails(wanted, v)}", *(self.fails(s, v) for s in siblings)])

        if name == "qualifiedMinCount":
            yield Breach(component, f"!({self._at_least(int(limit.value), shape, focus, route, passes)})")
        else:
            yield Breach(component, self._at_least(int(limit.value) + 1, shape, focus, route, passes))

    def _siblings(self, shape: Term, wanted: Term) -> Iterator[Term]:
        """The sibling shapes of a qualified value shape (SHACL 4.7.3)."""
        if not true(self._shapes.object(shape, "qualifiedValueShapesDisjoint")):
            return
        for parent in self._shapes.subjects():
            properties = self._shapes.objects(parent, "property")
            if shape in properties:
                for other in properties:
                    yield from (s for s in self._shapes.objects(other, "qualifiedValueShape") if s != wanted)

    def _nothing(self, *_: object) -> Iterator[Breach]:
        return iter(())


NestedCompiler = Callable[[Core, Term, str, str], Iterator[str]]
FocusCompiler = Callable[[Core, Term, str, str, str, str | None], Iterator[Breach]]

_NESTED: dict[str, NestedCompiler] = {
    "node": Core._node,
    "not": Core._not,
    "and": Core._logical,
    "or": Core._logical,
    "xone": Core._logical,
}
_FOCUS: dict[str, FocusCompiler] = {
    "minCount": Core._count,
    "maxCount": Core._count,
    "hasValue": Core._has_value,
    "uniqueLang": Core._unique_lang,
    "equals": Core._equals,
    "disjoint": Core._disjoint,
    "lessThan": Core._less,
    "lessThanOrEquals": Core._less,
    "closed": Core._closed,
    "qualifiedMinCount": Core._qualified,
    "qualifiedMaxCount": Core._qualified,
    "qualifiedValueShape": Core._nothing,
}
COMPONENTS = (*COMPONENTS_OF_VALUES, *_NESTED, *_FOCUS)
"""The parameters of SHACL Core that the compiler covers."""

__all__ = ["COMPONENTS", "Breach", "Core"]
