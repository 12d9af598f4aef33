"""A whole report: nothing in doubt where it is sound, each fault told where it is not, and strangers refused."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from gongkai.errors import NotAReportError
from gongkai.form import form
from gongkai.parse import parse
from gongkai.readers import read, read_bytes
from gongkai.report import Aspect
from tests.papers import Paper, cells, document, doubts, headed
from tests.render import ARRANGEMENTS, CHANGES, LAYOUTS, sheets
from tests.shared import SHARED, needs_shared

VERSIONS = {2021: 2023, 2019: 2020}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_a_sound_report_is_whole_and_in_no_doubt(layout: str, version: int, arrangement: str) -> None:
    paper = Paper(
        layout=layout, version=version, year=VERSIONS[version], arrangement=ARRANGEMENTS[arrangement]
    )
    report = paper.parsed()
    assert report.doubts == ()
    assert not report.excerpt
    assert report.form == form(version)
    assert report.title is not None
    assert report.title.span is not None
    assert report.document[report.title.span] == report.title.value
    assert report.year is not None
    assert report.year.value == VERSIONS[version]
    assert report.agency is not None
    assert report.agency.value.name == "澜望市档案局"
    assert [t.key for t in report.tables] == ["disclosure", "applications", "review"]
    assert [s.section.number for s in report.sections] == [1, 2, 3, 4, 5, 6]
    assert cells(report) == paper.cells()


@pytest.mark.parametrize("layout", ["cell-a-line", "tabs", "html", "markdown"])
@pytest.mark.parametrize("change", CHANGES)
def test_what_agencies_do_to_labels_is_no_doubt(layout: str, change: str) -> None:
    paper = Paper(layout=layout, change=CHANGES[change])
    report = paper.parsed()
    assert doubts(report) == []
    assert cells(report) == paper.cells()


@pytest.mark.parametrize("layout", ["cell-a-line", "tabs", "spaces", "markdown"])
def test_a_report_without_its_title_is_told(layout: str) -> None:
    text = Paper(layout=layout).text().partition("\n")[2]
    report = parse(document(text))
    assert doubts(report) == [("title-missing", "")]
    assert [t.key for t in report.tables] == ["disclosure", "applications", "review"]


@pytest.mark.parametrize("key", ["disclosure", "applications", "review"])
@pytest.mark.parametrize("layout", ["cell-a-line", "tabs", "html"])
def test_a_section_without_its_table_is_told(layout: str, key: str) -> None:
    paper = Paper(layout=layout)
    sheets = {s.key: LAYOUTS[layout].set(s) for s in paper.sheets()}
    text = paper.text()
    assert sheets[key] in text
    note = "<p>详见附件。</p>" if layout == "html" else "详见附件。"
    report = parse(document(text.replace(sheets[key], note), "a.html" if layout == "html" else "a.txt"))
    assert doubts(report) == [("table-missing", key)]
    assert report.table(key) is None
    assert {k: v for k, v in paper.cells().items() if k in cells(report)} == cells(report)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_other_handling_as_one_row_on_the_form_of_2021(layout: str) -> None:
    paper = Paper(layout=layout, collapse=True)
    report = paper.parsed()
    assert doubts(report) == [("collapsed", "其他处理")]
    assert report.form == form(2021)
    assert cells(report) == paper.cells()


@pytest.mark.parametrize("layout", ["cell-a-line", "tabs", "html"])
def test_two_faults_are_two_doubts(layout: str) -> None:
    headings = [s.label.printed if s.number != 6 else "" for s in form(2021).sections]
    report = Paper(layout=layout, collapse=True, arrangement=headed(*headings)).parsed()
    assert doubts(report) == [("section-missing", "6"), ("collapsed", "其他处理")]


@pytest.mark.parametrize(
    "layout", [n for n, layout in LAYOUTS.items() if layout.kind == "text" and n != "vertical-heads"]
)
def test_a_report_that_breaks_off_in_a_table_is_told_wherever_it_does(layout: str) -> None:
    paper = Paper(layout=layout)
    whole, lines = paper.parsed(), paper.text().split("\n")
    for table in whole.tables:
        first, last = (
            whole.document.text.count("\n", 0, at) for at in (table.region.start, table.region.end)
        )
        last -= layout == "wrapped-around"  # the end of the last label stands below its numbers
        for end in {first + 1, first + 2, (first + last) // 2, last - 1, last} & set(
            range(first + 1, last + 1)
        ):
            report = parse(document("\n".join(lines[:end]) + "\n"))
            told = [(d.aspect, d.where) for d in report.doubts if d.aspect is Aspect.CUT_OFF]
            assert told == [(Aspect.CUT_OFF, table.key)], end
            assert report.excerpt
            assert not {a for a, _ in doubts(report)} & {"section-missing", "table-missing", "title-missing"}


@pytest.mark.parametrize(
    "beginning",
    [
        "遵照《中华人民共和国政府信息公开条例》，我馆写成本报告。\n一、总体情况\n（一）主动公开。公开信息80条。\n",
        "本年度报告根据《政府信息公开条例》编写，由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、"
        "存在的问题、其他需要报告的事项组成。\n（一）公开的数量：网站发布信息60条。\n",
        "按《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）"
        "的要求，编写本报告。\n一、工作概述\n（一）主动公开情况。网站发布信息60条。\n",
        "本年度报告根据国家和省政府信息公开有关法规编写，内容有总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、"
        "存在的主要问题及改进情况。 一、总体情况 我馆公开馆藏目录60条。\n",
        "本年度报告依照《中华人民共和国政府信息公开条例》编成，有主动公开、依申请公开等部分。 一、概述 我馆添了公示栏。\n",
    ],
)
def test_a_text_that_calls_itself_a_report_is_one_without_title_and_year(beginning: str) -> None:
    report = parse(document(beginning))
    assert report.excerpt
    assert [d.aspect for d in report.doubts] == [Aspect.AGENCY_UNKNOWN, Aspect.YEAR_UNKNOWN]


def test_the_year_may_stand_before_the_last_word_of_the_title() -> None:
    report = parse(document("澜望部政府信息公开2031年度报告 打印本页\n一、总体情况 网站发布信息60条。\n"))
    assert report.title is not None
    assert report.title.value == "澜望部政府信息公开2031年度报告"
    assert report.year is not None
    assert report.year.value == 2031


def test_a_sentence_on_shortcomings_that_are_mended_begins_no_section_five() -> None:
    title = "柳汀县档案馆2031年政府信息公开工作年度报告\n一、总体情况\n"
    mended = parse(document(f"{title}分析形势，整改存在问题，健全制度。\n公开信息80条。\n"))
    assert [s.section.number for s in mended.sections] == [1]
    told = parse(document(f"{title}公开信息80条。\n一年来存在问题：公开不及时。\n"))
    assert [s.section.number for s in told.sections] == [1, 5]


def test_a_short_sentence_begins_an_overview_whose_heading_is_lost() -> None:
    report = parse(
        document("（二）依申请公开情况\n本年度受理申请0件。\n二、主动公开政府信息情况\n规章\n0\n0\n0\n")
    )
    overview = next(s for s in report.sections if s.section.number == 1)
    assert report.document[overview.content].startswith("本年度受理申请0件。")


@pytest.mark.parametrize("layout", ["cell-a-line", "tabs", "markdown"])
def test_the_beginning_of_a_report_is_an_excerpt_and_lacks_nothing(layout: str) -> None:
    text = Paper(layout=layout).text()
    beginning = text[: text.index("二、")]
    report = parse(document(beginning))
    assert report.excerpt
    assert doubts(report) == []


@pytest.mark.parametrize(
    "text",
    [
        "采购公告\n本单位拟采购办公桌三张。\n",
        "澜望市档案局政府信息公开指南\n\n申请人可以当面提交申请，本机关在二十个工作日内答复。\n",
        "第一条 为了保障公民依法获取政府信息，制定本办法。\n第二条 行政机关收到申请后应当答复。\n",
        "自然人\t3\n商业企业\t4\n总计\t7\n",
        "会议纪要\n会议研究了主动公开、依申请公开等工作。\n",
        "本指南依据《中华人民共和国政府信息公开条例》编写。\n一、总体情况\n主动公开的信息在网站上查阅。\n",
        "柳汀县法治政府建设年度报告\n根据《法治政府建设实施纲要》和《政府信息公开条例》，编写本报告。\n一、总体情况\n开展执法检查20次。\n",
        "柳汀县政务服务年度报告\n按照《政府信息公开条例》等规定，编制本报告。\n一、总体情况\n大厅办件3000件，好评率99%。\n",
        "柳汀县政务服务年度报告\n按照《政府信息公开条例》等规定，编制本报告。\n一、总体情况\n政府信息公开专区接待群众30人次。\n",
    ],
)
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(NotAReportError, match=r"陌生\.txt: no annual report"):
        parse(document(text, "陌生.txt"))


def blank_form(layout: str, written: str = "（文字描述）") -> str:
    """The national form, its tables empty; `written` stands in each section that is to be written."""
    a_form = Paper().form
    empty = {row.key: (None,) * len(row.columns) for table in a_form.tables for row in table.rows}
    tables = iter(LAYOUTS[layout].set(sheet) for sheet in sheets(a_form, empty))
    sections = (
        f"{section.label.printed}\n{next(tables) if section.table else written}\n"
        for section in a_form.sections
    )
    return "政府信息公开工作年度报告格式\n" + "\n".join(sections)


@pytest.mark.parametrize("layout", ["cell-a-line", "tabs", "bars", "markdown", "spaces"])
def test_the_form_left_blank_is_no_report(layout: str) -> None:
    with pytest.raises(NotAReportError, match=r"格式\.txt: the national form with nothing filled in"):
        parse(document(blank_form(layout), "格式.txt"))
    assert parse(document(blank_form(layout, "主动公开信息30条。"), "格式.txt")).tables
    assert parse(document("青禾县桑田镇人民政府2023年" + blank_form(layout), "格式.txt")).tables


@pytest.mark.parametrize("who", ["XX单位20XX年", "××局20××年度", "____县____局20__年"])
def test_a_form_with_placeholders_is_left_blank(who: str) -> None:
    template = who + "政府信息公开工作年度报告\n" + blank_form("tabs", "（一）主动公开。").partition("\n")[2]
    with pytest.raises(NotAReportError, match="nothing filled in"):
        parse(document(template, "模板.txt"))
    named = template.replace(who, "政府信息公开工作年度报告")
    assert parse(document(named, "模板.txt")).tables
    filled = Paper().text().partition("\n")[2]
    assert parse(document(who + "政府信息公开工作年度报告\n" + filled, "填好.txt")).tables


@needs_shared
def test_the_blank_form_as_published_is_no_report() -> None:
    with pytest.raises(NotAReportError, match="nothing filled in"):
        parse(read(SHARED / "reports" / "blank-form.docx"))


@pytest.mark.parametrize(
    "title",
    [
        "青禾县2023年三季度政务公开自查报告",
        "青禾县林业局2023年上半年政府信息公开工作报告",
        "青禾县政务公开测评问题整改情况报告",
    ],
)
def test_a_check_or_a_part_of_a_year_is_no_annual_report(title: str) -> None:
    text = f"{title}\n\n一、总体情况\n我县公开信息120条。\n五、存在的主要问题及改进情况\n一是更新不及时。\n"
    with pytest.raises(NotAReportError, match="no annual report"):
        parse(document(text))
    assert (
        parse(document(text.replace(title, "青禾县2023年政府信息公开工作自查及年度报告"))).title is not None
    )


@needs_shared
def test_the_regulation_is_no_report() -> None:
    law = SHARED / "law" / "regulation-on-open-government-information-2019.md"
    with pytest.raises(NotAReportError, match="no annual report"):
        parse(document(law.read_text("utf-8"), law.name))


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", ["一、总体情况\n二、主动公开政府信息情况\n", "沛县财政局、睢宁县人民政府、我局，"]
)
def test_what_repeats_itself_is_parsed_in_seconds(words: str) -> None:
    began = time.process_time()
    with suppress(NotAReportError):
        parse(document(words * 20_000))
    assert time.process_time() - began < 20


def test_a_draft_signed_and_dated_is_no_excerpt_and_lacks_its_tables() -> None:
    told = "柳汀县档案局2023年政府信息公开工作年度报告\n\n全年公开政府信息90条，收到依申请公开2件。"
    begun, signed = (
        parse(read_bytes(t.encode(), "made.txt")) for t in (told, f"{told}\n\n柳汀县档案局\n2024年1月19日\n")
    )
    assert begun.excerpt
    assert not signed.excerpt
    missing = {d.where for d in signed.doubts if d.aspect is Aspect.TABLE_MISSING}
    assert missing == {"disclosure", "applications", "review"}
