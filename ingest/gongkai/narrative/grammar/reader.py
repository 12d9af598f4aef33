"""Reads the quantities of a text in order: each is decided by the rules, and leaves its total and channel to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from gongkai.narrative.grammar.attributes import channel, form, topic
from gongkai.narrative.grammar.changes import changes, is_difference, other_year
from gongkai.narrative.grammar.context import Context, Window
from gongkai.narrative.grammar.found import BY_OUTLET, Count, Found, Total, grouped
from gongkai.narrative.grammar.rules import decide
from gongkai.narrative.grammar.sums import mixed, parts
from gongkai.narrative.quantities import Quantity
from gongkai.narrative.scene import Scene
from gongkai.narrative.vocabulary import Indicator

_FEE = re.compile(r"信息处理费|收费通知|收取[^，。；]{0,8}费|实施收费")
_IN_AND_OUT = {"applications-received", "applications-handled"}
_AT_HAND = "收办"
_NO_TOTALS = frozenset({"applications-carried-over", "applications-withdrawn"})
"""Indicators whose numbers are not divided further; those that are outcomes of requests are not either."""


def read(scene: Scene, quantities: Iterable[Quantity]) -> tuple[Found, ...]:
    """The facts that the quantities of a text state."""
    changed = [c for c in changes(scene.text, tuple(quantities)) if not scene.quoted(c[0].number[0])]
    stated = [quantity for quantity, _ in changed]
    reader = _Reader(scene, parts(scene.text, stated), [q.start for q in stated])
    for quantity, previous in changed:
        reader.take(quantity, previous)
    return reader.facts()


class _Reader:
    def __init__(self, scene: Scene, parts: Mapping[int, int], starts: Sequence[int]) -> None:
        self._scene = scene
        last = {total: part for part, total in sorted(parts.items())}
        self._context = Context(scene, parts=parts, last_parts=last, starts=starts)
        self._found: list[Found] = []
        self._counts: list[Count] = []
        self._dropped: list[Found] = []
        self._fee = (-1, False)

    def facts(self) -> tuple[Found, ...]:
        """What was found, without the totals that are of several kinds."""
        dropped = {id(f) for f in (*self._dropped, *mixed(self._scene.text, self._counts))}
        return tuple(f for f in self._found if id(f) not in dropped)

    def take(self, quantity: Quantity, previous: Decimal | None) -> None:
        """Reads the next quantity; `previous` is the value it changed from."""
        context = self._context
        window = context.window(quantity)
        if not is_difference(window.before, quantity) and not self._is_fee(window):
            indicators, rule, confidence = decide(window)
            for indicator in indicators:
                part = self._is_part(indicator, window)
                self._add(_fact(indicator, window, rule, confidence=confidence, part=part, previous=previous))
                self._leave(window)
            if not indicators or indicators[0].key in BY_OUTLET.values():
                self._count(window, self._found[-1] if indicators else None)
            if not indicators:
                self._pass_over(window)
        context.end = quantity.end

    def _pass_over(self, window: Window) -> None:
        """A number that no indicator counts may still be a part of a total, or a total over several outlets."""
        context = self._context
        if context.part and context.total and window.outlets:
            context.total.outlets |= window.outlets
        elif len(grouped(window.outlets)) > 1:
            items = self._scene.words.indicators["website-items"]
            total = Total(_fact(items, window, "", confidence=0, part=False, previous=None))
            context.total = context.totals[window.quantity.measure] = total

    def _is_fee(self, window: Window) -> bool:
        """Whether the sentence speaks of the fee for processing information, whose amounts and cases are no facts."""
        if window.sentence != self._fee[0]:
            end = self._scene.sentence_end(window.quantity.end)
            self._fee = window.sentence, _FEE.search(self._scene.text, window.sentence, end) is not None
        return self._fee[1]

    def _add(self, found: Found) -> None:
        self._found.append(found)
        self._context.last = found

    def _leave(self, window: Window) -> None:
        """What the fact just added leaves in force for the numbers behind it."""
        context, found = self._context, self._found[-1]
        context.channels = window.channels or context.channels
        if not found.part:
            context.part = False
            if not (
                found.indicator.outcome or found.indicator.key in _NO_TOTALS or found.quantity.unit == "%"
            ):
                context.total = context.totals[found.quantity.measure] = Total(found)
        elif context.total is not None and found.indicator.family == "publication":
            context.total.outlets |= window.outlets or {"website"}
            if (
                len(grouped(context.total.outlets)) > 1
                and context.total.found.indicator.key == "website-items"
            ):
                self._dropped.append(context.total.found)

    def _count(self, window: Window, found: Found | None) -> None:
        outlet = "、".join(sorted(grouped(window.outlets)))
        if found is not None and found.indicator.key != "website-items":
            outlet = found.indicator.key
        quantity = window.quantity
        self._counts.append(Count(found, quantity.value, quantity.measure, outlet, window.paragraph))

    def _is_part(self, indicator: Indicator, window: Window) -> bool:
        """Whether the text marks a number as a part of a total before it."""
        context = self._context
        total = context.total.found if context.total else None
        if total is not None and indicator.outcome and total.indicator.family == "requests":
            return context.part or window.quantity.value != total.quantity.value
        if indicator.key == "applications-carried-over" and not context.bracket:
            # what was closed holds nothing that was carried over; 收办 counts all that was at hand
            whole = self._scene.text[total.start : total.quantity.start] if total else ""
            return context.part and _AT_HAND in whole
        if total is not None and {indicator.key, total.indicator.key} == _IN_AND_OUT:
            return False
        if total is not None and indicator.key == total.indicator.key and indicator.family == "requests":
            return context.part or self._scene.words.applicants.search(window.before) is not None
        if total is not None and context.part and indicator.family == total.indicator.family:
            return True
        return indicator.key == "website-items" and "类" in window.before and self._is_kind(window)

    def _is_kind(self, window: Window) -> bool:
        """Whether items of one kind (动态类信息) are told of which an earlier number gave the total."""
        totals = (f for f in self._found if f.indicator.key == "website-items" and not f.part)
        return any(f.quantity.value >= window.quantity.value for f in totals)


def _fact(
    indicator: Indicator,
    window: Window,
    rule: str,
    *,
    confidence: float,
    part: bool,
    previous: Decimal | None,
) -> Found:
    start, end = window.left, window.quantity.end
    if window.anchor is not None:
        if window.anchor.start < start:
            start = window.context.scene.clause_start(window.anchor.start)
        end = max(end, window.anchor.end)
    while window.text[start] in " 、":
        start += 1
    return Found(
        indicator,
        window.quantity,
        start,
        end,
        rule,
        confidence,
        part,
        channel=channel(indicator, window, rule),
        form=form(indicator, window),
        previous=previous,
        topic=topic(indicator, window),
        year=other_year(window.before),
    )
