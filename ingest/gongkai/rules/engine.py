"""The engine for stores: the compiled queries, over all reports at once or over some."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import pyoxigraph as ox

from gongkai.rules.compiler import Query, compiled
from gongkai.rules.compiler.targets import implicit
from gongkai.rules.data import Source
from gongkai.rules.result import Result
from gongkai.rules.shapes import Shapes
from gongkai.turtle import GK, RDFS

_WHOLES = frozenset(f"?this a <{GK}{name}> ." for name in ("Edition", "Agency"))
"""Targets whose focus nodes are no parts of others."""
_LISTS = ("cells", "passages")


def compile_for(shapes: Shapes, source: Source) -> tuple[Query, ...]:
    """The queries of the shapes for the classes of a store.

    Raises:
        UnsupportedShapeError: the compiler does not cover a shape.
    """

    classes = {c.value for s in shapes.subjects() for c in shapes.objects(s, "targetClass")}
    classes |= {c.value for s in shapes.subjects() for c in shapes.objects(s, "class")}
    classes |= {s.value for s in shapes.subjects() if isinstance(s, ox.NamedNode) and implicit(shapes, s)}
    return _compiled(shapes, tuple((c, _below(source, c)) for c in sorted(classes)))


@lru_cache(maxsize=8)
def _compiled(shapes: Shapes, known: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Query, ...]:
    below = dict(known)
    return compiled(shapes, lambda iri: below[iri])


def _below(source: Source, iri: str) -> tuple[str, ...]:
    """A class and the classes below it."""
    solutions = source.query(f"SELECT DISTINCT ?c WHERE {{ ?c <{RDFS}subClassOf>* <{iri}> }}")
    assert isinstance(solutions, ox.QuerySolutions)
    return tuple(sorted({iri, *(s["c"].value for s in solutions if isinstance(s["c"], ox.NamedNode))}))


def validate(source: Source, queries: Iterable[Query], only: Sequence[str] = ()) -> frozenset[Result]:
    """What the queries find in the default graph of a store; `only` limits focus nodes to these IRIs and their parts."""
    limit = f"VALUES ?this {{ {' '.join(f'<{iri}>' for iri in only)} }}" if only else ""
    wanted = frozenset(only)
    return frozenset(
        result
        for query in queries
        for result in _run(source, query, limit if query.target in _WHOLES else "")
        if not wanted or result.focus.value.partition("#")[0] in wanted
    )


def _run(source: Source, query: Query, limit: str) -> Iterable[Result]:
    solutions = source.query(query.text(limit))
    assert isinstance(solutions, ox.QuerySolutions)
    names = [v.value for v in solutions.variables]
    for solution in solutions:
        focus = solution[query.focus]
        if focus is None or isinstance(focus, ox.Triple):
            continue
        bound = {n: t for n in names if (t := solution[n]) is not None and not isinstance(t, ox.Triple)}
        path = bound.get(query.path_variable or "path")
        value = bound.get("value" if query.selects else query.value or "")
        if query.selects and value is None and query.path is None:
            value = focus
        bindings = tuple(sorted((n, _settled(n, t.value)) for n, t in bound.items())) if query.selects else ()
        yield Result(
            query.shape,
            query.component,
            focus,
            path.value if path is not None else query.path,
            value,
            tuple((n, v) for n, v in bindings if n not in ("this", "path", "value")),
        )


def _settled(name: str, value: str) -> str:
    """A value as it is in any run: lists come in the order in which the engine went."""
    return " ".join(sorted(value.split())) if name in _LISTS else value
