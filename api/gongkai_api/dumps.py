"""The latest dump, as the catalogue offers it: `gongkai export` writes it, a web server of the publisher's hands it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from gongkai.dumpfiles import ABOUT

_DATA = {
    ".nq": "application/n-quads",
    ".nt": "application/n-triples",
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
}
"""The endings of files that hold data, and their media types (registered with IANA)."""


@dataclass(frozen=True, slots=True)
class Dumps:
    """Where dumps are: the folder that `gongkai export --out` writes to, and the address at which it is published."""

    folder: Path
    url: str

    def latest(self) -> Iterator[DumpFile]:
        """The files of the latest dump that hold data."""
        found = sorted(path.parent for path in self.folder.glob(f"gongkai-*/{ABOUT}"))
        for file in sorted(found[-1].iterdir()) if found else ():
            plain = file.name.removesuffix(".gz")
            media_type = _DATA.get(Path(plain).suffix)
            if media_type is not None:
                url = f"{self.url.rstrip('/')}/{quote(found[-1].name)}/{quote(file.name)}"
                yield DumpFile(file.name, url, media_type, plain != file.name, file.stat().st_size)


@dataclass(frozen=True, slots=True)
class DumpFile:
    """A file of a dump: its name, address and media type, whether it is packed by gzip, and its size in bytes."""

    name: str
    url: str
    media_type: str
    packed: bool
    size: int

    @property
    def whole(self) -> bool:
        """Whether it holds all of the graph, as RDF."""
        return self.name.startswith("data.")
