"""The register says what queries say, and is made once for a generation."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from gongkai.queries.holdings import holdings
from gongkai.store import Generation, Writer
from gongkai.turtle import DCTERMS, GK, SKOS, type_
from gongkai_api.register import register

BASE = "https://data.example/"


def test_of_the_examples(examples_store: Path) -> None:
    generation = Generation.current(examples_store)
    found = register(generation)
    assert found is register(generation)
    assert found.held == holdings(generation)
    assert (found.held.reports, found.held.agencies) == (len(found.reports), len(found.agencies)) == (10, 8)
    assert sum(count for _, count in found.places) == found.held.agencies
    assert sum(count for _, count in found.years) == found.held.reports
    dated = [(report.issued, report.year) for report in found.reports]
    assert dated == sorted(dated, reverse=True)
    assert dated[0][0] > dated[-1][0] == ""
    several = [agency for agency in found.agencies if len(agency.years) > 1]
    assert [agency.names[0] for agency in several] == ["柳汀县人民政府", "澜望市人力资源和社会保障局"]
    assert several[0].years == ("2023", "2024")


def test_what_is_not_known_is_empty(tmp_path: Path) -> None:
    report, agency = ox.NamedNode(BASE + "report"), ox.NamedNode(BASE + "agency")
    node, edition = ox.NamedNode, ox.NamedNode(BASE + "edition")
    with Writer.open(tmp_path) as writer:
        writer.replace(
            BASE + "g",
            [
                ox.Triple(report, node(type_), node(GK + "Report")),
                ox.Triple(agency, node(type_), node(GK + "Agency")),
                ox.Triple(agency, node(SKOS + "prefLabel"), ox.Literal("渡头县渡船管理局", language="zh")),
                ox.Triple(agency, node(GK + "divisionCode"), ox.Literal("990000")),
                ox.Triple(edition, node(DCTERMS + "issued"), ox.Literal("2024-01-01")),
            ],
        )
    found = register(Generation.current(tmp_path))
    (only,) = found.reports
    assert (only.agency, only.year, only.issued) == (None, "", "")
    (listed,) = found.agencies
    assert (listed.years, listed.code) == ((), "990000")
    assert (found.years, found.places) == ((), (("990000", 1),))


def test_names_come_as_they_are(tmp_path: Path) -> None:
    agency = ox.NamedNode(BASE + "agency")
    names = ("渡头县\r\n渡船管理局", '"渡船"\\管理局', "\u2028\U00020bb7, {x}")
    said = [ox.Triple(agency, ox.NamedNode(SKOS + "prefLabel"), ox.Literal(name)) for name in names]
    with Writer.open(tmp_path) as writer:
        writer.replace(
            BASE + "g", [ox.Triple(agency, ox.NamedNode(type_), ox.NamedNode(GK + "Agency")), *said]
        )
    (listed,) = register(Generation.current(tmp_path)).agencies
    assert sorted(listed.names) == sorted(names)
