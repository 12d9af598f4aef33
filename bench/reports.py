"""Made-up reports as triples, in the shape of real ones: agencies of every place, that do not exist, on two years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pyoxigraph as ox

from gongkai.divisions import Division, gazetteer
from gongkai.iris import Iris
from gongkai.pipeline import extraction
from gongkai.resources import folder
from gongkai.turtle import GK

_OFFICES = ("星图管理局", "晴雨管理局", "渡船管理局", "灯塔管理局")
_YEARS = (2022, 2023)
_CODE = "000000"


@dataclass(frozen=True, slots=True)
class _Model:
    """A report as N-Triples, and what stands in it for its agency, year and edition."""

    text: str
    agency: str
    year: str
    edition: str

    @classmethod
    def of(cls, path: Path) -> _Model:
        found, iris = extraction(path), Iris()
        report = found.report
        assert report.agency is not None
        assert report.year is not None
        agency = ox.NamedNode(iris.agency(report.agency.value))
        code = ox.Triple(agency, ox.NamedNode(GK + "divisionCode"), ox.Literal(_CODE))
        text = "".join(f"{triple} .\n" for triple in (*found.triples(iris), code))
        edition = iris.edition(report).rpartition("/")[2]
        return cls(
            text.replace("/unplaced/", f"/{_CODE}/"),
            report.agency.value.name,
            str(report.year.value),
            edition,
        )

    def copy(self, place: Division, agency: str, year: int, edition: str) -> list[ox.Triple]:
        """The same report of another agency, on another year."""
        text = self.text.replace(_CODE, place.code).replace(self.agency, agency)
        text = text.replace(self.year, str(year)).replace(self.edition, edition)
        return [quad.triple for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES)]


def editions() -> Iterator[tuple[str, list[ox.Triple]]]:
    """Names and triples of editions, the two years of an agency one after the other; some 25,000, always the same."""
    models = [_Model.of(path) for path in sorted((folder("examples") / "reports").iterdir())]
    places = [d for d in gazetteer().divisions.values() if d.valid(_YEARS[-1])]
    for index, (office, place) in enumerate(product(_OFFICES, places)):
        for year in _YEARS:
            agency, edition = place.name + office, f"{index:08x}{year}"
            name = f"{Iris().base}report/{place.code}/{agency}/{year}/{edition}"
            yield name, models[index % len(models)].copy(place, agency, year, edition)
