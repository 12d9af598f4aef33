"""A quantity in its clause, and what the numbers before it left in force: the total, its channel, the topic."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from gongkai.narrative.grammar.found import BY_OUTLET, OUTLETS, Found, Total
from gongkai.narrative.quantities import Quantity
from gongkai.narrative.scene import Hit, Scene

_CARRIED = frozenset({"newMedia", "hotline", "mailbox", "gazette", "messaging"})
_OF_NEW_MEDIA = frozenset({"followers", "newmedia-views"})
_OPENS = re.compile(r"[，,]?(?:[：:]|一是|分别|即)")
_DIGIT = re.compile(r"\d")
_RESPECTIVELY = "分别"
_BARE = "平台"
_START = attrgetter("start")


@dataclass(slots=True)
class Context:
    """What has been read so far. `end` is where the last number ended; `part` says that a list of parts is open."""

    scene: Scene
    end: int = 0
    last: Found | None = None
    total: Total | None = None
    totals: dict[str | None, Total] = field(default_factory=dict)
    """The last total of the paragraph in each measure word: a list of parts may come back to it."""
    part: bool = False
    bracket: bool = False
    outer: bool = False
    """Whether a list of parts was open where the bracket began."""
    channels: tuple[Hit, ...] = ()
    pending: tuple[Hit, ...] = ()
    """Channels whose numbers are still to come, where several are told respectively."""
    parts: Mapping[int, int] = field(default_factory=dict)
    """Where the numbers are that add up to an earlier one, and where that is."""
    last_parts: Mapping[int, int] = field(default_factory=dict)
    """Where the last of these numbers is, by the place of what they add up to."""
    starts: Sequence[int] = ()
    """Where quantities begin."""
    topics: dict[tuple[str, int], bool] = field(default_factory=dict)
    """Whether a topic is spoken of up to the end of a sentence: asked of many numbers of one sentence."""

    def window(self, quantity: Quantity) -> Window:
        """The window of the next quantity."""
        scene = self.scene
        sentence = scene.sentence_start(quantity.start)
        left = max(self.end, scene.clause_start(quantity.start))
        right = self._right(quantity)
        earlier: list[Hit] = []
        before: list[Hit] = []
        behind: list[Hit] = []
        hits = scene.terms(sentence)
        for hit in hits[bisect_left(hits, self.end, key=_START) :]:
            if hit.start >= quantity.end:
                if hit.end > right:
                    break
                behind.append(hit)
            elif hit.end > quantity.start:
                continue
            elif hit.start < left:
                earlier.append(hit)
            elif not scene.brackets or not scene.bracketed(hit.start):
                before.append(hit)
        window = Window(
            self, quantity, left, right, sentence, scene.paragraph_start(sentence), before, behind
        )
        window.channels = self._channels(window, earlier)
        window.acts = frozenset(a for h in (*before, *behind) for a in h.sense.acts)
        self._follow(window)
        return window

    def part_of(self, key: str) -> bool:
        """Whether a list of the parts of such a total is open."""
        return self.part and self.total is not None and self.total.found.indicator.key == key

    def _right(self, quantity: Quantity) -> int:
        """Where the clause ends, or the member of a list that a number follows."""
        right = self.scene.clause_end(quantity.end)
        comma = self.scene.text.find("、", quantity.end, right)
        if comma < 0:
            return right
        i = bisect_left(self.starts, comma)
        another = i < len(self.starts) and self.starts[i] < right
        return comma if another or _DIGIT.search(self.scene.text, comma, right) else right

    def _follow(self, window: Window) -> None:
        """Keeps track of sentences and paragraphs, and of what opens and closes a list of parts."""
        if self.end <= window.paragraph:
            self.total = self.last = None
            self.totals.clear()
        if self.end <= window.sentence:
            self.part = self.bracket = False
        if self.total is None:
            return
        start = max(self.end, window.sentence)
        between, words = self.scene.text[start : window.quantity.start], self.scene.words
        if self.bracket and ("）" in between or ")" in between):
            self.part, self.bracket = self.outer, False
        if words.closing.search(between) or self._is_complete(window):
            self.part = False
        if words.opening.search(between) or (window.goes_on and _OPENS.match(between)):
            self.part = True
        if window.goes_on and between[:1] in ("（", "("):
            self.outer, self.part, self.bracket = self.part, True, True
        if self.part:
            self.total = self.totals.get(window.quantity.measure, self.total)
        total = self.total.found
        if (
            self.parts.get(window.quantity.start) == total.quantity.start
            and total.indicator.family != "requests"
        ):
            self.part = True  # requests add up by nature: what came in was answered or carried over

    def _is_complete(self, window: Window) -> bool:
        """Whether the numbers before add up to the total already: what comes behind them is no part of it."""
        total = self.total.found if self.total else None
        if total is None or total.indicator.family == "requests":
            return False
        return self.last_parts.get(total.quantity.start, window.quantity.start) < window.quantity.start

    def _channels(self, window: Window, earlier: list[Hit]) -> tuple[Hit, ...]:
        """The channels named nearest before the number; those of a number before it where they carry on."""
        if not window.goes_on:
            self.channels = self.pending = ()
        hits = tuple(h for h in window.left_hits if h.sense.outlet)
        if len(hits) > 1 and _RESPECTIVELY in window.before:
            self.pending = hits[1:]
            return hits[:1]
        if hits:
            return hits
        named = [h for h in earlier if h.sense.outlet]
        if named:
            clause = self.scene.clause_start(named[-1].start)
            return tuple(h for h in named if h.start >= clause)
        if not window.goes_on:
            return ()
        return tuple(h for h in self.channels if h.sense.channels & _CARRIED)


@dataclass(slots=True)
class Window:
    """A quantity in its clause: the terms left and right of it, what is done there, and the channels in force.

    `anchor` becomes the term that told what is counted.
    """

    context: Context
    quantity: Quantity
    left: int
    right: int
    sentence: int
    paragraph: int
    left_hits: list[Hit]
    right_hits: list[Hit]
    acts: frozenset[str] = frozenset()
    channels: tuple[Hit, ...] = ()
    anchor: Hit | None = None

    @property
    def text(self) -> str:
        """The whole text."""
        return self.context.scene.text

    @property
    def before(self) -> str:
        """The words of the clause left of the number."""
        return self.context.scene.text[self.left : self.quantity.start]

    @property
    def hits(self) -> Iterable[Hit]:
        """The terms of the clause."""
        return (*self.left_hits, *self.right_hits)

    @property
    def goes_on(self) -> bool:
        """Whether a number stands before this one in its sentence."""
        return self.context.end > self.sentence

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of channels in force."""
        return frozenset(k for h in self.channels for k in h.sense.channels if k != "submission")

    @property
    def outlets(self) -> set[str]:
        """The outlets in force; a bare 平台 beside another outlet is only its apposition."""
        context, found = self.context, {k for h in self.channels for k in h.sense.channels if k in OUTLETS}
        if not found and self.goes_on and context.last and context.last.indicator.key in _OF_NEW_MEDIA:
            return {"newMedia"}
        if not found and context.part:
            return {outlet for outlet, key in BY_OUTLET.items() if context.part_of(key)}
        if len(found) > 1 and "platform" in found:
            platforms = {h.term for h in self.channels if h.sense.channels == {"platform"}}
            found -= {"platform"} if platforms == {_BARE} else set()
        return found

    def is_filler(self, start: int, end: int) -> bool:
        """Whether nothing but filling words stands in a stretch."""
        scene = self.context.scene
        return start == end or scene.words.filler.fullmatch(scene.text, start, end) is not None

    def speaks_of(self, topic: str) -> bool:
        """Whether the paragraph up to the end of the sentence, or what heads it, has a cue of a topic."""
        scene, topics = self.context.scene, self.context.topics
        end = scene.sentence_end(self.quantity.end)
        if (topic, end) not in topics:
            heading = scene.heading(self.paragraph)
            topics[topic, end] = scene.speaks_of(topic, self.paragraph, end) or scene.speaks_of(
                topic, *heading
            )
        return topics[topic, end]
