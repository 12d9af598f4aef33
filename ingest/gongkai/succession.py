"""Agencies that took over from others, where there are reports of both: as `org:ChangeEvent`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from gongkai.agencies import canonical, successors
from gongkai.iris import Iris
from gongkai.report import Agency
from gongkai.triples import ORG, Subject, text, typed
from gongkai.turtle import DCTERMS, RDFS, type_


def events(agencies: Iterable[Agency], iris: Iris) -> Iterator[ox.Triple]:
    """The changes among agencies: one event for each that took over in a year, from one or several."""
    known = {(agency.division, canonical(agency)): agency for agency in agencies}
    origins: dict[tuple[str, str, int | None], list[Agency]] = defaultdict(list)
    for _, agency in sorted(known.items(), key=lambda item: iris.agency(item[1])):
        for code, name, year in successors(agency):
            if (code, name) in known:
                origins[code, name, year].append(agency)
    for (code, name, year), former in origins.items():
        yield from _event(iris, known[code, name], year, former).triples
        for agency in former:
            yield from (
                Subject(iris.agency(agency))
                .add(ORG + "changedBy", iris.change(known[code, name], year))
                .triples
            )


def _event(iris: Iris, later: Agency, year: int | None, former: Iterable[Agency]) -> Subject:
    old, new = "、".join(canonical(a) for a in former), canonical(later)
    event = Subject(iris.change(later, year)).add(type_, ORG + "ChangeEvent")
    event.add(RDFS + "label", text(f"{old}改为{new}", "zh"), text(f"{old} became {new}", "en"))
    event.add(ORG + "originalOrganization", *(iris.agency(a) for a in former))
    event.add(ORG + "resultingOrganization", iris.agency(later))
    if year is not None:
        event.add(DCTERMS + "date", typed(year, "gYear"))
    return event
