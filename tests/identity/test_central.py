"""Central organs are told from sentences that begin with their name or hold it."""

from __future__ import annotations

from gongkai.identity import identify
from gongkai.readers import read_bytes

BODY = "一、总体情况\n2023年，我局认真落实《中华人民共和国政府信息公开条例》，主动公开政府信息120条。\n"


def named(opening: str) -> str | None:
    agency = identify(read_bytes(f"{opening}\n{BODY}".encode(), "a.txt")).agency
    return agency.value.name if agency else None


def test_the_bureau_that_compiles_the_report_is_its_agency() -> None:
    opening = "本年度报告由国家税务总局无锡市税务局依据《中华人民共和国政府信息公开条例》编制。"
    assert named(opening) == "国家税务总局无锡市税务局"


def test_the_place_of_its_office_need_not_be_in_the_table() -> None:
    opening = "本年度报告由国家税务总局潞川市税务局依据《中华人民共和国政府信息公开条例》编制。"
    assert named(opening) == "国家税务总局潞川市税务局"


def test_an_organ_of_the_state_may_be_said_to_compile_the_report() -> None:
    words = (
        "本年度报告由国家岛屿管理局根据《中华人民共和国政府信息公开条例》和上级有关文件精神以及格式要求编制。"
    )
    assert named(words) == "国家岛屿管理局"
    assert named("按照国家岛屿管理局根据条例作出的要求，现报告如下。") is None


def test_a_central_organ_that_is_only_spoken_of_is_none() -> None:
    assert named("按照国家税务总局要求，现将有关情况报告如下。") is None
