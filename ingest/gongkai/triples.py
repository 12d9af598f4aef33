"""Small words for making triples of the project's vocabularies."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox

from gongkai.turtle import XSD

DCAT = "http://www.w3.org/ns/dcat#"
ORG = "http://www.w3.org/ns/org#"
PROV = "http://www.w3.org/ns/prov#"

Object = ox.NamedNode | ox.Literal


def iri(text: str) -> ox.NamedNode:
    """A node by its IRI."""
    return ox.NamedNode(text)


def text(value: str, language: str | None = None) -> ox.Literal:
    """A string, of a language if one is named."""
    return ox.Literal(value, language=language) if language else ox.Literal(value)


def typed(value: object, datatype: str) -> ox.Literal:
    """A literal of an XML Schema datatype, by its local name."""
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD + datatype))


def number(value: Decimal) -> ox.Literal:
    """An integer where the value is whole and printed so, else a decimal; never rounded."""
    if value == value.to_integral_value() and value.as_tuple().exponent == 0:
        return typed(value, "integer")
    return typed(format(value, "f"), "decimal")


def boolean(value: bool) -> ox.Literal:
    """true or false."""
    return typed("true" if value else "false", "boolean")


class Subject:
    """Collects the triples of one subject."""

    def __init__(self, name: str) -> None:
        self.node = iri(name)
        self.triples: list[ox.Triple] = []

    def add(self, predicate: str, *values: Object | str) -> Subject:
        """Adds values of a property; a plain string is an IRI."""
        for value in values:
            term = iri(value) if isinstance(value, str) else value
            self.triples.append(ox.Triple(self.node, iri(predicate), term))
        return self
