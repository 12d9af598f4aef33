"""The description of the data set as a whole in VoID (W3C Note of 3 March 2011): partitions, and what it covers."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from gongkai.jsonld import RDF_TYPE
from gongkai.store import Generation, Statistics
from gongkai.triples import PROV, text, typed
from gongkai.turtle import DCTERMS, GK, QB
from gongkai_api.dataset import FOAF, named, provenance, said, time
from gongkai_api.formats import GRAPHS
from gongkai_api.graphdoc import node
from gongkai_api.register import register
from gongkai_api.settings import Settings

VOID = "http://rdfs.org/ns/void#"


def void(generation: Generation, origin: str, settings: Settings) -> Iterator[ox.Triple]:
    """The description; `origin` is scheme and host of the service."""
    about = generation.about()
    this = f"{origin}/.well-known/void"
    data = f"{this}#data"
    yield from said(
        this, [(RDF_TYPE, node(VOID + "DatasetDescription")), (FOAF + "primaryTopic", node(data))]
    )
    yield from said(data, [(RDF_TYPE, node(VOID + "Dataset")), *named(settings, origin)])
    yield from said(
        data, [(VOID + "sparqlEndpoint", node(f"{origin}/sparql")), (VOID + "uriSpace", text(settings.base))]
    )
    yield from said(
        data, [(VOID + "dataDump", node(f"{origin}/graphs?default")), (DCTERMS + "modified", time(about))]
    )
    files = settings.dumps.latest() if settings.dumps else ()
    yield from said(data, [(VOID + "dataDump", node(file.url)) for file in files if file.whole])
    yield from said(data, [(VOID + "vocabulary", node(iri)) for iri in (GK, QB, DCTERMS, PROV)])
    yield from said(
        data,
        [(VOID + "feature", node(w.iri)) for f in GRAPHS.formats if isinstance(w := f.writer, ox.RdfFormat)],
    )
    yield from _partitions(data, this, generation.statistics())
    known = register(generation)
    for year, count in reversed(known.years):
        part = f"{this}#year-{year}"
        yield from said(data, [(VOID + "subset", node(part))])
        yield from said(
            part, [(RDF_TYPE, node(VOID + "Dataset")), (DCTERMS + "temporal", typed(year, "gYear"))]
        )
        yield from said(
            part, [(VOID + "class", node(GK + "Report")), (VOID + "entities", typed(count, "integer"))]
        )
    contributor = node(DCTERMS + "contributor")
    yield from (ox.Triple(node(data), contributor, node(iri)) for iri in known.all_agencies())
    yield from provenance(data, about)


def _partitions(data: str, this: str, statistics: Statistics) -> Iterator[ox.Triple]:
    yield from said(data, [(VOID + "triples", typed(statistics.triples, "integer"))])
    kinds = (
        ("class", "entities", statistics.classes),
        ("property", "triples", statistics.properties),
    )
    for kind, measure, counts in kinds:
        yield from said(
            data,
            [(f"{VOID}{'classes' if kind == 'class' else 'properties'}", typed(len(counts), "integer"))],
        )
        for number, (iri, count) in enumerate(counts.items()):
            part = f"{this}#{kind}-{number}"
            yield from said(data, [(f"{VOID}{kind}Partition", node(part))])
            yield from said(part, [(VOID + kind, node(iri)), (VOID + measure, typed(count, "integer"))])
