"""The query of a SPARQL constraint, which holds one focus node at a time, made to hold all of them at once.

SHACL pre-binds $this: each place where it occurs sees the focus node (SHACL-SPARQL 5.3, appendix A). For the same over
all focus nodes, $this becomes an ordinary variable, and every group in which it occurs begins with the pattern that binds
it. What pre-binding does not allow (MINUS, VALUES, SERVICE, AS over $this, a sub-select that drops it) is refused too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from gongkai.rules.compiler.terms import UnsupportedShapeError
from gongkai.rules.result import Term
from gongkai.sparql import Token, projected, tokens

TARGET = "\x00"
"""Stands in a compiled query where the pattern of the focus nodes goes."""

_FORBIDDEN = ("MINUS", "VALUES", "SERVICE", "FROM")


@dataclass(slots=True)
class _Group:
    """A pair of braces while it is open."""

    begin: int
    body: bool  # of a SELECT or ASK
    inside_exists: bool
    joined: bool  # with what stands before and after it, so that it always binds what it selects
    wrapper: bool = False  # holds a sub-select and nothing else
    mentions: bool = False
    bound: bool = False  # by a sub-select in it

    @property
    def wants_target(self) -> bool:
        """Whether the focus nodes have to be bound in it: where a sub-select does, it joins them anew."""
        if self.body:
            return self.mentions or not self.bound
        return self.mentions and not self.inside_exists and not self.wrapper


def over_all(query: str, shape: Term, constants: Mapping[str, str], also_bound: tuple[str, ...] = ()) -> str:
    """The query with `TARGET` where $this has to be bound, and terms in place of the variables that `constants` names.

    Raises:
        UnsupportedShapeError: pre-binding does not allow what the query does, or this rewriting does not cover it.
    """
    listed = tokens(query)
    _refuse(listed, query, shape, frozenset({"this", *constants, *also_bound}))
    edits: list[tuple[int, int, str]] = []
    open_groups: list[_Group] = []
    selecting, body_next = False, False
    for i, token in enumerate(listed):
        if token.is_word("select", "ask"):
            selecting, body_next = token.is_word("select"), True
            if open_groups:
                open_groups[-1].wrapper = True
                _keeps_this(query[token.start :], shape)
        elif token.text == "{":
            exists = listed[i - 1].is_word("exists") or any(g.inside_exists for g in open_groups)
            if body_next and exists:
                raise UnsupportedShapeError(shape, "a sub-select in EXISTS")
            opens_select = listed[i + 1].is_word("select")
            joined = not listed[i - 1].is_word("optional", "exists", "union")
            open_groups.append(_Group(token.start + 1, body_next and not opens_select, exists, joined))
            if not opens_select:
                selecting, body_next = False, False
        elif token.text == "}":
            group = open_groups.pop()
            if group.wants_target:
                edits.append((group.begin, group.begin, f" {TARGET} "))
            _tell_holder(group, open_groups, listed[i + 1 :])
        elif token.kind == "variable":
            name = token.text[1:]
            if name == "this" and open_groups:
                open_groups[-1].mentions = True
            elif name in constants:
                end = token.start + len(token.text)
                edits.append((token.start, end, " " if selecting else constants[name]))
    for start, end, text in sorted(edits, reverse=True):
        query = query[:start] + text + query[end:]
    return query


def _tell_holder(group: _Group, holders: list[_Group], rest: list[Token]) -> None:
    if holders and group.wrapper and group.joined and not rest[0].is_word("union"):
        holders[-1].bound = True


def _refuse(listed: list[Token], query: str, shape: Term, bound: frozenset[str]) -> None:
    for word in _FORBIDDEN:
        if any(t.is_word(word.lower()) for t in listed):
            raise UnsupportedShapeError(shape, f"{word} in a query")
    for before, after in pairwise(listed):
        if before.is_word("as") and after.kind == "variable" and after.text[1:] in bound:
            raise UnsupportedShapeError(shape, f"AS {after.text} in a query")
        if before.is_word("group") and after.is_word("by") and "currentShape" in query:
            raise UnsupportedShapeError(shape, "$currentShape in a query with GROUP BY")
    if any(t.text[1:] == "shapesGraph" for t in listed if t.kind == "variable"):
        raise UnsupportedShapeError(shape, "$shapesGraph in a query")


def _keeps_this(subselect: str, shape: Term) -> None:
    if "this" not in projected(subselect):
        raise UnsupportedShapeError(shape, "a sub-select that does not select $this")
