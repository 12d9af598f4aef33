"""How much a store holds."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from gongkai.store import Generation
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
