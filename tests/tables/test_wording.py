"""A label that a layout tears is sound; one with a character lost, doubled or replaced is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.folding import fold
from gongkai.form import Column, Row, Table, form, forms
from tests.papers import Paper, cells, doubts, relabelled
from tests.render import ARRANGEMENTS, CHANGES, LAYOUTS, PRINTERS, Sheet
from tests.render.grid import column_label

YEARS = {2021: 2023, 2019: 2020}
FOREIGN = "龘"
"""A character that no label has."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A label as the form prints it, and what it names."""

    version: int
    table: Table
    part: Row | Column

    @property
    def text(self) -> str:
        return column_label(self.part) if isinstance(self.part, Column) else self.part.label.printed

    @property
    def places(self) -> list[int]:
        """Where it may be damaged: anywhere but in its number and its unit, punctuation left out."""
        begin = self.text.index(self.part.label.official)
        return [i for i, c in enumerate(self.text) if begin <= i and fold(c)][: len(self.part.label.official)]

    def read(self, wording: str, layout: str) -> tuple[list[tuple[str, str]], bool]:
        """The doubts of a report with another label in its place, and whether all values are read as printed."""
        change = relabelled(self.table.key, self.text, wording)
        paper = Paper(layout=layout, version=self.version, year=YEARS[self.version], change=change)
        report = paper.parsed()
        found = cells(report)
        return doubts(report), all(found.get(k) == v for k, v in paper.cells().items())


def labels() -> Iterator[Printed]:
    """Every label of four characters or more."""
    for a_form in forms():
        for table in a_form.tables:
            parts: tuple[Row | Column, ...] = (*table.rows, *table.columns)
            for part in parts:
                if len(fold(part.label.official)) >= 4:
                    yield Printed(a_form.version, table, part)


LABELS = list(labels())
DAMAGES = {
    "lost": lambda text, i: text[:i] + text[i + 1 :],
    "doubled": lambda text, i: text[:i] + text[i] + text[i:],
    "replaced": lambda text, i: text[:i] + FOREIGN + text[i + 1 :],
}


def known(label: Printed) -> set[str]:
    """The wordings that are no fault, folded, with and without the number before them."""
    words = (label.part.label.official, *label.part.label.usual)
    return {fold(text) for w in words for text in (w, label.part.label.ordinal + w)}


@pytest.mark.parametrize("layout", ["cell-a-line", "tabs", "html"])
@pytest.mark.parametrize("damage", DAMAGES)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_a_damaged_label_is_found_and_its_numbers_are_read(
    damage: str, layout: str, data: st.DataObject
) -> None:
    label = data.draw(st.sampled_from(LABELS))
    damaged = DAMAGES[damage](label.text, data.draw(st.sampled_from(label.places)))
    if fold(damaged) not in known(label):
        assert label.read(damaged, layout) == ([("table-label", label.part.key)], True)


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["cell-a-line", "tabs", "html"])
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("label", LABELS, ids=lambda p: f"{p.version}-{p.part.key}")
def test_every_damage_to_every_label_is_found(label: Printed, damage: str, layout: str) -> None:
    for place in label.places:
        damaged = DAMAGES[damage](label.text, place)
        if fold(damaged) not in known(label):
            assert label.read(damaged, layout) == ([("table-label", label.part.key)], True), damaged


@pytest.mark.parametrize("version", YEARS)
@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=3, deadline=None)
@given(data=st.data())
def test_no_undamaged_rendering_deviates(layout: str, version: int, data: st.DataObject) -> None:
    change = data.draw(st.sampled_from(sorted(CHANGES)))
    if (layout, change) == ("vertical-labels", "without-ordinals"):
        change = "unchanged"  # there 无 alone on a line is a blank as well
    paper = Paper(
        layout=layout,
        version=version,
        year=YEARS[version],
        change=CHANGES[change],
        printer=data.draw(st.sampled_from(sorted(PRINTERS))),
        arrangement=ARRANGEMENTS[data.draw(st.sampled_from(sorted(ARRANGEMENTS)))],
    )
    assert doubts(paper.parsed()) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_other_handling_as_one_row_is_a_doubt_of_its_own(layout: str) -> None:
    paper = Paper(layout=layout, collapse=True)
    assert doubts(paper.parsed()) == [("collapsed", "其他处理")]


@pytest.mark.parametrize("layout", ["cell-a-line", "tabs", "html"])
@pytest.mark.parametrize(
    "wording", [w for t in form(2021).tables for r in t.rows for w in r.label.deviating if r.key != "总计"]
)
def test_wordings_that_are_known_to_deviate_are_told(wording: str, layout: str) -> None:
    row = next(r for t in form(2021).tables for r in t.rows if wording in r.label.deviating)
    table = next(t for t in form(2021).tables if row in t.rows)
    label = Printed(2021, table, row)
    assert label.read(row.label.ordinal + wording, layout) == ([("table-label", row.key)], True)


@pytest.mark.parametrize("layout", ["cell-a-line", "tabs", "html"])
@pytest.mark.parametrize("table", ["applications", "review"])
def test_a_column_by_another_name_is_told(table: str, layout: str) -> None:
    known = form(2021).table(table)
    for column in known.columns:
        if len(column.label.official) >= 4:
            read, _ = Printed(2021, known, column).read(FOREIGN * 4, layout)
            assert read == [("table-label", column.key)]


@pytest.mark.parametrize("layout", ["cell-a-line", "tabs", "html"])
def test_usual_wordings_are_no_deviation(layout: str) -> None:
    assert form(2021).table("disclosure").row("行政规范性文件").label.usual
    for table in form(2021).tables:
        for row in table.rows:
            for wording in row.label.usual:
                label = Printed(2021, table, row)
                assert label.read(row.label.ordinal + wording, layout) == ([], True), wording


def every(sheet: Sheet, words: str, instead: str) -> Sheet:
    """Sets other words in place of some in every label."""
    boxes = (b if b.of else replace(b, text=b.text.replace(words, instead)) for b in sheet.boxes)
    return replace(sheet, boxes=tuple(boxes))


def test_a_row_without_its_label_is_told_and_one_without_numbers_is_blank() -> None:
    def bare(sheet: Sheet) -> Sheet:
        boxes = (b for b in sheet.boxes if b.of is None or b.of[0] != "过程性信息")
        return replace(sheet, boxes=tuple(boxes))

    unnamed = relabelled("applications", "6.属于四类过程性信息", "")
    assert doubts(Paper(layout="tabs", change=bare).parsed()) == []
    assert doubts(Paper(layout="tabs", change=unnamed).parsed()) == [("table-label", "过程性信息")]
    neither = Paper(layout="tabs", change=lambda sheet: unnamed(bare(sheet))).parsed()
    assert doubts(neither) == [("table-label", "过程性信息")]


@pytest.mark.parametrize("layout", ["cell-a-line", "tabs", "html"])
@pytest.mark.parametrize(
    ("wording", "seen"), [("二、上年接转申请数", "二、上年接转申请数"), (FOREIGN * 6, "")]
)
def test_what_is_printed_instead_of_a_lost_label_is_told_where_it_is_like_it(
    wording: str, seen: str, layout: str
) -> None:
    change = relabelled("applications", "二、上年结转政府信息公开申请数量", wording)
    (doubt,) = Paper(layout=layout, change=change).parsed().doubts
    assert (doubt.where, doubt.printed) == ("上年结转", seen)


@pytest.mark.parametrize("layout", ["cell-a-line", "tabs", "html"])
def test_a_sum_called_otherwise_is_read_and_told(layout: str) -> None:
    paper = Paper(layout=layout, change=lambda sheet: every(sheet, "总计", "合计"))
    report = paper.parsed()
    assert {aspect for aspect, _ in doubts(report)} == {"table-label"}
    assert {k: v for k, v in cells(report).items() if k in paper.cells()} == paper.cells()
