"""No stored query counts twice: a government's report sums up its departments, a province's its counties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pyoxigraph as ox
import pytest

from gongkai.iris import Iris
from gongkai.pipeline import prepare
from gongkai.queries import StoredQuery, find, stored
from gongkai.store import Generation, Writer
from gongkai.triples import Subject, number, text, typed
from gongkai.turtle import FORM, GK, SKOS, type_

BASE = "https://example.org/"
AGENCIES = (
    ("东岭省人民政府", "440000", "province", "government", Decimal(100)),
    ("东岭省教育厅", "440000", "province", "department", Decimal(7)),
    ("柏川市人民政府", "440500", "prefecture", "government", Decimal(40)),
    ("柏川市教育局", "440500", "prefecture", "department", Decimal(3)),
    ("柏川市水务局", "440500", "prefecture", "department", Decimal(2)),
)
"""A province that sums up all the others, with its department; a city that sums up its two. None exists; the codes do."""
_GROUPS = re.compile(r"GROUP BY ([^\n}]*)")


def described() -> Iterator[ox.Triple]:
    for position, (name, division, level, kind, received) in enumerate(AGENCIES):
        agency, report, row = (f"{BASE}{what}/{position}" for what in ("agency", "report", "row"))
        about = Subject(agency).add(type_, GK + "Agency").add(SKOS + "prefLabel", text(name, "zh"))
        about.add(GK + "divisionCode", text(division)).add(GK + "level", GK + level).add(
            GK + "kind", GK + kind
        )
        yield from about.triples
        told = Subject(report).add(type_, GK + "Report").add(GK + "reportingAgency", agency)
        yield from told.add(GK + "year", typed("2024", "gYear")).triples
        for of, value in (("received", received), ("granted", received), ("total", received)):
            line = Subject(f"{row}-{of}").add(type_, GK + "TableRow").add(GK + "row", FORM + of)
            line.add(GK + "report", report).add(GK + "agency", agency).add(
                GK + "year", typed("2024", "gYear")
            )
            line.add(FORM + "totalRequests", number(value)).add(FORM + "naturalPerson", number(value))
            yield from line.triples


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    location = tmp_path_factory.mktemp("overlap")
    with Writer.open(location) as writer:
        prepare(writer, Iris())
        writer.replace(BASE, described())
        writer.publish()
    return Generation.current(location)


@pytest.mark.parametrize(
    "name", ["applicants", "outcome-shares", "requests-by-place", "requests-by-province"]
)
def test_no_sum_mixes_levels_or_kinds(store: Generation, name: str) -> None:
    solutions = store.query(find(name).text)
    assert isinstance(solutions, ox.QuerySolutions)
    sums = sorted(int(value.value) for row in solutions if (value := row["requests"]) and int(value.value))
    assert sums == [5, 7, 40, 100]


def test_the_row_of_the_province_itself_has_the_one_number(store: Generation) -> None:
    solutions = store.query(find("requests-by-province").text)
    assert isinstance(solutions, ox.QuerySolutions)
    found = [tuple(term.value for term in row) for row in solutions]
    assert ("广东省", "省级", "人民政府", "2024", "100", "1", "1") in found
    assert ("广东省", "地级", "部门", "2024", "5", "2", "2") in found


@pytest.mark.parametrize("query", [q for q in stored() if "SUM(" in q.text], ids=lambda q: q.name)
def test_a_sum_is_of_one_agency_or_of_one_level_and_kind(query: StoredQuery) -> None:
    for grouped in _GROUPS.findall(query.text):
        names = set(grouped.split())
        assert names & {"?agency", "?who", "?report"} or {"?level", "?kind"} <= names, grouped
