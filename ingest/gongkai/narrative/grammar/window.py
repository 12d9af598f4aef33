"""A quantity in its clause: the terms around it, and the channels in force."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.narrative.quantities import Quantity
from gongkai.narrative.scene import Hit, Sentence

if TYPE_CHECKING:
    from gongkai.narrative.grammar.context import Context

_BARE = "平台"
_LISTED = re.compile("、[^、，。；：]{0,6}")
"""Between two ways that are listed, with the rest of the name of the first."""
_NONE: frozenset[str] = frozenset()
WEBSITE = frozenset({"website"})
BOARD = frozenset({"board"})
"""The outlet whose items no indicator counts, nor any part of them."""


@dataclass(slots=True)
class Window:
    """A quantity in its clause: the terms left and right of it, what is done there, and the channels in force.

    `before` are the words left of the number; `goes_on` says whether another number stands before it in its sentence.
    """

    context: Context
    text: str
    quantity: Quantity
    unit: str
    left: int
    right: int
    before: str
    sentence: Sentence
    goes_on: bool
    left_hits: list[Hit]
    right_hits: list[Hit]
    acts: frozenset[str] = _NONE
    channels: Sequence[Hit] = ()

    @property
    def hits(self) -> Sequence[Hit]:
        """The terms of the clause."""
        return (*self.left_hits, *self.right_hits)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of channels in force."""
        return _NONE.union(*[h.sense.kinds for h in self.channels])

    @property
    def outlets(self) -> frozenset[str]:
        """The outlets in force; a bare 平台 beside another outlet is only its apposition."""
        found = _NONE.union(*[h.sense.outlets for h in self.channels]) if self.channels else _NONE
        if not found:
            return self._outlets_before()
        if len(found) > 1 and "platform" in found:
            platforms = {h.term for h in self.channels if h.sense.channels == {"platform"}}
            found -= {"platform"} if platforms == {_BARE} else set()
        if len(found) > 1 and "press" in found and self._sums_up():
            found -= {"press"}
        total = self.context.total if self.context.part else None
        if "board" in found and total is not None and total.named == WEBSITE:
            return WEBSITE  # 网站发布信息90条，其中公示栏30条: a column of it
        return found

    def _outlets_before(self) -> frozenset[str]:
        """The outlets that the numbers before leave in force."""
        context = self.context
        if self.goes_on and context.last and context.last.indicator.outlet:
            return frozenset({context.last.indicator.outlet})
        if context.part and context.of_board:
            return BOARD
        if context.part and context.total:
            return context.scene.words.channels.published[context.total.found.indicator.key]
        return _NONE

    def _sums_up(self) -> bool:
        """Whether a bare 媒体 only sums up the outlets before it: 微信、微博等媒体."""
        press = [h for h in self.channels if "press" in h.sense.channels]
        return all(h.term == "媒体" and self.text[h.start - 1] == "等" for h in press)

    @property
    def of_several_ways(self) -> bool:
        """Whether ways of several kinds are listed: 经局长信箱、微信公众号收到诉求90件."""
        return any(
            one.sense.kinds.isdisjoint(two.sense.kinds) and _LISTED.fullmatch(self.text, one.end, two.start)
            for one, two in pairwise(self.channels)
        )

    def through(self, channels: Sequence[Hit]) -> Window:
        """The window with other channels in force."""
        return replace(self, channels=channels)

    def is_filler(self, start: int, end: int) -> bool:
        """Whether nothing but filling words stands in a stretch."""
        return start == end or self.context.scene.words.filler.fullmatch(self.text, start, end) is not None

    def speaks_of(self, topic: str) -> bool:
        """Whether the paragraph up to the end of the sentence, or what heads it, has a cue of a topic."""
        scene, topics = self.context.scene, self.context.topics
        start, end = self.sentence.paragraph, scene.sentence_end(self.quantity.end)
        if (topic, end) not in topics:
            topics[topic, end] = scene.speaks_of(topic, start, end) or scene.speaks_of(
                topic, *scene.heading(start)
            )
        return topics[topic, end]
