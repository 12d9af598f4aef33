"""The graphs of a dump as N-Quads, Turtle and JSON-LD, graph by graph: the same store gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

import pyoxigraph as ox

from gongkai.dumpfiles import DATA
from gongkai.export.files import packed
from gongkai.jsonld import PREFIXES, context, nodes


@dataclass(frozen=True, slots=True)
class QuadFile:
    """`data.nq.gz`: a line a triple and graph."""

    _file: IO[bytes]

    @classmethod
    @contextmanager
    def open(cls, folder: Path) -> Iterator[Self]:
        """The file, as long as the context lasts."""
        with packed(folder / DATA) as file:
            yield cls(file)

    def add(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Adds a graph."""
        name = ox.NamedNode(graph)
        self._file.write("".join(f"{triple} {name} .\n" for triple in triples).encode())


@dataclass(frozen=True, slots=True)
class TurtleFile:
    """`data.ttl.gz`: the prefixes once, then the triples of each graph under a comment that names it."""

    _file: IO[bytes]

    @classmethod
    @contextmanager
    def open(cls, folder: Path) -> Iterator[Self]:
        """The file, as long as the context lasts."""
        with packed(folder / "data.ttl.gz") as file:
            file.writelines(
                f"@prefix {prefix}: <{iri}> .\n".encode() for prefix, iri in sorted(PREFIXES.items())
            )
            yield cls(file)

    def add(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Adds a graph."""
        text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""
        # The engine declares prefixes in another order each time; they stand at the head of the file already.
        body = text[text.rfind(b"@prefix ") :].partition(b"\n")[2] if b"@prefix " in text[:8] else text
        self._file.write(f"\n# {ox.NamedNode(graph)}\n".encode() + body)


@dataclass(slots=True)
class JsonLdFile:
    """`data.jsonld.gz`: a named graph each, under one context."""

    _file: IO[bytes]
    _begun: bool = False

    @classmethod
    @contextmanager
    def open(cls, folder: Path) -> Iterator[Self]:
        """The file, as long as the context lasts."""
        with packed(folder / "data.jsonld.gz") as file:
            head = json.dumps(context(), ensure_ascii=False, sort_keys=True)
            file.write(f'{{"@context": {head},\n"@graph": ['.encode())
            yield cls(file)
            file.write(b"\n]}\n")

    def add(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Adds a graph."""
        text = json.dumps({"@id": graph, "@graph": nodes(triples)}, ensure_ascii=False)
        self._file.write(f"{',' if self._begun else ''}\n{text}".encode())
        self._begun = True
