"""The page of a thing: what the graph says of it and its parts, and who points to it; that of a report has more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from gongkai.store import Generation
from gongkai.turtle import DCTERMS, GK
from gongkai_api.describing import Description, Labels
from gongkai_api.formats import GRAPHS
from gongkai_api.html import View, rendered
from gongkai_api.iri import Addresses
from gongkai_api.reportpage import Findings, ReportPage, current_edition, report_page

_SHOWN = 100  # values of one property on the page of a document; its other formats have all
ALTERNATES = tuple((form.name, form.media_types[0]) for form in GRAPHS.formats[:4])
_HEAD = (
    *(GK + name for name in ("ofReport", "reportingAgency", "year")),
    DCTERMS + "issued",
    *(GK + name for name in ("formVersion", "sourceName", "excerpt", "edition", "supersededEdition")),
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term as a page shows it."""

    text: str
    href: str = ""
    language: str = ""


Row = tuple[Term, list[Term]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a thing on its page."""

    fragment: str
    title: str
    rows: list[Row]


def page(
    generation: Generation,
    about: Description,
    view: View,
    addresses: Addresses,
    address: str,
    *,
    findings: Findings,
) -> bytes:
    """The page of a thing at its address; that of a report has the findings."""
    labels = Labels(generation, view.language)
    labels.expect(about)
    edition = current_edition(about)
    report = report_page(generation, about, edition, labels, findings) if edition else None
    own, parts = _parts(about, _Terms(labels, addresses))
    return rendered(
        "report.html" if report else "resource.html",
        view,
        title=report.title if report else labels(about.iri),
        iri=about.iri,
        address=address,
        alternates=ALTERNATES,
        head=_head(about, report, _Terms(labels, addresses)),
        own=own,
        parts=parts,
        links=_Terms(labels, addresses).rows((t.predicate, t.subject) for t in about.links),
        page=about.page,
        more=about.more,
        reports=_reports(about, labels, addresses),
        report=report,
        label=labels,
        link=addresses.link,
    )


def graph_page(
    generation: Generation,
    triples: Iterable[ox.Triple],
    view: View,
    addresses: Addresses,
    *,
    iri: str,
    title: str,
) -> bytes:
    """The page of a document that describes several things, such as the catalogue."""
    labels = Labels(generation, view.language)
    about = Description(iri, tuple(_shortened(triples)), (), 1, more=False)
    labels.learn(about.triples)
    own, parts = _parts(about, _Terms(labels, addresses))
    return rendered(
        "resource.html",
        view,
        title=title,
        iri=iri,
        address="",
        alternates=ALTERNATES,
        head=[],
        own=own,
        parts=parts,
        links=[],
        page=1,
        more=False,
        reports=[],
        report=None,
    )


def _shortened(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Of a property with many values the first of them, and how many more there are."""
    by_property: dict[object, list[ox.Triple]] = {}
    for triple in triples:
        by_property.setdefault((triple.subject, triple.predicate), []).append(triple)
    for said in by_property.values():
        yield from said[:_SHOWN]
        if len(said) > _SHOWN:
            first = said[0]
            yield ox.Triple(first.subject, first.predicate, ox.Literal(f"… (+{len(said) - _SHOWN})"))


def _parts(about: Description, terms: _Terms) -> tuple[list[Row], list[Part]]:
    """What is said of the thing itself, and of each of its parts; a whole text is shown elsewhere."""
    subjects: dict[str, list[ox.Triple]] = {about.iri: []}
    for triple in about.triples:
        if triple.predicate.value != GK + "text":
            of_blank = isinstance(triple.subject, ox.BlankNode)
            found = terms.inside if of_blank else subjects
            found.setdefault(str(getattr(triple.subject, "value", triple.subject)), []).append(triple)
    rows = {iri: terms.rows((t.predicate, t.object) for t in said) for iri, said in subjects.items()}
    own = rows.pop(about.iri)
    return own, [Part(iri.partition("#")[2], terms.labels(iri), said) for iri, said in rows.items()]


def _head(about: Description, report: ReportPage | None, terms: _Terms) -> list[Row]:
    """What a reader wants to know first of a report: whose it is, on which year, when and where it was published."""
    if report is None:
        return []
    subjects = dict.fromkeys((about.iri, report.edition))
    said = ((p, value) for p in _HEAD for iri in subjects for value in about.values(p, iri))
    return terms.rows((ox.NamedNode(p), value) for p, value in said if value.value not in subjects)


def _reports(about: Description, labels: Labels, addresses: Addresses) -> list[Term]:
    """The reports of an agency, the latest first."""
    terms = _Terms(labels, addresses)
    found = (terms.term(t.subject) for t in about.links if t.predicate.value == GK + "reportingAgency")
    return sorted(found, key=lambda term: term.text, reverse=True)


@dataclass(frozen=True, slots=True)
class _Terms:
    labels: Labels
    addresses: Addresses
    inside: dict[str, list[ox.Triple]] = field(default_factory=dict)
    """What is said of blank nodes: it is shown where they are the value."""

    def rows(self, pairs: Iterable[tuple[ox.NamedNode, object]]) -> list[Row]:
        """Properties with their values, each property once."""
        found: dict[str, list[Term]] = {}
        for predicate, value in pairs:
            found.setdefault(predicate.value, []).append(self.term(value))
        return [(self.term(ox.NamedNode(predicate)), terms) for predicate, terms in found.items()]

    def term(self, value: object) -> Term:
        """A term: an IRI by its label, a literal as it is."""
        if isinstance(value, ox.NamedNode):
            return Term(self.labels(value.value), self.addresses.link(value.value))
        if isinstance(value, ox.Literal):
            return Term(value.value, language=value.language or "")
        if isinstance(value, ox.BlankNode):
            said = self.inside.get(value.value, ())
            return Term(
                "\n".join(f"{self.labels(t.predicate.value)}: {self.term(t.object).text}" for t in said)
            )
        return Term(str(value))
