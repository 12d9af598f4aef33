"""Makes a store of a dump: the same graphs, so the same store."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from gongkai.errors import UnreadableError
from gongkai.export.files import lines
from gongkai.store import Writer

T = TypeVar("T")
_BATCH = 10_000


def restore(folder: Path, writer: Writer) -> int:
    """Puts the graphs of a dump into a store; how many of them changed it.

    Raises:
        UnreadableError: the dump is damaged.
        StoreError: the store cannot be written.
    """
    changed = sum(writer.replace(graph, triples) for graph, triples in _graphs(folder / "data.nq.gz"))
    written = folder / "written.nq.gz"
    if written.is_file():
        for batch in _batches(_quads(written)):
            writer.update("INSERT DATA {\n" + "".join(map(_statement, batch)) + "}")
    return changed


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
