"""The parts of an agency's name as written: town and organ, as the ontology and the gazetteer know them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.divisions import Division, Gazetteer
from gongkai.identity.names import GOVERNMENT, HAN, TOWN, Names
from gongkai.identity.weights import OTHER

RANKS = "省市县区州盟旗"
NO_TOWN = re.compile(r"街道|(?:[我全各本该]|城|乡|村|集|建制|中心|小城|县城|特色小)[镇乡]")
NO_NEW_TOWN = re.compile(r".*[我全各本该].*")  # unless a table has it
NO_NAME = re.compile(
    rf"^[现特兹]?(?:将|发布|编制)|公布|向社会|图解|读懂|[^{HAN}·()]|中共|[省市县区州盟旗党]委(?=办|.*政府)|的|关于|公开|部门|系统|单位|网站|目录|指南|年报|首页|年度|季度|半年|[我本全各][{RANKS}局镇乡]"
)
# What follows an organ that has offices of its own: 公安局东岭分局.
BRANCH = re.compile(rf"[{HAN}]{{2,8}}(?:分局|支队|大队|中队|派出所|管理处)")
LONGEST_TOWN = 10


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
class Parts:
    """Reads the parts of names, for reports on one year."""

    gazetteer: Gazetteer
    names: Names
    year: int

    def town(self, words: str) -> str:
        """The town that words begin with: one that the table knows, or what reads like one."""
        for length in range(min(LONGEST_TOWN, len(words)), 1, -1):
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

    def through(self, words: str) -> int:
        """The length of 人民政府 before a sub-district, whose office is one of the district's government."""
        town = self.town(words.removeprefix(GOVERNMENT)) if words.startswith(GOVERNMENT) else ""
        return len(GOVERNMENT) if town.endswith("街道") else 0

    def outset(self, text: str, start: int, places: Iterable[Division]) -> int:
        """Where the name of a zone begins that may set one of the places around it before: 云岭柳汀高新技术产业开发区."""
        around = [outer for place in places for outer in self.gazetteer.lineage(place)]
        names = {outer.stem for outer in around} | {outer.name for outer in around}
        return start - max((len(name) for name in names if text.endswith(name, 0, start)), default=0)

    def no_town(self, town: str) -> bool:
        """Whether words that end like the name of a town are none: 全镇; 全州镇 is one."""
        strange = town not in self.gazetteer.towns and NO_NEW_TOWN.fullmatch(town)
        return bool(NO_TOWN.fullmatch(town) or strange)
