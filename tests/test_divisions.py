"""The gazetteer: names, years, rows of names, towns."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

from gongkai.divisions import Division, gazetteer
from gongkai.report import Level


def codes(name: str, year: int | None = None) -> list[str]:
    return [d.code for d in gazetteer().named(name, year)]


def places(text: str, year: int = 2023) -> list[tuple[str, list[str]]]:
    return [
        (text[p.span.start : p.span.end], [d.code for d in p.candidates])
        for p in gazetteer().places(text, year)
    ]


def test_the_table_is_whole() -> None:
    divisions = gazetteer().divisions.values()
    assert len({d.code for d in divisions if d.level is Level.PROVINCE}) == 34
    now = [d for d in divisions if d.valid(2023)]
    assert 330 <= sum(d.level is Level.PREFECTURE for d in now) <= 345
    assert 2830 <= sum(d.level is Level.COUNTY for d in now) <= 2900
    assert all(d.code.isdigit() and len(d.code) == 6 for d in divisions)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("达茂旗", "150223"),
        ("达茂联合旗", "150223"),
        ("科右中旗", "152222"),
        ("湘西自治州", "433100"),
        ("耿马自治县", "530926"),
    ],
)
def test_a_place_by_a_shorter_name(name: str, code: str) -> None:
    assert codes(name) == [code]


def test_a_code_has_one_name_in_a_year() -> None:
    for year in range(2019, 2024):
        held = Counter(d.code for d in gazetteer().divisions.values() if d.valid(year))
        shared = {code for code, names in held.items() if names > 1}
        assert shared <= {"130502", "130503"}  # 邢台 gave the codes to new names in 2020
        assert not shared or year == 2020


def test_a_division_lies_in_one_that_is_there() -> None:
    for division in gazetteer().divisions.values():
        lineage = gazetteer().lineage(division)
        assert lineage[-1].level is Level.PROVINCE
        assert all(a.code[:2] == b.code[:2] for a, b in itertools.pairwise(lineage))


@pytest.mark.parametrize(
    ("name", "year", "found"),
    [
        ("孟津县", 2020, ["410322"]),
        ("孟津区", 2023, ["410308"]),
        ("公主岭市", 2019, ["220381"]),
        ("公主岭市", 2020, ["220184"]),
        ("崇川区", 2019, ["320602"]),
        ("崇川区", 2021, ["320613"]),
        ("桥东区", 2019, ["130502", "130702"]),
        ("桥东区", 2022, ["130702"]),
        ("襄都区", 2022, ["130502"]),
        ("莱芜区", 2020, ["370116"]),
        ("临夏州", 2023, ["622900"]),
        ("新疆", 2023, ["650000"]),
        ("云湾区", 2023, []),
    ],
)
def test_a_name_in_a_year(name: str, year: int, found: list[str]) -> None:
    assert codes(name, year) == found


def test_what_took_over() -> None:
    (county,) = gazetteer().named("孟津县")
    assert [gazetteer().divisions[iri].name for iri in county.successors] == ["孟津区"]
    assert (county.first, county.last) == (None, 2021)


def test_names_in_a_row_settle_each_other() -> None:
    assert places("广州市白云区税务局") == [("广州市白云区", ["440111"])]
    assert places("白云区税务局") == [("白云区", ["440111", "520113"])]
    assert places("江苏省无锡市锡山区") == [("江苏省无锡市锡山区", ["320205"])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("省、市和县区联动", []),
        ("和县统计局", [("和县", ["340523"])]),
        ("由和县统计局编制", [("和县", ["340523"])]),
        ("马鞍山市和县", [("马鞍山市和县", ["340523"])]),
        ("创新县域工作", []),
        ("，城区改造", []),
    ],
)
def test_a_short_name_may_be_other_words(text: str, found: list[tuple[str, list[str]]]) -> None:
    assert places(text) == found


def test_every_division_is_found_behind_those_around_it() -> None:
    book = gazetteer()
    year = 2022
    for division in book.divisions.values():
        if division.valid(year) and division.level is Level.COUNTY:
            words = "".join(d.name for d in reversed(book.lineage(division)))
            found = list(book.places(words, year))
            assert [p.division for p in found] == [division], words


def test_towns_and_their_counties() -> None:
    book = gazetteer()
    assert [d.name for d in book.counties("丽岙街道", 2023)] == ["瓯海区"]
    assert len(book.counties("和平街道", 2023)) > 10
    assert book.counties("云湾镇", 2023) == ()


@pytest.mark.parametrize(
    ("name", "stem", "rank"),
    [
        ("益阳市", "益阳", "市"),
        ("恩施土家族苗族自治州", "恩施", "州"),
        ("内蒙古自治区", "内蒙古", "区"),
        ("沛县", "沛县", "县"),
        ("神农架林区", "神农架", "区"),
        ("兴安盟", "兴安", "盟"),
    ],
)
def test_stem_and_rank(name: str, stem: str, rank: str) -> None:
    division: Division = gazetteer().named(name)[0]
    assert (division.stem, division.rank) == (stem, rank)
    assert division in gazetteer().stemmed(stem, 2023)
