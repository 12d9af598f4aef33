"""The six sections are found under the headings that agencies give them, and by their content where a heading is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from gongkai.document import Source, Span, Writer
from gongkai.form import Form, form
from gongkai.parse import parse
from gongkai.report import Report
from tests.papers import Paper, doubts, headed
from tests.render import ARRANGEMENTS, LAYOUTS
from tests.render.report import PROSE, Arrangement

OFFICIAL = [s.label.official for s in form(2021).sections]
NUMERALS = "一二三四五六"
STYLES: dict[str, Callable[[int, str], str]] = {
    "as the form": lambda i, name: f"{NUMERALS[i]}、{name}",
    "in brackets": lambda i, name: f"（{NUMERALS[i]}）{name}",
    "in plain brackets": lambda i, name: f"({NUMERALS[i]}) {name}",
    "parts": lambda i, name: f"第{NUMERALS[i]}部分 {name}",
    "parts with a colon": lambda i, name: f"第{NUMERALS[i]}部分：{name}",
    "Arabic": lambda i, name: f"{i + 1}.{name}",
    "Arabic and a space": lambda i, name: f"{i + 1} {name}",
    "Arabic alone": lambda i, name: f"{i + 1}{name}",
    "numeral and a space": lambda i, name: f"{NUMERALS[i]} {name}",
    "colon behind": lambda i, name: f"{NUMERALS[i]}、{name}：",
    "Markdown": lambda i, name: f"## {NUMERALS[i]}、{name}",
    "bold Markdown": lambda i, name: f"**{NUMERALS[i]}、{name}**",
    "no number": lambda _, name: name,
    "indented": lambda i, name: f"　　{NUMERALS[i]}、{name}　",
    "spread": lambda i, name: f"{NUMERALS[i]}、 {' '.join(name)}",
}


def names(paper: Paper) -> list[tuple[int, str | None]]:
    report = paper.parsed()
    return [(s.section.number, report.document[s.heading] if s.heading else None) for s in report.sections]


def contents(report: Report) -> dict[int, str]:
    return {s.section.number: report.document[s.content].strip() for s in report.sections}


def assert_contents(report: Report, *, layout: str = "cell-a-line") -> None:
    """Every section holds its prose, or its table."""
    found = contents(report)
    for section in report.form.sections:
        if section.table is None:
            assert found[section.number] == PROSE[section.number]
        else:
            region = next(t.region for t in report.tables if t.key == section.table)
            content = next(s.content for s in report.sections if s.section == section)
            assert content.covers(region), layout


@pytest.mark.parametrize("layout", ["cell-a-line", "tabs", "html"])
@pytest.mark.parametrize("style", STYLES)
def test_headings_are_known_however_they_are_numbered(style: str, layout: str) -> None:
    headings = [STYLES[style](i, name) for i, name in enumerate(OFFICIAL)]
    paper = Paper(layout=layout, arrangement=headed(*headings))
    report = paper.parsed()
    found = [report.document[s.heading].strip("#* 　") for s in report.sections if s.heading]
    assert found == [h.strip("#* 　") for h in headings]
    assert doubts(report) == []
    assert_contents(report, layout=layout)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_each_section_holds_its_table_in_every_arrangement(arrangement: str, layout: str) -> None:
    report = Paper(layout=layout, arrangement=ARRANGEMENTS[arrangement]).parsed()
    assert [s.section.number for s in report.sections if s.heading] == [1, 2, 3, 4, 5, 6]
    for section in report.sections:
        for table in report.tables:
            holds = section.section.table == table.key and arrangement != "tables-after"
            assert section.content.overlaps(table.region) == holds


@pytest.mark.parametrize("wording", [w for s in form(2021).sections for w in s.label.usual])
def test_usual_wordings_are_headings(wording: str) -> None:
    number = next(s.number for s in form(2021).sections if wording in s.label.usual)
    headings = [f"{NUMERALS[i]}、{wording if i == number - 1 else n}" for i, n in enumerate(OFFICIAL)]
    found = dict(names(Paper(arrangement=headed(*headings))))
    assert found[number] == headings[number - 1]


def with_prose(number: int, text: str) -> Arrangement:
    """The form's order, with another text in a section of prose."""

    def arrangement(a_form: Form, tables: dict[str, str]) -> Iterator[tuple[int, str]]:
        for level, block in ARRANGEMENTS["in-order"](a_form, tables):
            yield level, text if block == PROSE[number] else block

    return arrangement


def after_title(*lines: str) -> Arrangement:
    """The form's order, with lines between the title and the first section."""

    def arrangement(a_form: Form, tables: dict[str, str]) -> Iterator[tuple[int, str]]:
        yield from ((0, line) for line in lines)
        yield from ARRANGEMENTS["in-order"](a_form, tables)

    return arrangement


def test_parts_of_a_section_are_no_sections() -> None:
    parts = "（一）主动公开情况\n更新办事指南。\n（二）依申请公开政府信息情况\n没有收到申请。\n（三）监督保障\n按月自查。"
    report = Paper(arrangement=with_prose(1, parts)).parsed()
    assert contents(report)[1] == parts
    assert doubts(report) == []


@pytest.mark.parametrize(
    "entry",
    [
        lambda n, h: f"{h}………………{n}",
        lambda n, h: f"{h}......{n}",
        lambda n, h: f"{h}\t{n}",
        lambda n, h: f"{h}    {n}",
        lambda _, h: h,
    ],
    ids=["dots", "full stops", "tab", "spaces", "no pages"],
)
@pytest.mark.parametrize("layout", ["cell-a-line", "tabs", "html"])
def test_a_table_of_contents_holds_no_section(entry: Callable[[int, str], str], layout: str) -> None:
    lines = ["目录", *(entry(n, f"{NUMERALS[n - 1]}、{h}") for n, h in enumerate(OFFICIAL, start=1))]
    report = Paper(layout=layout, arrangement=after_title(*lines)).parsed()
    assert doubts(report) == []
    assert_contents(report, layout=layout)
    assert all(s.heading for s in report.sections)


def test_what_only_the_table_of_contents_names_is_missing() -> None:
    lines = [f"{NUMERALS[n - 1]}、{h}……{n}" for n, h in enumerate(OFFICIAL, start=1)]

    def arrangement(a_form: Form, tables: dict[str, str]) -> Iterator[tuple[int, str]]:
        yield from ((0, line) for line in lines)
        blocks = list(ARRANGEMENTS["in-order"](a_form, tables))
        yield from (*blocks[:8], *blocks[10:])

    assert doubts(Paper(arrangement=arrangement).parsed()) == [("section-missing", "5")]


@pytest.mark.parametrize("mark", ["。", "：", "　", "  "])
def test_a_heading_may_have_its_text_on_the_same_line(mark: str) -> None:
    def arrangement(a_form: Form, tables: dict[str, str]) -> Iterator[tuple[int, str]]:
        for section in a_form.sections:
            if section.table:
                yield 0, f"{section.label.printed}\n{tables[section.table]}"
            else:
                yield 0, section.label.printed + mark + PROSE[section.number]

    report = Paper(arrangement=arrangement).parsed()
    assert [report.document[s.heading] for s in report.sections if s.heading] == [
        s.label.printed for s in report.form.sections
    ]
    assert doubts(report) == []
    assert {n: c.lstrip(mark) for n, c in contents(report).items() if n in PROSE} == PROSE


@pytest.mark.parametrize(
    ("number", "wording"),
    [
        (1, "一、总体倩况"),
        (2, "二、主动公开政府信息情"),
        (2, "二、主动公开公开政府信息情况"),
        (3, "三、收到和处理政府信息公开申请清况"),
        (4, "四、政府信息公开行政复议、行政诉松情况"),
        (5, "五、存在的主要问题及改进进情况"),
        (6, "六、其他需要报告的亊项"),
    ],
)
def test_a_misspelt_heading_is_still_one(number: int, wording: str) -> None:
    headings = [f"{NUMERALS[i]}、{wording[2:] if i == number - 1 else n}" for i, n in enumerate(OFFICIAL)]
    found = names(Paper(arrangement=headed(*headings)))
    assert found == list(enumerate(headings, start=1))


def test_a_line_like_the_headings_of_two_sections_heads_one() -> None:
    writer = Writer()
    writer.heading("二、政府信息主动公开情况")
    writer.paragraph("2018年，柳汀街道主动公开政府信息250条。")
    report = parse(writer.document(Source("made.txt", "text/plain", "0" * 64, 1)))
    assert [s.section.number for s in report.sections] == [2]


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6])
def test_content_without_its_heading_is_still_a_section(number: int) -> None:
    texts = {
        1: "本机关一年来围绕查档服务公开信息，办事指南随改随更，查档大厅与网站同步更新。",
        5: "存在的主要问题是目录更新滞后。今后每月核对。",
        6: "本年度没有收取信息处理费。",
    }

    def arrangement(a_form: Form, tables: dict[str, str]) -> Iterator[tuple[int, str]]:
        for section in a_form.sections:
            if section.number != number:
                yield 2, section.label.printed
            yield 0, tables[section.table] if section.table else texts[section.number]

    report = Paper(arrangement=arrangement).parsed()
    section = next(s for s in report.sections if s.section.number == number)
    assert section.heading is None
    assert doubts(report) == []
    if number in texts:
        assert report.document[section.content].strip() == texts[number]
    else:
        region = next(t.region for t in report.tables if t.key == section.section.table)
        assert section.content.covers(region)


@pytest.mark.parametrize("layout", ["cell-a-line", "tabs", "spaces", "markdown", "html"])
@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6])
def test_a_section_left_out_is_missing(number: int, layout: str) -> None:
    headings = [s.label.printed if s.number != number else "" for s in form(2021).sections]
    paper = Paper(layout=layout, arrangement=headed(*headings))
    report = paper.parsed()
    table = form(2021).sections[number - 1].table
    expected = [("section-missing", str(number))] + ([("table-missing", table)] if table else [])
    assert doubts(report) == expected
    assert [s.section.number for s in report.sections] == [n for n in range(1, 7) if n != number]


def test_sections_out_of_order_are_told() -> None:
    def arrangement(a_form: Form, tables: dict[str, str]) -> Iterator[tuple[int, str]]:
        blocks = list(ARRANGEMENTS["in-order"](a_form, tables))
        yield from (*blocks[:2], *blocks[4:6], *blocks[2:4], *blocks[6:])

    report = Paper(arrangement=arrangement).parsed()
    assert [s.section.number for s in report.sections] == [1, 3, 2, 4, 5, 6]
    assert [a for a, _ in doubts(report)] == ["section-order"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_sections_do_not_overlap_and_leave_nothing_out(layout: str) -> None:
    report = Paper(layout=layout).parsed()

    for section, following in pairwise(report.sections):
        assert section.heading
        assert following.heading
        assert section.heading.end <= section.content.start <= section.content.end <= following.heading.start
        between = (
            Span(section.content.end, following.heading.start),
            Span(section.heading.end, section.content.start),
        )
        assert all(set(report.document[span]) <= set("# ") for span in between)
    assert report.sections[-1].content.end == len(report.document.text)
