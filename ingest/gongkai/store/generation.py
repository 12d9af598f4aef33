"""What readers see: a published state of the store, read only, that nothing changes afterwards."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from gongkai.errors import StoreError
from gongkai.store.about import About, Statistics, counted
from gongkai.store.interface import Generation, Results, Term
from gongkai.store.register import made, opened
from gongkai.store.syntax import explain

_ATTEMPTS = 5  # a writer may prune the generation between reading the pointer and opening it


class _Hold:
    """A share in the lock of a generation, as long as the object lives: what is held is not pruned."""

    __slots__ = ("_handle",)

    def __init__(self, path: Path) -> None:
        self._handle = -1
        self._handle = os.open(path, os.O_RDONLY)
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def __del__(self, close: Callable[[int], None] = os.close) -> None:
        if self._handle >= 0:
            close(self._handle)  # at the end of the program `os` may be gone before


@dataclass(frozen=True, slots=True)
class LocalGeneration(Generation):
    """A published state of the store; any number of processes may open it, whatever the writer does.

    It is protected from pruning as long as the object lives.
    """

    id: str
    path: Path
    _store: ox.Store = field(repr=False, compare=False)
    _hold: _Hold = field(repr=False, compare=False)

    @classmethod
    def open(cls, location: Path) -> LocalGeneration:
        """Opens the generation that the pointer names.

        Raises:
            StoreError: nothing was published there, or what was cannot be opened.
        """
        for _ in range(_ATTEMPTS):
            generation = cls._open(location, named(location))
            if generation is not None:
                return generation
        msg = (
            f"{location}: the current generation vanishes while it is opened; does another program delete it?"
        )
        raise StoreError(msg)

    @classmethod
    def _open(cls, location: Path, name: str) -> LocalGeneration | None:
        """The generation, or None where it was pruned in this moment."""
        path = location / "generations" / name
        try:
            hold = _Hold(path.with_suffix(".lock"))
        except FileNotFoundError:
            return None
        if not path.is_dir():
            return None
        try:
            return cls(name, path, ox.Store.read_only(str(path)), hold)
        except OSError as error:
            msg = f"{path}: not readable as a store ({error}); restore it, or ingest anew into another folder"
            raise StoreError(msg) from error

    @property
    def immutable(self) -> bool:
        """Always."""
        return True

    def query(
        self,
        text: str,
        *,
        base: str | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Results:
        """Runs a SPARQL 1.1 query.

        `default_graphs` and `named_graphs` are the dataset of the SPARQL 1.1 Protocol (2.1.4): where one is
        given it takes the place of the query's own FROM.

        Raises:
            QueryError: the text is no SPARQL query; the message has line and column.
            StoreError: the store cannot be read.
        """
        protocol = bool(default_graphs or named_graphs)
        try:
            return self._store.query(
                text,
                base_iri=base,
                default_graph=[ox.NamedNode(g) for g in default_graphs] if protocol else None,
                named_graphs=[ox.NamedNode(g) for g in named_graphs] if protocol else None,
            )
        except (SyntaxError, ValueError) as error:
            raise explain(error, text) from error
        except OSError as error:
            msg = f"{self.path}: {error}"
            raise StoreError(msg) from error

    def triples(
        self,
        subject: ox.NamedNode | ox.BlankNode | None = None,
        predicate: ox.NamedNode | None = None,
        object_: Term | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Triple]:
        """The triples that match, of the default graph or of a named one."""
        found = self._store.quads_for_pattern(subject, predicate, object_, graph or ox.DefaultGraph())
        return (quad.triple for quad in found)

    def holds(self, triple: ox.Triple) -> bool:
        """Whether the default graph has a triple."""
        return ox.Quad(triple.subject, triple.predicate, triple.object) in self._store

    def about(self) -> About:
        """When and how it came."""
        return About.load(self.path.with_suffix(".json"))

    def statistics(self) -> Statistics:
        """How often everything is used; counted, once, where the writer could not keep count."""
        return self.about().statistics or _counted(self)

    def register(self) -> sqlite3.Connection:
        """The copy beside it; where there is none, as of a store written before there were, it is made."""
        return opened(self.path.with_suffix(".sqlite")) or made(self.query)

    def graphs(self) -> Iterator[str]:
        """The IRIs of the named graphs (those that users wrote; ingested data is in the default graph)."""
        return (graph.value for graph in self._store.named_graphs() if isinstance(graph, ox.NamedNode))

    def contains(self, graph: str) -> bool:
        """Whether there is a named graph."""
        return self._store.contains_named_graph(ox.NamedNode(graph))

    def dump(self, output: IO[bytes], syntax: ox.RdfFormat, graph: str | None = None) -> None:
        """Writes a graph (the default one, or a named one) in the syntax."""
        self._store.dump(output, syntax, from_graph=ox.NamedNode(graph) if graph else ox.DefaultGraph())

    def size(self) -> int:
        """The number of triples, named graphs included; counted anew each time."""
        return len(self._store)


@lru_cache(maxsize=1)
def _counted(generation: LocalGeneration) -> Statistics:
    return counted(generation.query)


def named(location: Path) -> str:
    """The id that the pointer names; cheap enough to ask before each request.

    Raises:
        StoreError: nothing was published there.
    """
    try:
        return (location / "current").read_text("ascii").strip()
    except FileNotFoundError as error:
        msg = f"{location} holds no published store: run `gongkai ingest PATH --store {location}` first"
        raise StoreError(msg) from error
    except OSError as error:
        msg = f"{location}: {error.strerror}"
        raise StoreError(msg) from error
