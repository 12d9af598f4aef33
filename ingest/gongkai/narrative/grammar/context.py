"""A quantity in its clause, and what the numbers before it left in force: the total, its channel, the topic."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.narrative.grammar.found import BY_OUTLET, OUTLETS, Found, Total
from gongkai.narrative.quantities import Quantity
from gongkai.narrative.scene import Hit, Scene

_CARRIED = frozenset({"newMedia", "hotline", "mailbox", "gazette", "messaging"})
_OF_NEW_MEDIA = frozenset({"followers", "newmedia-views"})
_OPENS = re.compile(r"[，,]?(?:[：:]|一是|分别|即)")
_DIGIT = re.compile(r"\d")


@dataclass(slots=True)
class Context:
    """What has been read so far. `end` is where the last number ended; `part` says that a list of parts is open."""

    scene: Scene
    end: int = 0
    last: Found | None = None
    total: Total | None = None
    part: bool = False
    bracket: bool = False
    channels: tuple[Hit, ...] = ()

    def window(self, quantity: Quantity) -> Window:
        """The window of the next quantity."""
        scene, text = self.scene, self.scene.text
        left = max(self.end, scene.clause_start(quantity.start))
        right = scene.clause_end(quantity.end)
        comma = text.find("、", quantity.end, right)
        if comma >= 0 and _DIGIT.search(text, comma, right):
            right = comma
        window = Window(
            self,
            quantity,
            left,
            right,
            scene.sentence_start(quantity.start),
            scene.paragraph_start(quantity.start),
            tuple(h for h in scene.within(left, quantity.start) if not scene.bracketed(h.start)),
            scene.within(quantity.end, right),
        )
        window.channels = self._channels(window)
        self._follow(window)
        return window

    def part_of(self, key: str) -> bool:
        """Whether a list of the parts of such a total is open."""
        return self.part and self.total is not None and self.total.found.indicator.key == key

    def _follow(self, window: Window) -> None:
        """Keeps track of sentences and paragraphs, and of what opens and closes a list of parts."""
        between = self.scene.text[max(self.end, window.paragraph) : window.quantity.start]
        if self.end <= window.paragraph:
            self.total = self.last = None
        if self.end <= window.sentence or (self.bracket and ("）" in between or ")" in between)):
            self.part = self.bracket = False
        if self.total is None:
            return
        words, tail = self.scene.words, (max(self.end, window.sentence), window.quantity.start)
        if words.closing.search(self.scene.text, *tail):
            self.part = False
        if words.opening.search(self.scene.text, *tail) or (window.goes_on and _OPENS.match(between)):
            self.part = True
        if window.goes_on and between[:1] in ("（", "("):
            self.part = self.bracket = True

    def _channels(self, window: Window) -> tuple[Hit, ...]:
        """The channels named nearest before the number; those of a number before it where they carry on."""
        hits = _named(window.left_hits)
        start, begin = window.left, max(self.end, window.sentence)
        while not hits and start > begin:
            end, start = start - 1, max(begin, self.scene.clause_start(start - 1))
            hits = _named(self.scene.within(start, end))
        if hits or not window.goes_on:
            return hits
        return tuple(h for h in self.channels if h.sense.channels & _CARRIED)


@dataclass(slots=True)
class Window:
    """A quantity in its clause: the terms left and right of it, and the channels in force.

    `anchor` becomes the term that told what is counted.
    """

    context: Context
    quantity: Quantity
    left: int
    right: int
    sentence: int
    paragraph: int
    left_hits: tuple[Hit, ...]
    right_hits: tuple[Hit, ...]
    channels: tuple[Hit, ...] = ()
    anchor: Hit | None = None

    @property
    def text(self) -> str:
        """The whole text."""
        return self.context.scene.text

    @property
    def before(self) -> str:
        """The words of the clause left of the number."""
        return self.text[self.left : self.quantity.start]

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The terms of the clause."""
        return (*self.left_hits, *self.right_hits)

    @property
    def goes_on(self) -> bool:
        """Whether a number stands before this one in its sentence."""
        return self.context.end > self.sentence

    @property
    def acts(self) -> frozenset[str]:
        """What is done in the clause."""
        return frozenset(a for h in self.hits for a in h.sense.acts)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of channels in force."""
        return frozenset(k for h in self.channels for k in h.sense.channels if k != "submission")

    @property
    def outlets(self) -> set[str]:
        """The outlets in force; a bare 平台 beside another outlet is only its apposition."""
        context, found = self.context, set(self.kinds & OUTLETS)
        if not found and self.goes_on and context.last and context.last.indicator.key in _OF_NEW_MEDIA:
            return {"newMedia"}
        if not found and context.part:
            return {outlet for outlet, key in BY_OUTLET.items() if context.part_of(key)}
        platforms = [h.term for h in self.channels if h.sense.channels == {"platform"}]
        if len(found) > 1 and set(platforms) == {"平台"}:
            found.discard("platform")
        return found

    def is_filler(self, start: int, end: int) -> bool:
        """Whether nothing but filling words stands in a stretch."""
        return self.context.scene.words.filler.fullmatch(self.text, start, end) is not None

    def speaks_of(self, topic: str) -> bool:
        """Whether the paragraph up to the end of the sentence, or what heads it, has a cue of a topic."""
        scene = self.context.scene
        end = scene.sentence_end(self.quantity.end)
        return scene.speaks_of(topic, self.paragraph, end) or scene.speaks_of(
            topic, *scene.heading(self.paragraph)
        )


def _named(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    return tuple(h for h in hits if h.sense.channels - {"submission"})
