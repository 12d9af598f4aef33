"""What is asked of a document again and again, to tell whose report it is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.divisions import Gazetteer, Place, gazetteer
from gongkai.identity.folded import Folded
from gongkai.identity.mentions import Reader
from gongkai.identity.names import GOVERNMENT, Names, names
from gongkai.identity.parts import RANKS, Mention

OWN_RANK = re.compile(rf"(?:我|全)([{RANKS}])")
# Before a place that somebody went to, or learnt from.
VISITED = ("赴", "前往", "学习", "考察", "借鉴", "对标", "来自")


@dataclass(frozen=True, slots=True)
class Context:
    """What a text names; `ending`: places by where they end; `votes`: how often each division, by address."""

    folded: Folded
    reader: Reader
    mentions: tuple[Mention, ...]
    places: tuple[Place, ...]
    ending: Mapping[int, list[Place]]
    votes: Counter[str]

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    @property
    def gazetteer(self) -> Gazetteer:
        """The divisions."""
        return self.reader.gazetteer

    @property
    def names(self) -> Names:
        """The words that names are made of."""
        return self.reader.names

    @property
    def own_ranks(self) -> Counter[str]:
        """How often the text says 我市, 全县 and the like, by rank."""
        return Counter(m[1] for m in OWN_RANK.finditer(self.text))

    def right_before(self, end: int) -> list[Place]:
        """The names of places that the text sets before an offset, or before the government that stands there."""
        if self.text.endswith(GOVERNMENT, 0, end):
            end -= len(GOVERNMENT)
        return self.ending.get(end, [])


def context(folded: Folded, year: int) -> Context:
    """The context of a folded document that reports on a year."""
    reader = Reader(gazetteer(), names(), year)
    places = tuple(reader.gazetteer.places(folded.text, year, folded.begins))
    ending: defaultdict[int, list[Place]] = defaultdict(list)
    for place in places:
        ending[place.span.end].append(place)
    votes = Counter(
        place.division.iri
        for place in places
        if place.division is not None and not folded.text[: place.span.start].endswith(VISITED)
    )
    return Context(folded, reader, tuple(reader.mentions(folded, places)), places, dict(ending), votes)
