"""Copies of pages in traditional characters, or with readings behind characters."""

from __future__ import annotations

import pytest

from gongkai.document import Note
from gongkai.identity import identify
from gongkai.readers import read_bytes
from gongkai.readers.script import simplified, without_radicals

PLAIN = "云湾区财政局2023年政府信息公开工作年度报告\n一、总体情况\n2023年，全年发布信息12条。\n"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("雲灣區財政局政府信息公開工作年度報告", "云湾区财政局政府信息公开工作年度报告"),
        ("公開報(bào)告：發(fā)布12條", "公开报告：发布12条"),
        ("发(fā)布信息（xìn xī），服務(wù)群众，网(wǎng)站", "发布信息（xìn xī），服務群众，网站"),
        ("报告：《开卷》刊有繁體字報頭", "报告：《开卷》刊有繁體字報頭"),
        ("報頭一种，报告一份，开放日", "報頭一种，报告一份，开放日"),
        ("行(xíng)与行(háng)之别", "行(xíng)与行(háng)之别"),
        ("报告（一）(二)(app)", "报告（一）(二)(app)"),
    ],
)
def test_the_script_of_the_form(text: str, plain: str) -> None:
    assert simplified(text) == plain


def test_radicals_are_read_as_the_ideographs_they_look_like() -> None:
    document = read_bytes(PLAIN.replace("工作", "⼯作").replace("一、", "⼀、").encode(), "x")
    assert document.text == read_bytes(PLAIN.encode(), "x").text
    assert Note.TRANSLITERATED not in document.notes
    assert without_radicals("⻓期⽴项") == "长期立项"


def test_a_text_in_the_script_of_the_form_is_left_alone() -> None:
    assert simplified(PLAIN) is PLAIN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
@pytest.mark.parametrize("page", ["{}", "<html><body><p>{}</p></body></html>"])
def test_a_copy_is_read_as_its_original(page: str, encoding: str) -> None:
    copy = "雲灣區財政局2023年政府信息公開工作年度報(bào)告\n一、總體情況\n2023年，全年發(fā)布信息12條。"
    document = read_bytes(page.format(copy).encode(encoding), "x")
    found = identify(document)
    assert found.agency is not None
    assert found.agency.value.name == "云湾区财政局"
    assert "全年发布信息12条" in document.text
    assert Note.TRANSLITERATED in document.notes


def test_what_was_done_is_noted_only_where_it_was() -> None:
    assert not read_bytes(PLAIN.encode(), "x").notes
