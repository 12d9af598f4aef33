"""Addresses, telephone numbers and the like are found by what stands before them, each once."""

from __future__ import annotations

import pytest

from gongkai.narrative.contacts import contacts
from gongkai.narrative.prose import Prose


def found(text: str) -> list[tuple[str, str]]:
    prose = Prose.of(text)
    given = list(contacts(prose))
    assert all(text[c.quote.span.start : c.quote.span.end] == c.quote.text for c in given)
    return sorted((c.kind, c.quote.text) for c in given)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "联系地址：柳汀县东门街12号，邮编：000123，电话：0999-1234567。",
            [("address", "柳汀县东门街12号"), ("postcode", "000123"), ("telephone", "0999-1234567")],
        ),
        (
            "（地址：霁川市河滨路8号政务大楼三楼；邮政编码：000456；联系电话：0999—12345678；电子邮箱：gongkai@example.org）",
            [
                ("address", "霁川市河滨路8号政务大楼三楼"),
                ("email", "gongkai@example.org"),
                ("postcode", "000456"),
                ("telephone", "0999—12345678"),
            ],
        ),
        ("可在县政府网站（http://www.example.org/gk/）下载。", [("website", "http://www.example.org/gk/")]),
        ("网址：www.example.org。", [("website", "www.example.org")]),
        (
            "电话（0999）7654321，传真0999-7654322。",
            [("fax", "0999-7654322"), ("telephone", "（0999）7654321")],
        ),
        ("请与县档案局联系（电话：7654321）。", [("telephone", "7654321")]),
        ("电话：0999-1234567；如无人接听，再拨电话：0999-1234567。", [("telephone", "0999-1234567")]),
        ("联系电话（传真）：0999-1234567。", [("telephone", "0999-1234567")]),
        ("电话、传真：0999-1234567。", [("telephone", "0999-1234567")]),
        ("传真：7654322。", [("fax", "7654322")]),
        (
            "（地址：柳汀县渔港街道东兴中学旁联系电话：0999-1234567）",
            [("address", "柳汀县渔港街道东兴中学旁"), ("telephone", "0999-1234567")],
        ),
        ("地址：柳汀县江南路248号1栋；", [("address", "柳汀县江南路248号1栋")]),
        ("地址：柳汀县渔港镇人民政府，", [("address", "柳汀县渔港镇人民政府")]),
        (
            "网站地址：柳汀县人民政府门户网站，下载地址：政务公开栏，地址：见www.example.org。",
            [("website", "www.example.org")],
        ),
        ("全年接听电话12345678次，发布信息000123条。", []),
        ("热线12345接到来电6200个。", []),
        ("", []),
    ],
)
def test_contacts(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == sorted(expected)
