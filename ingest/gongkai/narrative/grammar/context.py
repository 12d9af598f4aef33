"""What the numbers before one left in force: the total, its channel, the topic."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.narrative.grammar.found import Found, Total
from gongkai.narrative.grammar.window import Window
from gongkai.narrative.quantities import Quantity
from gongkai.narrative.scene import Hit, Scene, Sentence, inside
from gongkai.narrative.senses import REQUESTS

_OPENS = re.compile(r"[，,]?(?:[：:]|一是|分别|即)")
_CLOSES = re.compile(r"[）)]")
_REMARK = re.compile(r"[（(](?:[^（）()\d]{1,20}|注[^（）()]*)[）)]")
_DIGIT = re.compile(r"\d")
RESPECTIVELY = "分别"
_AND = "、"
"""Behind a number, with another one behind it, both are told of one outlet."""
_NOT = frozenset("未不")
_LONGEST_ROLE = 9
_AS_OUTLET = re.compile(r"[^，。；]*[为作][^，。；]{0,4}(?:渠道|阵地|平台|载体|窗口|抓手|补充)(?=[，。；])")
"""A clause that says what an outlet serves as, beside the one in the clause before."""


@dataclass(slots=True)
class Context:
    """What has been read so far. `end` is where the last number ended; `part` says that a list of parts is open."""

    scene: Scene
    end: int = 0
    last: Found | None = None
    total: Total | None = None
    totals: dict[str | None, Total] = field(default_factory=dict)
    """The last total of the paragraph in each measure word: a list of parts may come back to it."""
    wider: Total | None = None
    """The total that the total is a part of itself, while a list of that part's parts is open."""
    normative: Quantity | None = None
    """The last number, where it counts normative documents."""
    part: bool = False
    opened: int = 0
    """Where the last list of parts was opened by a word."""
    boarded: int = -1
    """Where the last number ended whose items only notice boards showed."""
    of_board: bool = False
    """Whether the list of parts divides that number."""
    bracket: bool = False
    outer: bool = False
    """Whether a list of parts was open where the bracket began."""
    channels: Sequence[Hit] = ()
    outside: Sequence[Hit] = ()
    """The channels in force where the bracket began."""
    pending: Sequence[Hit] = ()
    """Channels whose numbers are still to come, where several are told respectively."""
    parts: Mapping[int, int] = field(default_factory=dict)
    """Where the numbers are that add up to an earlier one, and where that is."""
    last_parts: Mapping[int, int] = field(default_factory=dict)
    """Where the last of these numbers is, by the place of what they add up to."""
    starts: Sequence[int] = ()
    """Where quantities begin."""
    topics: dict[tuple[str, int], bool] = field(default_factory=dict)
    """Whether a topic is spoken of up to the end of a sentence: asked of many numbers of one sentence."""
    sentence: Sentence | None = None
    passed: int = 0
    """How many terms of the sentence stand before the last number's end."""

    def window(self, quantity: Quantity) -> Window:
        """The window of the next quantity."""
        scene, start, end = self.scene, quantity.start, quantity.end
        sentence = self.sentence
        if sentence is None or start > sentence.end:
            sentence = self.sentence = scene.sentence(start)
            self.passed = 0
        left, right = scene.clause(start, end)
        left = max(left, self.end)
        comma = scene.text.find("、", end, right)
        if comma >= 0 and self._goes_on(comma, right):
            right = comma
        window = Window(
            self,
            scene.text,
            quantity,
            quantity.measure or "",
            left,
            right,
            scene.text[left:start],
            sentence,
            self.end > sentence.start,
            [],
            [],
        )
        self.passed = bisect_left(sentence.hits, (self.end,), self.passed)
        window.channels = self._channels(window, *self._sort(window, sentence.hits[self.passed :]))
        self._follow(window)
        return window

    def _sort(self, window: Window, hits: Iterable[Hit]) -> tuple[list[Hit], list[Hit]]:
        """Gives a window its terms; the outlets before the number in its clause, and those before the clause."""
        left, right = window.left, window.right
        start, end = window.quantity.start, window.quantity.end
        brackets = self.scene.brackets
        named: list[Hit] = []
        earlier: list[Hit] = []
        for hit in hits:
            first, last, _, sense = hit
            if first < left:
                if sense.kinds and not (brackets and inside(brackets, first)):
                    earlier.append(hit)
                continue
            if last <= start:
                if brackets and inside(brackets, first):
                    continue
                window.left_hits.append(hit)
                if sense.kinds:
                    named.append(hit)
            elif last > right:
                break
            elif first >= end and not (brackets and inside(brackets, first)):
                window.right_hits.append(hit)
            else:
                continue
            if sense.acts:
                window.acts |= sense.acts
        return named, earlier

    def next_start(self, quantity: Quantity) -> int:
        """Where the next quantity begins."""
        i = bisect_left(self.starts, quantity.end)
        return self.starts[i] if i < len(self.starts) else len(self.scene.text)

    def _goes_on(self, comma: int, right: int) -> bool:
        """Whether a list goes on behind a 、: with another number, or with a digit."""
        i = bisect_left(self.starts, comma)
        another = i < len(self.starts) and self.starts[i] < right
        return another or _DIGIT.search(self.scene.text, comma, right) is not None

    def _follow(self, window: Window) -> None:
        """Keeps track of sentences and paragraphs, and of what opens and closes a list of parts."""
        sentence = window.sentence
        if self.end <= sentence.start:
            self._close(wholly=True)
            self.part = self.bracket = self.of_board = False
            if self.end <= sentence.paragraph:
                self.total = self.last = None
                self.totals.clear()
        if self.total is None:
            return
        between = window.text[max(self.end, sentence.start) : window.quantity.start]
        if "（" in between or "(" in between:
            between = _REMARK.sub("", between)
        words, goes_on = self.scene.words, window.goes_on
        if self.bracket and _CLOSES.search(between):
            self.part, self.bracket, self.of_board = self.outer, False, False
        besides = words.closing.search(between) is not None
        other = self._is_other(window, between)
        if self.part and (besides or other or (not self.bracket and self._is_complete(window))):
            self._close(wholly=besides)
        half = between.rfind("；") + 1 if other else 0  # what was opened before the semicolon is closed by it
        outer = self.part  # what a bracket itself opens is closed with it
        if not self.part and (self._opens(between, half) or (goes_on and _OPENS.match(between))):
            self.part, self.opened = True, window.quantity.start
            self.of_board = self.boarded == self.end
        if goes_on and between[:1] in ("（", "("):
            self.outer, self.part, self.bracket = outer, not besides, True
            self.outside = self.channels
            self.of_board = self.boarded == self.end
        if self.part and self.last and self._divides_further(self.last, window, between):
            self.wider, self.total = self.total, Total(self.last)
            self.totals[window.quantity.measure] = self.total
        elif self.part and self.total.found.quantity.measure:
            self.total = self.totals.get(window.quantity.measure, self.total)
        total = self.total.found
        if (
            self.parts.get(window.quantity.start) == total.quantity.start
            and total.indicator.family != REQUESTS
        ):
            self.part = True  # requests add up by nature: what came in was answered or carried over

    def _close(self, *, wholly: bool) -> None:
        """Closes the list of parts; the list of a part's parts goes back to the one that holds it."""
        self.part = self.wider is not None and not wholly
        if self.wider is not None:
            self.total = self.totals[self.wider.found.quantity.measure] = self.wider
        self.wider = None

    def _divides_further(self, last: Found, window: Window, between: str) -> bool:
        """Whether a part of another kind is divided itself: 公开信息90条，其中政策40条，包含农业类30条."""
        quantity, whole = window.quantity, self.total.found.indicator if self.total else None
        if not last.fact.part or last.indicator is whole or last.quantity.end != self.end:
            return False
        smaller = last.quantity.measure == quantity.measure and quantity.value <= last.quantity.value
        return smaller and self.scene.words.opening.match(between.lstrip("，（")) is not None

    def _opens(self, between: str, half: int) -> bool:
        """Whether a word for a part stands before the number: 含, and not 未含."""
        return any(
            between[m.start() - 1 : m.start()] not in _NOT
            for m in self.scene.words.opening.finditer(between, half)
        )

    def _is_past_half(self, window: Window) -> bool:
        """Whether a semicolon stands between the number before and this one."""
        return self.scene.text.find("；", self.end, window.quantity.start) >= 0

    def _is_complete(self, window: Window) -> bool:
        """Whether the numbers before add up to the total already: what comes behind them is no part of it.

        What a word opens behind them may divide the last of them: 动态40条，财政信息5条，其中预算2条、决算3条.
        """
        total = self.total.found if self.total else None
        if total is None or total.indicator.family == REQUESTS:
            return False
        last = self.last_parts.get(total.quantity.start, window.quantity.start)
        if last >= window.quantity.start:
            return False
        return self.starts[bisect_right(self.starts, last)] != self.opened

    def _is_other(self, window: Window, between: str) -> bool:
        """Whether a number behind a semicolon is more than the total, or goes through what the total does not.

        Where the total names no outlet, its parts do not either: 公开信息90条，其中动态50条；通过微信公众号发布40条.
        """
        if self.total is None or "；" not in between:
            return False
        grouped = self.scene.words.channels.grouped
        outlets = grouped(self.total.named)
        if window.channels and outlets.isdisjoint(grouped(window.outlets)):
            by_kind = self.last is not None and self.last.fact.part and not self.total.by_outlet
            if outlets or by_kind:
                return True
        total = self.total.found.quantity
        return window.quantity.measure == total.measure and window.quantity.value > total.value

    def _channels(self, window: Window, named: list[Hit], earlier: list[Hit]) -> Sequence[Hit]:
        """The channels named nearest before the number; those of a number before it where they carry on."""
        if not window.goes_on:
            self.channels = self.pending = ()
        if named:
            if len(named) > 1 and RESPECTIVELY in window.before:
                self.pending = named[1:]
                return named[:1]
            return named
        if earlier:
            clause = self.scene.clause_start(earlier[-1].start)
            if _AS_OUTLET.match(self.scene.text, clause, earlier[-1].end + _LONGEST_ROLE):
                clause = self.scene.clause_start(clause - 1)  # 以网站为主渠道，公众号为辅渠道
            return [h for h in earlier if h.start >= clause]
        if self.bracket and _CLOSES.search(self.scene.text, self.end, window.quantity.start):
            self.channels = self.outside
        if not self.channels or self.scene.text[self.end] == _AND:
            return self.channels
        divides = window.quantity.start in self.parts
        if self.last is not None and self.last.fact.part and not divides and self._is_past_half(window):
            self.channels = ()  # what goes on behind a list of parts goes through no outlet of theirs
        carried = self.scene.words.channels.carried
        return [h for h in self.channels if h.sense.channels & carried]
