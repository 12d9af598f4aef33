"""A SPARQL 1.1 server as the store, to write, by updates alone.

The ledger is a graph on the server, so that whoever writes from wherever knows it. It has, for each graph that was put
there, its triples (compressed, as one literal) and their digest. A triple about the graph's own IRI, or about one that
extends it by #, belongs to that graph alone; for any other a mark says who asserts it, so that it stays as long as
somebody does. A batch is first noted as pending, then taken, then settled: a writer that opens finds what another one left
half done, and does it again.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pyoxigraph as ox

from gongkai.errors import BusyError
from gongkai.store.endpoint import DATA, Endpoint
from gongkai.store.interface import Generation, Remote, Writer
from gongkai.store.ledger import canonical, digest, pack, unpack
from gongkai.store.remote import LEDGER, STORE, RemoteGeneration, results

_BATCH = 4000  # triples in one update
_LINES = 1000  # triples in one operation of it: what Virtuoso takes at once is limited
_STALE = timedelta(minutes=15)  # after which a writer that gave no sign is taken for dead
_PAUSE = 0.5


@dataclass(slots=True)
class _Batch:
    """What an update is to bring about."""

    bodies: dict[str, bytes | None] = field(default_factory=dict)
    """The triples of each graph; None for one that is removed."""
    added: dict[ox.Triple, None] = field(default_factory=dict)
    removed: dict[ox.Triple, None] = field(default_factory=dict)
    marked: dict[tuple[str, str], None] = field(default_factory=dict)
    """Triple (by its mark) and graph."""
    unmarked: dict[tuple[str, str], ox.Triple] = field(default_factory=dict)


class RemoteWriter(Writer):
    """The writer of a store on a server."""

    def __init__(self, remote: Remote, endpoint: Endpoint, signature: str) -> None:
        self._remote = remote
        self._endpoint = endpoint
        self._signature = signature
        self._graph = f"GRAPH <{DATA}>" if endpoint.virtuoso else ""
        self._batch = _Batch()
        self._changed = False
        self._digests = {
            row["g"].value: row["d"].value for row in self._select(f"?g <{LEDGER}#digest> ?d", "?g ?d")
        }

    @classmethod
    def connect(cls, remote: Remote, *, wait: float = 0.0) -> RemoteWriter:
        """Takes the store on a server for writing."""
        endpoint = Endpoint.find(remote, writing=True)
        signature = f"process {os.getpid()} on {socket.gethostname()} ({secrets.token_hex(4)})"
        deadline = time.monotonic() + wait
        while (holder := _sign(endpoint, signature)) != signature:
            if time.monotonic() >= deadline:
                msg = f"{remote} is being written by {holder}: wait until it has finished, or end it"
                raise BusyError(msg)
            time.sleep(_PAUSE)
        writer = cls(remote, endpoint, signature)
        writer._redo()
        return writer

    def replace(self, graph: str, triples: Iterable[ox.Triple]) -> bool:
        """Makes the graph assert exactly these triples."""
        new = canonical(graph, triples)
        body = pack(new)
        if self._digests.get(graph) == digest(body).hex():
            return False
        self._change(graph, self.triples(graph) if graph in self._digests else frozenset(), new, body)
        self._digests[graph] = digest(body).hex()
        return True

    def remove(self, graph: str) -> bool:
        """Takes back all that the graph asserts."""
        if graph not in self._digests:
            return False
        self._change(graph, self.triples(graph), frozenset(), None)
        del self._digests[graph]
        return True

    def graphs(self, prefix: str = "") -> list[str]:
        """The IRIs of the graphs that were put here."""
        return sorted(graph for graph in self._digests if graph.startswith(prefix))

    def triples(self, graph: str) -> frozenset[ox.Triple]:
        """What a graph asserts."""
        held = self._batch.bodies.get(graph)
        if held is not None:
            return frozenset(unpack(held))
        if graph not in self._digests:
            return frozenset()
        return self._body(graph, "body") or frozenset()

    def contains(self, graph: str | None) -> bool:
        """Whether there is a named graph, or (None) anything in the default graph."""
        self._flush()
        pattern = f"GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
        return bool(results(self._endpoint.ask(f"ASK {{ {pattern} }}")))

    @property
    def counted(self) -> bool:
        """Never: others may write to the server."""
        return False

    def update(self, text: str, *, base: str | None = None) -> None:
        """Has the server run an update."""
        self._flush()
        self._endpoint.update(f"BASE <{base}>\n{text}" if base else text, plain=True)
        self._changed = True

    def publish(self) -> Generation:
        """Settles what is left, and notes when."""
        self._flush()
        if self._changed or not self._select(f"<{STORE}> <{LEDGER}#generation> ?g", "?g"):
            now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            name = f"r{now[:19].translate(str.maketrans('', '', '-:T'))}-{secrets.token_hex(4)}"
            self._note("generation", name)
            self._note("published", now)
            self._changed = False
        return RemoteGeneration.open(self._remote)

    def compact(self) -> None:
        """Settles what is left; the rest is the server's affair."""
        self._flush()

    def close(self) -> None:
        """Lets go of the store; what was not settled is forgotten."""
        self._endpoint.update(_forgotten(STORE, "writer"))

    def _change(
        self, graph: str, old: frozenset[ox.Triple], new: frozenset[ox.Triple], body: bytes | None
    ) -> None:
        batch = self._batch
        batch.bodies[graph] = body
        for triple in new - old:
            batch.removed.pop(triple, None)
            batch.added[triple] = None
            if not _own(triple, graph):
                batch.unmarked.pop((_mark(triple), graph), None)
                batch.marked[_mark(triple), graph] = None
        for triple in old - new:
            if _own(triple, graph):
                batch.added.pop(triple, None)
                batch.removed[triple] = None
            else:
                batch.marked.pop((_mark(triple), graph), None)
                batch.unmarked[_mark(triple), graph] = triple
        self._changed = True
        if len(batch.added) + len(batch.removed) + len(batch.unmarked) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        batch = self._batch
        if not batch.bodies:
            return
        self._settle_shared()
        pending = [(f"<{graph}>", "pending", _literal(body)) for graph, body in batch.bodies.items()]
        steps = [
            *_inserted(f"{g} <{LEDGER}#{p}> {o} ." for g, p, o in pending),
            *_data("DELETE", batch.removed, self._graph),
            *_data("INSERT", batch.added, self._graph),
            *_marks("DELETE", batch.unmarked),
            *_marks("INSERT", batch.marked),
            *self._settled(batch.bodies),
        ]
        self._endpoint.update(" ;\n".join(steps))
        self._batch = _Batch()
        self._note("writer", f"{self._signature} {datetime.now(UTC).isoformat(timespec='seconds')}")

    def _settle_shared(self) -> None:
        """Removes those shared triples that nobody asserts any more, now that some graphs let go of them."""
        batch = self._batch
        kept = {mark for mark, _ in batch.marked}
        marks = [mark for mark, _ in batch.unmarked if mark not in kept]
        for some in _some(marks, _LINES):
            for row in self._select(
                f"VALUES ?t {{ {' '.join(f'<{m}>' for m in some)} }} ?t <{LEDGER}#by> ?g", "?t ?g"
            ):
                if (row["t"].value, row["g"].value) not in batch.unmarked:
                    kept.add(row["t"].value)
        for (mark, _), triple in batch.unmarked.items():
            if mark not in kept:
                batch.added.pop(triple, None)
                batch.removed[triple] = None

    def _settled(self, bodies: dict[str, bytes | None]) -> Iterator[str]:
        """The operations that make pending bodies the ones that hold."""
        for graph in bodies:
            for name in ("pending", "body", "digest"):
                yield _forgotten(graph, name)
        held = [(graph, body) for graph, body in bodies.items() if body is not None]
        yield from _inserted(
            f'<{graph}> <{LEDGER}#body> {_literal(body)} ; <{LEDGER}#digest> "{digest(body).hex()}" .'
            for graph, body in held
        )

    def _redo(self) -> None:
        """Does again what a writer that was killed left half done."""
        for row in self._select(f"?g <{LEDGER}#pending> ?b", "?g"):
            graph = row["g"].value
            new = self._body(graph, "pending")
            self._change(
                graph,
                self._body(graph, "body") or frozenset(),
                new or frozenset(),
                pack(new) if new else None,
            )
            if new is None:
                self._digests.pop(graph, None)
            else:
                self._digests[graph] = digest(pack(new)).hex()
        self._flush()

    def _body(self, graph: str, name: str) -> frozenset[ox.Triple] | None:
        rows = self._select(f"<{graph}> <{LEDGER}#{name}> ?b", "?b")
        text = rows[0]["b"].value if rows else ""
        return frozenset(unpack(base64.b64decode(text))) if text else None

    def _note(self, name: str, value: str) -> None:
        """Sets a value of the state."""
        self._endpoint.update(
            f"{_forgotten(STORE, name)} ;\n"
            f"INSERT DATA {{ GRAPH <{LEDGER}> {{ <{STORE}> <{LEDGER}#{name}> {ox.Literal(value)} }} }}"
        )

    def _select(self, pattern: str, variables: str) -> list[ox.QuerySolution]:
        """The solutions of a pattern in the ledger."""
        return _solutions(self._endpoint, f"SELECT {variables} WHERE {{ GRAPH <{LEDGER}> {{ {pattern} }} }}")


def _solutions(endpoint: Endpoint, query: str) -> list[ox.QuerySolution]:
    found = results(endpoint.ask(query, named_graphs=(LEDGER,) if endpoint.virtuoso else ()))
    assert isinstance(found, ox.QuerySolutions)
    return list(found)


def _sign(endpoint: Endpoint, signature: str) -> str:
    """Signs the store as its writer, unless somebody else has; who it is."""
    query = f"SELECT ?w WHERE {{ GRAPH <{LEDGER}> {{ <{STORE}> <{LEDGER}#writer> ?w }} }}"
    signed = [row["w"].value for row in _solutions(endpoint, query)]
    now = datetime.now(UTC)
    for holder in signed:
        if now - datetime.fromisoformat(holder.rpartition(" ")[2]) < _STALE:
            return str(holder.rpartition(" ")[0])
    endpoint.update(_forgotten(STORE, "writer"))
    mine = ox.Literal(f"{signature} {now.isoformat(timespec='seconds')}")
    endpoint.update(f"INSERT DATA {{ GRAPH <{LEDGER}> {{ <{STORE}> <{LEDGER}#writer> {mine} }} }}")
    # Two that sign at the same moment both see both; the first by name has it.
    return min(str(row["w"].value).rpartition(" ")[0] for row in _solutions(endpoint, query))


def _forgotten(subject: str, name: str) -> str:
    """The operation that forgets a value of the ledger."""
    pattern = f"GRAPH <{LEDGER}> {{ <{subject}> <{LEDGER}#{name}> ?x }}"
    return f"DELETE {{ {pattern} }} WHERE {{ {pattern} }}"


def _own(triple: ox.Triple, graph: str) -> bool:
    """Whether a triple belongs to a graph by its name."""
    subject = triple.subject
    return isinstance(subject, ox.NamedNode) and (
        subject.value == graph or subject.value.startswith(graph + "#")
    )


def _mark(triple: ox.Triple) -> str:
    return f"urn:gongkai:triple:{hashlib.sha256(str(triple).encode()).hexdigest()[:32]}"


def _literal(body: bytes | None) -> str:
    return f'"{base64.b64encode(body).decode("ascii") if body else ""}"'


def _data(operation: str, triples: Iterable[ox.Triple], graph: str) -> Iterator[str]:
    for some in _some([f"{triple} ." for triple in triples], _LINES):
        yield (
            f"{operation} DATA {{ {graph} {{\n" + "\n".join(some) + "\n} }"
            if graph
            else _plain(operation, some)
        )


def _plain(operation: str, lines: list[str]) -> str:
    return f"{operation} DATA {{\n" + "\n".join(lines) + "\n}"


def _marks(operation: str, marks: Iterable[tuple[str, str]]) -> Iterator[str]:
    for some in _some([f"<{mark}> <{LEDGER}#by> <{graph}> ." for mark, graph in marks], _LINES):
        yield f"{operation} DATA {{ GRAPH <{LEDGER}> {{\n" + "\n".join(some) + "\n} }"


def _inserted(lines: Iterable[str]) -> Iterator[str]:
    for some in _some(list(lines), _LINES):
        yield f"INSERT DATA {{ GRAPH <{LEDGER}> {{\n" + "\n".join(some) + "\n} }"


def _some(items: list[str], number: int) -> Iterator[list[str]]:
    for start in range(0, len(items), number):
        yield items[start : start + number]
