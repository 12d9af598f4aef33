"""What a string that is nothing but the name of an agency says, such as a title gives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.divisions import Division, Place
from gongkai.document import Span
from gongkai.identity.names import COMMITTEE, HAN, prefix
from gongkai.identity.parts import NO_NAME, RANKS, Mention, Parts

RANK = re.compile(f"自治[区州县旗]|[{RANKS}]")
ELSEWHERE = re.compile(rf"(?<=[{HAN}]{{2}})(?:自治区|新区|开发区|[{RANKS}])")
_LONGEST_STEM = 5


@dataclass(frozen=True, slots=True)
class FullNames(Parts):
    """Reads strings that are names."""

    def name(self, words: str) -> Mention | None:
        """A string that is nothing but a name, such as a title gives; None where it is none."""
        start = prefix(words)
        place = next(iter(self.gazetteer.places(words[start:], self.year)), None)
        if place is None or place.span.start > 0:
            place = self._stem(words[start:], central=start > 0)
        if place is None:
            start = 0
        end = start + (place.span.end if place else 0)
        rank = "" if place else _rank(words)
        elsewhere = self._elsewhere(words) if place is None and not rank else ""
        rest = words[end + len(rank) + len(elsewhere) :]
        places = place.candidates if place else ()
        begin = start if place and place.names == 0 else end
        if places:
            rest, places = self._inner(rest, places)
        stem = words[begin : len(words) - len(rest)] if place and not (rank or elsewhere) else ""
        rest = rest[self.through(rest) :]
        town = self.town(rest)
        found = Mention(0, len(words), places, stem, rank, town, rest[len(town) :], words[:start], elsewhere)
        return found if self._plausible(found) else None

    def _stem(self, words: str, *, central: bool) -> Place | None:
        """A place written without its rank, before a known organ: 梅州人社局, or behind a central one: 恩施调查队."""
        for length in range(2, _LONGEST_STEM + 1):
            candidates = self.gazetteer.stemmed(words[:length], self.year)
            stem, organ = self.names.split(words[length:])
            known = stem in self.names.portfolios or (
                central and (organ or words[length:] in self.names.organs)
            )
            if candidates and (known or self._bare(words[length:])):
                return Place(Span(0, length), candidates, 0)
        return None

    def _bare(self, organ: str) -> bool:
        """Whether words are an organ named after a place without its rank, or the organ of such a zone."""
        zone = self.names.zone.match(organ)
        if zone is None:
            return self.names.bare(organ)
        rest = organ[zone.end() :]
        return not rest or rest in self.names.organs or self.knows(rest)

    def _elsewhere(self, words: str) -> str:
        """A place that no table knows, before an organ or a town; a zone with a name of its own is none."""
        if any(self.names.titled.fullmatch(name) for name in (words, words + COMMITTEE)):
            return ""
        for m in ELSEWHERE.finditer(words):
            rest = words[m.end() :]
            zone = m.group() in ("新区", "开发区")  # its organs bear names of their own
            known = self.names.organ.fullmatch(rest) is not None if zone else self.knows(rest)
            if not rest or len(self.town(rest)) > 2 or known:
                return words[: m.end()]
        return ""

    def _inner(self, rest: str, places: tuple[Division, ...]) -> tuple[str, tuple[Division, ...]]:
        """A division inside the place, written without its rank: 云岭市柳汀人民政府."""
        for length in range(2, 6):
            inner = tuple(
                d
                for d in self.gazetteer.stemmed(rest[:length], self.year)
                if set(self.gazetteer.lineage(d)[1:]) & set(places)
                and self.known(rest, length) == rest[length:]
                and "街道" not in rest
            )
            if inner:
                return rest[length:], inner
        return rest, places

    def _plausible(self, mention: Mention) -> bool:
        """Whether the words of a mention may be a name."""
        if NO_NAME.search(mention.elsewhere + mention.organ) or self.no_town(mention.town):
            return False
        return bool(mention.places or mention.town or mention.organ)


def _rank(words: str) -> str:
    """The rank that a name says in place of its place: 市 in 市人社局."""
    m = RANK.match(words)
    return m.group() if m and len(words) > len(m.group()) + 1 else ""
