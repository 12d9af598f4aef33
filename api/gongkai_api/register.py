"""The reports and agencies of a generation in the order in which people look through them.

No index of a store is in that order, so to sort for each page would take the longer the more there is. Where a generation
never changes, its register is made once.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from gongkai.queries.holdings import Holdings
from gongkai.store import Generation
from gongkai.turtle import DCTERMS, GK, SKOS

_MAKING = threading.Lock()
_PREFIXES = f"PREFIX gk: <{GK}> PREFIX skos: <{SKOS}> PREFIX dcterms: <{DCTERMS}> "


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency: `code` is that of its place, "" where it has none; the years its reports are on, in order."""

    iri: str
    names: tuple[str, ...]
    code: str
    years: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report; what is not known of it is "", and its agency None."""

    iri: str
    agency: Agency | None
    year: str
    issued: str


@dataclass(frozen=True, slots=True)
class Register:
    """Reports, those published last first; agencies by their IRIs; how many there are by year, and by code of the place."""

    held: Holdings
    reports: tuple[Report, ...]
    agencies: tuple[Agency, ...]
    years: tuple[tuple[str, int], ...]
    places: tuple[tuple[str, int], ...]


def register(generation: Generation) -> Register:
    """The register of a generation.

    Raises:
        StoreError: the store cannot be read.
    """
    if not generation.immutable:
        return _made(generation)
    with _MAKING:  # who comes meanwhile waits for the one that is made, and makes none
        return _kept(generation)


@lru_cache(maxsize=1)
def _kept(generation: Generation) -> Register:
    return _made(generation)


def _made(generation: Generation) -> Register:
    of = dict(_pairs(generation, "?a gk:reportingAgency ?b"))
    years = dict(_pairs(generation, "?a a gk:Report . ?a gk:year ?b"))
    issued = dict(_pairs(generation, "?edition dcterms:issued ?b . ?a gk:currentEdition ?edition"))
    agencies = _agencies(generation, of, years)
    found = [
        Report(iri, agencies.get(of.get(iri, "")), years.get(iri, ""), issued.get(iri, ""))
        for iri in _values(generation, "?a a gk:Report")
    ]
    found.sort(key=lambda report: report.iri)
    found.sort(key=lambda report: (report.issued, report.year), reverse=True)
    listed = tuple(agencies[iri] for iri in sorted(agencies))
    return Register(
        Holdings(len(found), len(set(of.values()))),
        tuple(found),
        listed,
        tuple(sorted(Counter(r.year for r in found if r.year).items(), reverse=True)),
        tuple(sorted(Counter(agency.code for agency in listed).items())),
    )


def _agencies(generation: Generation, of: dict[str, str], years: dict[str, str]) -> dict[str, Agency]:
    names: dict[str, list[str]] = {}
    for iri, name in _pairs(generation, "?a a gk:Agency . ?a skos:prefLabel ?b"):
        names.setdefault(iri, []).append(name)
    reported: dict[str, list[str]] = {}
    for report, agency in of.items():
        reported.setdefault(agency, []).append(years.get(report, ""))
    codes = dict(_pairs(generation, "?a gk:divisionCode ?b"))
    return {
        iri: Agency(iri, tuple(names.get(iri, ())), codes.get(iri, ""), tuple(sorted(reported.get(iri, ()))))
        for iri in _values(generation, "?a a gk:Agency")
    }


def _pairs(generation: Generation, pattern: str) -> list[tuple[str, str]]:
    """The values of ?a and ?b. Few patterns at a time: to look each up for each thing takes three times as long."""
    rows = _rows(generation, f"SELECT ?a ?b WHERE {{ {pattern} }}")
    return [(row["a"]["value"], row["b"]["value"]) for row in rows]


def _values(generation: Generation, pattern: str) -> list[str]:
    return [row["a"]["value"] for row in _rows(generation, f"SELECT ?a WHERE {{ {pattern} }}")]


def _rows(generation: Generation, query: str) -> list[Mapping[str, Mapping[str, str]]]:
    # Written in one go: to read row by row is to wait, beside busy threads, for the interpreter at each row.
    found = generation.query(_PREFIXES + query)
    assert isinstance(found, ox.QuerySolutions)
    written = json.loads(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")
    rows: list[Mapping[str, Mapping[str, str]]] = written["results"]["bindings"]
    return rows
