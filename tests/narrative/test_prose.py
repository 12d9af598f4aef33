"""What of a document is prose: a number at which it breaks off is none, as its last digits may be lost."""

from __future__ import annotations

import pytest

from gongkai.document import Source, Writer
from gongkai.narrative.extraction import extract
from gongkai.parse import parse
from tests.narrative.texts import narrative, told

SOURCE = Source("made.txt", "text/plain", "0" * 64, 1)


def facts(words: str, *, broken_off: bool) -> list[str]:
    """The facts of a report of 柳汀县档案局 on 2023 that ends with these words of section one, or goes on behind them."""
    writer = Writer()
    writer.heading("柳汀县档案局2023年政府信息公开工作年度报告", 1)
    writer.heading("一、总体情况")
    writer.paragraph(words)
    for heading in () if broken_off else ("五、存在的主要问题及改进情况", "六、其他需要报告的事项"):
        writer.heading(heading)
        writer.paragraph("无。")
    report = parse(writer.document(SOURCE))
    assert report.excerpt == broken_off
    return [told(fact) for fact in extract(report).facts]


@pytest.mark.parametrize("number", ["1", "128", "3,2", "12.", "12万", "一百二", "两千", "1，"])
def test_a_number_at_which_the_document_breaks_off_is_not_read(number: str) -> None:
    words = f"印发通报3期。主动公开政府信息{number}"
    assert facts(words, broken_off=True) == ["inspections 3期"]


@pytest.mark.parametrize("number", ["128", "12万"])
def test_the_same_number_counts_where_the_document_goes_on(number: str) -> None:
    found = facts(f"印发通报3期。主动公开政府信息{number}", broken_off=False)
    assert [fact.split()[0] for fact in found] == ["inspections", "website-items"]


def test_a_number_with_its_measure_word_is_whole() -> None:
    assert facts("主动公开政府信息128条", broken_off=True) == ["website-items 128条"]


def test_a_section_of_short_lines_breaks_as_the_page_does() -> None:
    page = "本年度在门户网站开设家谱征集、馆藏展示、便民查档三个栏目，安排专人逐日更新，全年主动公开政府信息128条。"
    found = narrative(page, "存在问题\n栏目更新不够及时\n改进措施\n加强值班\n柳汀县档案局")
    assert [s.quote.text for s in found.shortcomings] == ["栏目更新不够及时"]
    assert [m.quote.text for m in found.measures] == ["加强值班"]
