"""Names of agencies that a question gives and that the store does not hold: the near ones are told."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from gongkai.queries.stored import StoredQuery
from gongkai.store import Generation
from gongkai.turtle import GK, SKOS

_PARAMETER = "agency"  # of stored queries: it takes the full name of one
_NEAR = 5
_LIKE = 0.5  # how alike names must be to be suggested
_NAMES = f"""
PREFIX gk: <{GK}>
PREFIX skos: <{SKOS}>
SELECT ?name ?other {{ ?agency a gk:Agency ; skos:prefLabel ?name . OPTIONAL {{ ?agency skos:altLabel ?other }} }}
"""


def unknown_agencies(
    generation: Generation, query: StoredQuery, values: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """A sentence with near names for each agency that is asked for, by default too, and that no report is of."""
    default = [parameter.default for parameter in query.parameters if parameter.name == _PARAMETER]
    wanted = values.get(_PARAMETER, default)
    if not wanted:
        return ()
    names = _names(generation)
    return tuple(_told(name, names) for name in wanted if name not in names.values())


def _names(generation: Generation) -> dict[str, str]:
    """What agencies are called, in full and otherwise → the full name."""
    solutions = generation.query(_NAMES)
    assert isinstance(solutions, ox.QuerySolutions)
    rows = [tuple(term.value if isinstance(term, ox.Literal) else "" for term in row) for row in solutions]
    return {called: row[0] for row in rows for called in row if called}


def _told(wanted: str, names: Mapping[str, str]) -> str:
    holding = [called for called in names if wanted in called] if wanted else []
    alike = difflib.get_close_matches(wanted, names, n=_NEAR, cutoff=_LIKE)
    near = list(dict.fromkeys(names[called] for called in (*sorted(holding, key=len), *alike)))[:_NEAR]
    hint = (
        f"did you mean {' or '.join(near)}?"
        if near
        else "`gongkai query coverage` lists those that there are"
    )
    return f"no agency is called {wanted}; {hint}"
