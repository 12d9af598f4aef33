from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai_api.negotiation import accepts_gzip, choose, language

OFFERED = ("application/json", "application/xml", "text/csv", "text/html")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/*", "text/csv"),
        ("application/xml;q=0.9,application/json;q=0.8", "application/xml"),
        ("application/json; q=0.8, text/csv; q=0.9", "text/csv"),
        ("application/json ; q=0.8 , text/csv ; q=0.9", "text/csv"),
        ("application/json;Q=0.1, text/csv;q=0.2", "text/csv"),
        ("*/*;q=0.9, application/json;q=0.1", "application/xml"),
        ("text/*;q=0.9, text/csv;q=0", "text/html"),
        ("application/json;q=0", None),
        ("text/csv; charset=UTF-8, application/json;q=0.2", "text/csv"),
        ("text/csv; charset=utf-16, application/json;q=0.2", "application/json"),
        ("image/png", None),
        ("nonsense", None),
        ("image/png, */*;q=0.1", "application/json"),
        ('text/csv;profile="a,b";q=0.9, text/html;q=0.5', "text/html"),
        ("text/html;level=1, application/json;q=0.2", "application/json"),
    ],
)
def test_the_best_of_what_is_offered(accept: str, expected: str | None) -> None:
    assert choose(accept, OFFERED) == expected


@given(st.text())
def test_any_header_has_an_answer(accept: str) -> None:
    assert choose(accept, OFFERED) in (*OFFERED, None)
    assert accepts_gzip(accept) in (True, False)
    assert language(accept) in ("zh", "en")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", False),
        ("gzip", True),
        ("gzip;q=0", False),
        ("*", True),
        ("*, gzip; q=0", False),
        ("br, gzip;q=0.5", True),
    ],
)
def test_gzip(header: str, expected: bool) -> None:
    assert accepts_gzip(header) is expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "zh"),
        ("en", "en"),
        ("en-GB,zh;q=0.9", "en"),
        ("zh-CN, en; q=0.9", "zh"),
        ("fr", "zh"),
        ("fr, en;q=0.1", "en"),
    ],
)
def test_language(header: str, expected: str) -> None:
    assert language(header) == expected
