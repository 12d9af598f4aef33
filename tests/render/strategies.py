"""Hypothesis strategies: tables of valid numbers."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from gongkai.form import Form, Row
from tests.render.grid import Values

Sparse = dict[tuple[int, int], int]


def _sparse(rows: int, columns: int) -> st.SearchStrategy[Sparse]:
    """Places of a grid and their counts; every other place is 0."""
    places = st.tuples(st.integers(0, rows - 1), st.integers(0, columns - 1))
    counts = st.one_of(st.integers(0, 12), st.integers(0, 99_999))
    return st.dictionaries(places, counts, max_size=14)


@st.composite
def balanced(draw: st.DrawFn, form: Form, *, collapse: bool = False) -> Values:
    """Values in which every sum of the form holds."""
    return {**draw(disclosure(form)), **draw(_applications(form, collapse=collapse)), **draw(_review(form))}


@st.composite
def arbitrary(draw: st.DrawFn, form: Form, *, collapse: bool = False) -> Values:
    """Values in which no sum need hold: published numbers are what they are."""
    values: dict[str, tuple[Decimal | None, ...]] = {}
    for key in ("applications", "review"):
        table = form.table(key)
        rows = (*table.rows, *table.collapsed) if collapse else table.rows
        counts = draw(_sparse(len(rows), len(table.columns)))
        for r, row in enumerate(rows):
            values[row.key] = tuple(Decimal(counts.get((r, c), 0)) for c in range(len(row.columns)))
    return {**draw(disclosure(form)), **values}


@st.composite
def disclosure(draw: st.DrawFn, form: Form) -> Values:
    """Values of the table of active disclosure, amounts with up to five decimals, changes with a sign."""
    amounts = st.decimals(0, 99_999, places=draw(st.integers(0, 5)))
    counts = st.one_of(st.integers(0, 40), st.integers(0, 999_999)).map(Decimal)
    changes = st.integers(-99, 99).map(Decimal)
    return {
        row.key: tuple(draw(amounts if c.decimal else changes if c.signed else counts) for c in row.columns)
        for row in form.table("disclosure").rows
    }


@st.composite
def _applications(draw: st.DrawFn, form: Form, *, collapse: bool) -> Values:
    table = form.table("applications")
    rows = {row.key: row for row in (*table.rows, *table.collapsed)}
    by_iri = {row.iri: row.key for row in rows.values()}
    columns = len(table.columns) - 1
    outcomes = next(i for i in form.identities if i.key == "applications-column-sum").left
    wanted = [by_iri[iri] for iri in outcomes if iri in by_iri]
    merged = {row.iri for row in table.collapsed}
    if collapse:
        wanted = [k for k in wanted if rows[k].group not in merged]
    else:
        wanted = [k for k in wanted if not rows[k].collapsed]
    counts = draw(_sparse(len(wanted), columns))
    grid = {k: [counts.get((r, c), 0) for c in range(columns)] for r, k in enumerate(wanted)}
    total = [sum(row[c] for row in grid.values()) for c in range(columns)]
    out = [draw(st.integers(0, 9)) if t else 0 for t in total]
    carried = [draw(st.integers(0, min(9, t + o))) for t, o in zip(total, out, strict=True)]
    grid["总计"], grid["结转下年度"], grid["上年结转"] = total, out, carried
    grid["新收"] = [t + o - i for t, o, i in zip(total, out, carried, strict=True)]
    values: Values = {k: tuple(map(Decimal, (*row, sum(row)))) for k, row in grid.items()}
    return values


@st.composite
def _review(draw: st.DrawFn, form: Form) -> Values:
    table = form.table("review")
    counts = st.lists(st.integers(0, 30), min_size=len(table.columns) - 1, max_size=len(table.columns) - 1)

    def row(_row: Row) -> tuple[Decimal, ...]:
        drawn = draw(counts)
        return tuple(map(Decimal, (*drawn, sum(drawn))))

    return {r.key: row(r) for r in table.rows}


@st.composite
def with_blanks(draw: st.DrawFn, values: Values) -> Values:
    """Some cells blank."""
    keys = sorted(values)
    chosen = draw(st.sets(st.tuples(st.sampled_from(keys), st.integers(0, 6)), min_size=1, max_size=6))
    return {
        key: tuple(None if (key, i) in chosen else v for i, v in enumerate(row))
        for key, row in values.items()
    }
