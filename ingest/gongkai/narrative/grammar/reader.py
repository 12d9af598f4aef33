"""Reads the quantities of a text in order: each is decided by the rules, and leaves its total and channel to the next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from gongkai.narrative.fees import Matter, matters
from gongkai.narrative.grammar.attributes import channel, form, topic
from gongkai.narrative.grammar.changes import changes, is_difference, other_year
from gongkai.narrative.grammar.context import Context
from gongkai.narrative.grammar.found import Count, Found, Reading, Total
from gongkai.narrative.grammar.meaning import NORMATIVE
from gongkai.narrative.grammar.rules import decide
from gongkai.narrative.grammar.sums import are_alike, mixed, parts
from gongkai.narrative.grammar.window import BOARD, WEBSITE, Window
from gongkai.narrative.model import Fact, made
from gongkai.narrative.prose import Prose
from gongkai.narrative.quantities import Quantity
from gongkai.narrative.scene import Hit, Scene, inside
from gongkai.narrative.senses import HOTLINE, MESSAGES, PUBLICATION, REQUESTS, Indicator

_AT_HAND = "收办"
_WRITTEN = frozenset({HOTLINE, MESSAGES})
"""Families that one total may hold both of: 办理诉求90件，其中热线80件、留言10件."""
_ONWARD = re.compile("[下次]一?年")
_KIND = re.compile("(?<!各)类")


def read(scene: Scene, quantities: Sequence[Quantity], prose: Prose) -> tuple[Fact, ...]:
    """The facts that the quantities of a text state."""
    changed = [c for c in changes(scene.text, quantities) if not inside(scene.quotes, c[0].number[0])]
    stated = [quantity for quantity, _ in changed]
    reader = _Reader(scene, prose, parts(scene.text, stated), [q.start for q in stated])
    for quantity, previous in changed:
        reader.take(quantity, previous)
    return reader.facts()


class _Reader:
    def __init__(self, scene: Scene, prose: Prose, parts: Mapping[int, int], starts: Sequence[int]) -> None:
        self._scene = scene
        self._prose = prose
        self._channels = scene.words.channels
        self._publications = frozenset(self._channels.publications.values())
        self._website = self._channels.publications["website"]
        last = {total: part for part, total in sorted(parts.items())}
        self._context = Context(scene, parts=parts, last_parts=last, starts=starts)
        self._found: list[Found] = []
        self._counts: list[Count] = []
        self._dropped: list[Found] = []
        self._fees: dict[int, list[Matter]] = {}
        for matter in matters(scene.text):
            self._fees.setdefault(scene.sentence_start(matter.start), []).append(matter)

    def facts(self) -> tuple[Fact, ...]:
        """What was found, without the totals that are of several kinds."""
        dropped = {
            id(f) for f in (*self._dropped, *mixed(self._scene.text, self._counts, self._context.parts))
        }
        return tuple([f.fact for f in self._found if id(f) not in dropped])

    def take(self, quantity: Quantity, previous: Decimal | None) -> None:
        """Reads the next quantity; `previous` is the value it changed from."""
        context = self._context
        window = context.window(quantity)
        if not self._is_fee(window) and not is_difference(window.before, quantity):
            reading, rule, confidence = decide(window)
            if not reading.indicators and self._is_item_by_sum(window):
                reading, rule = Reading((self._website,)), "adds-up"
            if reading.channels is not None:
                window = window.through(reading.channels)
                if rule == "respectively":
                    context.pending = context.pending[1:]
            if reading.opens is not None:
                context.part = reading.opens
            for indicator in reading.indicators:
                part = self._is_part(indicator, window)
                found = self._fact(
                    indicator, window, reading.anchor, rule, confidence, part=part, previous=previous
                )
                self._found.append(found)
                context.last = found
                self._leave(found, window)
            self._count(reading, window)
            context.normative = quantity if _is_normative(reading) else None
        context.end = quantity.end

    def _is_fee(self, window: Window) -> bool:
        """Whether the sentence speaks of the fee for processing information, whose amounts and cases are no facts.

        What stands before a clause that only denies one is not of it: 收到申请3件，未收取费用.
        """
        fees = self._fees.get(window.sentence.start)
        return fees is not None and any(not fee.denied or fee.start < window.right for fee in fees)

    def _count(self, reading: Reading, window: Window) -> None:
        """Keeps the numbers of items published, and of what no indicator counts, for the sums that hold them."""
        if not reading.indicators:
            if window.unit in ("", "%"):
                return
            self._counts.append(_counted(None, window, self._outlet(window)))
            self._pass_over(window)
        elif reading.indicators[0] in self._publications:
            found = self._found[-1]
            through = self._outlet(window) if found.indicator is self._website else found.indicator.key
            self._counts.append(_counted(found, window, through))

    def _outlet(self, window: Window) -> str:
        outlets = window.outlets
        return "、".join(sorted(self._channels.grouped(outlets))) if outlets else ""

    def _pass_over(self, window: Window) -> None:
        """A number that no indicator counts may still be a part of a total, or a total over several outlets."""
        context = self._context
        if window.outlets == BOARD:
            context.boarded, context.channels = window.quantity.end, window.channels
        if context.part and context.total and window.outlets:
            context.total.outlets |= window.outlets
        elif len(self._channels.grouped(window.outlets)) > 1:
            total = Total(self._fact(self._website, window, None, "", 0, part=False, previous=None))
            context.total = context.totals[window.quantity.measure] = total

    def _leave(self, found: Found, window: Window) -> None:
        """What the fact just added leaves in force for the numbers behind it."""
        context = self._context
        context.channels = window.channels or context.channels
        if not found.fact.part:
            context.part = False
            if found.indicator.divisible and window.unit != "%" and not self._is_empty(found):
                context.total = context.totals[found.quantity.measure] = Total(found, window.outlets)
        elif context.total is not None and found.indicator.family == PUBLICATION:
            total = context.total
            total.outlets |= window.outlets or {"website"}
            total.by_outlet = total.by_outlet or bool(window.channels)
            if total.found.indicator is self._website and len(self._channels.grouped(total.outlets)) > 1:
                self._dropped.append(total.found)

    def _is_part(self, indicator: Indicator, window: Window) -> bool:
        """Whether the text marks a number as a part of a total before it."""
        context = self._context
        total = context.total.found if context.total else None
        if total is not None and indicator.outcome and total.indicator.family == REQUESTS:
            return context.part or window.quantity.value != total.quantity.value
        if "carry" in indicator.acts and not context.bracket:
            # what was closed holds nothing that was carried over; what came in may be carried on; 收办 is all at hand
            whole = self._scene.text[total.start : total.quantity.start] if total else ""
            received = total is not None and total.indicator is self._scene.words.requests
            onward = received and _ONWARD.search(window.text, window.left, window.right) is not None
            return context.part and (onward or _AT_HAND in whole or self._adds_up(window))
        if total is not None and self._may_divide(indicator, total, window):
            if indicator.family == REQUESTS and (indicator is total.indicator or self._by_way(indicator)):
                return self._is_of_some(window)
            if indicator.whole and total.indicator.whole:
                return context.part and (self._is_stated(window) or self._adds_up(window))
            if context.part:
                return True
        return (
            indicator is self._website and _KIND.search(window.before) is not None and self._is_kind(window)
        )

    def _may_divide(self, part: Indicator, total: Found, window: Window) -> bool:
        if {part.family, total.indicator.family} <= _WRITTEN:
            return True
        among = part.published and total.indicator.family == PUBLICATION
        return part.family == total.indicator.family or (among and are_alike(total.quantity, window.quantity))

    def _is_stated(self, window: Window) -> bool:
        """Whether the word for a part stands right before the clause: 收到80件，其中办结75件."""
        start = max(self._context.end, window.sentence.start)
        while window.text[start] in "，,；）)":
            start += 1
        opened = self._scene.words.opening.match(window.text, start)
        return opened is not None and opened.end() >= window.left - 1

    def _is_item_by_sum(self, window: Window) -> bool:
        """Whether a number that nothing settles is an item, for it and others add up to the items of the website."""
        total = self._context.total
        if total is None or total.found.indicator is not self._website or not self._adds_up(window):
            return False
        alike = window.quantity.measure == total.found.quantity.measure and window.outlets <= WEBSITE
        return alike and not any(h.sense.uncounted for h in window.hits)

    def _adds_up(self, window: Window) -> bool:
        """Whether a number is one of those that add up to the total: 收到8件，其中3件已办结，5件结转."""
        total = self._context.total
        return (
            total is not None and self._context.parts.get(window.quantity.start) == total.found.quantity.start
        )

    def _is_of_some(self, window: Window) -> bool:
        """Whether requests are those of one way of applying or of some applicants."""
        if any("submission" in h.sense.channels for h in window.left_hits):
            self._context.part = True
        if self._is_way(window):
            return True
        applicants = self._scene.words.applicants.search(window.text, window.left, window.right)
        return self._context.part or applicants is not None

    def _is_way(self, window: Window) -> bool:
        """Whether some of the requests before came in by the way told behind their number: 收到6件，4件为传真申请."""
        total = self._context.total
        fewer = total is not None and window.quantity.value < total.found.quantity.value
        return fewer and any("submission" in h.sense.channels for h in window.right_hits)

    def _by_way(self, indicator: Indicator) -> bool:
        """Whether requests are told by the way they came in, though the last total is of those handled."""
        return self._context.part and indicator is self._scene.words.requests

    def _is_empty(self, found: Found) -> bool:
        """Whether there is nothing to divide, and results told next are those of the cases before: 复议3件、诉讼0件."""
        total = self._context.total
        return total is not None and total.found.indicator.with_verdicts and not found.quantity.value

    def _is_kind(self, window: Window) -> bool:
        """Whether items of one kind (动态类信息) are told of which an earlier number gave the total."""
        context = self._context
        if context.last is not None and not context.last.fact.part and window.text[context.end] == "、":
            return False  # 公开行业信息90条、动态类信息50条
        totals = (f for f in self._found if f.indicator is self._website and not f.fact.part)
        return any(
            f.quantity.value >= window.quantity.value
            and _KIND.search(window.text, f.start, f.quantity.start) is None
            for f in totals
        )

    def _unit(self, quantity: Quantity) -> str | None:
        """The measure word as the document has it, with another one in brackets: 篇(次)."""
        unit = quantity.unit
        if unit is None or unit[-1] != "）":
            return unit
        start = self._scene.text.index(unit, quantity.number[1])
        return self._prose.printed(start, start + len(unit))

    def _printed(self, name: str | None, start: int, end: int) -> str | None:
        """A name with its brackets as the document has them."""
        at = self._scene.text.find(name, start, end) if name and "（" in name else -1
        return self._prose.printed(at, at + len(name)) if name and at >= 0 else name

    def _fact(
        self,
        indicator: Indicator,
        window: Window,
        anchor: Hit | None,
        rule: str,
        confidence: float,
        *,
        part: bool,
        previous: Decimal | None,
    ) -> Found:
        quantity, prose = window.quantity, self._prose
        start, end = window.left, quantity.end
        if anchor is not None:
            if anchor.start < start:
                start = self._scene.clause_start(anchor.start)
            end = max(end, anchor.end)
        while window.text[start] in " 、":
            start += 1
        quote = prose.quote(start, end)
        fact = made(
            Fact,
            (
                indicator.key,
                quantity.value,
                self._unit(quantity),
                quote,
                prose.within(quote, start, end, quantity.number),
                prose.section(quantity.start),
                rule,
                confidence,
                quantity.bound,
                part,
                self._printed(channel(indicator, window, anchor, rule), start, end),
                form(window) if indicator.in_forms else None,
                previous,
                topic(window) if indicator.in_forms else None,
                other_year(window.before),
            ),
        )
        return Found(fact, indicator, quantity, start, end)


def _is_normative(reading: Reading) -> bool:
    """Whether a number counts normative documents or rules, which the tables have."""
    return not reading.indicators and reading.anchor is not None and reading.anchor.term.endswith(NORMATIVE)


def _counted(found: Found | None, window: Window, outlet: str) -> Count:
    value, measure, start = window.quantity.value, window.quantity.measure, window.quantity.start
    return Count(found, value, measure, outlet, window.sentence.paragraph, start)
