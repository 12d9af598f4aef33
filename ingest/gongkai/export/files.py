"""Files of a dump: compressed so that the same content gives the same bytes, with their checksums."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

CHECKSUMS = "SHA256SUMS"


@contextmanager
def packed(path: Path) -> Iterator[IO[bytes]]:
    """A gzip file to write, without the time and the name that would differ from run to run (RFC 1952, 2.3.1)."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
        yield cast("IO[bytes]", file)


def lines(path: Path) -> Iterator[str]:
    """The lines of a gzip file, without their ends."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.rstrip("\n")


def checksums(folder: Path) -> None:
    """Writes the checksums of all files of a folder, as `sha256sum -c` reads them."""
    names = sorted(path.name for path in folder.iterdir() if path.name != CHECKSUMS)
    text = "".join(f"{_digest(folder / name)}  {name}\n" for name in names)
    (folder / CHECKSUMS).write_text(text, "utf-8")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
