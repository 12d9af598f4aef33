"""Writes a dump: one pass over the graphs, each file by a writer of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from gongkai.dumpfiles import ABOUT, DATA
from gongkai.errors import StoreError
from gongkai.export.cube import CubeFile
from gongkai.export.difference import difference
from gongkai.export.distinct import Distinct
from gongkai.export.files import checksums, packed
from gongkai.export.rdf import JsonLdFile, QuadFile, TurtleFile
from gongkai.export.records import records
from gongkai.export.tables import TableFiles
from gongkai.iris import Iris, agreed, bases
from gongkai.store import Generation, Location, Writer, own

WRITTEN = "written.nq.gz"


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump: its folder, the generation it shows, how much is in it, and whether an earlier one of that day gave way."""

    folder: Path
    generation: str
    graphs: int
    triples: int
    """Those of the default graph, each once, as VoID counts them."""
    parquet: bool
    replaced: bool = False


class GraphFile(Protocol):
    """A file that is written graph by graph."""

    def add(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Adds a graph, its triples in order."""


def dump(
    location: Location, out: Path, base: str | None = None, since: Path | None = None, contact: str = ""
) -> Dump:
    """Dumps a store into `out`/gongkai-DATE, after the date of its last change, in place of what stands there.

    Its names begin with `base`; without it as most of them do. `contact` is an IRI at which one asks about the data.

    Raises:
        StoreError: another process writes the store, none of its names begins so, or the dump cannot be written.
    """
    Generation.current_id(location)  # opening it to write would make one
    with Writer.open(location) as writer:
        iris = Iris(agreed(bases(writer.graphs()), base))
        generation = writer.publish()
        about = generation.about()
        folder = out / f"gongkai-{about.published[:10]}"
        passing = out / f".{folder.name}.tmp"
        try:
            shutil.rmtree(passing, ignore_errors=True)
            passing.mkdir(parents=True)
            made = _write(writer, generation, passing, iris, contact)
            if since is not None:
                difference(since / DATA, passing / DATA, passing)
            checksums(passing)
            replaced = folder.exists()
            shutil.rmtree(folder, ignore_errors=True)
            passing.rename(folder)
        except OSError as error:
            msg = f"{out}: the dump cannot be written ({error.strerror or error})"
            raise StoreError(msg) from error
    return Dump(folder, generation.id, made.graphs, made.triples, made.parquet, replaced)


@dataclass(frozen=True, slots=True)
class _Made:
    graphs: int
    triples: int
    parquet: bool


def _write(writer: Writer, generation: Generation, folder: Path, iris: Iris, contact: str) -> _Made:
    # Of a server it is the ledger: asking for each triple takes too long, and Virtuoso writes literals in its own way.
    written = not writer.counted and generation.immutable
    names = writer.graphs()
    quads = alone = beside = 0
    with ExitStack() as stack:
        distinct = stack.enter_context(Distinct.open())
        tables = stack.enter_context(TableFiles.open(folder))
        files: list[GraphFile] = [
            stack.enter_context(QuadFile.open(folder)),
            stack.enter_context(TurtleFile.open(folder)),
            stack.enter_context(JsonLdFile.open(folder)),
        ]
        cube = stack.enter_context(CubeFile.open(folder, iris))
        for name in names:
            graph = _sorted(t for t in writer.triples(name) if not written or generation.holds(t))
            shared = [t for t in graph if written or not own(t, name)]
            distinct.add(shared)
            quads, alone = quads + len(graph), alone + len(graph) - len(shared)
            for file in files:
                file.add(name, graph)
            for record in records(graph):
                tables.add(record)
                cube.add(record)
        if written:
            beside = _written(generation, distinct, folder / WRITTEN)
        triples = alone + len(distinct) + beside
    content = {
        "title": "政府信息公开工作年度报告 / annual reports on government information disclosure",
        "generation": generation.id,
        "published": generation.about().published,
        "base": iris.base,
        "graphs": len(names),
        "quads": quads,
        "triples": triples,
        **({"contact": contact} if contact else {}),
    }
    (folder / ABOUT).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return _Made(len(names), triples, tables.parquet)


def _sorted(triples: Iterator[ox.Triple]) -> list[ox.Triple]:
    return sorted(triples, key=str)


def _written(generation: Generation, ingested: Distinct, path: Path) -> int:
    """What users wrote: named graphs, and the triples of the default graph that no ingested graph asserts; counts these."""
    beside = [f"{triple} .\n" for triple in generation.triples() if triple not in ingested]
    named = (
        f"{triple} {ox.NamedNode(graph)} .\n"
        for graph in generation.graphs()
        for triple in generation.triples(graph=ox.NamedNode(graph))
    )
    with packed(path) as file:
        file.writelines(line.encode() for line in sorted([*beside, *named]))
    return len(beside)
