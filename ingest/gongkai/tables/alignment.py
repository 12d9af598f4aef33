"""Which row of the form each run of numbers is.

Rows keep the form's order in every layout, also where labels are torn from their numbers. So a run is placed by the best
alignment of all runs with all rows: its own label speaks for a row, order forbids the rest. Where the best alignment is not
the only one, a run whose row differs between them has no row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from gongkai.form import Row
from gongkai.tables.pieces import BLANK
from gongkai.tables.runs import Run

_OWN = 12  # the label stands on the same line, or directly before
_NAMED = 6  # the label was met since the last run
_FREE = 1  # the label was met before, and nothing speaks against it
_UNNAMED = 0  # the label is nowhere
_OTHER = -1  # labels before the run name other rows
_LATER = -8  # the label of the row comes after the run
_NEVER = -(10**6)


@dataclass(frozen=True, slots=True)
class Aligned:
    """A run and its row, or None where no row can be told."""

    run: Run
    row: Row | None


def align(runs: Sequence[Run], rows: Sequence[Row]) -> tuple[Aligned, ...]:
    """The row of each run; order is kept, and each row is taken once."""
    present = set(rows)  # the label of a group (（六）其他处理) may be a row in other documents
    named = [replace(r, hints=tuple(h for h in r.hints if h.row in present)) for r in runs]
    split = _once([part for run in _joined(named, rows) for part in _split(run, rows)])
    direct = _direct(split, rows)
    if direct is not None:
        return direct
    best = _rows_of_best(_torn(split), rows)
    return tuple(Aligned(run, rows[i] if i is not None else None) for run, i in zip(split, best, strict=True))


def _direct(runs: Sequence[Run], rows: Sequence[Row]) -> tuple[Aligned, ...] | None:
    """The common case: every run has the right length and a label of its own. Then the order need not be the form's."""
    position = {row: i for i, row in enumerate(rows)}
    taken: dict[int, Run] = {}
    for run in runs:
        own = [h for h in run.hints if h.near] or [h for h in run.hints if h.same]
        at = position.get(own[0].row) if len(own) == 1 else None
        if at is None or at in taken or len(run.values) not in (0, len(rows[at].columns)):
            return None
        taken[at] = run
    return tuple(Aligned(run, rows[at]) for at, run in taken.items())


def _joined(runs: Sequence[Run], rows: Sequence[Row]) -> list[Run]:
    """A row that something else interrupts (a page number, the foot of a page) is one run again."""
    width = max((len(r.columns) for r in rows), default=0)
    found: list[Run] = []
    for run in runs:
        before = found[-1] if found else None
        if (
            before is not None
            and not run.hints
            and 0 < len(before.cells) < width == len(before.cells) + len(run.cells)
        ):
            found[-1] = Run(before.cells + run.cells, before.hints, before.parts + 1)
        else:
            found.append(run)
    return found


def _once(runs: Sequence[Run]) -> list[Run]:
    """Without the rows that are printed again: the same label on the same line, with the same numbers."""
    seen: set[tuple[Row, tuple[str, ...]]] = set()
    found: list[Run] = []
    for run in runs:
        own = [h.row for h in run.hints if h.near and h.same]
        printed = (own[0], tuple(v.text for v in run.values)) if own else None
        if printed is None or printed not in seen:
            found.append(run)
        if printed is not None:
            seen.add(printed)
    return found


def _split(run: Run, rows: Sequence[Row]) -> list[Run]:
    """Several whole rows in one run, since their labels are elsewhere, are a run each."""
    widths = {len(r.columns) for r in rows}
    width = widths.pop() if len(widths) == 1 else 0
    lines = [list(group) for _, group in groupby(run.cells, key=lambda c: c.line)]
    whole = next((i for i, line in enumerate(lines) if len(line) == width > 1), None)
    if len(lines) > 1 and whole is not None:
        return [Run(line, run.hints if i == whole else ()) for i, line in enumerate(lines)]
    cells = [c for c in run.cells if c.kind != BLANK] if width and len(run.cells) % width else run.cells
    if not width or len(cells) <= width or len(cells) % width:
        return [run]
    parts = [cells[i : i + width] for i in range(0, len(cells), width)]
    if len(run.hints) == len(parts):
        return [Run(part, (hint,)) for part, hint in zip(parts, run.hints, strict=True)]
    return [Run(parts[0], run.hints), *(Run(part, ()) for part in parts[1:])]


def _torn(runs: Sequence[Run]) -> list[Run]:
    """Where labels of several rows come first and then their runs, standing next to a run says nothing for a label."""
    found = list(runs)
    apart = [
        len(_named(run)) > 1
        and not any(h.same for h in run.hints)
        and not after.hints
        and len(after.values) > 1
        for run, after in pairwise(runs)
    ]
    if any(apart):
        for i, run in enumerate(runs):
            if len(_named(run)) > 1:
                hints = tuple(h if h.same else replace(h, near=False) for h in run.hints)
                found[i] = Run(run.cells, hints)
    return found


def _named(run: Run) -> set[Row]:
    return {h.row for h in run.hints}


def _score(run: Run, row: Row, label: int | None) -> int:
    """How much speaks for a run being a row, whose label stands at an offset, if anywhere."""
    named = _named(run)
    own = {h.row for h in run.hints if h.same or h.near}
    damage = 2 * (len(run.values) != len(row.columns))
    if row in own:
        return _OWN - damage
    if row in named:
        return _NAMED - damage
    if len(named) == 1 and own and run.hints[0].same:
        return _NEVER  # a label on the same line is not to be overruled
    if label is not None and label > run.cells[0].start:
        return _LATER - damage
    return (_OTHER if named else _FREE if label is not None else _UNNAMED) - damage


def _loss(run: Run, rows: Sequence[Row]) -> int:
    """What it costs to leave a run out: a whole row is no noise, a lone number may be the number of a page.

    A row that seems to be none of the form's costs less.
    """
    whole = any(len(run.values) == len(row.columns) > 1 for row in rows) and not run.other
    if whole or any(h.same or h.near for h in run.hints):
        return 20
    return 2 * len(run.values)


def _rows_of_best(runs: Sequence[Run], rows: Sequence[Row]) -> list[int | None]:
    """For each run the index of its row in every best alignment, None where they differ or leave it out."""
    n, m = len(runs), len(rows)
    labels: dict[Row, int] = {}
    for hint in (h for run in runs for h in run.hints):
        labels.setdefault(hint.row, hint.piece.start)
    score = [[_score(run, row, labels.get(row)) for row in rows] for run in runs]
    loss = [_loss(run, rows) for run in runs]
    before = _table(n, m, score, loss)
    after = _table(n, m, [s[::-1] for s in score[::-1]], loss[::-1])
    total = before[n][m]
    found: list[int | None] = []
    for i in range(n):
        options: list[int | None] = [
            j for j in range(m) if before[i][j] + score[i][j] + after[n - 1 - i][m - 1 - j] == total
        ]
        if any(before[i][j] - loss[i] + after[n - 1 - i][m - j] == total for j in range(m + 1)):
            options.append(None)
        found.append(options[0] if len(options) == 1 else None)
    return found


def _table(n: int, m: int, score: list[list[int]], loss: list[int]) -> list[list[int]]:
    """`[i][j]`: the best total of the first i runs among the first j rows."""
    best = [[0] * (m + 1)]
    for i in range(n):
        previous = best[-1]
        current = [previous[0] - loss[i]]
        for j in range(m):
            current.append(max(previous[j + 1] - loss[i], current[j], previous[j] + score[i][j]))
        best.append(current)
    return best
