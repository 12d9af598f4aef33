"""Made-up editions in the shape of real ones: for benchmarks of the store and the service."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

BASE = "https://data.example/"
GK = "https://w3id.org/gongkai/def#"
FORM = "https://w3id.org/gongkai/form#"
_A = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
_COLUMNS = tuple(
    ox.NamedNode(FORM + key)
    for key in (
        "naturalPerson", "company", "researchInstitution", "socialOrganisation", "legalService", "otherOrganisation",
        "totalRequests",
    )
)  # fmt: skip
ROWS = 33
YEARS = 5
_TEXT = "本机关认真贯彻落实条例，持续推进主动公开、依申请公开和平台建设工作。" * 60


def name(number: int) -> str:
    """The IRI of an edition."""
    return f"{BASE}report/{number // YEARS:06d}/{2020 + number % YEARS}/{number:08x}"


def edition(number: int, changed: int = 0) -> Iterator[ox.Triple]:
    """The triples of an edition; those of its agency are shared by its other years."""
    node = ox.NamedNode
    agency, report, this = (
        node(f"{BASE}agency/{number // YEARS:06d}"),
        node(name(number).rpartition("/")[0]),
        node(name(number)),
    )
    yield ox.Triple(agency, _A, node(GK + "Agency"))
    yield ox.Triple(
        agency,
        node("http://www.w3.org/2004/02/skos/core#prefLabel"),
        ox.Literal(f"第{number // YEARS}局", language="zh"),
    )
    yield ox.Triple(report, _A, node(GK + "Report"))
    yield ox.Triple(report, node(GK + "reportingAgency"), agency)
    yield ox.Triple(report, node(GK + "currentEdition"), this)
    yield ox.Triple(this, node(GK + "text"), ox.Literal(_TEXT + str(number)))
    for row in range(ROWS):
        line = node(f"{name(number)}#applications.{row}")
        yield ox.Triple(line, _A, node(GK + "TableRow"))
        yield ox.Triple(line, node(GK + "row"), node(f"{FORM}row{row}"))
        yield ox.Triple(line, node(GK + "ofEdition"), this)
        yield ox.Triple(line, node(GK + "report"), report)
        yield ox.Triple(
            line,
            node(GK + "cellPlaces"),
            ox.Literal(" ".join(f"{number % 97 + row * 40 + i}-{row}" for i in range(7))),
        )
        for index, column in enumerate(_COLUMNS):
            yield ox.Triple(
                line, column, ox.Literal(str((number * (row + 1) + index + changed) % 23), datatype=_INTEGER)
            )
