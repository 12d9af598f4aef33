"""The words of shortcomings, measures, citations, fees and contacts, read from `ontology/narrative-items.ttl`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from gongkai.narrative.tries import trie
from gongkai.turtle import GK, NARRATIVE, SKOS, Graph, ontology

NOUNS = ("shortcomingNoun", "vagueNoun")
"""The keys of what shortcomings are called at large."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of shortcomings and measures, with the words that tell it."""

    key: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The dictionary as it is used: lists of words by the key of their concept."""

    words: dict[str, tuple[str, ...]]
    themes: tuple[Theme, ...]
    documents: tuple[str, ...]
    """Last words of titles of documents."""
    known: tuple[tuple[str, ...], ...]
    """The names of documents that many reports cite, the official title first."""
    acts: dict[str, str]
    """The IRIs of known documents in the law as data, by official title."""

    def any_of(self, *keys: str) -> str:
        """A pattern that matches any word of some concepts, the longest first."""
        return alternatives(word for key in keys for word in self.words[key])

    def begins(self, *keys: str) -> str:
        """A pattern that matches a character that a word of some concepts begins with."""
        return f"[{''.join(dict.fromkeys(word[0] for key in keys for word in self.words[key]))}]"


def alternatives(words: Iterable[str]) -> str:
    """A pattern that matches any of some words, the longest, which it takes whole or not at all.

    The atomic groups stand behind the first characters: of a pattern that begins with one, no search would look for these.

    >>> alternatives(["不足", "不足之处", "欠缺"])
    '(?:不(?>足(?:之处)?)|欠(?>缺))'
    """
    branches: dict[str, list[str]] = {}
    for word in dict.fromkeys(words):
        branches.setdefault(word[0], []).append(word[1:])
    patterns = (re.escape(first) + _whole(trie(rests)) for first, rests in branches.items())
    return f"(?:{'|'.join(patterns)})"


def _whole(pattern: str) -> str:
    return f"(?>{pattern})" if pattern else ""


@cache
def wording() -> Wording:
    """The dictionary, read once."""
    graph = ontology("narrative-items")
    return Wording(
        _by_key(graph, "itemWording"),
        tuple(Theme(key, words) for key, words in _by_key(graph, "themes").items()),
        tuple(word for words in _by_key(graph, "documentKinds").values() for word in words),
        tuple(
            (*graph.values(d, SKOS + "prefLabel", "zh"), *graph.values(d, SKOS + "altLabel", "zh"))
            for d in graph.subjects(GK + "KnownDocument")
        ),
        {
            graph.value(d, SKOS + "prefLabel", "zh"): graph.value(d, SKOS + "exactMatch")
            for d in graph.subjects(GK + "KnownDocument")
        },
    )


def _by_key(graph: Graph, scheme: str) -> dict[str, tuple[str, ...]]:
    """The words of each concept of a scheme, in the order of the file."""
    return {
        graph.value(concept, GK + "key"): graph.values(concept, SKOS + "altLabel", "zh")
        for concept in graph.subjects(SKOS + "Concept")
        if NARRATIVE + scheme in graph.values(concept, SKOS + "inScheme")
    }
