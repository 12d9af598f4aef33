"""Numbers that state a change: an earlier value beside the present one, or a mere difference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gongkai.narrative.quantities import Quantity
from gongkai.narrative.tries import Endings, trie
from gongkai.narrative.vocabulary import vocabulary

_LONGEST_FROM = 14
_AROUND = 12
"""Characters that may stand beside the words of a change, between its two numbers."""


@dataclass(frozen=True, slots=True)
class _Wording:
    """The words of change, ready for use."""

    begun: re.Pattern[str]
    reached: re.Pattern[str]
    compared: re.Pattern[str]
    another_year: re.Pattern[str]
    differences: Endings
    additions: frozenset[str]
    """Words that end like a difference and state none: 新增."""
    longest: int
    """Characters that stand between two numbers of a change at most."""
    recurring: re.Pattern[str]
    summing: re.Pattern[str]
    """Words of a sum, which is told for no single time: 每日发布信息共计365条."""
    sign: re.Pattern[str]
    """A character without which nothing recurs."""


@cache
def _wording() -> _Wording:
    cues = vocabulary().cues
    comparing, year = trie(cues["comparison"]), rf"(?:20\d\d年|{trie(cues['earlierYear'])})"
    tails = [done + bound for done in ("", "了") for bound in ("", *cues["differenceBound"])]
    additions = [word + tail for word in cues["addition"] for tail in tails]
    average, least = trie(cues["average"]), trie(cues["atLeast"])
    each = rf"{trie(cues['each'])}|(?:{trie(cues['eachOne'])})[^，。；、]{{1,6}}?(?:{least})"
    longest = (
        max(map(len, (*cues["changeTo"], *cues["comparison"]))) + max(map(len, cues["earlierYear"])) + _AROUND
    )
    return _Wording(
        re.compile(rf"(?:{trie(cues['changeFrom'])})[^，。；]{{0,12}}$"),
        re.compile(rf"[^，。；]{{0,6}}(?:{trie(cues['changeTo'])})[^，。；]{{0,3}}"),
        re.compile(rf"[，,（(]?(?:而|是|为|{comparing})?{year}(?:度|同期)?(?:的|为|是)?[（(]?"),
        re.compile(rf"(?:{comparing})(20\d\d)年[^，。；]{{0,8}}$"),
        Endings.of([*additions, *(word + tail for word in cues["difference"] for tail in tails)]),
        frozenset(additions),
        longest,
        re.compile(
            rf"(?:{average})[^，。；]{{0,6}}$|(?:{each})(?:[^，。；]{{0,8}}|(?:{trie(cues['period'])})[^，。；]{{0,30}})$"
        ),
        re.compile(trie(cues["summing"])),
        re.compile(
            trie(dict.fromkeys(word[-1] for word in (*cues["average"], *cues["each"], *cues["atLeast"])))
        ),
    )


def changes(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[Quantity, Decimal | None]]:
    """Each quantity, with the earlier value where two state a change: 从64%升至91%, 9起,比2030年(12起)."""
    words = _wording()
    before: Quantity | None = None
    for quantity in quantities:
        if before is None:
            before = quantity
        elif quantity.start - before.end > words.longest:
            yield before, None
            before = quantity
        elif (start := _rises(text, before, quantity)) is not None:
            yield quantity._replace(start=start), before.value
            before = None
        elif quantity.measure == before.measure and words.compared.fullmatch(
            text, before.end, quantity.start
        ):
            yield before, quantity.value
            before = None
        else:
            yield before, None
            before = quantity
    if before is not None:
        yield before, None


def _rises(text: str, earlier: Quantity, later: Quantity) -> int | None:
    """Where a change from one number to the other begins to be told (由年初的18万增至23万), if one is."""
    words = _wording()
    if words.reached.fullmatch(text, earlier.end, later.number[0]) is None:
        return None
    began = words.begun.search(text, max(0, earlier.start - _LONGEST_FROM), earlier.start)
    return began.start() if began else None


def is_difference(before: str, quantity: Quantity) -> bool:
    """Whether a number says by how much something changed (增加12条), or how often something recurs (每季度1次)."""
    words = _wording()
    recurs = words.recurring.search(before) if words.sign.search(before) else None
    if recurs is not None and not words.summing.search(before, recurs.start()):
        return True
    if quantity.unit == "%" or before[-1:] not in words.differences.words:
        return False
    told = words.differences.at(before, len(before))
    return told is not None and told not in words.additions


def other_year(before: str) -> int | None:
    """The year that a number is of, where the words before it name another one to compare with: 较2022年的."""
    year = _wording().another_year.search(before) if "年" in before else None
    return int(year[1]) if year else None
