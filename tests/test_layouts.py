"""Any table of valid numbers, in any layout, comes back cell for cell; a blank never comes back as a number."""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gongkai.folding import fold
from gongkai.form import Label, Table, form
from gongkai.parse import parse
from gongkai.readers import read_bytes
from gongkai.report import Aspect, Report
from tests.render import ARRANGEMENTS, CHANGES, LAYOUTS, PRINTERS, Values, report, sheets
from tests.render.changes import relabelled
from tests.render.strategies import arbitrary, balanced, with_blanks

PRINTED = [name for name in PRINTERS if name not in {"slash", "dash", "none"}]
MARKS = ["slash", "dash", "none"]
YEARS = {2021: 2023, 2019: 2020}

EXAMPLES = int(os.environ.get("GONGKAI_EXAMPLES", "5"))
"""How many tables to try in each layout; set it to 100 after work on the reading of tables."""

STRAIGHT = ("cell-a-line", "tabs", "bar-a-line", "markdown", "html", "pasted-html")
"""Layouts that leave labels whole, so that what is wrong with one can be told."""

quick = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(version: int, values: Values, layout: str, **how: str) -> Report:
    """What is read of values rendered into a layout."""
    a_form = form(version)
    printed = sheets(
        a_form,
        values,
        PRINTERS[how.get("printer", "plain")],
        collapse="其他处理" in values and version == 2021,
    )
    changed = map(CHANGES[how.get("change", "unchanged")], printed)
    arrangement = ARRANGEMENTS[how.get("arrangement", "in-order")]
    data = report(a_form, changed, LAYOUTS[layout], YEARS[version], arrangement)
    return parse(read_bytes(data, f"rendered-{layout}"))


def cells(values: Values) -> dict[tuple[str, int], Decimal | None]:
    return {(key, i): value for key, row in values.items() for i, value in enumerate(row)}


def found(a_report: Report) -> dict[tuple[str, int], Decimal | None]:
    return {
        (row.key, i): figure.value
        for table in a_report.tables
        for row, figures in table.rows()
        for i, figure in enumerate(figures)
    }


def assert_same(values: Values, a_report: Report) -> None:
    wanted, got = cells(values), found(a_report)
    differing = {k: (v, got.get(k)) for k, v in wanted.items() if got.get(k) != v}
    assert not differing, "wanted, got"
    assert not {k for k, v in got.items() if k not in wanted and v is not None}


def assert_nothing_invented(values: Values, a_report: Report) -> None:
    wanted = cells(values)
    invented = {k: (v, wanted[k]) for k, v in found(a_report).items() if v is not None and v != wanted[k]}
    assert not invented


@pytest.mark.parametrize("version", YEARS)
@pytest.mark.parametrize("layout", LAYOUTS)
class TestWholeTables:
    @quick
    @given(data=st.data())
    def test_balanced(self, version: int, layout: str, data: st.DataObject) -> None:
        values = data.draw(balanced(form(version)))
        a_report = read(version, values, layout)
        assert a_report.form.version == version
        assert_same(values, a_report)

    @quick
    @given(data=st.data())
    def test_sums_that_do_not_hold(self, version: int, layout: str, data: st.DataObject) -> None:
        values = data.draw(arbitrary(form(version)))
        assert_same(values, read(version, values, layout))

    @quick
    @given(data=st.data())
    def test_blanks(self, version: int, layout: str, data: st.DataObject) -> None:
        values = data.draw(balanced(form(version)).flatmap(with_blanks))
        a_report = read(version, values, layout)
        assert_nothing_invented(values, a_report)
        if LAYOUTS[layout].traced:
            assert_same(values, a_report)

    @quick
    @given(data=st.data(), mark=st.sampled_from(MARKS))
    def test_marks(self, version: int, layout: str, data: st.DataObject, mark: str) -> None:
        values = data.draw(balanced(form(version)).flatmap(with_blanks))
        assert_same(values, read(version, values, layout, printer=mark))


@pytest.mark.parametrize("layout", LAYOUTS)
class TestVariants:
    @quick
    @given(data=st.data(), printer=st.sampled_from(PRINTED))
    def test_printing(self, layout: str, data: st.DataObject, printer: str) -> None:
        version = data.draw(st.sampled_from(list(YEARS)))
        values = data.draw(balanced(form(version)))
        assert_same(values, read(version, values, layout, printer=printer))

    @quick
    @given(data=st.data(), change=st.sampled_from(list(CHANGES)))
    def test_labels(self, layout: str, data: st.DataObject, change: str) -> None:
        version = data.draw(st.sampled_from(list(YEARS)))
        assume(
            (layout, change) != ("vertical-labels", "without-ordinals")
        )  # 无 alone on a line is a blank as well
        values = data.draw(balanced(form(version)))
        assert_same(values, read(version, values, layout, change=change))

    @quick
    @given(data=st.data(), arrangement=st.sampled_from(list(ARRANGEMENTS)))
    def test_arrangement(self, layout: str, data: st.DataObject, arrangement: str) -> None:
        values = data.draw(balanced(form(2021)))
        a_report = read(2021, values, layout, arrangement=arrangement)
        assert_same(values, a_report)
        assert [s.section.number for s in a_report.sections] == [1, 2, 3, 4, 5, 6]

    @quick
    @given(data=st.data())
    def test_other_handling_as_one_row(self, layout: str, data: st.DataObject) -> None:
        values = data.draw(balanced(form(2021), collapse=True))
        assert_same(values, read(2021, values, layout))


def labels_of(table: Table) -> list[Label]:
    rows = [row.label for row in table.rows]
    columns = [column.label for column in table.columns]
    return [*rows, *columns]


@st.composite
def misprints(draw: st.DrawFn) -> tuple[str, str]:
    """A label of a row or column, and what a misprint makes of it: a character lost, doubled or wrong."""
    tables = form(2021).tables
    labels = {label.official for t in tables for label in labels_of(t) if len(label.official) >= 6}
    label = draw(st.sampled_from(sorted(labels)))
    at = draw(st.sampled_from([i for i, c in enumerate(label) if fold(c)]))
    instead = draw(st.sampled_from(["", label[at] * 2, "囗"]))
    return label, label[:at] + instead + label[at + 1 :]


@pytest.mark.parametrize("layout", LAYOUTS)
@quick
@given(data=st.data(), misprint=misprints())
def test_a_misprint_hides_no_number(layout: str, data: st.DataObject, misprint: tuple[str, str]) -> None:
    right, wrong = misprint
    values = data.draw(balanced(form(2021)))
    printed = sheets(form(2021), values)
    changed = [relabelled(s, lambda b: b.text.replace(right, wrong)) for s in printed]
    a_report = parse(read_bytes(report(form(2021), changed, LAYOUTS[layout], 2023), "misprint"))
    assert_same(values, a_report)
    usual = {
        fold(w) for t in form(2021).tables for label in labels_of(t) for w in (label.official, *label.usual)
    }
    told = len(wrong) >= len(right) or (wrong[:2], wrong[-2:]) == (right[:2], right[-2:])
    if (
        layout in STRAIGHT and told and fold(wrong) not in usual
    ):  # a label that lost its end looks like one that was cut
        assert Aspect.TABLE_LABEL in {d.aspect for d in a_report.doubts}


def test_the_values_are_read_as_printed() -> None:
    values: Mapping[str, tuple[Decimal | None, ...]] = {
        row.key: tuple(Decimal(i) for i in range(len(row.columns)))
        for t in form(2021).tables
        for row in t.rows
    }
    a_report = read(2021, values, "markdown", printer="full-width")
    table = a_report.table("applications")
    assert table is not None
    figure = table.figure("新收", "company")
    assert figure is not None
    assert (figure.printed, figure.value) == ("１", Decimal(1))
    assert figure.span is not None
    assert a_report.document[figure.span] == "１"
