"""What a store offers, be it a folder or a server: a generation to read, a writer to change it."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Self, TypeAlias
from urllib.parse import urlsplit

import pyoxigraph as ox

from gongkai.store.about import About, Statistics

Results: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | Iterator[ox.Triple]
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Remote:
    """A server that speaks SPARQL 1.1: the address of its endpoint, or the one below which its endpoints are."""

    url: str = field(repr=False)
    """With a name and password where the server wants them."""
    bulk: Path | None = None
    """A folder that Virtuoso may read, too: large loads go through its bulk loader."""
    seconds: float = 600.0
    """How long it may take to answer."""

    def __str__(self) -> str:
        """The address without name and password."""
        parts = urlsplit(self.url)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


Location: TypeAlias = Path | Remote


def locate(text: str) -> Location:
    """Where a store is: a server for an address, else a folder."""
    return Remote(text.rstrip("/")) if text.startswith(("http://", "https://")) else Path(text)


class Generation(ABC):
    """A published state of a store, to read. What is in a folder never changes; a server's may."""

    __slots__ = ()

    id: str
    """What tells it from other generations of the store."""

    @staticmethod
    def current(location: Location) -> Generation:
        """The generation that readers should use now.

        Raises:
            StoreError: nothing was published there, or it cannot be read.
        """
        if isinstance(location, Remote):
            from gongkai.store.remote import RemoteGeneration  # noqa: PLC0415  it builds on this module

            return RemoteGeneration.open(location)
        from gongkai.store.generation import LocalGeneration  # noqa: PLC0415

        return LocalGeneration.open(location)

    @staticmethod
    def current_id(location: Location) -> str:
        """What tells the current generation from others; cheap where the store is a folder.

        Raises:
            StoreError: nothing was published there.
        """
        if isinstance(location, Remote):
            return Generation.current(location).id
        from gongkai.store.generation import named  # noqa: PLC0415

        return named(location)

    @property
    @abstractmethod
    def immutable(self) -> bool:
        """Whether it stays as it is: then what it answers may be kept as long as it is the current one."""

    @abstractmethod
    def query(
        self,
        text: str,
        *,
        base: str | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Results:
        """Runs a SPARQL 1.1 query.

        `default_graphs` and `named_graphs` are the dataset of the SPARQL 1.1 Protocol (2.1.4): where one is given it takes
        the place of the query's own FROM.

        Raises:
            QueryError: the text is no SPARQL query; the message has line and column where they are known.
            StoreError: the store cannot be read.
        """

    @abstractmethod
    def triples(
        self,
        subject: ox.NamedNode | ox.BlankNode | None = None,
        predicate: ox.NamedNode | None = None,
        object_: Term | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Triple]:
        """The triples that match, of the default graph or of a named one."""

    def triples_of(self, subjects: Iterable[ox.NamedNode]) -> Iterator[ox.Triple]:
        """The triples of the default graph about some things. A folder is asked one by one, a server for many at once."""
        return (triple for subject in subjects for triple in self.triples(subject))

    def triples_to(self, objects: Iterable[ox.NamedNode]) -> Iterator[ox.Triple]:
        """The triples of the default graph that point to some things."""
        return (triple for object_ in objects for triple in self.triples(None, None, object_))

    @abstractmethod
    def holds(self, triple: ox.Triple) -> bool:
        """Whether the default graph has a triple."""

    @abstractmethod
    def about(self) -> About:
        """When and how it came."""

    @abstractmethod
    def statistics(self) -> Statistics:
        """How often everything in the default graph is used."""

    @abstractmethod
    def register(self) -> sqlite3.Connection:
        """Its reports and agencies as tables `report`, `agency` and `name`, to read: see `register`.

        Any thread may use the connection, one at a time.

        Raises:
            StoreError: the store cannot be read.
        """

    @abstractmethod
    def graphs(self) -> Iterator[str]:
        """The IRIs of the named graphs (those that users wrote; ingested data is in the default graph)."""

    @abstractmethod
    def contains(self, graph: str) -> bool:
        """Whether there is a named graph."""

    @abstractmethod
    def dump(self, output: IO[bytes], syntax: ox.RdfFormat, graph: str | None = None) -> None:
        """Writes a graph (the default one, or a named one) in the syntax."""

    @abstractmethod
    def size(self) -> int:
        """The number of triples, named graphs included; counted anew each time."""


class Writer(ABC):
    """The writer of a store; a context manager. Leaving it without an error publishes.

    What `replace` and `remove` did is durable, and visible to readers, once `publish` has returned. A writer killed before
    leaves whole graphs only: each is as it was, or as it was asked to be.
    """

    @staticmethod
    def open(location: Location, *, wait: float = 0.0) -> Writer:
        """Opens, or makes, a store; waits some seconds for another writer to finish.

        Raises:
            BusyError: another writer holds it.
            StoreError: it cannot be written.
        """
        if isinstance(location, Remote):
            from gongkai.store.remote_writer import RemoteWriter  # noqa: PLC0415  it builds on this module

            return RemoteWriter.connect(location, wait=wait)
        from gongkai.store.writer import LocalWriter  # noqa: PLC0415

        return LocalWriter.take(location, wait=wait)

    @abstractmethod
    def replace(self, graph: str, triples: Iterable[ox.Triple]) -> bool:
        """Makes the graph assert exactly these triples; False where it did so already.

        What is about the graph's own IRI, or one that extends it by #, no other graph may assert.

        Raises:
            StoreError: the store cannot be written, or a triple has a blank node (named anew in each run).
        """

    @abstractmethod
    def remove(self, graph: str) -> bool:
        """Takes back all that the graph asserts; False where it asserted nothing."""

    @abstractmethod
    def graphs(self, prefix: str = "") -> list[str]:
        """The IRIs of the graphs that were put here by `replace`, or of those that begin with a prefix, in order."""

    @abstractmethod
    def triples(self, graph: str) -> frozenset[ox.Triple]:
        """What a graph asserts, as `replace` was given it; empty for one that is not here."""

    @abstractmethod
    def contains(self, graph: str | None) -> bool:
        """Whether there is a named graph, or (None) anything in the default graph."""

    @property
    @abstractmethod
    def counted(self) -> bool:
        """Whether all that is in the store came by `replace`: no SPARQL update changed it."""

    @abstractmethod
    def update(self, text: str, *, base: str | None = None, named: bool = False) -> None:
        """Runs a SPARQL 1.1 update, as a whole or not at all.

        `named` says that it changes named graphs only: then what is known of the default graph still holds.

        Raises:
            QueryError: the text is no SPARQL update.
            StoreError: the store cannot be written.
        """

    @abstractmethod
    def publish(self) -> Generation:
        """Makes what was written a generation and points readers to it; the current one if nothing changed.

        Raises:
            StoreError: the disk is full, or the like; readers go on with the generation they had.
        """

    @abstractmethod
    def compact(self) -> None:
        """Makes the store fit for reading: worth while after a large load; wants twice the room for a while."""

    @abstractmethod
    def close(self) -> None:
        """Lets go of the store; what was not published stays for the next writer, or is forgotten whole."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.publish()
        finally:
            self.close()
