"""The catalogue in DCAT 3: the whole graph, each data cube in it, and the service."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from gongkai.jsonld import RDF_TYPE
from gongkai.store import Generation
from gongkai.triples import DCAT, text, typed
from gongkai.turtle import DCTERMS, QB
from gongkai_api.dataset import (
    FOAF,
    agent,
    asked_of,
    named,
    of_class,
    provenance,
    said,
    time,
    titled,
    topics,
)
from gongkai_api.dumps import DumpFile
from gongkai_api.formats import GRAPHS
from gongkai_api.graphdoc import node
from gongkai_api.iri import Addresses
from gongkai_api.register import register
from gongkai_api.settings import Settings

_IANA = "https://www.iana.org/assignments/media-types/"


def dcat(generation: Generation, origin: str, settings: Settings) -> Iterator[ox.Triple]:
    """The catalogue; `origin` is scheme and host of the service."""
    about = generation.about()
    catalog, service = f"{origin}/catalog#catalog", f"{origin}/catalog#sparql"
    whole = f"{origin}/catalog#graph"
    yield from said(
        catalog,
        [(RDF_TYPE, node(DCAT + "Catalog")), *named(settings, origin), (DCTERMS + "modified", time(about))],
    )
    yield from said(
        catalog,
        [
            (DCAT + "dataset", node(whole)),
            (DCAT + "service", node(service)),
            (FOAF + "homepage", node(origin + "/")),
        ],
    )
    yield from agent(settings, origin)
    yield from said(
        service,
        [
            (RDF_TYPE, node(DCAT + "DataService")),
            *titled({"zh": "SPARQL 查询服务", "en": "SPARQL endpoint"}),
        ],
    )
    yield from said(
        service,
        [
            (DCAT + "endpointURL", node(f"{origin}/sparql")),
            (DCAT + "endpointDescription", node(f"{origin}/sparql")),
        ],
    )
    yield from said(
        service,
        [
            (DCTERMS + "conformsTo", node("https://www.w3.org/TR/sparql11-protocol/")),
            (DCAT + "servesDataset", node(whole)),
        ],
    )
    yield from said(
        whole,
        [(RDF_TYPE, node(DCAT + "Dataset")), *named(settings, origin), (DCTERMS + "modified", time(about))],
    )
    yield from topics(whole)
    yield from _period(generation, whole)
    for form in GRAPHS.formats[:4]:
        yield from _distribution(
            whole, f"{origin}/graphs?default&format={form.name}", form.media_types[0], settings
        )
    for file in settings.dumps.latest() if settings.dumps else ():
        yield from _file(whole, file, settings)
    yield from provenance(whole, about)
    for cube in of_class(generation, QB + "DataSet"):
        yield from _cube(generation, cube, settings, origin)


def _cube(generation: Generation, cube: str, settings: Settings, origin: str) -> Iterator[ox.Triple]:
    """A data cube: it has titles in the data; its observations come from the endpoint."""
    catalog, service = f"{origin}/catalog#catalog", f"{origin}/catalog#sparql"
    yield from said(catalog, [(DCAT + "dataset", node(cube))])
    yield from said(service, [(DCAT + "servesDataset", node(cube))])
    titles = {
        t.object.language or "": t.object.value
        for t in generation.triples(node(cube), node(DCTERMS + "title"))
        if isinstance(t.object, ox.Literal)
    }
    yield from said(cube, [(RDF_TYPE, node(DCAT + "Dataset")), *titled(titles)])
    yield from said(
        cube,
        [(DCTERMS + "description", text(words, language)) for language, words in titles.items()],
    )
    yield from said(cube, asked_of(settings, origin))
    path = Addresses(settings.base).path(cube)
    if path is not None:
        yield from _distribution(cube, f"{origin}/doc{path}", "text/turtle", settings)


def _file(dataset: str, file: DumpFile, settings: Settings) -> Iterator[ox.Triple]:
    """A file of a dump."""
    part = f"{dataset}-file-{file.name}"
    yield from _offered(dataset, part, file.url, file.media_type, settings, title=file.name)
    yield from said(part, [(DCAT + "byteSize", typed(file.size, "nonNegativeInteger"))])
    if file.packed:
        yield from said(part, [(DCAT + "compressFormat", node(_IANA + "application/gzip"))])


def _distribution(dataset: str, url: str, media_type: str, settings: Settings) -> Iterator[ox.Triple]:
    name = media_type.rpartition("/")[2]
    part = f"{dataset}-as-{name}" if "#" in dataset else f"{dataset}#as-{name}"
    yield from _offered(dataset, part, url, media_type, settings, title=media_type)


def _offered(
    dataset: str, part: str, url: str, media_type: str, settings: Settings, *, title: str
) -> Iterator[ox.Triple]:
    yield from said(dataset, [(DCAT + "distribution", node(part))])
    yield from said(
        part,
        [
            (RDF_TYPE, node(DCAT + "Distribution")),
            (DCTERMS + "title", text(title)),
            (DCAT + "accessURL", node(url)),
            (DCAT + "downloadURL", node(url)),
            (DCAT + "mediaType", node(_IANA + media_type)),
            (DCTERMS + "license", node(settings.licence)),
        ],
    )


def _period(generation: Generation, dataset: str) -> Iterator[ox.Triple]:
    """The years that the data cover."""
    covered = [year for year, _ in register(generation).years]
    if not covered:
        return
    period = f"{dataset}-period"
    yield from said(dataset, [(DCTERMS + "temporal", node(period))])
    yield from said(period, [(RDF_TYPE, node(DCTERMS + "PeriodOfTime"))])
    yield from said(period, [(DCAT + "startDate", typed(f"{min(covered)}-01-01", "date"))])
    yield from said(period, [(DCAT + "endDate", typed(f"{max(covered)}-12-31", "date"))])
