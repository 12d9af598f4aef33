"""How much a store holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

import pyoxigraph as ox

from gongkai.iris import base_of
from gongkai.resources import folder
from gongkai.store import Generation, Location
from gongkai.turtle import GK

_COUNTS = f"""
PREFIX gk: <{GK}>
SELECT (COUNT(DISTINCT ?report) AS ?reports) (COUNT(DISTINCT ?agency) AS ?agencies) WHERE {{
  ?report a gk:Report . OPTIONAL {{ ?report gk:reportingAgency ?agency }} }}
"""


@dataclass(frozen=True, slots=True)
class Holdings:
    """The reports of a store, and the agencies that they are of."""

    reports: int
    agencies: int

    def __str__(self) -> str:
        return f"{self.reports} reports of {self.agencies} agencies"


def holdings(generation: Generation) -> Holdings:
    """How many reports and agencies there are.

    Raises:
        StoreError: the store cannot be read.
    """
    solutions = generation.query(_COUNTS)
    assert isinstance(solutions, ox.QuerySolutions)
    reports, agencies = (int(getattr(term, "value", 0)) for term in next(solutions))
    return Holdings(reports, agencies)


def held_bases(location: Location) -> Counter[str]:
    """Where the names of the reports of a store begin, and how many begin so.

    Raises:
        StoreError: the store cannot be read.
    """
    solutions = Generation.current(location).query(f"SELECT ?report WHERE {{ ?report a <{GK}Report> }}")
    assert isinstance(solutions, ox.QuerySolutions)
    found = (base_of(str(getattr(solution["report"], "value", ""))) for solution in solutions)
    return Counter(base for base in found if base)


def invented(generation: Generation) -> int:
    """How many reports are those of the bundled examples, whose agencies and numbers do not exist.

    Raises:
        StoreError: the store cannot be read.
    """
    digests = " ".join(str(ox.Literal(digest)) for digest in _examples())
    solutions = generation.query(
        f"SELECT (COUNT(DISTINCT ?report) AS ?n) WHERE {{ VALUES ?digest {{ {digests} }} "
        f"?edition <{GK}sha256> ?digest ; <{GK}ofReport> ?report }}"
    )
    assert isinstance(solutions, ox.QuerySolutions)
    return int(getattr(next(solutions)["n"], "value", 0))


@cache
def _examples() -> tuple[str, ...]:
    files = sorted((folder("examples") / "reports").iterdir())
    return tuple(sha256(file.read_bytes()).hexdigest() for file in files)
