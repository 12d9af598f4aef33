"""A document that breaks off within a row: what is settled of it is given, and nothing is taken for more than it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.parse import parse
from gongkai.report import Blank, Report
from tests.papers import Paper, cells, document, doubts
from tests.render import LAYOUTS

ROWS = Paper().form.table("applications").rows
WIDTH = len(ROWS[0].columns)
SETTLED = ["trailing-bars", "bars", "bar-a-line", "compact-tabs", "spaces", "cell-a-line", "spaced-lines"]


def up_to(layout: str, key: str, count: int, closing: str = "") -> str:
    """A report that ends with so many numbers of a row."""
    paper = Paper(layout=layout)
    label = next(row for row in ROWS if row.key == key).label.printed
    values = [str(v) for v in paper.rows[key]]
    text = paper.text()
    at = text.index(label) + len(label)
    for value in values[:count]:
        at = text.index(value, at) + len(value)
    return text[:at] + closing


def row(report: Report, key: str) -> list[object]:
    found = cells(report)
    return [found[key, column.key] for column in ROWS[0].columns]


@pytest.mark.parametrize("layout", SETTLED)
def test_the_first_cells_are_given_and_the_last_number_is_not(layout: str) -> None:
    true = Paper().rows["内部事务信息"]
    report = parse(document(up_to(layout, "内部事务信息", 5)))
    assert row(report, "内部事务信息") == [*true[:4], None, None, None]
    assert {aspect for aspect, _ in doubts(report)} == {"cut-off"}
    table = report.table("applications")
    assert table is not None
    last = table.figure("内部事务信息", ROWS[0].columns[-1].key)
    assert last is not None
    assert last.blank is Blank.ABSENT


def test_a_number_that_a_bar_closes_is_whole() -> None:
    true = Paper().rows["内部事务信息"]
    report = parse(document(up_to("trailing-bars", "内部事务信息", 5, " |")))
    assert row(report, "内部事务信息") == [*true[:5], None, None]


def test_one_row_before_is_too_few_to_tell_that_none_is_left_out() -> None:
    report = parse(document(up_to("cell-a-line", "上年结转", 4)))
    assert row(report, "上年结转") == [None] * WIDTH


TEXTS = [name for name, layout in LAYOUTS.items() if layout.kind == "text"]


@pytest.mark.parametrize("layout", TEXTS)
@pytest.mark.parametrize("version", [2021, 2019])
@settings(max_examples=12, deadline=None)
@given(at=st.floats(0, 1))
def test_wherever_a_sound_report_breaks_off_nothing_is_made_of_it(
    layout: str, version: int, at: float
) -> None:
    paper = Paper(layout=layout, version=version)
    text = paper.text()
    begin, end = text.index("二、主动公开"), text.index("五、存在")
    report = parse(document(text[: begin + round(at * (end - begin))]))
    true = paper.cells()
    assert not {k: (v, true[k]) for k, v in cells(report).items() if v is not None and v != true[k]}
    assert not {aspect for aspect, _ in doubts(report)} & {"table-label", "section-order"}


def test_a_number_that_may_go_on_is_given_where_its_row_adds_up() -> None:
    text = up_to("spaces", "内部事务信息", WIDTH)
    total = Paper().rows["内部事务信息"][-1]
    assert row(parse(document(text)), "内部事务信息")[-1] == total
    short = row(parse(document(text[:-1])), "内部事务信息")
    assert total is not None
    assert total >= 10
    assert short[-1] is None


@pytest.mark.parametrize("layout", ["cell-a-line", "bars", "bar-a-line", "trailing-bars", "spaces"])
@settings(max_examples=20, deadline=None)
@given(
    blank=st.tuples(st.integers(2, len(ROWS) - 1), st.integers(0, WIDTH - 1)),
    end=st.tuples(st.integers(2, len(ROWS) - 1), st.integers(1, WIDTH - 1)),
)
def test_after_a_row_with_a_blank_nothing_is_settled(
    layout: str, blank: tuple[int, int], end: tuple[int, int]
) -> None:
    key = ROWS[blank[0]].key
    values = list(Paper().rows[key])
    paper = Paper(layout=layout, values={key: (*values[: blank[1]], None, *values[blank[1] + 1 :])})
    text = paper.text()
    label = ROWS[end[0]].label.printed
    cut = text.index(label) + len(label) + 3 * end[1]
    true = paper.cells()
    found = cells(parse(document(text[:cut])))
    applications = {k: v for k, v in found.items() if k in true and k[0] in {r.key for r in ROWS}}
    assert not {
        k: v for k, v in applications.items() if v is not None and v != true[k] and k[0] != ROWS[end[0]].key
    }
