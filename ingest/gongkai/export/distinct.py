"""Triples, each once: kept on disk, as a store has more of them than memory holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Self

import pyoxigraph as ox

from gongkai.store import triple_key


@dataclass(frozen=True, slots=True)
class Distinct:
    """A set of triples that only grows."""

    _db: sqlite3.Connection

    @classmethod
    @contextmanager
    def open(cls) -> Iterator[Self]:
        """An empty set, as long as the context lasts."""
        with closing(sqlite3.connect("")) as db:  # a file that goes with the connection
            db.execute("CREATE TABLE known (triple BLOB PRIMARY KEY) WITHOUT ROWID")
            yield cls(db)

    def add(self, triples: Iterable[ox.Triple]) -> None:
        """Adds triples."""
        self._db.executemany(
            "INSERT OR IGNORE INTO known VALUES (?)", ((triple_key(triple),) for triple in triples)
        )

    def __contains__(self, triple: ox.Triple) -> bool:
        return bool(
            self._db.execute("SELECT 1 FROM known WHERE triple = ?", (triple_key(triple),)).fetchone()
        )

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM known").fetchone()[0])
