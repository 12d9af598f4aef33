"""Puts a result into words: the messages of its shape, in both languages, with the numbers and names of the result."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache

import pyoxigraph as ox

from gongkai.rules.catalogue import Words
from gongkai.rules.result import Result
from gongkai.rules.shapes import Shapes
from gongkai.turtle import GK, OWN, SKOS, Graph, files

_PLACEHOLDER = re.compile(r"\{[?$](?P<name>\w+)\}")
_TEMPLATE = re.compile(r"\{(?P<name>\w+)(?P<label>\.label)?\}")
# The divisions are many, and no message names one by its IRI.
_NAMED = ("disclosure", "form", "narrative", "law", "rules")


def message(result: Result, shapes: Shapes) -> Words:
    """The words of the shape that found it."""
    words = _words(shapes, result.shape)
    if "{" not in words.zh:
        return words

    def said(text: str, language: str) -> str:
        return _filled(_PLACEHOLDER, text, result, lambda value, _: named(value, language))

    return Words(said(words.zh, "zh"), said(words.en, "en"))


@lru_cache(maxsize=4096)
def _words(shapes: Shapes, name: str) -> Words:
    """The messages of a shape, or of its query."""
    shape = ox.NamedNode(shapes.named(name))
    holders = (shape, *shapes.objects(shape, "sparql"))
    found = (m for h in holders for m in shapes.objects(h, "message") if isinstance(m, ox.Literal))
    texts = {m.language: m.value for m in found}
    return Words(texts.get("zh", ""), texts.get("en", ""))


def anomaly(result: Result, template: str | None) -> str | None:
    """The name of an anomaly, from its template in the catalogue: {name} is a key, {name.label} a Chinese label."""

    def part(value: str, match: re.Match[str]) -> str:
        predicate, language = (SKOS + "prefLabel", "zh") if match["label"] else (GK + "key", None)
        return terms().optional(value, predicate, language) or value

    return _filled(_TEMPLATE, template, result, part) if template else None


def named(value: str, language: str) -> str:
    """A term of ours by its label, as printed; a number without needless zeros; anything else as it is."""
    return _label(value, language) if value.startswith(OWN) else plain(value)


@lru_cache(maxsize=4096)
def _label(iri: str, language: str) -> str:
    label = terms().optional(iri, SKOS + "prefLabel", language) or iri
    return (terms().optional(iri, GK + "ordinal") or "") + label if language == "zh" else label


def plain(value: str | Decimal) -> str:
    """A number as a person writes it; other words as they are.

    >>> plain("3.0"), plain("0.50"), plain("1E+2"), plain("总计")
    ('3', '0.5', '100', '总计')
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return str(value)
    if number == number.to_integral_value():
        return str(int(number))
    return format(number.normalize(), "f")


@cache
def terms() -> Graph:
    """The terms that messages name, for their labels."""
    return Graph.load(*files(*_NAMED))


def _filled(
    pattern: re.Pattern[str], text: str, result: Result, render: Callable[[str, re.Match[str]], str]
) -> str:
    def replace(match: re.Match[str]) -> str:
        value = result.binding(match["name"])
        if value is None and match["name"] == "value" and result.value is not None:
            value = result.value.value
        return "" if value is None else render(value, match)

    return pattern.sub(replace, text)
