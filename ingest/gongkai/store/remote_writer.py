"""A SPARQL 1.1 server as the store, to write, by updates (and Virtuoso's bulk loader, where it may be used).

The ledger is a graph on the server, so that whoever writes from wherever knows it. It has, for each graph that was put
there, its triples (compressed, as one literal) and their digest. A triple about the graph's own IRI, or about one that
extends it by #, belongs to that graph alone; for any other a mark says who asserts it, so that it stays as long as
somebody does. A batch is first noted as pending, then taken, then settled: a writer that opens finds what another one left
half done, and does it again.
"""

from __future__ import annotations

import base64
import errno
import os
import re
import secrets
import socket
import time
from bisect import bisect_left, insort
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pyoxigraph as ox

from gongkai.errors import BusyError
from gongkai.store.batch import LEDGER, Batch, Insertion, forgotten, some
from gongkai.store.endpoint import DATA, Endpoint
from gongkai.store.interface import Generation, Remote, Writer
from gongkai.store.ledger import canonical, digest, pack, unpack
from gongkai.store.remote import STORE, RemoteGeneration, based, results
from gongkai.store.virtuoso import BulkLoader

_BATCH = 4000  # triples in one update
_LARGE = 200_000  # triples that go through the bulk loader at once
_STALE = timedelta(minutes=15)  # after which a writer that gave no sign is taken for dead
_PAUSE = 0.5
_SIGNED = re.compile(r"process (?P<process>\d+) on (?P<host>\S+) ")


class RemoteWriter(Writer):
    """The writer of a store on a server."""

    def __init__(self, remote: Remote, endpoint: Endpoint, loader: BulkLoader | None, signed: str) -> None:
        self._remote = remote
        self._loader = loader
        self._endpoint = endpoint
        self._signed = signed
        self._batch = Batch()
        self._changed = False
        self._digests = {
            row["g"].value: row["d"].value for row in self._select(f"?g <{LEDGER}#digest> ?d", "?g ?d")
        }
        self._names = sorted(self._digests)

    @classmethod
    def connect(cls, remote: Remote, *, wait: float = 0.0) -> RemoteWriter:
        """Takes the store on a server for writing."""
        endpoint = Endpoint.find(remote, writing=True)
        loader = BulkLoader.of(endpoint, remote.bulk) if remote.bulk else None
        name = f"process {os.getpid()} on {socket.gethostname()} ({secrets.token_hex(4)})"
        deadline = time.monotonic() + wait
        while (holder := _sign(endpoint, signed := _dated(name))) != signed:
            if time.monotonic() >= deadline:
                msg = f"{remote} is being written by {_name(holder)}: wait until it has finished, or end it"
                raise BusyError(msg)
            # Not all equally long: those that signed at the same moment, and withdrew, would meet again.
            time.sleep(_PAUSE * (1 + secrets.randbelow(100) / 100))
        writer = cls(remote, endpoint, loader, signed)
        writer._redo()
        return writer

    def replace(self, graph: str, triples: Iterable[ox.Triple]) -> bool:
        """Makes the graph assert exactly these triples."""
        new = canonical(graph, triples)
        body = pack(new)
        if self._digests.get(graph) == digest(body).hex():
            return False
        self._change(graph, self.triples(graph) if graph in self._digests else frozenset(), new, body)
        self._enter(graph, body)
        return True

    def remove(self, graph: str) -> bool:
        """Takes back all that the graph asserts."""
        if graph not in self._digests:
            return False
        self._change(graph, self.triples(graph), frozenset(), None)
        self._enter(graph, None)
        return True

    def graphs(self, prefix: str = "") -> list[str]:
        """The IRIs of the graphs that were put here."""
        first = bisect_left(self._names, prefix)
        return self._names[first : bisect_left(self._names, prefix + "\U0010ffff", first)]

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

    def update(self, text: str, *, base: str | None = None, named: bool = False) -> None:
        """Has the server run an update."""
        self._flush()
        self._endpoint.update(based(text, base), plain=True)
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
        self._endpoint.update(f"DELETE DATA {{ {_signature(self._signed)} }}")

    def _change(
        self, graph: str, old: frozenset[ox.Triple], new: frozenset[ox.Triple], body: bytes | None
    ) -> None:
        self._batch.change(graph, old, new, body)
        self._changed = True
        if len(self._batch) >= (_LARGE if self._loader else _BATCH):
            self._flush()

    def _enter(self, graph: str, body: bytes | None) -> None:
        """Knows from now on what a graph asserts; None for one that is removed."""
        known = self._digests.pop(graph, None) is not None
        if body is not None:
            self._digests[graph] = digest(body).hex()
            if not known:
                insort(self._names, graph)
        elif known:
            del self._names[bisect_left(self._names, graph)]

    def _flush(self) -> None:
        batch = self._batch
        if not batch.bodies:
            return
        batch.drop(self._asserted(batch))
        steps = batch.steps(DATA if self._endpoint.virtuoso else None)
        if self._loader is not None and len(batch) > _BATCH:
            for step in steps:
                self._load(self._loader, step)
        else:
            texts = (step if isinstance(step, str) else step.text() for step in steps)
            self._endpoint.update(" ;\n".join(texts))
        self._batch = Batch()
        self._sign_again()

    def _sign_again(self) -> None:
        """Gives a sign that it lives; it is signed all the while."""
        signed, before = _dated(_name(self._signed)), self._signed
        if signed != before:
            self._endpoint.update(
                f"INSERT DATA {{ {_signature(signed)} }} ;\nDELETE DATA {{ {_signature(before)} }}"
            )
            self._signed = signed

    def _load(self, loader: BulkLoader, step: Insertion | str) -> None:
        if isinstance(step, str):
            self._endpoint.update(step)
        else:
            loader.load(step.graph or DATA, step.lines)

    def _asserted(self, batch: Batch) -> set[str]:
        """The marks of those triples let go by some graph of the batch that others, outside it, still assert."""
        kept = set[str]()
        for marks in some(batch.let_go()):
            values = " ".join(f"<{mark}>" for mark in marks)
            for row in self._select(f"VALUES ?t {{ {values} }} ?t <{LEDGER}#by> ?g", "?t ?g"):
                if (row["t"].value, row["g"].value) not in batch.unmarked:
                    kept.add(row["t"].value)
        return kept

    def _redo(self) -> None:
        """Does again what a writer that was killed left half done.

        What its graphs were to assert is written whole: of what they asserted before, some may be missing.
        """
        for row in self._select(f"?g <{LEDGER}#pending> ?b", "?g"):
            graph = row["g"].value
            new = self._body(graph, "pending") or frozenset()
            old = self._body(graph, "body") or frozenset()
            body = pack(new) if new else None
            # Not before all is read: settling a batch forgets whatever was pending.
            self._batch.change(graph, frozenset(), new, body)
            self._batch.change(graph, old | new, new, body)
            self._enter(graph, body)
            self._changed = True
        self._flush()

    def _body(self, graph: str, name: str) -> frozenset[ox.Triple] | None:
        rows = self._select(f"<{graph}> <{LEDGER}#{name}> ?b", "?b")
        text = rows[0]["b"].value if rows else ""
        return frozenset(unpack(base64.b64decode(text))) if text else None

    def _note(self, name: str, value: str) -> None:
        """Sets a value of the state."""
        self._endpoint.update(
            f"{forgotten(STORE, name)} ;\n"
            f"INSERT DATA {{ GRAPH <{LEDGER}> {{ <{STORE}> <{LEDGER}#{name}> {ox.Literal(value)} }} }}"
        )

    def _select(self, pattern: str, variables: str) -> list[ox.QuerySolution]:
        """The solutions of a pattern in the ledger."""
        return _solutions(self._endpoint, f"SELECT {variables} WHERE {{ GRAPH <{LEDGER}> {{ {pattern} }} }}")


def _solutions(endpoint: Endpoint, query: str) -> list[ox.QuerySolution]:
    found = results(endpoint.ask(query, named_graphs=(LEDGER,) if endpoint.virtuoso else ()))
    assert isinstance(found, ox.QuerySolutions)
    return list(found)


def _sign(endpoint: Endpoint, mine: str) -> str:
    """Signs the store as its writer, unless somebody else has; the signature that holds it.

    Only signatures that were read are deleted, and who meets another beside its own withdraws: of any number that sign at
    the same moment one has it, or none.
    """
    signed = _signed(endpoint)
    alive = [holder for holder in signed if not _dead(holder)]
    if alive:
        return min(alive)
    steps = [f"DELETE DATA {{ {_signature(holder)} }}" for holder in signed]
    endpoint.update(" ;\n".join([*steps, f"INSERT DATA {{ {_signature(mine)} }}"]))
    others = [holder for holder in _signed(endpoint) if holder != mine]
    if others:
        endpoint.update(f"DELETE DATA {{ {_signature(mine)} }}")
    return min(others, default=mine)


def _signed(endpoint: Endpoint) -> list[str]:
    """The signatures on a store."""
    query = f"SELECT ?w WHERE {{ GRAPH <{LEDGER}> {{ <{STORE}> <{LEDGER}#writer> ?w }} }}"
    return [str(row["w"].value) for row in _solutions(endpoint, query)]


def _signature(signed: str) -> str:
    """A signature as it stands in the ledger."""
    return f"GRAPH <{LEDGER}> {{ <{STORE}> <{LEDGER}#writer> {ox.Literal(signed)} }}"


def _dated(name: str) -> str:
    """The signature of a writer at this moment."""
    return f"{name} {datetime.now(UTC).isoformat(timespec='seconds')}"


def _name(signed: str) -> str:
    """The writer of a signature."""
    return signed.rpartition(" ")[0]


def _dead(holder: str) -> bool:
    """Whether a writer has ended: it gave no sign for long, or is a process of this machine that is no more."""
    if datetime.now(UTC) - datetime.fromisoformat(holder.rpartition(" ")[2]) >= _STALE:
        return True
    signed = _SIGNED.match(holder)
    if signed is None or signed["host"] != socket.gethostname():
        return False
    try:
        os.kill(int(signed["process"]), 0)
    except OSError as error:
        return error.errno == errno.ESRCH
    return False
