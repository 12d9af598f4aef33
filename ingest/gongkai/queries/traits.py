"""Looks at SPARQL text without running it: how deep it nests, whom it would call, which terms it names.

The engine accepts `trueSERVICE <x> {}` without a space between, so a keyword is looked for inside words, too: what is
turned away needlessly is a prefix that is called service.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.queries.remembered import remembered
from gongkai.sparql import Token, declared, expanded, tokens

_VOLATILE = frozenset(("now", "rand", "uuid", "struuid", "bnode", "service"))
_SUSPICIOUS = ("service", "now", "rand", "uuid", "bnode", "load")
_SHORT = 4000  # characters that cannot nest deep enough to harm
_STEPS = frozenset("{/|&+-*")


@dataclass(frozen=True, slots=True)
class Traits:
    """What the text of a query or update would do."""

    depth: int = 0
    steps: int = 0
    """Groups, operators and calls: the engine nests them, also where the text has them one after the other."""
    services: tuple[str | None, ...] = ()
    """The IRIs that SERVICE (or LOAD) names, None where it is a variable or cannot be told."""
    loads: bool = False
    volatile: bool = False
    """Whether the same query on the same data may answer differently."""


PLAIN = Traits()


def traits(text: str) -> Traits:
    """The traits of a text; cheap for a short one that names nothing suspicious."""
    return PLAIN if len(text) < _SHORT and not _suspicious(text.lower()) else _traits(text)


def _suspicious(lowered: str) -> bool:
    return any(word in lowered for word in _SUSPICIOUS)


@remembered
def _traits(text: str) -> Traits:
    depth = deepest = steps = 0
    words: set[str] = set()
    services: list[str | None] = []
    found = tokens(text)
    known = declared(found)
    for index, token in enumerate(found):
        called = token.text == "(" and index > 0 and found[index - 1].kind in ("word", "name")
        steps += called or token.text in _STEPS
        if token.kind == "open":
            depth += 1
            deepest = max(deepest, depth)
        elif token.kind == "close":
            depth -= 1
        elif token.kind == "word":
            words.add(token.text.lower())
            if "service" in token.text.lower():
                services.append(_named(found[index + 1 : index + 3], known))
        elif token.kind == "name" and "service" in token.text.partition(":")[0].lower():
            services.append(None)
    volatile = bool(services) or not _VOLATILE.isdisjoint(words)
    return Traits(deepest, steps, tuple(services), "load" in words, volatile)


def _named(following: list[Token], known: dict[str, str]) -> str | None:
    """The IRI after SERVICE, with SILENT in between or not."""
    for token in following:
        if token.is_word("silent"):
            continue
        return expanded(token, known)
    return None
