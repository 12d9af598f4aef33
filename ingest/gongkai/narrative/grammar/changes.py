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
    recurring: re.Pattern[str]
    sign: re.Pattern[str]
    """A character without which nothing recurs."""


@cache
def _wording() -> _Wording:
    cues = vocabulary().cues
    comparing, year = trie(cues["comparison"]), rf"(?:20\d\d年|{trie(cues['earlierYear'])})"
    tails = [done + bound for done in ("", "了") for bound in ("", *cues["differenceBound"])]
    additions = [word + tail for word in cues["addition"] for tail in tails]
    average, each = trie(cues["average"]), trie(cues["each"])
    return _Wording(
        re.compile(rf"(?:{trie(cues['changeFrom'])})[^，。；]{{0,12}}$"),
        re.compile(rf"[^，。；]{{0,6}}(?:{trie(cues['changeTo'])})[^，。；]{{0,3}}"),
        re.compile(rf"[，,（(]?(?:而|是|为|{comparing})?{year}(?:度|同期)?(?:的|为|是)?[（(]?"),
        re.compile(rf"(?:{comparing})(20\d\d)年[^，。；]{{0,8}}$"),
        Endings.of([*additions, *(word + tail for word in cues["difference"] for tail in tails)]),
        frozenset(additions),
        re.compile(
            rf"(?:{average})[^，。；]{{0,6}}$|(?:{each})(?:[^，。；]{{0,6}}|(?:{trie(cues['period'])})[^，。；]{{0,14}})$"
        ),
        re.compile(trie(dict.fromkeys(word[-1] for word in (*cues["average"], *cues["each"])))),
    )


def changes(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[Quantity, Decimal | None]]:
    """Each quantity, with the earlier value where two state a change: 从78.33%提高到99.20%, 22起,比2022年(31起)."""
    i = 0
    while i < len(quantities):
        quantity = quantities[i]
        following = quantities[i + 1] if i + 1 < len(quantities) else None
        if following is None:
            yield quantity, None
        elif (start := _rises(text, quantity, following)) is not None:
            yield following._replace(start=start), quantity.value
            i += 1
        elif following.measure == quantity.measure and _wording().compared.fullmatch(
            text[quantity.end : following.start]
        ):
            yield quantity, following.value
            i += 1
        else:
            yield quantity, None
        i += 1


def _rises(text: str, earlier: Quantity, later: Quantity) -> int | None:
    """Where a change from one number to the other begins to be told (由年初的18万增至23万), if one is."""
    if _wording().reached.fullmatch(text[earlier.end : later.number[0]]) is None:
        return None
    began = _wording().begun.search(text, max(0, earlier.start - _LONGEST_FROM), earlier.start)
    return began.start() if began else None


def is_difference(before: str, quantity: Quantity) -> bool:
    """Whether a number says by how much something changed (增加12条), or how often something recurs (每季度1次)."""
    words = _wording()
    if words.sign.search(before) and words.recurring.search(before):
        return True
    told = words.differences.at(before, len(before)) if quantity.unit != "%" else None
    return told is not None and told not in words.additions


def other_year(before: str) -> int | None:
    """The year that a number is of, where the words before it name another one to compare with: 较2022年的."""
    year = _wording().another_year.search(before) if "年" in before else None
    return int(year[1]) if year else None
