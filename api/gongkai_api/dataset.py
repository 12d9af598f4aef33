"""What is said of any data set: titles, publisher, licence, the runs that made it; and what it covers."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from gongkai.jsonld import RDF_TYPE
from gongkai.store import About, Generation
from gongkai.triples import DCAT, PROV, text, typed
from gongkai.turtle import DCTERMS, RDFS
from gongkai_api.graphdoc import node
from gongkai_api.settings import Settings

FOAF = "http://xmlns.com/foaf/0.1/"
_VCARD = "http://www.w3.org/2006/vcard/ns#"
_SOFTWARE = "https://w3id.org/gongkai/software"
_TITLES = {
    "zh": "政府信息公开工作年度报告知识图谱",
    "en": "Annual reports on government information disclosure",
}
_TEXTS = {
    "zh": "行政机关政府信息公开工作年度报告的表格数字、文字事实及其原文位置。",
    "en": "Figures, facts of the text, and their places in the source, of annual reports of administrative organs.",
}
_KEYWORDS = {
    "zh": ("政府信息公开", "年度报告", "依申请公开", "行政复议", "行政诉讼"),
    "en": ("freedom of information", "annual report", "request for information"),
}
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_GOVERNMENT = _AUTHORITY + "data-theme/GOVE"
_CHINESE = _AUTHORITY + "language/ZHO"
"""DCAT-AP 3.0.1 names themes and languages by the authority tables of the EU."""


def said(subject: str, about: list[tuple[str, ox.NamedNode | ox.Literal]]) -> Iterator[ox.Triple]:
    """What is said of a thing, as triples."""
    for predicate, value in about:
        yield ox.Triple(node(subject), node(predicate), value)


def named(settings: Settings, origin: str) -> list[tuple[str, ox.NamedNode | ox.Literal]]:
    """Titles, descriptions, publisher, contact and licence of the whole."""
    texts = [(DCTERMS + "description", text(words, language)) for language, words in _TEXTS.items()]
    return [
        *titled(_TITLES),
        *texts,
        *asked_of(settings, origin),
        (DCTERMS + "license", node(settings.licence)),
    ]


def asked_of(settings: Settings, origin: str) -> list[tuple[str, ox.NamedNode | ox.Literal]]:
    """Who publishes the data, and whom to ask about them, where that is told."""
    contact = [(DCAT + "contactPoint", node(_contact(origin)))] if settings.contact else []
    return [(DCTERMS + "publisher", node(publisher(settings, origin))), *contact]


def titled(titles: dict[str, str]) -> list[tuple[str, ox.NamedNode | ox.Literal]]:
    """Titles by language."""
    return [(DCTERMS + "title", text(words, language)) for language, words in titles.items()]


def topics(dataset: str) -> Iterator[ox.Triple]:
    """What the whole is about, and in which language."""
    for language, words in _KEYWORDS.items():
        yield from said(dataset, [(DCAT + "keyword", text(word, language)) for word in words])
    yield from said(dataset, [(DCAT + "theme", node(_GOVERNMENT)), (DCTERMS + "language", node(_CHINESE))])


def agent(settings: Settings, origin: str) -> Iterator[ox.Triple]:
    """Who publishes the data, and where they can be asked."""
    yield from said(
        publisher(settings, origin),
        [(RDF_TYPE, node(FOAF + "Agent")), (FOAF + "name", text(settings.publisher))],
    )
    if settings.contact:
        way = "hasEmail" if settings.contact.startswith("mailto:") else "hasURL"
        yield from said(
            _contact(origin),
            [
                (RDF_TYPE, node(_VCARD + "Kind")),
                (_VCARD + "fn", text(settings.publisher)),
                (_VCARD + way, node(settings.contact)),
            ],
        )


def _contact(origin: str) -> str:
    return f"{origin}/catalog#contact"


def publisher(settings: Settings, origin: str) -> str:
    """The IRI of who publishes the data."""
    return settings.publisher_iri or f"{origin}/catalog#publisher"


def provenance(dataset: str, about: About) -> Iterator[ox.Triple]:
    """The runs that made the data."""
    for run in about.runs:
        activity = f"{dataset}-run-{run.generation}"
        yield from said(dataset, [(PROV + "wasGeneratedBy", node(activity))])
        yield from said(
            activity, [(RDF_TYPE, node(PROV + "Activity")), (PROV + "wasAssociatedWith", node(_SOFTWARE))]
        )
        yield from said(activity, [(PROV + "startedAtTime", typed(run.started, "dateTime"))])
        yield from said(activity, [(PROV + "endedAtTime", typed(run.ended, "dateTime"))])
        yield from said(
            activity, [(RDFS + "label", ox.Literal(f"{run.generation}: {run.changed} graphs", language="en"))]
        )
    yield from said(_SOFTWARE, [(RDF_TYPE, node(PROV + "SoftwareAgent")), (FOAF + "name", text("gongkai"))])


def time(about: About) -> ox.Literal:
    """When a generation was published."""
    return typed(about.published, "dateTime")


def of_class(generation: Generation, class_: str) -> Iterator[str]:
    """The IRIs of the things of a class."""
    for triple in generation.triples(None, node(RDF_TYPE), node(class_)):
        if isinstance(triple.subject, ox.NamedNode):
            yield triple.subject.value
