"""What changed between two dumps: both are in the same order, so one pass over each tells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gongkai.errors import StoreError
from gongkai.export.files import lines, packed


def difference(earlier: Path, later: Path, folder: Path) -> None:
    """Writes `added.nq.gz` and `removed.nq.gz`.

    Raises:
        StoreError: there is no earlier dump.
    """
    if not earlier.is_file():
        msg = f"{earlier.parent} holds no dump: {earlier.name} is missing"
        raise StoreError(msg)
    with packed(folder / "added.nq.gz") as added, packed(folder / "removed.nq.gz") as removed:
        for line, new in _changes(lines(earlier), lines(later)):
            (added if new else removed).write(f"{line}\n".encode())


def _changes(before: Iterator[str], after: Iterator[str]) -> Iterator[tuple[str, bool]]:
    """The lines that only one of two ordered files has, and whether it is the later one."""
    old, new = next(before, None), next(after, None)
    while old is not None or new is not None:
        if old == new:
            old, new = next(before, None), next(after, None)
        elif new is None or (old is not None and _place(old) < _place(new)):
            assert old is not None
            yield old, False
            old = next(before, None)
        else:
            yield new, True
            new = next(after, None)


def _place(line: str) -> tuple[str, str]:
    """Where a quad stands in a dump: by graph, then by itself."""
    triple, _, graph = line.removesuffix(" .").rpartition(" <")
    return graph.removesuffix(">"), triple
