"""Where a document names administrative organs, and how much each place says that the report is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gongkai.divisions import Division, Gazetteer, Place
from gongkai.document import Span
from gongkai.identity.folded import Folded
from gongkai.identity.names import COMMITTEE, GOVERNMENT, HAN, NATIONAL, TOWN, VERTICAL, Names, prefix
from gongkai.identity.weights import CONTACT, OTHER, REACH, REPORT, YEAR, weight

RANKS = "省市县区州盟旗"
RANK = re.compile(f"自治[区州县旗]|[{RANKS}]")
REPORTED = re.compile(
    rf"(?:(?:形成|编制)了?《?)?{YEAR}{REPORT}.{{0,8}}(?:报告|年报)"
)  # of a place alone: 镇赉县2023年政府信息公开工作报告
NO_TOWN = re.compile(r"街道|(?:[我全各本该]|城|乡|村|集|建制|中心|小城|县城|特色小)[镇乡]")
NO_NEW_TOWN = re.compile(r".*[我全各本该].*")  # unless a table has it
ELSEWHERE = re.compile(rf"(?<=[{HAN}]{{2}})(?:自治区|新区|开发区|[{RANKS}])")
NO_NAME = re.compile(
    rf"^[现特兹]?(?:将|公布|发布|编制)|[^{HAN}·()]|中共|[省市县区州盟旗党]委(?=办|.*政府)|的|关于|公开|部门|系统|单位|网站|目录|指南|年报|首页|年度|[我本全各][{RANKS}局镇乡]"
)
TOWN_ORGAN = re.compile(r"人民政府|政府(?!信息)|办事处|办(?=[^公事])")
# A line that begins so is a sentence in which a central organ is spoken of: 本年度报告由国家税务总局…
NO_CENTRAL = re.compile(r"报告|年度|[由按据经]")
# What may stand before a name that says its rank only: 由市人社局, 2023年县统计局.
_PARTICLES = "由与和在经对向及请我的为是年度被将"
OPEN = re.compile(rf"(?:[^{HAN}]|[{_PARTICLES}]|公布|发布|公开|编制|现将)$")
# What reads like a place that no table knows, and is none.
NO_PLACE = re.compile(
    r".*(?:公布|发布|公开|编制|上级|本级|省级|市级|县级|区级|其他|其它|兄弟|相关|有关|周边|外地|所属|下属|所在|各|该|两|多|辖|试点|全)"
    rf".*|.*[{RANKS}].*[{RANKS}]|.*[{_PARTICLES}].*|.*[^{HAN}].*"
)
# What follows an organ that has offices of its own: 公安局东岭分局.
BRANCH = re.compile(rf"[{HAN}]{{2,8}}(?:分局|支队|大队|中队|派出所|管理处)")

_BEGINNING = 400  # characters in which a central organ names itself
_LONGEST_STEM = 5
_LONGEST_TOWN = 10
_LONGEST_PLACE = 8
_LONGEST_CENTRAL = 20


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of an organ as written: what stands of its place, its town, its organ.

    `places` are the divisions that the name of its place may be, `stem` the name where it lacks its rank (徐州海关), `rank`
    the rank alone where no place is named (市人社局);
    `start` and `end` count in the folded text. `prefix` is a central organ before the place (国家税务总局), `elsewhere` a
    place that no table knows, such as one founded since.
    """

    start: int
    end: int
    places: tuple[Division, ...] = ()
    stem: str = ""
    rank: str = ""
    town: str = ""
    organ: str = ""
    prefix: str = ""
    elsewhere: str = ""
    weight: float = OTHER

    @property
    def spoken(self) -> str:
        """The rank that the text may speak of its place by: 县 in 县教育局."""
        return self.places[0].rank if self.places else self.elsewhere[-1:]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads names of organs, for reports on one year."""

    gazetteer: Gazetteer
    names: Names
    year: int

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
        if places:
            rest, places = self._inner(rest, places)
        rest = rest[self._through(rest) :]
        town = self._town(rest)
        stem = place.names == 0 and words[start:end] if place else ""
        found = Mention(
            0, len(words), places, stem or "", rank, town, rest[len(town) :], words[:start], elsewhere
        )
        return found if self._plausible(found) else None

    def mentions(self, folded: Folded, places: Iterable[Place]) -> Iterator[Mention]:
        """All names in running text, weighed by what stands around them; `places` are the divisions it names."""
        taken, starts = set[int](), set[int]()
        for place in places:
            starts.add(place.span.start)
            taken.update(range(place.span.start, place.span.end))
            mention = self._at(folded.text, place)
            if mention is not None:
                taken.update(range(place.span.end, mention.end - len(mention.organ)))
                yield _weighed(folded, mention)
        text = folded.text
        for mention in (*self._ranks(folded, taken), *self._towns(text, taken), *self._seats(folded)):
            yield _weighed(folded, mention)
        yield from self._unknown(folded, taken)
        for m in NATIONAL.finditer(folded.text, 0, _BEGINNING):
            if m.start() in folded.begins and m.end() not in starts and not NO_CENTRAL.search(m.group()):
                yield _weighed(folded, Mention(m.start(), m.end(), organ=m.group()))

    def _at(self, text: str, place: Place) -> Mention | None:
        """The organ or town that follows a place."""
        end = place.span.end
        end += self._through(text[end : end + _LONGEST_TOWN + len(GOVERNMENT)])
        town = self._town(text[end : end + _LONGEST_TOWN])
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

    def _through(self, words: str) -> int:
        """The length of 人民政府 before a sub-district, whose office is one of the district's government."""
        town = self._town(words.removeprefix(GOVERNMENT)) if words.startswith(GOVERNMENT) else ""
        return len(GOVERNMENT) if town.endswith("街道") else 0

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
            for start in range(max(m.end() - _LONGEST_TOWN, 0), m.end() - 1):
                town = text[start : m.end()] + "道" * (m.group() == "街")
                if start - 1 not in taken and town in self.gazetteer.towns and not self._no_town(town):
                    organ = TOWN_ORGAN.match(text, m.end())
                    written = organ.group() if organ else ""
                    yield Mention(start, m.end() + len(written), town=town, organ=written)
                    break

    def _seats(self, folded: Folded) -> Iterator[Mention]:
        """Zones and other organs named after a place without its rank: 徐州高新区, 徐州海关."""
        text = folded.text
        for m in self.names.sited.finditer(text):
            organ = m.group() + self.known(text, m.end())
            stem, places = self.gazetteer.before(text, m.start(), self.year)
            own = "" if stem else self.unknown(folded, m.start(), 2)
            if stem or (own and self.names.titled.fullmatch(own + organ)):
                start, end = m.start() - len(stem + own), m.start() + len(organ)
                yield Mention(start, end, places, stem, organ=own + organ)

    def _unknown(self, folded: Folded, taken: set[int]) -> Iterator[Mention]:
        """Known organs and towns of places that no table knows: 由云洲县教育局.

        Any words may end in 县: so it must be named as whose report it is, or the place be named twice.
        """
        text = folded.text
        for m in re.finditer(f"[{RANKS}]", text):
            end = m.end()
            place = "" if m.start() in taken else self.unknown(folded, end)
            if not place:
                continue
            town = self._seat(text, end)
            organ = self.known(text, end + len(town))
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
            if start in folded.begins or OPEN.search(text[start - 1 : start]) or self._central(text, start):
                words = text[start:end]
                return "" if NO_PLACE.fullmatch(words) or NO_NAME.search(words) else words
        return ""

    def _seat(self, text: str, start: int) -> str:
        """The town whose own organ stands at a place."""
        town = self._town(text[start : start + _LONGEST_TOWN])
        own = TOWN_ORGAN.match(text, start + len(town)) and not self._no_town(town)
        return town if own else ""

    def _central(self, text: str, end: int) -> str:
        """The central organ that stands right before a place."""
        found = VERTICAL.finditer(text, max(end - _LONGEST_CENTRAL, 0), end + REACH)
        return next((m.group() for m in found if m.end() == end), "")

    def _town(self, words: str) -> str:
        """The town that words begin with: one that the table knows, or what reads like one."""
        for length in range(min(_LONGEST_TOWN, len(words)), 1, -1):
            if words[:length] in self.gazetteer.towns and not words[length:].startswith(("镇", "乡")):
                return words[:length]
        m = TOWN.match(words)
        return m.group() if m else ""

    def known(self, text: str, start: int) -> str:
        """The organ that begins at a place, if its portfolio or its word is known."""
        organ = self.names.organ.match(text, start)
        written = organ.group() if organ else ""
        known = written in self.names.organs or self.names.split(written)[0] in self.names.portfolios
        return written if known else ""

    def knows(self, organ: str) -> bool:
        """Whether words are nothing but a known organ, or a branch of one."""
        known = self.known(organ, 0)
        return bool(known) and (known == organ or BRANCH.fullmatch(organ, len(known)) is not None)

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
        if self.names.titled.fullmatch(words + COMMITTEE):
            return ""
        for m in ELSEWHERE.finditer(words):
            rest = words[m.end() :]
            if not rest or len(self._town(rest)) > 2 or self.knows(rest):
                return words[: m.end()]
        return ""

    def _inner(self, rest: str, places: tuple[Division, ...]) -> tuple[str, tuple[Division, ...]]:
        """A division inside the place, written without its rank: 威海市文登人民政府."""
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
        if NO_NAME.search(mention.elsewhere + mention.organ) or self._no_town(mention.town):
            return False
        return bool(mention.places or mention.town or mention.organ)

    def _no_town(self, town: str) -> bool:
        """Whether words that end like the name of a town are none: 全镇; 全州镇 is one."""
        strange = town not in self.gazetteer.towns and NO_NEW_TOWN.fullmatch(town)
        return bool(NO_TOWN.fullmatch(town) or strange)


def _weighed(folded: Folded, mention: Mention) -> Mention:
    return replace(mention, weight=weight(folded, mention.start, mention.end))


def _rank(words: str) -> str:
    """The rank that a name says in place of its place: 市 in 市人社局."""
    m = RANK.match(words)
    return m.group() if m and len(words) > len(m.group()) + 1 else ""
