"""Each cell has what is printed in it, or says why it has none; damage is placed by sums or not at all."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.parse import parse
from gongkai.report import Blank, Report
from tests.papers import Paper, cells, document, doubts
from tests.render import LAYOUTS, Sheet

LINES = ["cell-a-line", "spaced-lines", "spaces", "paged-lines"]
"""Layouts in which a cell that is lost leaves no trace."""


def without(sheet: Sheet, *lost: tuple[str, str]) -> Sheet:
    """The table with cells left out altogether."""
    return replace(sheet, boxes=tuple(b for b in sheet.boxes if b.of not in lost))


def doubled(sheet: Sheet, cell: tuple[str, str]) -> Sheet:
    """The table with a cell printed twice."""
    boxes = (copy for b in sheet.boxes for copy in (b, *((b,) if b.of == cell else ())))
    return replace(sheet, boxes=tuple(boxes))


def assert_nothing_invented(paper: Paper, report: Report) -> None:
    true = paper.cells()
    wrong = {k: (v, true[k]) for k, v in cells(report).items() if v is not None and v != true[k]}
    assert not wrong


def applications(report: Report) -> dict[tuple[str, str], Blank | None]:
    table = report.table("applications")
    assert table is not None
    return {(f.row.key, f.column.key): f.blank for f in table.figures}


REQUESTS = Paper().form.table("applications")
REVIEWS = Paper().form.table("review")
CELLS = [(r.key, c.key) for t in (REQUESTS, REVIEWS) for r in t.rows for c in t.columns]


@pytest.mark.parametrize("layout", LINES)
@given(lost=st.sets(st.sampled_from(CELLS), min_size=1, max_size=3))
@settings(max_examples=12, deadline=None)
def test_lost_cells_are_never_filled_with_others(layout: str, lost: set[tuple[str, str]]) -> None:
    paper = Paper(layout=layout, change=lambda sheet: without(sheet, *lost))
    report = paper.parsed()
    assert_nothing_invented(paper, report)
    found = cells(report)
    assert all(found[cell] is None for cell in lost)
    assert {aspect for aspect, _ in doubts(report)} <= {"misaligned", "placed-by-sums"}


@pytest.mark.parametrize("layout", LINES)
@given(cell=st.sampled_from(CELLS))
@settings(max_examples=8, deadline=None)
def test_a_number_too_many_moves_no_other(layout: str, cell: tuple[str, str]) -> None:
    paper = Paper(layout=layout, change=lambda sheet: doubled(sheet, cell))
    report = paper.parsed()
    assert_nothing_invented(paper, report)
    row = cell[0] if cell[0] in {r.key for r in REQUESTS.rows} else None
    where = f"applications/{row}" if row else "review"
    assert doubts(report) == [("misaligned", where)]
    others = {k: v for k, v in paper.cells().items() if k[0] != row and (row or k[0] not in CELLS_OF_REVIEW)}
    assert {k: v for k, v in cells(report).items() if k in others} == others


CELLS_OF_REVIEW = {r.key for r in REVIEWS.rows}


@pytest.mark.parametrize("layout", LINES)
def test_a_row_whose_sums_allow_one_way_is_placed(layout: str) -> None:
    lost = ("重复申请", "naturalPerson")
    paper = Paper(layout=layout, change=lambda sheet: without(sheet, lost))
    report = paper.parsed()
    assert doubts(report) == [("placed-by-sums", "applications/重复申请")]
    assert cells(report) == {**paper.cells(), lost: None}
    assert applications(report)[lost] == Blank.UNPLACED


@pytest.mark.parametrize("layout", LINES)
def test_a_row_whose_sums_do_not_hold_is_not_placed(layout: str) -> None:
    lost = ("重复申请", "naturalPerson")
    values = {"重复申请": tuple(map(Decimal, (5, 0, 7, 0, 0, 1, 99)))}
    report = Paper(layout=layout, values=values, change=lambda sheet: without(sheet, lost)).parsed()
    assert doubts(report) == [("misaligned", "applications/重复申请")]
    assert {v for (row, _), v in cells(report).items() if row == "重复申请"} == {None}


@pytest.mark.parametrize("layout", LINES)
def test_fourteen_of_fifteen_numbers_of_the_reviews(layout: str) -> None:
    lost = ("未经复议直接起诉", "pending")
    paper = Paper(layout=layout, change=lambda sheet: without(sheet, lost))
    report = paper.parsed()
    assert_nothing_invented(paper, report)
    assert doubts(report) == [("misaligned", "review")]
    found = cells(report)
    assert [found["行政复议", c.key] for c in REVIEWS.columns] == list(paper.rows["行政复议"])
    assert [found["复议后起诉", c.key] for c in REVIEWS.columns] == list(paper.rows["复议后起诉"])
    assert found[lost] is None


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("printer", "reason"), [("slash", "marked"), ("dash", "marked"), ("none", "marked")])
def test_a_mark_is_a_blank_that_says_so(layout: str, printer: str, reason: str) -> None:
    values = {"重复申请": (*map(Decimal, (1, 2)), None, *map(Decimal, (0, 0, 0, 3))), "行政许可": (None,)}
    paper = Paper(layout=layout, values=values, printer=printer)
    report = paper.parsed()
    assert applications(report)["重复申请", "researchInstitution"] == reason
    figure = next(f for t in report.tables for f in t.figures if f.row.key == "行政许可")
    assert figure.blank == reason
    assert figure.span is not None
    assert report.document[figure.span] == figure.printed
    assert cells(report) == paper.cells()


@pytest.mark.parametrize("layout", [name for name, layout in LAYOUTS.items() if layout.traced])
def test_an_empty_cell_is_empty_and_not_zero(layout: str) -> None:
    values = {"重复申请": (*map(Decimal, (1, 2)), None, *map(Decimal, (0, 0, 0, 3))), "规章": (None,) * 3}
    report = Paper(layout=layout, values=values).parsed()
    assert applications(report)["重复申请", "researchInstitution"] == Blank.EMPTY
    assert cells(report)["重复申请", "researchInstitution"] is None
    assert cells(report)["规章", "made"] is None


def test_a_word_in_a_cell_is_no_number() -> None:
    text = Paper(layout="html").text().replace("<td>656</td>", "<td>3.4.5</td>", 1)
    assert "3.4.5" in text

    report = parse(document(text, "a.html"))
    found = next(
        f for t in report.tables for f in t.figures if (f.row.key, f.column.key) == ("新收", "totalRequests")
    )
    assert found.value is None
    assert found.blank is not None


@pytest.mark.parametrize("blank", [False, True])
def test_digits_parted_by_blanks_are_one_number_and_said_to_be_split(blank: bool) -> None:
    text = Paper(layout="html").text().replace("<td>656</td>", "<td>6 56</td>", 1)
    if blank:  # as many numbers as the row has cells, though not one in each
        row = text.index("<td>6 56</td>")
        first = text.rindex("<tr", 0, row)
        at = text.index("<td>", first)
        while not text[at + 4].isdigit():
            at = text.index("<td>", at + 4)
        text = f"{text[: at + 4]}{text[text.index('</td>', at) :]}"

    report = parse(document(text, "a.html"))
    figures = {(f.row.key, f.column.key): f for t in report.tables for f in t.figures}
    split = figures["新收", "totalRequests"]
    assert (split.printed, split.value, split.blank) == ("6 56", Decimal(656), None)
    assert figures["新收", "naturalPerson"].value == (
        None if blank else Paper().cells()["新收", "naturalPerson"]
    )
    assert figures["新收", "otherOrganisation"].value == Paper().cells()["新收", "otherOrganisation"]
    assert doubts(report) == [("split-digits", "applications/新收")]


@pytest.mark.parametrize("layout", ["cell-a-line", "tabs", "html"])
@pytest.mark.parametrize(
    ("row", "values"),
    [("规章", (-3, 2, 5)), ("予以公开", (-1, 0, 0, 0, 0, 0, -1)), ("行政复议", (0, 0, -2, 0, -2))],
)
def test_published_numbers_are_kept_also_below_zero(layout: str, row: str, values: tuple[int, ...]) -> None:
    paper = Paper(layout=layout, values={row: tuple(map(Decimal, values))})
    report = paper.parsed()
    assert cells(report) == paper.cells()
    assert doubts(report) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_figures_stand_in_the_region_of_their_table(layout: str) -> None:
    report = Paper(layout=layout).parsed()
    for table in report.tables:
        for figure in table.figures:
            assert figure.span is not None
            assert table.region.covers(figure.span)
            assert report.document[figure.span] == figure.printed


@pytest.mark.parametrize("layout", ["cell-a-line", "tabs", "html", "spaces"])
def test_chinese_numerals_with_a_unit_are_numbers(layout: str) -> None:
    text = Paper(layout=layout).text()
    replaced = text.replace("656", "六百五十六件", 1)
    assert replaced != text

    report = parse(document(replaced, "a.html" if layout == "html" else "a.txt"))
    assert cells(report) == Paper().cells()
    assert doubts(report) == []


def test_numbers_before_their_labels_are_in_no_row() -> None:
    """Each could be the number of the label before it, too: none is guessed."""
    paper = Paper(layout="spaces")
    turned = re.sub(r"(?m)^(\D.*?)((?: \d+){7})$", r"\2\n\1", paper.text())
    report = parse(document(turned))
    whole = paper.cells()
    assert not {k for k, v in cells(report).items() if v is not None and v != whole[k]}
    assert ("misaligned", "applications") in {(d.aspect.value, d.where) for d in report.doubts}
