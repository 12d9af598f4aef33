"""Totals over several kinds of outlets: they measure no indicator, nor does what divides them otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from gongkai.narrative.grammar.found import Count, Found

_HEADING = re.compile(
    r"^(?:[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]{1,3}、)",
    re.MULTILINE,
)


def mixed(text: str, counts: Sequence[Count]) -> Iterator[Found]:
    """The totals that the numbers behind them add up to, each through another kind of outlet, and the items of fields.

    公开信息900条。网站500条，微博300条，报刊100条。其中防汛信息40条: neither 900 nor 40 is of one kind.
    """
    for i, total in enumerate(counts):
        if total.found is None or total.outlet or not _is_mixed(total, counts[i + 1 :]):
            continue
        yield total.found
        heading = _HEADING.search(text, total.found.end)
        end = heading.start() if heading else len(text)
        yield from (c.found for c in counts[i + 1 :] if c.found and not c.outlet and c.found.start < end)


def _is_mixed(total: Count, following: Iterable[Count]) -> bool:
    value, outlets = Decimal(0), set()
    for count in following:
        if (count.paragraph, count.unit) != (total.paragraph, total.unit) or not count.outlet:
            break
        value += count.value
        outlets.add(count.outlet)
        if value >= total.value:
            break
    return value == total.value and len(outlets) > 1
