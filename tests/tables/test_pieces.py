"""Texts, numbers, marks and blanks, whatever separates them; and every piece stands where it says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.document import Document
from gongkai.form import measure_words
from gongkai.numbers import parse_cell
from gongkai.parse import parse
from gongkai.tables import pieces as reading
from gongkai.tables.pieces import BLANK, MARK, NUMBER, TEXT, PieceKind, is_prose, kind_of, pieces
from tests.papers import Paper, cells, document
from tests.render import LAYOUTS, PRINTERS

LINES = st.lists(st.text("总计规章 　\t|｜12,.-/—无（）件。，", max_size=24), max_size=6).map("\n".join)


def found(text: str) -> list[tuple[PieceKind, str]]:
    return [(PieceKind(p.kind), p.text) for p in pieces(document(text))]


def assert_placed(a_document: Document) -> None:
    at = 0
    for piece in pieces(a_document):
        assert a_document[piece.span] == piece.text
        assert piece.text == piece.text.strip()
        assert piece.start >= at
        at = piece.end


@given(LINES.filter(str.strip))
@settings(max_examples=150)
def test_every_piece_stands_where_it_says_and_in_order(text: str) -> None:
    assert_placed(document(text))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_pieces_of_a_report_stand_where_they_say(layout: str) -> None:
    assert_placed(Paper(layout=layout).document())


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("printer", [p for p in PRINTERS if p not in {"slash", "dash", "none"}])
def test_every_printed_number_is_a_piece(layout: str, printer: str) -> None:
    paper = Paper(layout=layout, printer=printer)
    printed = [b.text for sheet in paper.sheets() for b in sheet.boxes if b.of]
    numbers = [p.text for p in pieces(paper.document()) if p.kind is NUMBER]
    assert [n for n in numbers if n in set(printed)] == printed


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (
            NUMBER,
            [
                "0",
                "12",
                "１２",
                "1,234",
                "1，234",
                "-3",
                "－3",
                "−3",
                "+2",
                "减3",
                "增加12",
                "0.37",
                "０．３７",
            ],
        ),
        (NUMBER, ["3件", "3 件", "12万元", "0.5 万元", "98%", "4（含上年1件）", "7(注)", ",3"]),
        (NUMBER, ["三件", "十二", "零", "〇", "一百零五件", "一件", "二十"]),
        (MARK, ["/", "／", "—", "——", "-", "--", "无", "空", "－"]),
        (BLANK, [""]),
        (
            TEXT,
            [
                "总计",
                "1.属于国家秘密",
                "一",
                "三",
                "二、",
                "（一）",
                "第3项",
                "3/4",
                "约3",
                "无关",
                "2024年",
                "1.2.3",
                "十条",
            ],
        ),
    ],
)
def test_the_kind_of_a_cell(kind: PieceKind, texts: list[str]) -> None:
    assert {text: kind_of(text) for text in texts} == dict.fromkeys(texts, kind)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("规章\t1\t\t3", [(TEXT, "规章"), (NUMBER, "1"), (BLANK, ""), (NUMBER, "3")]),
        ("规章 | 1 | 2 |", [(TEXT, "规章"), (NUMBER, "1"), (NUMBER, "2")]),
        ("| 规章 | 1 | 2 |", [(TEXT, "规章"), (NUMBER, "1"), (NUMBER, "2")]),
        ("｜规章｜1｜ ｜", [(TEXT, "规章"), (NUMBER, "1"), (BLANK, "")]),
        ("规章 1 2", [(TEXT, "规章"), (NUMBER, "1"), (NUMBER, "2")]),
        ("一、本年新收 3 / 0", [(TEXT, "一、本年新收"), (NUMBER, "3"), (MARK, "/"), (NUMBER, "0")]),
        ("3 4 5", [(NUMBER, "3"), (NUMBER, "4"), (NUMBER, "5")]),
        ("自然人 商业企业", [(TEXT, "自然人 商业企业")]),
        ("规章 3 件", [(TEXT, "规章 3 件")]),
        ("|", []),
        ("|||", []),
    ],
)
def test_what_a_line_is_divided_into(line: str, expected: list[tuple[PieceKind, str]]) -> None:
    assert found(line) == expected


@pytest.mark.parametrize(
    "line", ["| --- | --- |", "|:---|---:|", "——————", "═══════".replace("═", "="), "_ _ _ _ _"]
)
def test_a_rule_is_nothing(line: str) -> None:
    assert found(f"规章\n{line}\n1") == [(TEXT, "规章"), (NUMBER, "1")]


@pytest.mark.parametrize("folio", ["- 3 -", "— 12 —", "第 3 页", "第3页 共9页", "Page 4", "·5·"])
def test_the_number_of_a_page_is_nothing(folio: str) -> None:
    assert found(f"规章\n{folio}\n1") == [(TEXT, "规章"), (NUMBER, "1")]


def test_prose_stays_whole() -> None:
    prose = "本馆全年受理申请12件，无一逾期，" * 4 + "无结转。"
    assert is_prose(prose)
    assert found(prose) == [(TEXT, prose)]
    assert not is_prose("总计" * 40)


def test_a_mark_in_a_label_set_vertically_is_text() -> None:
    assert found("法\n无\n据") == [(TEXT, "法"), (TEXT, "无"), (TEXT, "据")]
    assert found("规章\n无\n3") == [(TEXT, "规章"), (MARK, "无"), (NUMBER, "3")]


def test_cells_of_a_grid_know_their_line_and_column() -> None:
    a_document = Paper(layout="html").document()
    first = [p for p in pieces(a_document) if p.text in {"规章", "1", "2", "3"}][:4]
    assert [(p.text, p.column) for p in first] == [("规章", 0), ("1", 1), ("2", 2), ("3", 3)]
    assert len({p.line for p in first}) == 1


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1<br>2", (NUMBER, "1<br>2")),
        ("3&nbsp;5", (NUMBER, "3&nbsp;5")),
        ("5<br>", (NUMBER, "5")),
        ("&nbsp;5<br/>件", (NUMBER, "5件")),
        ("—<br>—", (MARK, "——")),
        ("&nbsp;", (BLANK, "")),
        ("总<br>计", (TEXT, "总计")),
    ],
)
def test_what_a_break_parts_stays_as_printed(cell: str, expected: tuple[PieceKind, str]) -> None:
    assert found(f"| 规章 | {cell} | 3 |") == [(TEXT, "规章"), expected, (NUMBER, "3")]


@pytest.mark.parametrize("cell", ["1<br>2", "1&nbsp;2"])
def test_two_numbers_in_a_cell_are_none(cell: str) -> None:
    text = Paper(layout="markdown").text().replace("| 规章 | 1 |", f"| 规章 | {cell} |")
    report = parse(document(text, "report.md"))
    assert cells(report)["规章", "made"] is None
    assert cells(report)["规章", "repealed"] == 2


def test_a_part_of_a_document_gives_its_own_pieces() -> None:
    a_document = Paper(layout="tabs").document()
    whole = pieces(a_document)
    block = a_document.blocks[5]
    assert [p.text for p in pieces(a_document, block.span)] == [
        p.text for p in whole if block.span.covers(p.span)
    ]


@pytest.mark.parametrize("word", sorted(measure_words()))
def test_a_cell_may_print_any_measure_word_that_its_number_is_read_with(word: str) -> None:
    assert kind_of(f"3{word}") is NUMBER
    assert parse_cell(f"3{word}", "件", measure_words()) == 3


def test_bars_that_fill_up_a_row_are_no_cells() -> None:
    assert found("二、上年结转政府信息公开申请数量 | 0 | ||||||||")[1:] == [(NUMBER, "0")]
    assert [kind for kind, _ in found("二、上年结转政府信息公开申请数量 | 0 | | | |")[1:]] == [
        NUMBER,
        *[BLANK] * 3,
    ]


def test_a_bar_alone_closes_the_cell_before_it_or_an_empty_one() -> None:
    closing = "规章 |\n|\n1 |\n6 |"
    assert found(closing) == [(TEXT, "规章"), (BLANK, ""), (NUMBER, "1"), (NUMBER, "6")]
    alone = "规章\n|\n0\n|\n1\n|\n6\n|"
    assert found(alone) == [(TEXT, "规章"), (NUMBER, "0"), (NUMBER, "1"), (NUMBER, "6")]


def test_a_measure_word_may_have_several_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "measure_words", lambda: frozenset({"人次", "条"}))
    reading._number.cache_clear()
    found = [kind_of(text) for text in ("3人次", "三人次", "3人", "3条", "三条")]
    reading._number.cache_clear()
    assert found == [NUMBER, NUMBER, TEXT, NUMBER, TEXT]
