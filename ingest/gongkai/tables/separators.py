"""Which cell of a short row each number is, by the tabs and bars before it: as many as in the sound rows of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gongkai.tables.pieces import FILLER, SEPARATOR, Piece
from gongkai.tables.runs import Run

_Origin = Callable[[str, Run], int | None]
_FEWEST = 2
"""Sound rows that must agree before they are a measure for others."""


def by_separators(text: str, run: Run, sound: Sequence[Run], width: int) -> list[Piece | None] | None:
    """The cells of a row, None where they are empty; None where the separators do not settle it.

    Separators are counted from the beginning of the line, and from the row's label. A count is a measure where the sound
    rows agree on it; the ways that are one must not contradict each other.
    """
    found = [
        placed
        for origin in (_line, _label)
        if (base := _base(text, origin, sound)) is not None
        and (placed := _placed(text, origin, base, run, width)) is not None
    ]
    return found[0] if found and all(f == found[0] for f in found) else None


def _line(text: str, run: Run) -> int | None:
    """Where the line of a row begins, if it stands on one line."""
    first, last = run.values[0], run.values[-1]
    return text.rfind("\n", 0, first.start) + 1 if "\n" not in text[first.start : last.start] else None


def _label(_text: str, run: Run) -> int | None:
    """Where the label of a row ends."""
    return run.hints[-1].piece.span.end if run.hints else None


def _base(text: str, origin: _Origin, sound: Sequence[Run]) -> tuple[int, int] | None:
    """How many separators stand before the first number of each sound row, and on its line in all."""
    found = {_measure(text, origin, run) for run in sound}
    return found.pop() if len(sound) >= _FEWEST and len(found) == 1 else None


def _measure(text: str, origin: _Origin, run: Run) -> tuple[int, int] | None:
    start = origin(text, run)
    if start is None:
        return None
    at = list(_counts(text, start, run.values))
    if at != list(range(at[0], at[0] + len(at))) or not at[0]:
        return None
    return at[0], at[-1] + _behind(text, run.values[-1])


def _placed(
    text: str, origin: _Origin, base: tuple[int, int], run: Run, width: int
) -> list[Piece | None] | None:
    start = origin(text, run)
    if start is None:
        return None
    first, whole_line = base
    counts = list(_counts(text, start, run.values))
    cells = {count - first: value for count, value in zip(counts, run.values, strict=True)}
    fits = len(cells) == len(counts) and set(cells) <= set(range(width))
    if not fits or counts[-1] + _behind(text, run.values[-1]) != whole_line:
        return None
    return [cells.get(i) for i in range(width)]


def _counts(text: str, start: int, values: Sequence[Piece]) -> Iterator[int]:
    """For each value the number of separators since the origin."""
    count = 0
    for value in values:
        count += len(SEPARATOR.findall(text, start, value.start))
        start = value.span.end
        yield count


def _behind(text: str, last: Piece) -> int:
    """The separators behind a number until the line ends."""
    end = text.find("\n", last.span.end)
    rest = text[last.span.end : end if end >= 0 else len(text)]
    return len(SEPARATOR.findall(FILLER.sub("", rest)))
