"""Which labels of a table deviate from the form's: misspelt, shortened or others (gold rule `table-label`).

A label that the layout has cut into pieces does not deviate: all of it is still there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.folding import fold, without_ordinal
from gongkai.form import Column, Form, Part, Row
from gongkai.report import Aspect, Doubt
from gongkai.tables.labels import Fit, Match
from gongkai.tables.pieces import Piece, nothing_follows
from gongkai.tables.runs import Scan

_MOST_TILES = 6
_EDGE = 2
_OPENING = 4
"""Fewer characters at the beginning of a text do not begin a label."""
_SHORTEST = 4
"""A shorter head is found by its place, not by its words: which of several 其他 and 总计 one is, cannot be told."""
_NUMERALS = "0123456789一二三四五六七八九十"


def deviations(scan: Scan, form: Form, text: str) -> Iterator[Doubt]:
    """A doubt for each label that the document words otherwise than the form, or has lost.

    Where its text breaks off in the table, the labels of the last row and those behind it may go on.
    """
    rests = tuple(_rests(scan))
    broken = nothing_follows(text, max(p.end for p in (*scan.pieces, *scan.unknown)))
    last = _last_settled(scan) if broken else scan.region.end
    yield from _lost(scan, form, rests, broken=broken)
    yield from _lost_columns(scan, form, rests, last)
    table = form.table(scan.table)
    parts: set[Part] = {*table.rows, *table.collapsed, *table.columns}
    sound = {m.entry.part for _, m in scan.labels if m.fit >= Fit.USUAL}
    seen: set[Part] = set()
    for piece, match in scan.labels:
        part = match.entry.part
        if match.fit >= Fit.USUAL or part in seen or part not in parts or piece.start >= last:
            continue
        wordings = [fold(w) for w in (part.label.official, *part.label.usual)]
        misprinted = match.fit is Fit.SIMILAR and any(_is_whole(piece.text, w) for w in wordings)
        if part in sound and not misprinted:
            continue
        seen.add(part)
        text = fold(piece.text)
        holds = wordings[0] in text and text not in map(fold, part.label.deviating)
        if misprinted or not (holds or _tiled(wordings[0], rests)):
            yield Doubt(Aspect.TABLE_LABEL, match.entry.key, piece.span, piece.text)


def _is_whole(text: str, label: str) -> bool:
    """Whether a damaged text is the whole of a label, and no piece that a layout left.

    It is as long, or has the same ends, or has one character twice.
    """
    plain = fold(without_ordinal(text))
    if plain in {label[:i] + label[i - 1] + label[i:] for i in range(1, len(label) + 1)}:
        return True
    ends = plain.startswith(label[:_EDGE]) and plain.endswith(label[-_EDGE:])
    return plain != label and len(plain) > _EDGE * 2 and (len(plain) == len(label) or ends)


def _last_settled(scan: Scan) -> int:
    """Where the last row with numbers begins, whose label may go on below them."""
    last = next((run for run in reversed(scan.runs) if run.values), None)
    if last is None:
        return 0
    return min([last.cells[0].start, *(hint.piece.start for hint in last.hints)])


def _lost(scan: Scan, form: Form, rests: Sequence[str], *, broken: bool) -> Iterator[Doubt]:
    """Rows whose label is nowhere, not even in pieces, though rows after them are named.

    Where the document breaks off, one may come before its turn: two rows after them, and all up to the last one met.
    """
    named = {m.entry.part for _, m in scan.labels}
    rows = form.table(scan.table).rows
    groups = {r.iri for r in form.table(scan.table).collapsed if r in named}
    if form.table(scan.table).side_by_side or not named & set(rows):
        return
    at = [i for i, row in enumerate(rows) if row in named]
    end = at[-1]
    if broken:
        met = [m.entry.part for _, m in scan.labels if m.entry.part in rows]
        end = min(at[-2:][0], rows.index(met[-1]))
    for row in rows[at[0] if _begins_within(scan) else 0 : end]:
        if row not in named and row.group not in groups and not _is_there(row, rests):
            seen = _instead(scan, row, rows)
            yield Doubt(Aspect.TABLE_LABEL, row.key, *((seen.span, seen.text) if seen else ()))


def _instead(scan: Scan, row: Row, rows: Sequence[Row]) -> Piece | None:
    """The one text between the labels of the rows beside a lost one that has mostly characters of its label."""
    at = {m.entry.part: p.start for p, m in scan.labels}
    i = rows.index(row)
    start = at.get(rows[i - 1], scan.region.end) if i else scan.region.start
    end = at.get(rows[i + 1], start) if i + 1 < len(rows) else start
    label = set(fold(row.label.official))
    between = [(p, fold(without_ordinal(p.text))) for p in scan.unknown if start < p.start < end]
    like = [
        p for p, text in between if len(text) >= _OPENING and 2 * sum(c in label for c in text) > len(text)
    ]
    return like[0] if len(like) == 1 else None


def _begins_within(scan: Scan) -> bool:
    """Whether the document begins inside the table: nothing above its rows is named."""
    return all(isinstance(m.entry.part, Row) for _, m in scan.labels)


def _lost_columns(scan: Scan, form: Form, rests: Sequence[str], last: int) -> Iterator[Doubt]:
    """Columns of the rows named up to `last` whose head is nowhere, not even in pieces, though others have theirs.

    One of another version of the form stands in its place, if there is one.
    """
    table = form.table(scan.table)
    columns = table.columns
    named = {m.entry.part: p for p, m in scan.labels}
    foreign = iter([p for part, p in named.items() if isinstance(part, Column) and part not in columns])
    due = {column for row in table.rows if row in named and named[row].start < last for column in row.columns}
    if due <= named.keys():
        return
    heads = "|".join(column.label.official[:_EDGE] for column in columns)
    words = [word for rest in rests for word in re.sub(f"(?={heads})", " ", rest).split()]
    for column in columns:
        if column not in due or column in named or len(column.label.official) < _SHORTEST:
            continue
        instead = next(foreign, None)
        if instead is not None:
            yield Doubt(Aspect.TABLE_LABEL, column.key, instead.span, instead.text)
        elif due & named.keys() and not _is_there(column, words):
            yield Doubt(Aspect.TABLE_LABEL, column.key)


def _is_there(part: Row | Column, rests: Sequence[str]) -> bool:
    """Whether the label of a part stands in what labels leave over, whole or in pieces."""
    label = fold(part.label.official)
    return label in rests or _tiled(label, rests)


def _rests(scan: Scan) -> Iterator[str]:
    """What the texts of the table hold besides labels that stand there whole: parts of torn ones, in reading order."""
    texts = [(piece.start, rest) for piece, match in scan.labels for rest in _beside(piece, match)]
    texts += [(p.start, fold(without_ordinal(word))) for p in scan.unknown for word in p.text.split()]
    yield from (text for _, text in sorted(texts, key=lambda t: t[0]))


def _beside(piece: Piece, match: Match) -> Iterator[str]:
    """What a text that is taken for a label holds besides it."""
    text = fold(piece.text)
    if match.fit < Fit.USUAL:
        yield text
        return
    label = match.entry.part.label
    whole = max((w for w in map(fold, (label.official, *label.usual)) if w in text), key=len, default="")
    number = text.removesuffix(whole)
    if whole and number != text and number.strip(_NUMERALS) == "" and number not in ("", fold(label.ordinal)):
        yield whole  # 2.其他 is the beginning of 2.其他法律行政法规禁止公开, which is torn: the label 其他 is 3.其他
    yield from (rest for side in text.split(whole or text, 1) if (rest := side.strip(_NUMERALS)))


def _tiled(label: str, rests: Sequence[str]) -> bool:
    """Whether a label can be put together from what other labels leave over."""
    return _in_order(label, rests) or _in_any_order(label, rests)


def _in_order(label: str, rests: Sequence[str]) -> bool:
    """Whether texts that follow each other, others between them, are the label: a narrow cell sets few in a line."""
    reached = {0}
    for rest in rests:
        for at in tuple(reached):
            tile = next(
                (t for t in _tiles(rest, first=at == 0) if t != label and label.startswith(t, at)), None
            )
            if tile is not None:
                reached.add(at + len(tile))
    return len(label) in reached


def _tiles(rest: str, *, first: bool) -> Iterator[str]:
    """What of a text may be a piece of a label: all of it, else its end, or (of a label that has begun) its beginning."""
    yield rest
    for length in range(len(rest) - 1, 1, -1):
        yield rest[-length:]
        if not first or length >= _OPENING:
            yield rest[:length]


def _in_any_order(label: str, rests: Sequence[str], tiles: int = 0) -> bool:
    """Whether a label can be put together from the end of a text, whole texts, and the beginning or end of others."""
    if not label:
        return True
    if tiles == _MOST_TILES:
        return False
    return any(
        _in_any_order(label[length:], (*rests[:i], *rests[i + 1 :]), tiles + 1)
        for length in range(len(label) - (tiles == 0), 0, -1)
        for i, rest in enumerate(rests)
        if _gives(rest, label[:length], first=tiles == 0)
    )


def _gives(rest: str, tile: str, *, first: bool) -> bool:
    """Whether a text is a part of a label, or has it at its edge; a lone character must be all that is left of a text."""
    if rest == tile:
        return True
    if len(tile) < 2:
        return False
    return rest.endswith(tile) or (not first and rest.startswith(tile))
