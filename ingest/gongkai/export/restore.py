"""Makes a store of a dump: the same graphs, so the same store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from gongkai.dumpfiles import DATA
from gongkai.errors import StoreError, UnreadableError
from gongkai.export.files import lines
from gongkai.iris import base_of_edition, bases
from gongkai.store import Writer

T = TypeVar("T")
_BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Restored:
    """How many graphs of a dump changed the store; how many of its editions of reports did, and how many did not."""

    graphs: int
    editions: int
    unchanged: int


def based(folder: Path, writer: Writer) -> str | None:
    """Where the names of the reports of a dump begin; None where it holds none.

    Raises:
        UnreadableError: the dump is damaged.
        StoreError: those of the store begin otherwise: every report that both hold would be there twice.
    """
    graphs = (
        quad.graph_name.value for quad in _quads(folder / DATA) if isinstance(quad.graph_name, ox.NamedNode)
    )
    base = next(filter(None, map(base_of_edition, graphs)), None)
    held = bases(writer.graphs())
    if base and held and base not in held:
        msg = (
            f"{folder}: its names begin with {base}, those of the store with {', '.join(sorted(held))}: "
            "its reports would be there twice; give the dump a store of its own"
        )
        raise StoreError(msg)
    return base


def restore(folder: Path, writer: Writer) -> Restored:
    """Puts the graphs of a dump into a store.

    Raises:
        UnreadableError: the dump is damaged.
        StoreError: the store cannot be written, or the names of its reports begin otherwise.
    """
    based(folder, writer)
    tally: Counter[tuple[bool, bool]] = Counter()  # of an edition, changed
    for graph, triples in _graphs(folder / DATA):
        tally[base_of_edition(graph) is not None, writer.replace(graph, triples)] += 1
    written = folder / "written.nq.gz"
    if written.is_file():
        for batch in _batches(_quads(written)):
            writer.update("INSERT DATA {\n" + "".join(map(_statement, batch)) + "}")
    return Restored(tally[True, True] + tally[False, True], tally[True, True], tally[True, False])


def _graphs(path: Path) -> Iterator[tuple[str, list[ox.Triple]]]:
    for name, quads in groupby(_quads(path), key=lambda quad: quad.graph_name):
        assert isinstance(name, ox.NamedNode)
        yield name.value, [quad.triple for quad in quads]


def _quads(path: Path) -> Iterator[ox.Quad]:
    try:
        for batch in _batches(lines(path)):
            yield from ox.parse("\n".join(batch), ox.RdfFormat.N_QUADS)
    except (OSError, EOFError, SyntaxError, UnicodeDecodeError) as error:
        msg = f"{path}: damaged ({error}); check it against SHA256SUMS"
        raise UnreadableError(msg) from error


def _batches(items: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(items, _BATCH)):
        yield batch


def _statement(quad: ox.Quad) -> str:
    if isinstance(quad.graph_name, ox.DefaultGraph):
        return f"{quad.triple} .\n"
    return f"GRAPH {quad.graph_name} {{ {quad.triple} }}\n"
