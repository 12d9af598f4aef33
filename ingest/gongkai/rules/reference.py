"""The reference engine: pySHACL. It decides single drafts, and says what the compiled queries must find.

pySHACL runs the queries of the shapes by rdflib or by Oxigraph. rdflib shares nothing with the compiled queries: tests hold
them to it. Oxigraph parses a query two hundred times as fast: by it a draft is decided in half a second.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pyoxigraph as ox
import pyshacl
import rdflib
from pyshacl.graph_abstraction import DataGraph, OxigraphDataGraph
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as Answer

from gongkai.rules.result import Result, Term
from gongkai.rules.shapes import Shapes
from gongkai.sparql import projected

_MARK = "gk-bindings"
_SEPARATOR, _EQUALS = "\x1e", "\x1f"


def validate(data: Iterable[ox.Triple | ox.Quad], shapes: Shapes) -> frozenset[Result]:
    """What pySHACL finds in the data by rdflib.

    Raises:
        pyshacl.errors.ShapeLoadError, ConstraintLoadError: a shape is not SHACL.
    """
    graph = _Prepared()
    for t in data:
        graph.add(_triple(t))
    return _found(graph, shapes)


def decide(store: ox.Store, shapes: Shapes) -> frozenset[Result]:
    """What pySHACL finds in a store in memory, by Oxigraph.

    Raises:
        pyshacl.errors.ShapeLoadError, ConstraintLoadError: a shape is not SHACL.
    """
    return _found(_Stored(store), shapes)


class _Prepared(rdflib.Graph):
    """A graph that parses each query once: for each report anew, that takes most of the time."""

    def query(self, query_object: str | Query, *arguments: Any, **options: Any) -> Answer:
        known = prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(known, *arguments, **options)


prepared = lru_cache(maxsize=512)(prepareQuery)
"""A query as parsed; with its cache cleared before each report pySHACL takes the time that it takes by itself."""


class _Stored(OxigraphDataGraph):
    """A store as pySHACL takes it."""

    def __bool__(self) -> bool:
        """Always, without counting all triples for each result."""
        return True


def _found(graph: rdflib.Graph | DataGraph, shapes: Shapes) -> frozenset[Result]:
    rules = rdflib.Graph()
    for t in (*shapes.triples, *_markers(shapes)):
        rules.add(_triple(t))
    _, report, _ = pyshacl.validate(graph, shacl_graph=rules, inplace=True)
    return frozenset(_result(report, node) for node in report.subjects(rdflib.RDF.type, SH.ValidationResult))


def _markers(shapes: Shapes) -> Iterable[ox.Triple]:
    """One message more for each SPARQL constraint: it carries what the query selects, as pySHACL's results do not."""
    message = ox.NamedNode(str(SH.message))
    for subject in shapes.subjects():
        select = shapes.object(subject, "select")
        if select is None or isinstance(subject, ox.Literal):
            continue
        fields = (f"{name}{_EQUALS}{{?{name}}}" for name in projected(select.value))
        yield ox.Triple(subject, message, ox.Literal(_SEPARATOR.join((_MARK, *fields))))


def _result(report: rdflib.Graph, node: rdflib.term.Node) -> Result:
    def one(predicate: rdflib.URIRef) -> rdflib.term.Node | None:
        return report.value(node, predicate)

    path, focus, value = one(SH.resultPath), one(SH.focusNode), one(SH.value)
    assert focus is not None
    bindings: tuple[tuple[str, str], ...] = ()
    for message in report.objects(node, SH.resultMessage):
        mark, *fields = str(message).split(_SEPARATOR)
        if mark == _MARK:
            pairs = (field.split(_EQUALS) for field in fields)
            bindings = tuple(sorted((n, v) for n, v in pairs if v != f"{{?{n}}}"))
    return Result(
        str(one(SH.sourceShape)),
        str(one(SH.sourceConstraintComponent)),
        _from_rdflib(focus),
        str(path) if isinstance(path, rdflib.URIRef) else None,
        None if value is None else _from_rdflib(value),
        bindings,
    )


def _triple(t: ox.Triple | ox.Quad) -> tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]:
    return _to_rdflib(t.subject), _to_rdflib(t.predicate), _to_rdflib(t.object)


def _to_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.term.Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == str(
        rdflib.XSD.string
    ):  # to rdflib "a" and "a"^^xsd:string are two things, to RDF 1.1 one
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


def _from_rdflib(term: rdflib.term.Node) -> Term:
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    assert isinstance(term, rdflib.Literal)
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)
