"""The tables of a page, from its ruled lines: those that touch each other make one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from gongkai.readers.affine import Box
from gongkai.readers.fields import Region
from gongkai.readers.frame import MOST_RULES, Frame
from gongkai.readers.sheet import Rule, Sheet
from gongkai.readers.stops import NEAR


def regions(sheet: Sheet) -> list[Region]:
    """The tables of a page from the top down: two columns at least, and text in a cell."""
    if len(sheet.across) + len(sheet.down) > MOST_RULES:
        return []
    found = [region for frame in _frames(sheet) if (region := frame.region(sheet.runs)) is not None]
    return sorted(_outermost(found), key=lambda r: r.top)


def rectangles(sheet: Sheet) -> list[Box]:
    """Each cell of a page, with text or without."""
    return [box for frame in _frames(sheet) if frame.is_table() for box in frame.rectangles()]


def _frames(sheet: Sheet) -> Iterator[Frame]:
    for across, down in _connected(sheet.across, sheet.down):
        yield Frame(across, down)


def _connected(across: Sequence[Rule], down: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that touch each other."""
    rules = [*across, *down]
    group = list(range(len(rules)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    places = [rule.at for rule in down]
    for i, (at, start, end) in enumerate(across):
        mine = i
        for j in range(bisect_left(places, start - NEAR), bisect_right(places, end + NEAR)):
            if group[j + len(across)] != mine:
                _, above, below = down[j]
                if above - NEAR <= at <= below + NEAR:
                    group[mine] = mine = root(j + len(across))
    members: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(rules):
        members.setdefault(root(i), ([], []))[i >= len(across)].append(rule)
    yield from members.values()


def _outermost(found: list[Region]) -> list[Region]:
    """Without those that lie inside another, such as the box of a field in a cell."""
    return [
        r
        for r in found
        if not any(
            o is not r
            and o.left <= r.left
            and o.top <= r.top
            and o.right >= r.right
            and o.bottom >= r.bottom
            and o.fields != r.fields
            for o in found
        )
    ]
