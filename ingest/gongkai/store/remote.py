"""A SPARQL 1.1 server as the store, to read.

Everything is in its default graph (in one graph of ours where it has none), as in a folder; the ledger is a graph beside
it: see `remote_writer`. What a server holds may change at any time, so nothing it answers is kept.
"""

from __future__ import annotations

import base64
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

import pyoxigraph as ox

from gongkai.errors import StoreError
from gongkai.store.about import About, Statistics, counted
from gongkai.store.batch import LEDGER, some
from gongkai.store.endpoint import DATA, Endpoint, Reply
from gongkai.store.interface import Generation, Remote, Results, Term
from gongkai.store.ledger import unpack
from gongkai.store.register import made

STORE = "urn:gongkai:store"
_SYSTEM = (
    "http://www.openlinksw.com/",
    "http://localhost:8890/",
    "http://www.w3.org/",
    "urn:activitystreams-owl:",
    "urn:gongkai:",
)
"""How the names of graphs begin that are the server's own, or ours."""


@dataclass(frozen=True, slots=True)
class RemoteGeneration(Generation):
    """What a server holds now."""

    id: str
    published: str
    endpoint: Endpoint

    @classmethod
    def open(cls, remote: Remote) -> RemoteGeneration:
        """What a server holds.

        Raises:
            StoreError: it cannot be reached.
        """
        endpoint = Endpoint.find(remote)
        noted = f"SELECT ?g ?t {{ GRAPH <{LEDGER}> {{ <{STORE}> <{LEDGER}#generation> ?g ; <{LEDGER}#published> ?t }} }}"
        found = _rows(results(endpoint.ask(noted, named_graphs=(LEDGER,) if endpoint.virtuoso else ())))
        name, time = next(
            ((row["g"].value, row["t"].value) for row in found), ("remote", "1970-01-01T00:00:00Z")
        )
        return cls(name, time, endpoint)

    @property
    def immutable(self) -> bool:
        """Never: others may write to the server."""
        return False

    def query(
        self,
        text: str,
        *,
        base: str | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Results:
        """Has the server run a query."""
        return results(self.endpoint.ask(based(text, base), default_graphs, named_graphs))

    def triples(
        self,
        subject: ox.NamedNode | ox.BlankNode | None = None,
        predicate: ox.NamedNode | None = None,
        object_: Term | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Triple]:
        """The triples that match."""
        pattern = " ".join(
            str(term) if term is not None else f"?{name}"
            for name, term in zip("spo", (subject, predicate, object_), strict=True)
        )
        where = f"GRAPH {graph} {{ {pattern} }}" if graph else pattern
        return self._graph(f"CONSTRUCT {{ {pattern} }} WHERE {{ {where} }}")

    def triples_of(self, subjects: Iterable[ox.NamedNode]) -> Iterator[ox.Triple]:
        """The triples of the default graph about some things."""
        return self._with("?s", subjects)

    def triples_to(self, objects: Iterable[ox.NamedNode]) -> Iterator[ox.Triple]:
        """The triples of the default graph that point to some things."""
        return self._with("?o", objects)

    def _with(self, end: str, nodes: Iterable[ox.NamedNode]) -> Iterator[ox.Triple]:
        for listed in some([str(node) for node in nodes]):
            pattern = f"VALUES {end} {{ {' '.join(listed)} }} ?s ?p ?o"
            yield from self._graph(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}")

    def _graph(self, text: str) -> Iterator[ox.Triple]:
        found = self.query(text)
        assert not isinstance(found, ox.QuerySolutions | ox.QueryBoolean)
        return found

    def asserted(self, root: str = "", near: str = "") -> Iterator[ox.Triple]:
        """What was put here graph by graph, as it was written then; what several graphs assert comes several times.

        With a `root`, of the graphs whose names begin so only those whose names begin with `near`.
        """
        begins = "STRSTARTS(STR(?g), {})".format
        wanted = f"!{begins(ox.Literal(root))} || {begins(ox.Literal(near))}" if root else "true"
        known = self._of_ledger(f"?g <{LEDGER}#digest> ?d FILTER ({wanted})", "?g")
        for graphs in some([f"<{row['g'].value}>" for row in known]):
            bodies = f"VALUES ?g {{ {' '.join(graphs)} }} ?g <{LEDGER}#body> ?b"
            for row in self._of_ledger(bodies, "?b"):
                yield from unpack(base64.b64decode(row["b"].value))

    def _of_ledger(self, pattern: str, variables: str) -> Iterator[ox.QuerySolution]:
        query = f"SELECT {variables} WHERE {{ GRAPH <{LEDGER}> {{ {pattern} }} }}"
        return _rows(
            results(self.endpoint.ask(query, named_graphs=(LEDGER,) if self.endpoint.virtuoso else ()))
        )

    def holds(self, triple: ox.Triple) -> bool:
        """Whether the default graph has a triple."""
        return bool(self.query(f"ASK {{ {triple} }}"))

    def about(self) -> About:
        """When it was last published from here."""
        return About(self.published, None, ())

    def statistics(self) -> Statistics:
        """How often everything is used, counted anew."""
        return counted(self.query)

    def register(self) -> sqlite3.Connection:
        """The register, made anew."""
        return made(self.query)

    def graphs(self) -> Iterator[str]:
        """The named graphs that are neither ours nor the server's own."""
        found = _rows(self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"))
        names = (row["g"].value for row in found)
        return (name for name in names if name != DATA and not name.startswith(_SYSTEM))

    def contains(self, graph: str) -> bool:
        """Whether there is a named graph with anything in it."""
        return bool(self.query(f"ASK {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }}"))

    def dump(self, output: IO[bytes], syntax: ox.RdfFormat, graph: str | None = None) -> None:
        """Writes a graph in the syntax."""
        ox.serialize(self.triples(graph=ox.NamedNode(graph) if graph else None), output, syntax)

    def size(self) -> int:
        """The number of triples of the default graph."""
        found = _rows(self.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"))
        return int(next(found)["n"].value)


def based(text: str, base: str | None) -> str:
    """A query or update with its base; on its first line, so that errors have the line they are on."""
    return f"BASE <{base}> {text}" if base else text


def results(reply: Reply) -> Results:
    """What a server answered, as the engine's own results; a long answer is read as they are taken.

    Raises:
        StoreError: it is nothing that can be read as such.
    """
    with _readable():
        if reply.media_type == "application/sparql-results+json":
            found = ox.parse_query_results(reply.content, ox.QueryResultsFormat.JSON)
            if isinstance(found, ox.QuerySolutions) and [v.value for v in found.variables] == [
                "__ASK_RETVAL"
            ]:
                return _truth(found)  # Virtuoso answers an ASK that needs no data so
            return found
        form = ox.RdfFormat.from_media_type(reply.media_type)
        if form is not None:
            return _triples(ox.parse(reply.content, form))
    msg = f"the server answers in {reply.media_type}, which is not what was asked for"
    raise StoreError(msg)


def _triples(quads: Iterator[ox.Quad]) -> Iterator[ox.Triple]:
    with _readable():
        for quad in quads:
            yield quad.triple


def _rows(found: Results) -> Iterator[ox.QuerySolution]:
    """The rows of an answer, read as they are taken.

    Raises:
        StoreError: one of them cannot be read.
    """
    assert isinstance(found, ox.QuerySolutions)
    with _readable():
        yield from found


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (SyntaxError, ValueError) as error:
        msg = f"the server's answer cannot be read: {error}"
        raise StoreError(msg) from error


def _truth(found: ox.QuerySolutions) -> ox.QueryBoolean:
    row = next(found, None)
    value = row is not None and row[0].value not in ("0", "false")
    boolean = ox.parse_query_results(
        f'{{"head":{{}},"boolean":{str(value).lower()}}}', ox.QueryResultsFormat.JSON
    )
    assert isinstance(boolean, ox.QueryBoolean)
    return boolean
