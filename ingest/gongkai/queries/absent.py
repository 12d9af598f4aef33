"""Agencies, reports and labels that a query names and that the store does not hold: it finds nothing by them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

import pyoxigraph as ox

from gongkai.queries.traits import traits
from gongkai.sparql import declared, expanded, iris, tokens
from gongkai.store import Generation
from gongkai.turtle import GK, OWN, SKOS

_MOST = 8  # names that are looked up for one query
_CANDIDATES = 2000
_NAMED = re.compile(r"([a-z]+://.*/(agency|report)/[^/]+/)[^/].*")
"""A name that `gongkai.iris` makes: what it shares with those of the same place, and of which kind it is."""
_CLASSES = {"agency": "Agency", "report": "Report"}


def absent(generation: Generation, text: str) -> tuple[str, ...]:
    """A sentence for each agency, report or label in a query that no triple has.

    Raises:
        StoreError: the store cannot be read.
    """
    if traits(text).services:
        return ()  # what others hold is not known here
    return (*_things(generation, text), *_labels(generation, text))


def _things(generation: Generation, text: str) -> Iterator[str]:
    named = {iri: written for iri, written in iris(text) if _NAMED.fullmatch(iri) and not iri.startswith(OWN)}
    for iri, written in list(named.items())[:_MOST]:
        thing = f"<{iri}>"
        pattern = f"{{ {thing} ?p ?o }} UNION {{ ?s ?p {thing} }} UNION {{ GRAPH {thing} {{ ?s ?p ?o }} }}"
        if not _holds(generation, pattern):
            yield f"nothing in the store is called {written}{_hint(_near(generation, iri))}"


def _near(generation: Generation, iri: str) -> str | None:
    found = _NAMED.fullmatch(iri)
    assert found is not None
    solutions = generation.query(
        f"SELECT ?name {{ ?thing a <{GK}{_CLASSES[found[2]]}> BIND (STR(?thing) AS ?name) "
        f"FILTER STRSTARTS(?name, {ox.Literal(found[1])}) }} LIMIT {_CANDIDATES}"
    )
    near = difflib.get_close_matches(iri, _values(solutions), n=1, cutoff=0.8)
    return f"<{near[0]}>" if near else None


def _labels(generation: Generation, text: str) -> Iterator[str]:
    found = tokens(text)
    prefixes = declared(found)
    labels = (SKOS + "prefLabel", SKOS + "altLabel")
    pairs = zip(found, found[1:], found[2:], strict=False)
    named = {
        value.text + language.text: (f"<{expanded(token, prefixes)}>", language.text)
        for token, value, language in pairs
        if expanded(token, prefixes) in labels and value.kind == "string" and language.kind == "language"
    }
    for written, (property_, language) in list(named.items())[:_MOST]:
        if not _holds(generation, f"?thing {property_} {written}"):
            yield f"nothing in the store is called {written}{_hint(_alike(generation, written, language))}"


def _alike(generation: Generation, written: str, language: str) -> str | None:
    """The name of an agency that is most like a label."""
    solutions = generation.query(
        f"SELECT ?name {{ ?agency a <{GK}Agency> ; <{SKOS}prefLabel> ?name }} LIMIT {_CANDIDATES}"
    )
    label = written.removesuffix(language).strip("\"'")
    near = difflib.get_close_matches(label, _values(solutions), n=1)
    return f'"{near[0]}"{language}' if near else None


def _holds(generation: Generation, pattern: str) -> bool:
    return bool(generation.query(f"ASK {{ {pattern} }}"))


def _values(solutions: object) -> list[str]:
    assert isinstance(solutions, ox.QuerySolutions)
    return [str(getattr(solution["name"], "value", "")) for solution in solutions]


def _hint(near: str | None) -> str:
    return f"; did you mean {near}?" if near else ""
