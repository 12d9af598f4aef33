"""Looks at SPARQL text without running it: how deep it nests, whom it would call, which terms it names.

The engine accepts `trueSERVICE <x> {}` without a space between, so a keyword is looked for inside words, too: what is
turned away needlessly is a prefix that is called service.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    | (?P<open>[({\[]) | (?P<close>[)}\]])
    | (?P<other>\S)
    """,
    re.VERBOSE | re.DOTALL,
)
_VOLATILE = frozenset(("now", "rand", "uuid", "struuid", "bnode", "service"))
_SUSPICIOUS = re.compile(r"service|now|rand|uuid|bnode|load", re.IGNORECASE)
_SHORT = 4000  # characters that cannot nest deep enough to harm


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
    tokens = [(m.lastgroup or "", m[0]) for m in _TOKEN.finditer(text) if m.lastgroup != "comment"]
    prefixes = dict(_prefixes(tokens))
    for index, (kind, token) in enumerate(tokens):
        if kind == "open":
            depth += 1
            deepest = max(deepest, depth)
        elif kind == "close":
            depth -= 1
        elif kind == "word":
            words.add(token.lower())
            if "service" in token.lower():
                services.append(_named(tokens[index + 1 : index + 3], prefixes))
        elif kind == "name" and "service" in token.partition(":")[0].lower():
            services.append(None)
    volatile = bool(services) or not _VOLATILE.isdisjoint(words)
    return Traits(deepest, tuple(services), "load" in words, volatile)


def iris(text: str) -> Iterator[tuple[str, str]]:
    """The IRIs that a text names, prefixed names expanded, each with how it is written."""
    tokens = [
        (m.lastgroup or "", m[0]) for m in _TOKEN.finditer(text) if m.lastgroup in ("iri", "name", "word")
    ]
    prefixes = dict(_prefixes(tokens))
    declared = {
        id(pair) for a, b, pair in zip(tokens, tokens[1:], tokens[2:], strict=False) if _declares(a, b)
    }
    for pair in tokens:
        kind, token = pair
        if kind == "iri" and id(pair) not in declared:
            yield token[1:-1], token
        elif kind == "name":
            prefix, _, local = token.partition(":")
            if local and prefix in prefixes:
                yield prefixes[prefix] + re.sub(r"\\(.)", r"\1", local), token


def _prefixes(tokens: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for first, second, third in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if _declares(first, second) and third[0] == "iri":
            yield second[1].removesuffix(":"), third[1][1:-1]


def _declares(first: tuple[str, str], second: tuple[str, str]) -> bool:
    return (
        first[0] == "word"
        and first[1].lower() == "prefix"
        and second[0] == "name"
        and second[1].endswith(":")
    )


def _named(following: list[tuple[str, str]], prefixes: dict[str, str]) -> str | None:
    """The IRI after SERVICE, with SILENT in between or not."""
    for kind, token in following:
        if kind == "word" and token.lower() == "silent":
            continue
        if kind == "iri":
            return token[1:-1]
        prefix, _, local = token.partition(":")
        return prefixes[prefix] + local if kind == "name" and prefix in prefixes else None
    return None
