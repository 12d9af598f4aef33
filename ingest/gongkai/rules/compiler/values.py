"""The constraint components of SHACL Core that look at one value node alone (SHACL 4.1 to 4.4, 4.8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyoxigraph as ox

from gongkai.rules.compiler.datatypes import has_datatype
from gongkai.rules.compiler.targets import Subclasses
from gongkai.rules.compiler.terms import SH, Names, constant
from gongkai.rules.result import Term
from gongkai.rules.shapes import Shapes

_KINDS = {
    "IRI": "isIRI({v})",
    "Literal": "isLiteral({v})",
    "BlankNode": "isBlank({v})",
    "IRIOrLiteral": "(isIRI({v}) || isLiteral({v}))",
    "BlankNodeOrIRI": "(isBlank({v}) || isIRI({v}))",
    "BlankNodeOrLiteral": "(isBlank({v}) || isLiteral({v}))",
}
_BOUNDS = {"minExclusive": ">", "minInclusive": ">=", "maxExclusive": "<", "maxInclusive": "<="}


class Values:
    """Compiles the components of the shapes of one graph: what breaks each, as expressions over a variable."""

    def __init__(self, shapes: Shapes, below: Subclasses, names: Names) -> None:
        self._shapes, self._below, self._names = shapes, below, names

    def breaches(self, shape: Term, name: str, v: str) -> Iterator[str]:
        """What breaks a component, one of `COMPONENTS`, on a value node."""
        return _COMPILERS[name](self, shape, name, v)

    def _class(self, shape: Term, name: str, v: str) -> Iterator[str]:
        for c in self._shapes.objects(shape, name):
            kind = self._names.new("class")
            known = ", ".join(f"<{k}>" for k in self._below(c.value))
            yield f"NOT EXISTS {{ {v} a {kind} . FILTER ({kind} IN ({known})) }}"

    def _datatype(self, shape: Term, name: str, v: str) -> Iterator[str]:
        for datatype in self._shapes.objects(shape, name):
            yield f"!({has_datatype(v, datatype.value, shape)})"

    def _node_kind(self, shape: Term, name: str, v: str) -> Iterator[str]:
        for kind in self._shapes.objects(shape, name):
            yield f"!{_KINDS[kind.value.removeprefix(SH)].format(v=v)}"

    def _bound(self, shape: Term, name: str, v: str) -> Iterator[str]:
        for limit in self._shapes.objects(shape, name):
            yield f"!COALESCE({v} {_BOUNDS[name]} {constant(limit, shape)}, false)"

    def _length(self, shape: Term, name: str, v: str) -> Iterator[str]:
        sign = "<" if name == "minLength" else ">"
        for limit in self._shapes.objects(shape, name):
            yield f"isBlank({v}) || STRLEN(STR({v})) {sign} {int(limit.value)}"

    def _pattern(self, shape: Term, name: str, v: str) -> Iterator[str]:
        flags = self._shapes.object(shape, "flags")
        for pattern in self._shapes.objects(shape, name):
            arguments = ", ".join(str(ox.Literal(a.value)) for a in (pattern, flags) if a is not None)
            yield f"isBlank({v}) || !REGEX(STR({v}), {arguments})"

    def _language_in(self, shape: Term, name: str, v: str) -> Iterator[str]:
        for head in self._shapes.objects(shape, name):
            spoken = (
                " || ".join(f"LANGMATCHES(LANG({v}), {m})" for m in self._shapes.members(head)) or "false"
            )
            yield f"!(isLiteral({v}) && ({spoken}))"

    def _in(self, shape: Term, name: str, v: str) -> Iterator[str]:
        for head in self._shapes.objects(shape, name):
            terms = (constant(m, shape) for m in self._shapes.members(head))
            yield "!(" + (" || ".join(f"sameTerm({v}, {t})" for t in terms) or "false") + ")"


_COMPILERS: dict[str, Callable[[Values, Term, str, str], Iterator[str]]] = {
    "class": Values._class,
    "datatype": Values._datatype,
    "nodeKind": Values._node_kind,
    **dict.fromkeys(_BOUNDS, Values._bound),
    "minLength": Values._length,
    "maxLength": Values._length,
    "pattern": Values._pattern,
    "languageIn": Values._language_in,
    "in": Values._in,
}
COMPONENTS = tuple(_COMPILERS)
"""The parameters of these components."""

__all__ = ["COMPONENTS", "Values"]
