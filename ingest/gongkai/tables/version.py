"""Which version of the form a document uses: by the labels that only one version has, else by its year."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.form import Form, forms
from gongkai.tables.labels import Fit
from gongkai.tables.scan import Scan


def version_of(scans: Iterable[Scan], year: int | None) -> Form:
    """The version whose own labels the tables print most; without any, the one in force in the year."""
    printed = [m.entry.part.iri for scan in scans for _, m in scan.labels if m.fit >= Fit.PARTIAL]
    votes = {form.version: sum(iri in _own(form) for iri in printed) for form in forms()}
    best = max(votes.values())
    leading = [form for form in forms() if votes[form.version] == best]
    if best and len(leading) == 1:
        return leading[0]
    return next((f for f in leading if year is not None and _in_force(f, year)), leading[0])


def _in_force(form: Form, year: int) -> bool:
    return form.first_year <= year and (form.last_year is None or year <= form.last_year)


def _own(form: Form) -> frozenset[str]:
    """The columns and headings that no other version has."""

    def parts(of: Form) -> set[str]:
        return {c.iri for t in of.tables for c in t.columns} | {h.iri for t in of.tables for h in t.headings}

    others: set[str] = set().union(*(parts(f) for f in forms() if f.version != form.version))
    return frozenset(parts(form) - others)
