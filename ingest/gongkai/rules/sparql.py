"""The little that has to be known of SPARQL's grammar: tokens, and the variables that a query selects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>\"{3}(?:(?:\"{1,2})?(?:[^"\\]|\\.))*\"{3}|'{3}(?:(?:'{1,2})?(?:[^'\\]|\\.))*'{3}
        |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<name>[\w.-]*:(?:[\w:%.-]*[\w:%-])?|@?[A-Za-z_]\w*(?:-\w+)*)
    |(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |(?P<sign>\^\^|&&|\|\||!=|<=|>=|.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a query: its kind, its text and where it starts."""

    kind: str
    text: str
    start: int

    def says(self, word: str) -> bool:
        """Whether it is this keyword or sign, in any case."""
        return self.text.upper() == word


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query, without white space and comments."""
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup
        assert kind is not None
        if kind != "space":
            yield Token(kind, match[0], match.start())


def projected(query: str) -> tuple[str, ...]:
    """The variables that a SELECT query selects, in order.

    >>> projected("SELECT $this (SUM(?a) AS ?sum) ?b WHERE { $this ?p ?a }")
    ('this', 'sum', 'b')
    """
    names: list[str] = []
    depth, alias, begun = 0, False, False
    for token in tokens(query):
        if not begun:
            begun = token.says("SELECT")
            continue
        if token.text in "()":
            depth += 1 if token.text == "(" else -1
        elif token.says("WHERE") or token.text == "{" or token.says("FROM"):
            break
        elif token.kind == "variable" and (depth == 0 or (depth == 1 and alias)):
            names.append(token.text[1:])
        alias = token.says("AS")
    return tuple(names)
