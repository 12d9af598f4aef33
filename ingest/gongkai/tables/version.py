"""Which version of the form a document uses: by the labels that only one version has, else by its year."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from gongkai.form import Form, forms
from gongkai.tables.labels import Fit
from gongkai.tables.runs import Scan


def version_of(scans: Iterable[Scan], year: int | None) -> Form:
    """The version whose own labels the tables print most; without any, the one in force in the year."""
    printed = [m.entry.part.iri for scan in scans for _, m in scan.labels if m.fit >= Fit.PARTIAL]
    own = _own()
    votes = {form.version: sum(iri in own[form.version] for iri in printed) for form in forms()}
    best = max(votes.values())
    leading = [form for form in forms() if votes[form.version] == best]
    if best and len(leading) == 1:
        return leading[0]
    return next((f for f in leading if year is not None and _in_force(f, year)), leading[0])


def _in_force(form: Form, year: int) -> bool:
    return form.first_year <= year and (form.last_year is None or year <= form.last_year)


@cache
def _own() -> dict[int, frozenset[str]]:
    """For each version the columns and headings that no other has."""
    parts = {
        f.version: {p.iri for t in f.tables for p in t.columns}
        | {p.iri for t in f.tables for p in t.headings}
        for f in forms()
    }
    return {
        version: frozenset(own - set().union(*(p for v, p in parts.items() if v != version)))
        for version, own in parts.items()
    }
