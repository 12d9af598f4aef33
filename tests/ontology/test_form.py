"""Both versions of the form are whole, and a label leads to one part of it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from gongkai.folding import fold
from gongkai.form import Along, Column, Form, Heading, Label, Row, Section, form, forms

ROWS = {
    2021: {"disclosure": 6, "applications": 25, "review": 3},
    2019: {"disclosure": 8, "applications": 23, "review": 3},
}
CELLS = {2021: 10 + 25 * 7 + 15, 2019: 22 + 23 * 7 + 15}
VERSIONS = pytest.mark.parametrize("a_form", forms(), ids=lambda f: str(f.version))


def folded(label: Label) -> set[str]:
    return {fold(text) for text in (label.official, *label.usual, *label.deviating)}


def test_there_are_two_versions() -> None:
    assert [f.version for f in forms()] == [2021, 2019]


@VERSIONS
def test_the_form_is_whole(a_form: Form) -> None:
    assert [s.number for s in a_form.sections] == [1, 2, 3, 4, 5, 6]
    assert [s.label.ordinal for s in a_form.sections] == ["一、", "二、", "三、", "四、", "五、", "六、"]
    assert [s.table for s in a_form.sections] == [None, "disclosure", "applications", "review", None, None]
    assert {t.key: len(t.rows) for t in a_form.tables} == ROWS[a_form.version]
    assert sum(len(r.columns) for t in a_form.tables for r in t.rows) == CELLS[a_form.version]


@VERSIONS
def test_a_key_is_one_row_of_the_form(a_form: Form) -> None:
    keys = [row.key for table in a_form.tables for row in (*table.rows, *table.collapsed)]
    assert len(keys) == len(set(keys))


@VERSIONS
def test_a_label_leads_to_one_row_and_to_one_column(a_form: Form) -> None:
    for table in a_form.tables:
        assert_unique(row.label for row in (*table.rows, *table.collapsed))
        assert_unique(heading.label for heading in table.headings)
        for row in table.rows:
            assert_unique(column.label for column in row.columns)
    assert_unique(section.label for section in a_form.sections)


def assert_unique(labels: Iterable[Label]) -> None:
    seen: dict[str, str] = {}
    for label in labels:
        for text in folded(label):
            assert text not in seen, f"{label.official} and {seen.get(text)} are both called {text}"
            seen[text] = label.official


@VERSIONS
def test_no_wording_stands_twice_at_one_part(a_form: Form) -> None:
    parts: list[Section | Row | Heading | Column] = list(a_form.sections)
    for table in a_form.tables:
        parts += [*table.rows, *table.headings, *table.columns]
    for part in parts:
        written = (part.label.official, *part.label.usual, *part.label.deviating)
        assert len(written) == len(set(written)), part.label.official


@VERSIONS
def test_the_identities_cover_the_form(a_form: Form) -> None:
    applications, review = a_form.table("applications"), a_form.table("review")
    by_key = {i.key: i for i in a_form.identities}
    across = by_key["applications-row-sum"]
    assert across.along is Along.COLUMNS
    assert {*across.left, *across.right} == {c.iri for c in applications.columns}
    down = by_key["applications-column-sum"]
    outside = {row.iri for row in applications.rows if row.key in {"新收", "上年结转", "结转下年度"}}
    assert {*down.left, *down.right} == {
        r.iri for r in (*applications.rows, *applications.collapsed)
    } - outside
    balance = by_key["applications-balance"]
    assert {*balance.left, *balance.right} - {*down.right} == outside
    sums = [i for i in a_form.identities if i.table == "review"]
    assert {iri for i in sums for iri in i.rows} == {row.iri for row in review.rows}
    assert all({*i.left, *i.right} == {c.iri for c in review.columns} for i in sums)


def test_what_only_one_version_has() -> None:
    rows = {v: {r.key for t in form(v).tables for r in t.rows} for v in (2021, 2019)}
    assert rows[2021] - rows[2019] == {"逾期不补正", "逾期未缴费", "其他"}
    assert rows[2019] - rows[2021] == {"其他处理", "其他对外管理服务事项", "政府集中采购"}
