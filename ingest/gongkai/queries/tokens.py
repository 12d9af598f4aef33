"""Looks at SPARQL text without running it: how deep it nests, whom it would call, which terms it names.

The engine accepts `trueSERVICE <x> {}` without a space between, so a keyword is looked for inside words, too: what is
turned away needlessly is a prefix that is called service.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
               | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:[^\W\d_](?:[\w.·-]*[\w·-])?)?:(?:[\w:·%-]|\\.|\.(?=[\w:.·%\\-]))*)
    | (?P<word>[^\W\d]\w*)
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<open>[({\[]) | (?P<close>[)}\]])
    | (?P<other>\S)
    """,
    re.VERBOSE | re.DOTALL,
)
_VOLATILE = frozenset(("now", "rand", "uuid", "struuid", "bnode", "service"))
_SUSPICIOUS = re.compile(r"service|now|rand|uuid|bnode|load", re.IGNORECASE)
_SHORT = 4000  # characters that cannot nest deep enough to harm


@dataclass(frozen=True, slots=True)
class Token:
    """A token and where it begins; comments are left out."""

    kind: str
    text: str
    start: int

    def is_word(self, *words: str) -> bool:
        """Whether it is one of some keywords (in lower case)."""
        return self.kind == "word" and self.text.lower() in words


@dataclass(frozen=True, slots=True)
class Traits:
    """What the text of a query or update would do."""

    depth: int = 0
    services: tuple[str | None, ...] = ()
    """The IRIs that SERVICE (or LOAD) names, None where it is a variable or cannot be told."""
    loads: bool = False
    volatile: bool = False
    """Whether the same query on the same data may answer differently."""


PLAIN = Traits()


@lru_cache(maxsize=512)
def traits(text: str) -> Traits:
    """The traits of a text; cheap for a short one that names nothing suspicious."""
    if len(text) < _SHORT and _SUSPICIOUS.search(text) is None:
        return PLAIN
    depth = deepest = 0
    words: set[str] = set()
    services: list[str | None] = []
    found = tokens(text)
    prefixes = declared(found)
    for index, token in enumerate(found):
        if token.kind == "open":
            depth += 1
            deepest = max(deepest, depth)
        elif token.kind == "close":
            depth -= 1
        elif token.kind == "word":
            words.add(token.text.lower())
            if "service" in token.text.lower():
                services.append(_named(found[index + 1 : index + 3], prefixes))
        elif token.kind == "name" and "service" in token.text.partition(":")[0].lower():
            services.append(None)
    volatile = bool(services) or not _VOLATILE.isdisjoint(words)
    return Traits(deepest, tuple(services), "load" in words, volatile)


def tokens(text: str) -> list[Token]:
    """The tokens of a text."""
    return [
        Token(m.lastgroup or "", m[0], m.start()) for m in _TOKEN.finditer(text) if m.lastgroup != "comment"
    ]


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


def _named(following: list[Token], prefixes: dict[str, str]) -> str | None:
    """The IRI after SERVICE, with SILENT in between or not."""
    for token in following:
        if token.is_word("silent"):
            continue
        return expanded(token, prefixes)
    return None


def _unescaped(local: str) -> str:
    """A local name without the backslashes of SPARQL 1.1, 19.8, PN_LOCAL_ESC."""
    return re.sub(r"\\(.)", r"\1", local)
