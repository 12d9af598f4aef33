"""Numbers that state a change: an earlier value beside the present one, or a mere difference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.narrative.quantities import Quantity

_FROM = re.compile(r"(?:从|由)[^，。；]{0,12}$")
_LONGEST_FROM = 14
_TO = re.compile(r"[^，。；]{0,6}(?:到|至|为|成)[^，。；]{0,3}")
_COMPARED = re.compile(
    r"[，,（(]?(?:而|比|较|相比|同比|同|是|为)?(?:20\d\d年|去年|上年|上一年|前一年)(?:度|同期)?(?:的|为|是)?[（(]?"
)
_DIFFERENCE = re.compile(
    r"(?:(?<!新)增加?|增长|减少|下降|多出?|少|上升|提高|提升|回落|降低|同比|环比)了?(?:约|近|超)?$"
)
_EACH = re.compile(
    r"[日月]均[^，。；]{0,6}$|每(?:[^，。；]{0,6}|(?:半?年|季度?|月|周|日|天|次)[^，。；]{0,14})$"
)
_OTHER_YEAR = re.compile(r"(?:较|比|相比|同)(20\d\d)年[^，。；]{0,8}$")


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
        elif following.measure == quantity.measure and _COMPARED.fullmatch(
            text[quantity.end : following.start]
        ):
            yield quantity, following.value
            i += 1
        else:
            yield quantity, None
        i += 1


def _rises(text: str, earlier: Quantity, later: Quantity) -> int | None:
    """Where a change from one number to the other begins to be told (由年初的18万增至23万), if one is."""
    if _TO.fullmatch(text[earlier.end : later.number[0]]) is None:
        return None
    began = _FROM.search(text, max(0, earlier.start - _LONGEST_FROM), earlier.start)
    return began.start() if began else None


def is_difference(before: str, quantity: Quantity) -> bool:
    """Whether a number says by how much something changed (增加12条), or how often something recurs (每季度1次)."""
    return bool((quantity.unit != "%" and _DIFFERENCE.search(before)) or _EACH.search(before))


def other_year(before: str) -> int | None:
    """The year that a number is of, where the words before it name another one to compare with: 较2022年的."""
    year = _OTHER_YEAR.search(before) if "年" in before else None
    return int(year[1]) if year else None
