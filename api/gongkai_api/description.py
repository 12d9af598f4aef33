"""What the endpoint says of itself: SPARQL 1.1 Service Description (W3C Recommendation of 21 March 2013)."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from gongkai.jsonld import RDF_TYPE
from gongkai_api.formats import GRAPHS, RESULTS
from gongkai_api.graphdoc import document, node
from gongkai_api.messages import Answer, Request

SD = "http://www.w3.org/ns/sparql-service-description#"


def description(request: Request, services: frozenset[str], *, writable: bool) -> Answer:
    """The description, in the format that the client likes best.

    Raises:
        Problem: 400 or 406, the format is none that is to be had.
    """
    return document(request, _triples(request.url.rstrip("/"), services, writable=writable))


def _triples(endpoint: str, services: frozenset[str], *, writable: bool) -> Iterator[ox.Triple]:
    service, dataset, graph = (node(f"{endpoint}#{name}") for name in ("service", "dataset", "default-graph"))
    about = [
        (RDF_TYPE, node(SD + "Service")),
        (SD + "endpoint", node(endpoint)),
        (SD + "supportedLanguage", node(SD + "SPARQL11Query")),
        (SD + "feature", node(SD + "EmptyGraphs")),
        (SD + "defaultDataset", dataset),
    ]
    if writable:
        about.append((SD + "supportedLanguage", node(SD + "SPARQL11Update")))
    if services:
        about.append((SD + "feature", node(SD + "BasicFederatedQuery")))
    writers = [form.writer for form in (*RESULTS.formats, *GRAPHS.formats)]
    formats = [w.iri for w in writers if isinstance(w, ox.QueryResultsFormat | ox.RdfFormat)]
    about += [(SD + "resultFormat", node(iri)) for iri in formats]
    if writable:
        about += [(SD + "inputFormat", node(w.iri)) for w in writers if isinstance(w, ox.RdfFormat)]
    for predicate, value in about:
        yield ox.Triple(service, node(predicate), value)
    yield ox.Triple(dataset, node(RDF_TYPE), node(SD + "Dataset"))
    yield ox.Triple(dataset, node(SD + "defaultGraph"), graph)
    yield ox.Triple(graph, node(RDF_TYPE), node(SD + "Graph"))
