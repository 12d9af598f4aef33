"""What a document looks like, for comparison in tests."""

from __future__ import annotations

from gongkai.document import Document, Table

Grid = list[list[str | None]]


def lines(document: Document) -> list[str]:
    """The text of each block that is no table."""
    return [document[b.span] for b in document.blocks if not isinstance(b, Table)]


def grids(document: Document) -> list[Grid]:
    """The tables, merges expanded."""
    return [
        [[None if c is None else document[c.span] for c in row] for row in b.rows]
        for b in document.blocks
        if isinstance(b, Table)
    ]
