"""Where a document names administrative organs, and how much each place says that the report is theirs."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from gongkai.divisions import Division, Place
from gongkai.identity.folded import Folded
from gongkai.identity.fullnames import FullNames
from gongkai.identity.names import COMMITTEE, GOVERNMENT, HAN, prefix
from gongkai.identity.parts import LONGEST_TOWN, NO_NAME, RANKS, Mention
from gongkai.identity.weights import CONTACT, NAMED, REACH, REPORT, YEAR, weight

# Behind a place alone: 云洲县2023年政府信息公开工作报告.
REPORTED = re.compile(rf"(?:(?:形成|编制)了?《?)?{YEAR}{REPORT}.{{0,8}}(?:报告|年报)")
# A line that begins so is a sentence in which a central organ is spoken of: 本年度报告由国家税务总局…
NO_CENTRAL = re.compile(r"报告|年度|[由按据经]")
# What may stand before a name that says its rank only: 由市人社局, 2023年县统计局.
_PARTICLES = "由与和在经对向及请我的为是年度被将"
OPEN = re.compile(rf"(?:[^{HAN}]|[{_PARTICLES}]|公布|发布|公开|编制|现将)$")
COMMITTEES = ("管委会", COMMITTEE)
BRACKET = re.compile(rf"\(([{HAN}]{{2,6}})\)")
# What reads like a place that no table knows, and is none.
NO_PLACE = re.compile(
    r".*(?:公布|发布|公开|编制|上级|本级|省级|市级|县级|区级|其他|其它|兄弟|相关|有关|周边|外地|所属|下属|所在|各|该|两|多|辖|试点|全)"
    rf".*|.*[{RANKS}].*[{RANKS}]|.*[{_PARTICLES}].*|.*[^{HAN}].*"
)

_BEGINNING = 400  # characters in which a central organ names itself
_LONGEST_PLACE = 8
_LONGEST_CENTRAL = 20


@dataclass(frozen=True, slots=True)
class Reader(FullNames):
    """Reads names of organs, in running text too."""

    def mentions(self, folded: Folded, places: Iterable[Place]) -> Iterator[Mention]:
        """All names in running text, weighed by what stands around them; `places` are the divisions it names."""
        taken, starts = set[int](), set[int]()
        committees = dict[str, Mention]()
        for place in places:
            starts.add(place.span.start)
            taken.update(range(place.span.start, place.span.end))
            mention = self._at(folded.text, place)
            if mention is not None:
                taken.update(range(place.span.end, mention.end - len(mention.organ)))
                yield _weighed(folded, mention)
                if mention.organ.endswith(COMMITTEES) and len(mention.organ) > len(COMMITTEE):
                    committees[mention.organ] = mention
        text = folded.text
        yield from self._again(folded, committees, taken)
        for mention in (*self._ranks(folded, taken), *self._towns(text, taken), *self._seats(folded)):
            if mention.places:  # 三亚高新区 is a zone of 三亚, not a district that no table knows
                taken.update(range(mention.start, mention.end))
            yield _weighed(folded, mention)
        yield from self._unknown(folded, taken)
        yield from self._institutions(folded)
        for m in self.names.national.finditer(folded.text, 0, _BEGINNING):
            if m.start() in folded.begins and m.end() not in starts and not NO_CENTRAL.search(m.group()):
                yield _weighed(folded, Mention(m.start(), m.end(), organ=m.group()))
        for m in self.names.compiling.finditer(folded.text, 0, _BEGINNING):
            if not prefix(m[1]):  # an office of one below it is named with its place
                yield Mention(m.start(1), m.end(1), organ=m[1], weight=NAMED)

    def _at(self, text: str, place: Place) -> Mention | None:
        """The organ or town that follows a place."""
        end = place.span.end
        end += self.through(text[end : end + LONGEST_TOWN + len(GOVERNMENT)])
        town = self.town(text[end : end + LONGEST_TOWN])
        if town not in self.gazetteer.towns and not self._seat(text, end):
            town = ""
        organ = self.names.organ.match(text, end + len(town))
        if organ is None and not town and not REPORTED.match(text, end):
            return None
        central = self._central(text, place.span.start)
        written = organ.group() + self._branch(text, organ.end()) if organ else ""
        return Mention(
            place.span.start - len(central),
            end + len(town + written),
            place.candidates,
            town=town,
            organ=written,
            prefix=central,
        )

    def _again(
        self, folded: Folded, committees: Mapping[str, Mention], taken: Container[int]
    ) -> Iterator[Mention]:
        """Where committees are named without the place that stands before them elsewhere."""
        for organ, mention in committees.items():
            for m in re.finditer(organ, folded.text):
                if m.start() - 1 not in taken:
                    yield _weighed(folded, replace(mention, start=m.start(), end=m.end()))

    def _branch(self, text: str, start: int) -> str:
        """The branch of an organ that ends there, with the place or zone that it is named after: 滨江区分局."""
        m = self.names.branch.match(text, start)
        if m is None:
            return ""
        named = self.gazetteer.named(m[1]) or self.gazetteer.stemmed(m[1], self.year)
        return m.group() if named or self.names.zone.fullmatch(m[1]) else ""

    def _ranks(self, folded: Folded, taken: set[int]) -> Iterator[Mention]:
        """Known organs after a rank alone: 市人社局."""
        text = folded.text
        for m in re.finditer(f"[{RANKS}]", text):
            free = m.start() in folded.begins or OPEN.search(text[max(m.start() - 2, 0) : m.start()])
            organ = self.known(text, m.end()) if free and m.start() not in taken else ""
            if organ:
                yield Mention(m.start(), m.end() + len(organ), rank=m.group(), organ=organ)

    def _towns(self, text: str, taken: set[int]) -> Iterator[Mention]:
        """Towns without their county; a sub-district that calls itself 我街 leaves the last word of its name away."""
        short = "|街(?!道)" if "我街" in text else ""
        for m in re.finditer("镇|乡|街道|苏木" + short, text):
            for start in range(max(m.end() - LONGEST_TOWN, 0), m.end() - 1):
                town = text[start : m.end()] + "道" * (m.group() == "街")
                if start - 1 not in taken and town in self.gazetteer.towns and not self.no_town(town):
                    organ = self.names.town_organ.match(text, m.end())
                    written = organ.group() if organ else ""
                    yield Mention(start, m.end() + len(written), town=town, organ=written)
                    break

    def _seats(self, folded: Folded) -> Iterator[Mention]:
        """Zones and other organs named after a place without its rank: 徐州高新区, 徐州海关."""
        text = folded.text
        for m in self.names.sited.finditer(text):
            organ = m.group() + self._of_zone(text, m.end())
            stem, places = self.gazetteer.before(text, m.start(), self.year)
            own = "" if stem or folded.spaced(m.start()) else self.unknown(folded, m.start(), 2)
            start = self.outset(text, m.start() - len(stem + own), places)
            places = self._bracketed(organ, places)
            found = Mention(start, m.start() + len(organ), places, stem, organ=own + organ)
            if stem or self._is_zone(folded, found, own):
                yield found

    def _is_zone(self, folded: Folded, mention: Mention, own: str) -> bool:
        """Whether words are a zone with a name of its own; alone, it is named after a place, or as whose report it is.

        One without any name is the zone of the place that the text is of, if the report is its own.
        """
        if not own:
            whole = mention.organ.endswith(self.names.seats) or not self.names.zone.fullmatch(mention.organ)
            return whole and _weighed(folded, mention).weight >= CONTACT
        if self.names.titled.fullmatch(mention.organ):
            return True
        after_place = any(
            self.gazetteer.stemmed(own[:length], self.year) for length in range(2, len(own) - 1)
        )
        named = after_place or _weighed(folded, mention).weight >= NAMED
        return named and self.names.titled.fullmatch(mention.organ + COMMITTEE) is not None

    def _of_zone(self, text: str, start: int) -> str:
        """The known organ that begins at a place, behind a zone and what stands in brackets: a zone has no government."""
        bracket = BRACKET.match(text, start)
        organ = self.known(text, bracket.end() if bracket else start)
        if not organ or self.names.official(organ) == (GOVERNMENT,):
            return ""
        return (bracket.group() if bracket else "") + organ

    def _bracketed(self, organ: str, places: tuple[Division, ...]) -> tuple[Division, ...]:
        """The place in brackets, inside the one that a zone is named after: 鸠江 in 芜湖高新区(鸠江)海洋局."""
        m = BRACKET.search(organ)
        found = self.gazetteer.stemmed(m[1], self.year) if m else ()
        return tuple(d for d in found if set(self.gazetteer.lineage(d)[1:]) & set(places)) or places

    def _institutions(self, folded: Folded) -> Iterator[Mention]:
        """Institutions with names of their own, where other words cannot be part of them."""
        text = folded.text
        behind = {m.end() for m in re.finditer(f"[^{HAN}](?=[{HAN}])", text)}
        for start in sorted(behind | folded.begins):
            found = self.names.institution.match(text, start)
            if found and not NO_NAME.search(found.group()):
                yield _weighed(folded, Mention(found.start(), found.end(), organ=found.group()))

    def _unknown(self, folded: Folded, taken: set[int]) -> Iterator[Mention]:
        """Known organs and towns of places that no table knows: 由云洲县教育局.

        Any words may end in 县: so it must be named as whose report it is, or the place be named twice.
        """
        text = folded.text
        for m in re.finditer(f"[{RANKS}]", text):
            end = m.end()
            place = "" if m.start() in taken else self.unknown(folded, end)
            if not place or self.names.zone.fullmatch(place):  # 高新区财政局 does not name its place
                continue
            town = self._seat(text, end)
            organ = self.known(text, end + len(town))
            if organ == "政府" and text.startswith("信息", end + len(town + organ)):  # 开发区政府信息公开工作
                continue
            central = self._central(text, end - len(place))
            if organ:
                begin, stop = end - len(place) - len(central), end + len(town + organ)
                found = Mention(begin, stop, town=town, organ=organ, prefix=central, elsewhere=place)
                mention = _weighed(folded, found)
                if mention.weight >= CONTACT or text.count(place) > 1:
                    yield mention

    def unknown(self, folded: Folded, end: int, shortest: int = 3) -> str:
        """The words before a place in the text that may be the name of a division, which ends there."""
        text = folded.text
        for start in range(end - shortest, max(end - _LONGEST_PLACE, 0) - 1, -1):
            if start and self.names.portfolio.match(text, start - 1):  # 济技术开发区 begins inside a word
                continue
            if (
                start in folded.begins
                or OPEN.search(text[max(start - 2, 0) : start])
                or self._central(text, start)
            ):
                words = text[start:end]
                return "" if NO_PLACE.fullmatch(words) or NO_NAME.search(words) else words
        return ""

    def _seat(self, text: str, start: int) -> str:
        """The town whose own organ stands at a place."""
        town = self.town(text[start : start + LONGEST_TOWN])
        own = self.names.town_organ.match(text, start + len(town)) and not self.no_town(town)
        return town if own else ""

    def _central(self, text: str, end: int) -> str:
        """The central organ that stands right before a place."""
        found = self.names.vertical.finditer(text, max(end - _LONGEST_CENTRAL, 0), end + REACH)
        return next((m.group() for m in found if m.end() == end), "")


def _weighed(folded: Folded, mention: Mention) -> Mention:
    return replace(mention, weight=weight(folded, mention.start, mention.end))
