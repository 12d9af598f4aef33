"""Which labels of a table deviate from the form's: misspelt, shortened or others (gold rule `table-label`).

A label that the layout has cut into pieces does not deviate: all of it is still there.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.folding import fold, without_ordinal
from gongkai.form import Form, Heading, Section
from gongkai.report import Aspect, Doubt
from gongkai.tables.labels import Fit
from gongkai.tables.pieces import Piece
from gongkai.tables.scan import Scan

_MOST_TILES = 4
_EDGE = 2


def deviations(scan: Scan, form: Form, ends: Piece | None = None) -> Iterator[Doubt]:
    """A doubt for each label that the document words otherwise than the form, or has lost.

    `ends` is the last piece of the document: a label in which it breaks off does not deviate.
    """
    yield from _lost(scan, form)
    texts = [
        fold(p.text) for p in sorted((*(p for p, _ in scan.labels), *scan.unknown), key=lambda p: p.start)
    ]
    joined = "".join(texts)
    parts = {*form.table(scan.table).rows, *form.table(scan.table).collapsed, *form.table(scan.table).columns}
    sound = {m.entry.part for _, m in scan.labels if m.fit >= Fit.USUAL}
    seen = set()
    for piece, match in scan.labels:
        part = match.entry.part
        if match.fit >= Fit.USUAL or part in seen or part not in parts or piece is ends:
            continue
        if isinstance(part, Heading | Section):
            continue
        official = fold(part.label.official)
        misprinted = match.fit is Fit.SIMILAR and _is_whole(piece.text, official)
        if part in sound and not misprinted:
            continue
        seen.add(part)
        if misprinted or (official not in joined and not _tiled(official, texts)):
            yield Doubt(Aspect.TABLE_LABEL, part.key, piece.span, piece.text)


def _is_whole(text: str, official: str) -> bool:
    """Whether a damaged text is the whole of a label, and no piece that a layout left: as long, or with the same ends."""
    plain = fold(without_ordinal(text))
    if len(plain) <= _EDGE * 2:
        return False
    return len(plain) == len(official) or (plain[:_EDGE], plain[-_EDGE:]) == (
        official[:_EDGE],
        official[-_EDGE:],
    )


def _lost(scan: Scan, form: Form) -> Iterator[Doubt]:
    """Rows whose label is nowhere, though rows after them are named."""
    named = {m.entry.part for _, m in scan.labels}
    rows = form.table(scan.table).rows
    groups = {r.iri for r in form.table(scan.table).collapsed if r in named}
    if form.table(scan.table).side_by_side or not named & set(rows):
        return
    last = max(i for i, row in enumerate(rows) if row in named)
    for row in rows[:last]:
        if row not in named and row.group not in groups:
            yield Doubt(Aspect.TABLE_LABEL, row.key)


def _tiled(label: str, texts: list[str], tiles: int = 0) -> bool:
    """Whether a label can be put together from its beginning, anywhere, and whole or outer parts of other texts."""
    if not label:
        return True
    if tiles == _MOST_TILES:
        return False
    for length in range(len(label), 1 if tiles == 0 else 0, -1):
        tile = label[:length]
        if any(_holds(text, tile, first=tiles == 0) for text in texts):
            return _tiled(label[length:], texts, tiles + 1)
    return False


def _holds(text: str, tile: str, *, first: bool) -> bool:
    return tile in text if first else text.startswith(tile) or text.endswith(tile)
