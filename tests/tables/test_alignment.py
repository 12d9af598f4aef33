"""Runs of numbers keep the form's order among its rows, and a run that could be two rows is neither."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.form import Row, form
from gongkai.parse import parse
from gongkai.tables.alignment import align
from gongkai.tables.labels import Fit
from gongkai.tables.pieces import NUMBER, TEXT, Piece
from gongkai.tables.runs import Hint, Run
from tests.papers import Paper, cells, document
from tests.render import LAYOUTS

TABLE = form(2021).table("applications")
WIDTH = len(TABLE.columns)
STEP = 100
"""Code points between a run and the next."""


def run(index: int, hints: Sequence[tuple[Row, bool]] = (), width: int = WIDTH) -> Run:
    """The run of a row's place in the document; hints are rows named before it, and whether next to it."""
    start = STEP * index
    values = [Piece(NUMBER, str(i), start + i, start + i + 1, index, None) for i in range(width)]
    found = tuple(
        Hint(
            row, Fit.OFFICIAL, Piece(TEXT, row.key, start - 20 + i, start - 19 + i, index, None), near, False
        )
        for i, (row, near) in enumerate(hints)
    )
    return Run(values, found)


def rows(*runs: Run) -> list[str | None]:
    return [a.row.key if a.row else None for a in align(runs, TABLE.rows)]


KEYS = [r.key for r in TABLE.rows]


@given(st.lists(st.integers(0, len(KEYS) - 1), unique=True, max_size=len(KEYS)).map(sorted))
@settings(max_examples=40, deadline=None)
def test_a_run_next_to_its_label_is_its_row(chosen: list[int]) -> None:
    assert rows(*(run(i, [(TABLE.rows[i], True)]) for i in chosen)) == [KEYS[i] for i in chosen]


@given(st.permutations(range(6)))
def test_labels_beside_runs_are_believed_in_any_order(order: list[int]) -> None:
    runs = [run(at, [(TABLE.rows[i], True)]) for at, i in enumerate(order)]
    assert rows(*runs) == [KEYS[i] for i in order]


@given(
    st.lists(
        st.tuples(
            st.lists(st.tuples(st.integers(0, len(KEYS) - 1), st.booleans()), max_size=3),
            st.sampled_from([1, WIDTH - 1, WIDTH]),
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=60, deadline=None)
def test_whatever_the_labels_say_no_row_comes_twice(
    given_runs: list[tuple[list[tuple[int, bool]], int]],
) -> None:
    runs = [
        run(at, [(TABLE.rows[i], near) for i, near in hints], width)
        for at, (hints, width) in enumerate(given_runs)
    ]
    aligned = align(runs, TABLE.rows)
    given_cells = [c for r in runs for c in r.cells]
    assert [c for a in aligned for c in a.run.cells] == given_cells
    found = [TABLE.rows.index(a.row) for a in aligned if a.row is not None]
    assert len(found) == len(set(found))
    if any(len(r.hints) != 1 or not r.hints[0].near for r in runs):
        assert found == sorted(found)


def test_labels_torn_from_their_runs_are_matched_by_order() -> None:
    first, second, third = TABLE.rows[4:7]
    hints = [(first, False), (second, False), (third, True)]
    assert rows(run(1, hints), run(2), run(3)) == [r.key for r in (first, second, third)]


def test_too_few_runs_for_the_labels_before_them_are_none_of_the_rows() -> None:
    first, second, third = TABLE.rows[4:7]
    hints = [(first, False), (second, False), (third, True)]
    assert set(rows(run(1, hints), run(2))) != {first.key, second.key}
    assert None in rows(run(1, hints), run(2))


def test_a_lone_number_between_rows_is_left_out() -> None:
    runs = [run(i, [(row, True)]) for i, row in enumerate(TABLE.rows)]
    runs.insert(7, run(7, (), 1))
    assert rows(*runs) == [*KEYS[:7], None, *KEYS[7:]]


def test_a_row_that_a_page_interrupts_is_one_again() -> None:
    runs = [run(i, [(row, True)]) for i, row in enumerate(TABLE.rows)]
    head, tail = Run(runs[5].cells[:3], runs[5].hints), Run(runs[5].cells[3:], ())
    aligned = align([*runs[:5], head, tail, *runs[6:]], TABLE.rows)
    assert [a.row.key for a in aligned if a.row] == KEYS
    assert aligned[5].run.cells == runs[5].cells


def test_several_rows_in_one_run_are_told_apart() -> None:
    cells = run(1).cells + run(2).cells + run(3).cells
    first, second, third = TABLE.rows[4:7]
    hints = run(1, [(first, False), (second, False), (third, True)]).hints
    assert rows(Run(cells, hints)) == [first.key, second.key, third.key]


@pytest.mark.parametrize("layout", [name for name, layout in LAYOUTS.items() if layout.kind != "html"])
def test_no_beginning_of_a_report_has_another_number_in_a_cell(layout: str) -> None:
    """Wherever a document breaks off, what is read of it is what the whole says."""
    paper = Paper(layout=layout)
    whole, lines = paper.cells(), paper.text().split("\n")
    region = next(t.region for t in paper.parsed().tables if t.key == "applications")
    first, last = (paper.document().text.count("\n", 0, at) for at in (region.start, region.end))
    for end in range(first + 1, last + 1, max(1, (last - first) // 12)):
        found = cells(parse(document("\n".join(lines[:end]) + "\n")))
        assert not {k: (v, whole.get(k)) for k, v in found.items() if v is not None and v != whole.get(k)}, (
            end
        )


def test_a_row_that_the_form_does_not_have_is_none_of_its_rows() -> None:
    first, second = form(2019).table("disclosure").rows[1:3]
    named = [run(0, [(first, True)], 3), run(2, [(second, True)], 3)]
    other = Run(run(1, (), 3).cells, (), other=True)
    aligned = align([named[0], other, named[1]], form(2019).table("disclosure").rows)
    assert [a.row for a in aligned] == [first, None, second]
