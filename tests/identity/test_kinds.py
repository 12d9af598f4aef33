"""What the name of an organ alone tells of it."""

from __future__ import annotations

import pytest

from gongkai.identity.kinds import is_of_a_city, is_office_of_government, kind
from gongkai.report import Kind


def test_only_a_government_is_a_government() -> None:
    assert kind("云湾区人民政府") is Kind.GOVERNMENT
    assert kind("云湾区人民政府办公室") is Kind.DEPARTMENT


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("云湾市教育局", True),
        ("国家税务总局云湾市税务局", True),
        ("云湾县教育局", False),
        ("云湾市高新技术产业开发区管理委员会", False),
        ("云湾市柳汀新区财政局", False),
    ],
)
def test_an_organ_of_a_city_is_not_one_of_a_zone_in_it(name: str, told: bool) -> None:
    assert is_of_a_city(name) is told


@pytest.mark.parametrize(
    ("name", "told"),
    [("云湾县人民政府办公室", True), ("云湾省人民政府办公厅", True), ("云湾县人民政府研究室", False)],
)
def test_a_general_office_is_that_of_a_government(name: str, told: bool) -> None:
    assert is_office_of_government(name) is told
