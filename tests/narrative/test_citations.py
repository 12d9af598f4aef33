"""Documents are cited by their titles, with their numbers, and are one document in every report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.narrative.citations import act, citations, identity
from gongkai.narrative.model import Citation, Quote
from gongkai.narrative.prose import Prose
from gongkai.turtle import LAW

REGULATION = "中华人民共和国政府信息公开条例"


def titles(text: str) -> list[str]:
    return [c.title for c in citations(Prose.of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"根据《{REGULATION}》（以下简称《条例》）编制，依《条例》第五十条公布。", [REGULATION]),
        ("认真学习《条例》，逐条对照。", ["条例"]),
        (
            "照《云岭省档案开放试行条例》（下称《试行细则》）开放，按《试行细则》收费。",
            ["云岭省档案开放试行条例"],
        ),
        (f"先学《政府信息公开条例》，再学《{REGULATION}》。", [REGULATION]),
        (
            "落实《云岭省政府信息公开规定》和《柳汀县2031年政务公开工作要点》。",
            ["云岭省政府信息公开规定", "柳汀县2031年政务公开工作要点"],
        ),
        ("按《关于印发〈柳汀县公开审查办法〉的通知》办理。", ["关于印发〈柳汀县公开审查办法〉的通知"]),
        ("按《关于印发《柳汀县公开审查办法》的通知》办理。", ["关于印发《柳汀县公开审查办法》的通知"]),
        ("印发《柳汀县公开审查办法（试行）》。", ["柳汀县公开审查办法（试行）"]),
        (
            "执行《霁川市促进渔业发展若干措施（2030—2033年）》。",
            ["霁川市促进渔业发展若干措施（2030—2033年）"],
        ),
        ("现发布《柳汀县水利局2031年政府信息公开工作年度报告》。", []),
        ("在《柳汀日报》刊登报道三篇，编发《柳汀县人民政府公报》四期。", []),
        ("开设《惠农政策》专栏，制作《一图读懂补贴办法》短视频。", []),
        ("发放《致返乡青年的一封信》两千份，受理《政府信息公开申请表》九份。", []),
        ("编制《柳汀县地名规划》先后三次公开征求意见。", []),
        ("起草《柳汀县地名办法》，年内印发。", ["柳汀县地名办法"]),
        (
            "按《云岭省人民政府办公厅〈关于编发年报的通知〉》编写。",
            ["云岭省人民政府办公厅〈关于编发年报的通知〉"],
        ),
        ("修订《柳汀县政府信息公开目录》和《柳汀县政府信息公开指南》，摆放《渔民办事指南》。", []),
        (
            "对照《基层政务公开标准目录》和《年报编发指南（参考）》。",
            ["基层政务公开标准目录", "年报编发指南（参考）"],
        ),
        (
            "按《关于修订信息公开目录的通知》调整，依《2031年院务公开安排及责任分解》落实。",
            ["关于修订信息公开目录的通知", "2031年院务公开安排及责任分解"],
        ),
        ("《渔火照归舟——柳汀织就渔村服务体系》获省报刊登。", []),
        ("没有书名号的地方政府信息公开条例不在此列。", []),
        ("落实《中华人民共和国档案法》《政府督查工作条例》。", ["中华人民共和国档案法", "政府督查工作条例"]),
        (
            "依《关于做好公开工作的意见》和《关于做好公开工作的意见》实施细则，以及《关于做好公开工作的意见》任务分工。",
            ["关于做好公开工作的意见"],
        ),
    ],
)
def test_titles(text: str, expected: list[str]) -> None:
    assert titles(text) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("依《关于清理文件的通知》（云办函〔2031〕17号）要求", "云办函〔2031〕17号"),
        ("依《关于清理文件的通知》(柳政办发[2031]8号)要求", "柳政办发[2031]8号"),
        (f"依《{REGULATION}》（国务院令第711号，以下简称《条例》）", "国务院令第711号"),
        ("依《关于清理文件的通知》要求，共清理（云办函〔2031〕17号）等文件", None),
        ("依《关于清理文件的通知》（见附件）要求", None),
    ],
)
def test_numbers(text: str, number: str | None) -> None:
    assert [c.number for c in citations(Prose.of(text))] == [number]


def cited(title: str, number: str | None = None) -> str:
    text = f"《{title}》" + (f"（{number}）" if number else "")
    (citation,) = citations(Prose.of(text))
    return identity(citation)


def test_the_regulation_is_one_document_however_it_is_named() -> None:
    names = (REGULATION, "政府信息公开条例", "条例", "新条例")
    assert {cited(name) for name in names} == {REGULATION}
    assert cited(REGULATION, "国务院令第711号") == REGULATION


def test_a_notice_without_issuer_is_known_by_its_number() -> None:
    assert cited("关于清理文件的通知", "云办函[2031]17号") == "云办函〔2031〕17号"
    assert cited("关于清理文件的通知", "云办函〔2031〕17号") != cited(
        "关于清理文件的通知", "霁办函〔2031〕17号"
    )
    assert cited("关于清理文件的通知") == "关于清理文件的通知"


def test_a_full_title_is_known_by_itself() -> None:
    assert cited("云岭省政府信息公开规定") == cited("云岭省政府信息公开规定", "云岭省人民政府令第9号")


def test_the_form_is_one_document_whichever_brackets_its_title_has() -> None:
    names = (
        "国务院办公厅政府信息与政务公开办公室关于印发<中华人民共和国政府信息公开工作年度报告格式>的通知",
        "国务院办公厅政府信息与政务公开办公室关于印发 〈中华人民共和国政府信息公开工作年度报告格式〉 的通知",
        "中华人民共和国政府信息公开工作年度报告格式",
    )
    assert len({cited(name) for name in names}) == 1


PARTS = st.sampled_from(
    [
        "《",
        "》",
        "〈",
        "〉",
        "条例",
        "通知",
        "办法",
        "（试行）",
        "（云办函〔2031〕1号）",
        "关于",
        "，",
        "甲",
        "\n",
    ]
)


@given(st.lists(PARTS, max_size=40).map("".join))
def test_quotes_are_slices_and_titles_stand_once(text: str) -> None:
    found = citations(Prose.of(text))
    for citation in found:
        quote: Quote = citation.quote
        assert text[quote.span.start : quote.span.end] == quote.text
        assert quote.text.replace("\n", "") == citation.title
        assert identity(citation)
    assert len({c.title for c in found}) == len(found)


def test_an_identity_needs_no_number() -> None:
    citation = citations(Prose.of("《霁川市停车办法》"))[0]
    assert identity(Citation(citation.title, citation.quote, None)) == "霁川市停车办法"


def test_a_known_document_is_one_of_the_law_as_data() -> None:
    assert [act(c) for c in citations(Prose.of("《政府信息公开条例》《霁川市停车办法》"))] == [
        LAW + "regulation",
        None,
    ]
