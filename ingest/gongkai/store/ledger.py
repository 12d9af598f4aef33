"""Who asserts what: the triples of each graph, and the triples that more than one graph asserts.

Several editions name the same agency; the store holds such a triple once. The ledger lets a graph be replaced
without taking away what another one still asserts. It also holds the batch under way, so that a writer killed
between ledger and store is made good when the next one opens.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from gongkai.errors import StoreError
from gongkai.store.about import Run, Statistics
from gongkai.store.register import Register
from gongkai.turtle import RDF, XSD, type_

_TEXTS = (ox.NamedNode(XSD + "string"), ox.NamedNode(RDF + "langString"))

_SCHEMA = """
CREATE TABLE IF NOT EXISTS graph (id INTEGER PRIMARY KEY, iri TEXT UNIQUE NOT NULL, epoch INTEGER NOT NULL,
    digest BLOB NOT NULL, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS further (triple BLOB NOT NULL, graph INTEGER NOT NULL,
    PRIMARY KEY (triple, graph)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pending (added BLOB NOT NULL, removed BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS used (kind TEXT, iri TEXT, count INTEGER NOT NULL, PRIMARY KEY (kind, iri)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS run (generation TEXT PRIMARY KEY, started TEXT, ended TEXT, changed INTEGER);
CREATE TABLE IF NOT EXISTS state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger knows of a graph; not `trusted` where an update may have changed the store since."""

    id: int
    trusted: bool
    digest: bytes
    body: bytes

    def triples(self) -> frozenset[ox.Triple]:
        """The triples of the graph."""
        return frozenset(unpack(self.body))


class Ledger:
    """The ledger of a store. Changes count from `commit` on."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(_SCHEMA)
        self.register = Register(self._db)

    def begin(self) -> None:
        """Opens a transaction, unless one is open."""
        if not self._db.in_transaction:
            self._db.execute("BEGIN IMMEDIATE")

    def commit(self, added: Iterable[ox.Triple], removed: Iterable[ox.Triple]) -> None:
        """Makes the changes durable together with the batch that the store has still to take."""
        self.begin()
        self._db.execute("INSERT INTO pending VALUES (?, ?)", (pack(added), pack(removed)))
        self._db.execute("COMMIT")

    def pending(self) -> list[tuple[list[ox.Triple], list[ox.Triple]]]:
        """The batches (added, removed) that the store may not have taken."""
        rows = self._db.execute("SELECT added, removed FROM pending ORDER BY rowid").fetchall()
        return [(unpack(added), unpack(removed)) for added, removed in rows]

    def settle(self) -> None:
        """Notes that the store has taken every batch, and makes durable what the register made of them."""
        self.begin()
        self._db.execute("DELETE FROM pending")
        self._db.execute("COMMIT")

    def entry(self, iri: str) -> Entry | None:
        """What is known of a graph."""
        row = self._db.execute("SELECT id, epoch, digest, body FROM graph WHERE iri = ?", (iri,)).fetchone()
        return Entry(row[0], row[1] == self._epoch(), row[2], row[3]) if row else None

    def graphs(self, prefix: str = "") -> list[str]:
        """The IRIs of all graphs, or of those that begin with a prefix, in order."""
        found = self._db.execute(
            "SELECT iri FROM graph WHERE iri >= ? AND iri < ? ORDER BY iri", (prefix, prefix + "\U0010ffff")
        )
        return [iri for (iri,) in found]

    def put(self, iri: str, digest: bytes, body: bytes) -> int:
        """Enters a graph's triples; the id of the graph."""
        self.begin()
        row = self._db.execute(
            "INSERT INTO graph (iri, epoch, digest, body) VALUES (?, ?, ?, ?) ON CONFLICT (iri) DO UPDATE"
            " SET epoch = excluded.epoch, digest = excluded.digest, body = excluded.body RETURNING id",
            (iri, self._epoch(), digest, body),
        ).fetchone()
        return int(row[0])

    def drop(self, graph: int) -> None:
        """Forgets a graph."""
        self.begin()
        self._db.execute("DELETE FROM graph WHERE id = ?", (graph,))

    def distrust(self) -> None:
        """Trusts no entry any more: after a SPARQL update the next ingestion looks into the store itself."""
        self.set(epoch=str(self._epoch() + 1))

    def _epoch(self) -> int:
        return int(self.get("epoch") or 0)

    def share(self, triple: ox.Triple, graph: int) -> None:
        """Notes that this graph, too, asserts a triple that the store holds already."""
        self._db.execute("INSERT OR IGNORE INTO further VALUES (?, ?)", (triple_key(triple), graph))

    def release(self, triple: ox.Triple, graph: int) -> bool:
        """Takes a graph's assertion back; True where nobody asserts the triple any more.

        The first to assert a triple has no mark, so n graphs have n - 1 marks: whoever leaves takes one away.
        """
        key = triple_key(triple)
        marks = self._db.execute(
            "SELECT graph FROM further WHERE triple = ? ORDER BY graph = ? DESC LIMIT 1", (key, graph)
        ).fetchone()
        if marks is None:
            return True
        self._db.execute("DELETE FROM further WHERE triple = ? AND graph = ?", (key, marks[0]))
        return False

    def count(self, batch: Mapping[ox.Triple, bool]) -> None:
        """Counts the properties and classes that a batch uses, more or less than before."""
        uses = Counter[tuple[str, str]]()
        for triple, present in batch.items():
            step = 1 if present else -1
            uses["property", triple.predicate.value] += step
            if triple.predicate.value == type_ and isinstance(triple.object, ox.NamedNode):
                uses["class", triple.object.value] += step
        self._db.executemany(
            "INSERT INTO used VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
            ((kind, iri, count) for (kind, iri), count in uses.items()),
        )

    def statistics(self) -> Statistics:
        """How often everything is used, as counted."""
        found: dict[str, dict[str, int]] = {"property": {}, "class": {}}
        for kind, iri, count in self._db.execute(
            "SELECT kind, iri, count FROM used WHERE count > 0 ORDER BY iri"
        ):
            found[kind][iri] = count
        return Statistics(sum(found["property"].values()), found["property"], found["class"])

    def note_run(self, run: Run) -> None:
        """Notes a run that published."""
        row = (run.generation, run.started, run.ended, run.changed)
        self._db.execute("INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?)", row)

    def runs(self, limit: int) -> tuple[Run, ...]:
        """The latest runs, the last one first."""
        rows = self._db.execute("SELECT * FROM run ORDER BY ended DESC, generation DESC LIMIT ?", (limit,))
        return tuple(Run(*row) for row in rows)

    def get(self, key: str) -> str | None:
        """A value of the state."""
        row = self._db.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def set(self, **values: str) -> None:
        """Sets values of the state."""
        self._db.executemany("INSERT OR REPLACE INTO state VALUES (?, ?)", values.items())

    def close(self) -> None:
        """Closes the file; what was not committed is forgotten."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self._db.close()


def canonical(graph: str, triples: Iterable[ox.Triple]) -> frozenset[ox.Triple]:
    """The triples as the store gives them back: it writes numbers and times in one way (1.50 as 1.5).

    The ledger has to know them so, or two ways of writing one value would count as two triples.

    Raises:
        StoreError: a triple has a blank node, whose name would be another in each run.
    """
    return frozenset(_settled(graph, triple) for triple in triples)


def _settled(graph: str, triple: ox.Triple) -> ox.Triple:
    if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
        msg = f"<{graph}>: a blank node in {triple}; give it an IRI"
        raise StoreError(msg)
    value = triple.object
    if not isinstance(value, ox.Literal) or value.datatype in _TEXTS:
        return triple
    stored = _stored(value)
    return triple if stored == value else ox.Triple(triple.subject, triple.predicate, stored)


@lru_cache(maxsize=1 << 14)
def _stored(value: ox.Literal) -> ox.Literal:
    """A number or a time as the store writes it; asked of a store in memory, and few are met only once."""
    passing, any_ = ox.Store(), ox.NamedNode("urn:x")
    passing.add(ox.Quad(any_, any_, value))
    (quad,) = passing
    assert isinstance(quad.object, ox.Literal)
    return quad.object


def own(triple: ox.Triple, graph: str) -> bool:
    """Whether a triple is one graph's alone: it is about the graph's own name, or one that extends it by #."""
    subject = triple.subject
    return isinstance(subject, ox.NamedNode) and (
        subject.value == graph or subject.value.startswith(graph + "#")
    )


def pack(triples: Iterable[ox.Triple]) -> bytes:
    """Triples as compressed, sorted N-Triples: the same set gives the same bytes."""
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""  # bytes, as no file is given
    return zlib.compress(b"".join(sorted(lines.splitlines(keepends=True))), 1)


def unpack(body: bytes) -> list[ox.Triple]:
    """What `pack` packed."""
    return [quad.triple for quad in ox.parse(zlib.decompress(body), ox.RdfFormat.N_TRIPLES)]


def digest(body: bytes) -> bytes:
    """The fingerprint of packed triples."""
    return hashlib.sha256(body).digest()


def triple_key(triple: ox.Triple) -> bytes:
    """What tells a triple from others, in 16 bytes."""
    return hashlib.sha256(str(triple).encode()).digest()[:16]
