"""Text and blocks of a document agree, whatever a reader writes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.document import CellText, Document, Heading, Paragraph, Place, Source, Span, Table, Writer

SOURCE = Source("a.txt", "text/plain", "0" * 64, 1)
WORDS = st.text("公开 \t\n12", max_size=6)
CELLS = st.lists(
    st.builds(CellText, WORDS, st.integers(0, 3), st.integers(0, 3), st.integers(1, 3), st.integers(1, 3)),
    max_size=8,
).map(lambda cells: sorted(cells, key=lambda c: (c.row, c.column)))
Writing = Callable[[Writer], None]
WRITINGS = st.lists(
    st.one_of(
        st.text("公开 12", max_size=6).map(lambda t: lambda w: w.heading(t)),
        st.text("公开 12", max_size=6).map(lambda t: lambda w: w.paragraph(t)),
        st.integers(0, 2).map(lambda n: lambda w: w.page(n)),
        CELLS.map(lambda c: lambda w: w.table(c)),
    ),
    max_size=6,
)


def written(*writings: Writing) -> Document:
    writer = Writer()
    for writing in writings:
        writing(writer)
    return writer.document(SOURCE)


@given(WRITINGS)
def test_blocks_follow_each_other_and_lie_in_the_text(writings: list[Writing]) -> None:
    document = written(*writings)
    at = 0
    for block in document.blocks:
        assert at <= block.span.start <= block.span.end <= len(document.text)
        at = block.span.end
        assert document.text[at] == "\n"


@given(CELLS)
def test_a_cell_says_what_the_reader_gave(given_cells: list[CellText]) -> None:
    document = written(lambda w: w.paragraph("前"), lambda w: w.table(given_cells))
    table = document.blocks[-1]
    assert isinstance(table, Table)
    texts = {(c.row, c.column): c.text for c in reversed(given_cells)}  # the first to claim a place keeps it
    for cell in table.cells():
        said = texts[cell.row, cell.column]
        assert document[cell.span] == said.replace("\t", " ").replace("\n", " ")
        assert table.span.covers(cell.span)


@given(CELLS)
def test_a_table_is_a_rectangle_and_gives_each_cell_once(given_cells: list[CellText]) -> None:
    table = written(lambda w: w.table(given_cells)).blocks[0]
    assert isinstance(table, Table)
    assert len({len(row) for row in table.rows}) <= 1
    cells = list(table.cells())
    assert len({(c.row, c.column) for c in cells}) == len(cells)
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if cell is not None:
                assert cell.row <= r < cell.row + cell.rowspan
                assert cell.column <= c < cell.column + cell.colspan


def test_a_merged_cell_stands_at_every_place_it_covers() -> None:
    cells = [CellText("总计", 0, 0, 2, 1), CellText("7", 0, 1), CellText("8", 1, 1)]
    table = written(lambda w: w.table(cells)).blocks[0]
    assert isinstance(table, Table)
    assert table.rows[0][0] is table.rows[1][0]
    assert [c.row for c in table.cells()] == [0, 0, 1]


def test_separators_inside_a_cell_become_spaces() -> None:
    document = written(lambda w: w.table([CellText("一\t二", 0, 0), CellText("三\n四", 0, 1)]))
    assert document.text == "一 二\t三 四\n"


def test_a_blank_paragraph_is_a_line_and_no_block() -> None:
    document = written(
        lambda w: w.heading("标题", 1), lambda w: w.paragraph(" "), lambda w: w.paragraph("正文")
    )
    assert document.text == "标题\n \n正文\n"
    assert document.blocks == (Heading(Span(0, 2), 1), Paragraph(Span(5, 7)))


@given(WRITINGS)
def test_a_place_is_page_and_line_as_a_person_counts(writings: list[Writing]) -> None:
    document = written(*writings)
    assume(list(document.pages) == sorted(document.pages))  # a reader meets its pages in order
    for offset in range(len(document.text)):
        pages = [p for p in document.pages if p <= offset]
        page_begin = max(pages, default=0)
        line_begin = document.text.rfind("\n", 0, page_begin) + 1  # a page may begin inside a line
        place = document.place(offset)
        assert place == Place(len(pages) or None, document.text.count("\n", line_begin, offset) + 1)


@given(WRITINGS, st.data())
def test_a_part_says_the_same_as_the_whole(writings: list[Writing], data: st.DataObject) -> None:
    document = written(*writings)
    bounds = sorted({0, len(document.text), *(b.span.start for b in document.blocks)})
    start = data.draw(st.sampled_from(bounds))
    end = data.draw(st.sampled_from([b for b in bounds if b >= start]))
    part = document.part(2, Span(start, end))
    inside = [b for b in document.blocks if Span(start, end).covers(b.span)]
    assert part.text == document.text[start:end]
    assert part.source.part == 2
    assert [type(b) for b in part.blocks] == [type(b) for b in inside]
    for own, whole in zip(part.blocks, inside, strict=True):
        assert part[own.span] == document[whole.span]
        if isinstance(own, Table) and isinstance(whole, Table):
            assert [part[c.span] for c in own.cells()] == [document[c.span] for c in whole.cells()]
            assert [[c is None for c in row] for row in own.rows] == [
                [c is None for c in row] for row in whole.rows
            ]


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (2, 1)])
def test_a_span_has_its_beginning_before_its_end(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@given(st.tuples(*[st.integers(0, 5)] * 4))
def test_spans_share_a_code_point_or_not(bounds: tuple[int, int, int, int]) -> None:
    a, b = Span(min(bounds[:2]), max(bounds[:2])), Span(min(bounds[2:]), max(bounds[2:]))
    points = set(range(a.start, a.end)), set(range(b.start, b.end))
    if points[0] and points[1]:
        assert a.overlaps(b) == bool(points[0] & points[1])
        assert a.covers(b) == (points[1] <= points[0])
