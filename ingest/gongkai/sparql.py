"""The little that has to be known of SPARQL's grammar: tokens, and what they tell of a query without running it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
               | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<blank>_:\w(?:[\w.·-]*[\w·-])?)
    | (?P<name>(?:[^\W\d_](?:[\w.·-]*[\w·-])?)?:(?:[\w:·%-]|\\.|\.(?=[\w:.·%\\-]))*)
    | (?P<word>[^\W\d]\w*)
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<open>[({\[]) | (?P<close>[)}\]])
    | (?P<other>\S)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token and where it begins; comments are left out."""

    kind: str
    text: str
    start: int

    def is_word(self, *words: str) -> bool:
        """Whether it is one of some keywords (in lower case)."""
        return self.kind == "word" and self.text.lower() in words


def tokens(text: str) -> list[Token]:
    """The tokens of a text."""
    return [
        Token(m.lastgroup or "", m[0], m.start()) for m in _TOKEN.finditer(text) if m.lastgroup != "comment"
    ]


def projected(query: str) -> tuple[str, ...]:
    """The variables that a SELECT query selects, in order.

    >>> projected("SELECT $this (SUM(?a) AS ?sum) ?b WHERE { $this ?p ?a }")
    ('this', 'sum', 'b')
    """
    names: list[str] = []
    depth, alias, begun = 0, False, False
    for token in tokens(query):
        if not begun:
            begun = token.is_word("select")
            continue
        if token.text in "()":
            depth += 1 if token.text == "(" else -1
        elif token.is_word("where", "from") or token.text == "{":
            break
        elif token.kind == "variable" and (depth == 0 or (depth == 1 and alias)):
            names.append(token.text[1:])
        alias = token.is_word("as")
    return tuple(names)


def iris(text: str) -> Iterator[tuple[str, str]]:
    """The IRIs that a text names, prefixed names expanded, each with how it is written; declarations are left out."""
    found = tokens(text)
    prefixes = declared(found)
    for index, token in enumerate(found):
        if index > 1 and _declares(*found[index - 2 : index]):
            continue
        iri = expanded(token, prefixes)
        if iri is not None:
            yield iri, token.text


def declared(found: list[Token]) -> dict[str, str]:
    """The prefixes that are declared, without their colon, and their namespaces."""
    return {
        second.text.removesuffix(":"): third.text[1:-1]
        for first, second, third in zip(found, found[1:], found[2:], strict=False)
        if _declares(first, second) and third.kind == "iri"
    }


def expanded(token: Token, prefixes: Mapping[str, str]) -> str | None:
    """The IRI that a token names; None where it names none, or by a prefix that is not declared."""
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    return (
        prefixes[prefix] + _unescaped(local)
        if token.kind == "name" and local and prefix in prefixes
        else None
    )


def _declares(first: Token, second: Token) -> bool:
    return first.is_word("prefix") and second.kind == "name" and second.text.endswith(":")


def _unescaped(local: str) -> str:
    """A local name without the backslashes of SPARQL 1.1, 19.8, PN_LOCAL_ESC."""
    return re.sub(r"\\(.)", r"\1", local)
