"""A few editions of a store, with all that their rules may look at, as a graph in memory: what is judged at once.

What a query over a whole store costs is up to the order in which the engine joins, and grows with the store. A slice holds
some editions and their kin, whatever the store holds: so that a report costs the same among 5,000 as among 1,000,
any rule of any pack included, and memory has a bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import pyoxigraph as ox

from gongkai.rules.data import Edition, Source, in_values, select
from gongkai.turtle import GK

_MOST = 200  # editions that are judged at once
_FEW = 20  # where a source holds no more, it is its own slice


@dataclass(frozen=True, slots=True)
class Slice:
    """A graph, and what may be judged by it: the editions, reports and agencies of the slice, or (if empty) all in it."""

    graph: Source
    focuses: tuple[str, ...] = ()


def slices(
    source: Source, ontology: Iterable[ox.Quad], wanted: Sequence[Edition], *, whole: bool = False
) -> Iterator[Slice]:
    """Slices that hold the editions; `whole` says that they are all that the source holds."""
    if whole and len(wanted) <= _FEW:
        yield Slice(source)
        return
    known = tuple(ontology)
    for batch in _batches(wanted):
        graph = ox.Store()
        own = {e.iri for e in batch}
        kin = _kin(source, own) - own
        _copy(source, own | kin, graph)
        graph.extend(known)  # last: what is copied is looked through several times
        named = (iri for e in batch for iri in (e.iri, e.report, e.agency) if iri is not None)
        yield Slice(graph, tuple(dict.fromkeys(named)) if kin else ())


def _batches(wanted: Sequence[Edition]) -> Iterator[tuple[Edition, ...]]:
    """The editions, those of a place together: they are each other's kin."""
    ordered = sorted(wanted, key=lambda e: (_place(e), e.year or "", e.agency or "", e.iri))
    batch: list[Edition] = []
    for _, found in groupby(ordered, _place):
        group = list(found)
        if batch and len(batch) + len(group) > _MOST:
            yield tuple(batch)
            batch = []
        batch += group
        while len(batch) > _MOST:
            yield tuple(batch[:_MOST])
            batch = batch[_MOST:]
    if batch:
        yield tuple(batch)


def _place(edition: Edition) -> str:
    return edition.division or edition.agency or ""


def _copy(source: Source, editions: set[str], graph: ox.Store) -> None:
    _add(source, graph, "?s", "s", editions)
    _add(source, graph, "?s gk:ofEdition ?edition", "edition", editions)
    while below := _unread(graph, editions):
        _add(source, graph, "?s", "s", below)
    reports = {s["r"] for s in select(graph, "SELECT DISTINCT ?r WHERE { ?e gk:ofReport ?r }")}
    _add(source, graph, "?s", "s", reports)
    agencies = {s["a"] for s in select(graph, "SELECT DISTINCT ?a WHERE { ?r gk:reportingAgency ?a }")}
    _add(source, graph, "?s", "s", agencies)
    _add(source, graph, "?s gk:reportingAgency ?agency", "agency", agencies)


def _kin(source: Source, editions: Iterable[str]) -> set[str]:
    """What a rule may look at beside an edition: other editions of its report, those of its agency on the years before and
    after, and those of its place on its year.
    """
    own = "?edition gk:ofReport ?report . ?report gk:reportingAgency ?agency ; gk:year ?year ."
    ways = (
        "?edition gk:ofReport ?other .",
        f"""{own} ?other gk:reportingAgency ?agency ; gk:year ?beside .
            FILTER (ABS(xsd:integer(STR(?beside)) - xsd:integer(STR(?year))) = 1)""",
        f"""{own} ?agency gk:divisionCode ?place . ?sister gk:divisionCode ?place .
            ?other gk:reportingAgency ?sister ; gk:year ?year .""",
    )
    return {
        s["kin"]
        for values in in_values("edition", sorted(editions))
        for way in ways
        for s in select(source, f"SELECT DISTINCT ?kin WHERE {{ {values} {way} ?kin gk:ofReport ?other }}")
    }


def _unread(graph: ox.Store, editions: set[str]) -> set[str]:
    """What the editions name below themselves, and the graph does not describe yet."""
    query = "SELECT DISTINCT ?o WHERE { ?s ?p ?o . FILTER (isIRI(?o)) FILTER NOT EXISTS { ?o ?q ?any } }"
    return {o for s in select(graph, query) if (o := s["o"]).partition("#")[0] in editions}


def _add(source: Source, graph: ox.Store, pattern: str, name: str, iris: Iterable[str]) -> None:
    """All that the source says of the subjects that a pattern leads to from the IRIs."""
    lead = f"{pattern} ." if " " in pattern else ""
    for values in in_values(name, sorted(iris)):
        query = f"PREFIX gk: <{GK}> CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {values} {lead} ?s ?p ?o }}"
        found = source.query(query)
        assert not isinstance(found, ox.QuerySolutions | ox.QueryBoolean)
        graph.load(ox.serialize(found, format=ox.RdfFormat.N_TRIPLES), ox.RdfFormat.N_TRIPLES)
