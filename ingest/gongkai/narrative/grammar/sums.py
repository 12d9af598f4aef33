"""What numbers add up to tells what is a part of what, and which totals are over outlets of several kinds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate

from gongkai.narrative.grammar.changes import is_difference
from gongkai.narrative.grammar.found import Count, Found
from gongkai.narrative.quantities import Quantity

_HEADING = re.compile(
    r"^(?:[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]{1,3}、)",
    re.MULTILINE,
)
SUM = re.compile("共|总|合计")
"""Before a number that sums up others."""
_FEWEST = 2
_SMALL = 10
"""Smaller totals are the sum of two numbers behind them by mere chance."""
_NEAR = 6  # characters before a number that say that it is a difference
_ITEMS = frozenset("条件篇份则个项期")
"""Measure words of items: parts of one total may be told in several."""
_ITEM = "条"
"""Stands for all of these."""
_PUBLISHED = _ITEMS | {"次", "条次", "篇次"}


def parts(text: str, quantities: Iterable[Quantity]) -> dict[int, int]:
    """The numbers that add up to the one before them in the paragraph, by their places: part → total.

    公开信息90条。网站50条、微信40条: the two are parts, though no word says so. Parts may be divided themselves:
    公开信息90条，机构信息50条（职能20条、领导30条），动态40条.
    """
    found: dict[int, int] = {}
    for run in _alike(text, quantities):
        sums = list(accumulate((q.value for q in run), initial=Decimal(0)))
        behind = list(range(1, len(run) + 1))
        """Where what follows a number and its own parts begins."""
        divided = False
        for i in reversed(range(len(run))):
            end = bisect_left(sums, sums[i + 1] + run[i].value, i + 1)
            whole = end < len(sums) and sums[end] == sums[i + 1] + run[i].value
            members = list(range(i + 1, end)) if whole else _divided(run, i, behind) if divided else []
            if len(members) >= (_FEWEST if run[i].value >= _SMALL else _FEWEST + 1):
                behind[i], divided = behind[members[-1]], True
                found.update((run[j].start, run[i].start) for j in members)
    return found


def _divided(run: Sequence[Quantity], i: int, behind: Sequence[int]) -> list[int]:
    """The places of the numbers behind one that add up to it, without the parts of these; none where none do."""
    members: list[int] = []
    value, j = Decimal(0), i + 1
    while j < len(run) and value < run[i].value:
        members.append(j)
        value += run[j].value
        j = behind[j]
    return members if value == run[i].value else []


def _alike(text: str, quantities: Iterable[Quantity]) -> Iterator[list[Quantity]]:
    """The runs of numbers of a paragraph that are told in like measure words; shares and differences stand apart."""
    run: list[Quantity] = []
    kind: str | None = ""
    end = -1
    for quantity in quantities:
        start, measure = quantity.start, quantity.measure
        if measure == "%" or is_difference(text[max(0, start - _NEAR) : start], quantity):
            continue
        own = _ITEM if measure in _ITEMS else measure
        if own != kind or start > end >= 0:
            if len(run) > _FEWEST:
                yield run
            run, kind, end = [], own, text.find("\n", start)
        run.append(quantity)
    if len(run) > _FEWEST:
        yield run


def are_alike(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are counted in the same measure word, or both in one of items."""
    return one.measure == other.measure or {one.measure, other.measure} <= _ITEMS


def mixed(text: str, counts: Sequence[Count], parts: Mapping[int, int]) -> Iterator[Found]:
    """The totals that the numbers behind or before them add up to, over outlets of several kinds, and the items of fields.

    公开信息900条。网站500条，微博300条，报刊100条。其中防汛信息40条: neither 900 nor 40 is of one kind. What numbers are
    divided into themselves (网站500条（动态300条、公告200条）) is passed over: `parts` says where each is a part.
    """
    for i, total in enumerate(counts):
        if total.found and SUM.search(text, total.found.start, total.found.quantity.start):
            before = [c._replace(outlet=c.outlet or "website") for c in reversed(counts[:i])]
            if _is_mixed(total, before):
                yield total.found
        if total.found is None or total.outlet:
            continue
        own = [c for c in counts[i + 1 :] if parts.get(c.start, total.start) == total.start]
        if not _is_mixed(total, own):
            continue
        yield total.found
        heading = _HEADING.search(text, total.found.end)
        end = heading.start() if heading else len(text)
        fields = (c for c in own if not c.outlet and c.value <= total.value)
        yield from (c.found for c in fields if c.found and c.found.start < end)


def _is_mixed(total: Count, following: Iterable[Count]) -> bool:
    value, outlets = Decimal(0), set()
    for count in following:
        alike = count.unit == total.unit or {count.unit, total.unit} <= _PUBLISHED
        if count.paragraph != total.paragraph or not alike or not count.outlet:
            break
        value += count.value
        outlets.add(count.outlet)
        if value >= total.value:
            break
    return value == total.value and len(outlets) > 1
