"""Of a store ten times as large no stored query takes more than its share of time: one that compares all with all would."""

from __future__ import annotations

import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai.iris import DEFAULT_BASE
from gongkai.queries import StoredQuery, stored
from gongkai.store import Generation

_FEW, _MANY = 4, 40
_SHARE = (
    2.0  # times what ten times as much data may take: caches hold less of it, and sorting takes a little more
)
_MOMENT = 0.01  # seconds below which nothing is told apart


def copies(triples: str, count: int) -> ox.Store:
    """A store with all that the examples hold so many times, each time about agencies of their own."""
    store = ox.Store()
    for number in range(count):
        text = triples.replace(f"<{DEFAULT_BASE}", f"<{DEFAULT_BASE}copy-{number}/")
        store.bulk_load(text.encode(), format=ox.RdfFormat.N_TRIPLES)
    return store


@pytest.fixture(scope="module")
def stores(examples_store: Path) -> tuple[ox.Store, ox.Store]:
    triples = "".join(f"{triple} .\n" for triple in Generation.current(examples_store).triples())
    few, many = (copies(triples, n) for n in (_FEW, _MANY))
    assert len(many) > 5 * len(few)
    return few, many


def seconds(store: ox.Store, query: StoredQuery) -> tuple[float, int]:
    """Seconds of a processor that the best of three runs took, and its rows."""
    taken = []
    for _ in range(3):
        begin = time.process_time()
        solutions = store.query(query.text)
        assert isinstance(solutions, ox.QuerySolutions)
        rows = sum(1 for _ in solutions)
        taken.append(time.process_time() - begin)
    return min(taken), rows


@pytest.mark.slow
@pytest.mark.parametrize("query", stored(), ids=lambda query: query.name)
def test_time_grows_no_faster_than_the_store(query: StoredQuery, stores: tuple[ox.Store, ox.Store]) -> None:
    (few, _), (many, rows) = (seconds(store, query) for store in stores)
    assert rows
    assert many < _SHARE * _MANY / _FEW * max(few, _MOMENT)
