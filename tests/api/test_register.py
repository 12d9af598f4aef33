"""The register says what queries say."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai.queries.holdings import holdings
from gongkai.store import Generation, Writer
from gongkai.turtle import DCTERMS, GK, SKOS, type_
from gongkai_api.register import UNPLACED, Listing, Wish, register

BASE = "https://data.example/"
ALL = Wish()


def test_of_the_examples(examples_store: Path) -> None:
    generation = Generation.current(examples_store)
    found = register(generation)
    assert found is register(generation)
    assert found.held == holdings(generation)
    reports, agencies = found.reports(ALL, 0, 99), found.agencies(ALL, 0, 99)
    assert (found.held.reports, found.held.agencies) == (len(reports), len(agencies)) == (10, 8)
    assert sum(count for _, count in found.places) == found.held.agencies
    assert sum(count for _, count in found.years) == found.held.reports
    dated = [(issued, year) for _, _, year, issued in reports]
    assert dated == sorted(dated, reverse=True)
    assert dated[0][0] > dated[-1][0] == ""
    assert sorted(line[0] for line in reports) == found.all_reports()
    assert [line[0] for line in agencies] == found.all_agencies() == sorted(found.all_agencies())
    several = [line for line in agencies if line[1] != "1"]
    assert [(line[0].rpartition("/")[2], *line[1:]) for line in several] == [
        ("柳汀县人民政府", "2", "2023", "2024"),
        ("澜望市人力资源和社会保障局", "2", "2022", "2023"),
    ]


def test_pages_of_it_make_the_whole(examples_store: Path) -> None:
    found = register(Generation.current(examples_store))
    for lines in (found.reports, found.agencies):
        pages = [line for first in range(0, 12, 3) for line in lines(ALL, first, 3)]
        assert pages == lines(ALL, 0, 99)


@pytest.fixture
def small(tmp_path: Path) -> Listing:
    """Two agencies, the one with a place and two reports, the other without and with one."""
    with Writer.open(tmp_path) as writer:
        for report, agency, year in (("r1", "a", "2022"), ("r2", "a", "2023"), ("r3", "b", "2023")):
            writer.replace(BASE + report, _of_report(report, agency, year))
        writer.replace(BASE + "a", _of_agency("a", ("渡头县渡船管理局", "渡口所"), "990100"))
        writer.replace(BASE + "b", _of_agency("b", ("灯塔管理局",), None))
    return register(Generation.current(tmp_path))


@pytest.mark.parametrize(
    ("wish", "reports", "agencies"),
    [
        (Wish(year="2023"), "r2 r3", "a b"),
        (Wish(year="2022"), "r1", "a"),
        (Wish(name="管理局"), "r2 r3 r1", "a b"),
        (Wish(name="渡口"), "r2 r1", "a"),
        (Wish(name="%"), "", ""),
        (Wish(place="99"), "r2 r1", "a"),
        (Wish(place="01"), "", ""),
        (Wish(place=UNPLACED), "r3", "b"),
        (Wish("2023", "渡船", "9901"), "r2", "a"),
    ],
)
def test_what_is_looked_for_is_found(small: Listing, wish: Wish, reports: str, agencies: str) -> None:
    def ends(lines: list[tuple[str, ...]]) -> str:
        return " ".join(line[0].removeprefix(BASE) for line in lines)

    assert ends(small.reports(wish, 0, 9)) == reports
    assert ends(small.agencies(wish, 0, 9)) == agencies


def test_what_is_not_known_is_empty(tmp_path: Path) -> None:
    report, edition = _thing("report", "Report"), ox.NamedNode(BASE + "edition")
    with Writer.open(tmp_path) as writer:
        dated = ox.Triple(edition, ox.NamedNode(DCTERMS + "issued"), ox.Literal("2024-01-01"))
        writer.replace(BASE + "g", [report, *_of_agency("agency", ("渡头县渡船管理局",), "990000"), dated])
    found = register(Generation.current(tmp_path))
    assert found.reports(ALL, 0, 9) == [(BASE + "report", "", "", "")]
    assert found.agencies(ALL, 0, 9) == [(BASE + "agency", "0", "", "")]
    assert (found.years, found.places) == ((), (("990000", 1),))
    assert (found.held.reports, found.held.agencies) == (1, 0)


def test_names_are_looked_for_as_they_are(tmp_path: Path) -> None:
    names = ("渡头县\r\n渡船管理局", '"渡船"\\管理局', "\u2028\U00020bb7, {x}")
    with Writer.open(tmp_path) as writer:
        writer.replace(BASE + "g", _of_agency("agency", names, None))
    found = register(Generation.current(tmp_path))
    for name in names:
        assert found.agencies(Wish(name=name), 0, 9)


def _of_report(report: str, agency: str, year: str) -> list[ox.Triple]:
    return [
        _thing(report, "Report"),
        ox.Triple(
            ox.NamedNode(BASE + report), ox.NamedNode(GK + "reportingAgency"), ox.NamedNode(BASE + agency)
        ),
        ox.Triple(ox.NamedNode(BASE + report), ox.NamedNode(GK + "year"), ox.Literal(year)),
    ]


def _of_agency(agency: str, names: tuple[str, ...], code: str | None) -> list[ox.Triple]:
    node = ox.NamedNode(BASE + agency)
    said = [ox.Triple(node, ox.NamedNode(SKOS + "prefLabel"), ox.Literal(name)) for name in names]
    if code is not None:
        said.append(ox.Triple(node, ox.NamedNode(GK + "divisionCode"), ox.Literal(code)))
    return [_thing(agency, "Agency"), *said]


def _thing(name: str, class_: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(BASE + name), ox.NamedNode(type_), ox.NamedNode(GK + class_))
