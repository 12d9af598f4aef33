"""The grammar of agency names: place, town, portfolio and organ, with the abbreviations of `ontology/agencies.ttl`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from gongkai.turtle import GK, SKOS, Graph, ontology

HAN = "一-鿿"
TOWN = re.compile(rf"[{HAN}]{{1,12}}?(?:街道(?!办)|街道(?=办)|镇|乡|苏木)")
GOVERNMENT = "人民政府"
ADMINISTRATIVE_OFFICE = "行政公署"
"""What leagues and prefectures have for a government."""
COMMITTEE = "管理委员会"
"""What runs a zone, as a people's government runs a town."""


@dataclass(frozen=True, slots=True)
class Organ:
    """A word for a kind of organ: its official form, and what such an organ calls itself (局 in 我局)."""

    official: str
    selves: frozenset[str]


@dataclass(frozen=True)
class Names:
    """The words that names are made of, by wording, and the patterns that find them."""

    portfolios: Mapping[str, tuple[str, ...]]
    organs: Mapping[str, Organ]
    organ: re.Pattern[str]
    """A whole organ name after its place: 人社局, 人民政府办公室, 街道办事处."""
    portfolio: re.Pattern[str]
    zone: re.Pattern[str]
    """A zone named after a place without its rank: 经济技术开发区."""
    seats: tuple[str, ...]
    """Words for organs named so: 海关."""
    sited: re.Pattern[str]
    """What stands after such a place in running text, a zone with its committee: 高新区管委会, 海关."""
    titled: re.Pattern[str]
    """The committee of a zone with a name of its own: 云岭开发区管理委员会."""
    branch: re.Pattern[str]
    """The branch of an organ and its own place: 东岭区分局."""
    branched: re.Pattern[str]
    """An organ with such a branch: 公安局东岭区分局."""
    central: re.Pattern[str]
    """What names of central organs begin with."""
    vertical: re.Pattern[str]
    """What stands before a place: a central organ with offices below (国家税务总局潞川市税务局), or a corps (第八师)."""
    zones: re.Pattern[str]
    """What a zone calls itself, where a sentence begins: 开发区."""
    area: re.Pattern[str]
    """Any word for a zone."""
    national: re.Pattern[str]
    """A central organ, or one of its organs for regions: 国家统计局, 水利部东岭水利委员会."""
    compiling: re.Pattern[str]
    """A central organ that is said to compile a report."""
    institution: re.Pattern[str]
    """What bears a name of its own, whatever place it is in: 东岭大学."""
    site: re.Pattern[str]
    """Such a one that is no school: a park or reserve."""
    speaker: re.Pattern[str]
    """What an organ calls itself: 我局."""
    town_selves: frozenset[str]
    """What only a town calls itself; the county's government does not."""
    administered: tuple[str, ...]
    """The ranks of places that have an administrative office for a government."""
    town_organs: frozenset[str]
    """What stands behind the name of a town for what governs it: 党政办."""
    town_organ: re.Pattern[str]
    school: frozenset[str]
    """What such an institution calls itself."""
    offices: tuple[str, ...]
    """The words for the office of a government."""
    heirs: tuple[tuple[str, str, int], ...]
    """Organs that others took over from all over the country, those, and the year."""

    def official(self, written: str) -> tuple[str, ...]:
        """What a name without its place is officially; several where an abbreviation is ambiguous.

        >>> names().official("人社局")
        ('人力资源和社会保障局',)
        """
        if written in self.organs:
            return (self.organs[written].official,)
        if self.zone.fullmatch(written):
            return tuple(full + COMMITTEE for full in self.portfolios[written])
        if self.titled.fullmatch(written + COMMITTEE):
            return (written + COMMITTEE,)
        central = self.central.match(written)
        if central:
            names = self.official(written[central.end() :])
            return tuple(central.group() + name.removeprefix(GOVERNMENT) for name in names)
        stem, organ = self.split(written)
        ending = self.organs[organ].official if organ else ""
        if organ in self.seats:  # what stands before it is part of its own name
            return (stem + ending,)
        return tuple(full + ending for full in self.portfolios.get(stem, (stem,)))

    def governs_town(self, written: str) -> bool:
        """Whether what is written behind the name of a town means what governs it; nothing does, too."""
        return not written or written in self.town_organs

    def split(self, written: str) -> tuple[str, str]:
        """Portfolio and word for the organ, which is empty where none is known; a known portfolio before a longer word."""
        lengths = [n for n in range(len(written) - 1, 0, -1) if written[-n:] in self.organs]
        lengths.sort(key=lambda n: written[:-n] not in self.portfolios)
        return (written[: -lengths[0]], written[-lengths[0] :]) if lengths else (written, "")

    def bare(self, written: str) -> bool:
        """Whether an organ of this name bears that of its place without the rank: 徐州海关."""
        return self.zone.match(written) is not None or written.endswith(self.seats)

    def selves(self, written: str) -> frozenset[str]:
        """What an organ of this name calls itself."""
        if self.institution.fullmatch(written):
            return self.school
        organ = self.organs.get(written) or self.organs.get(self.split(written)[1])
        return organ.selves if organ else frozenset()


@cache
def names() -> Names:
    """The names of the ontology.

    Raises:
        OntologyError: `agencies.ttl` is incomplete.
    """
    graph = ontology("agencies")
    kinds, bare, branches, whole, institutions = (
        _words(graph, kind)
        for kind in ("ZoneWord", "BareNamed", "BranchWord", "WholeName", "InstitutionWord")
    )
    organs, portfolios = _organs(graph, kinds, bare), _portfolios(graph)
    central = alternatives(_words(graph, "CentralWord"))
    branch = rf"([{HAN}]{{2,12}}?)(?:{alternatives(branches)})"
    zones = bare & portfolios.keys()
    committees = [w for w, organ in organs.items() if organ.official.startswith(COMMITTEE)]
    seated = {zone + committee for zone in zones | kinds for committee in committees}
    seats = seated | (bare & organs.keys())
    return Names(
        portfolios=portfolios,
        organs=organs,
        organ=_organ(whole, organs.keys() - whole, portfolios),
        portfolio=re.compile(alternatives(p for p in portfolios if len(p) > 1)),
        zone=re.compile(alternatives(zones)),
        seats=tuple(sorted(seats)),
        sited=re.compile(alternatives(seats | zones)),
        titled=re.compile(rf"(?:中国\([{HAN}]{{2,6}}\)|[{HAN}])[{HAN}]{{1,7}}?(?:{alternatives(seated)})"),
        branch=re.compile(branch),
        branched=re.compile(rf"[{HAN}]+?(?:{alternatives(organs)}){branch}"),
        central=re.compile(rf"(?:{central})(?=..)"),
        vertical=_vertical(graph),
        zones=re.compile(rf"(?:^|[。;,:])({alternatives(zones | kinds)})(?!区)(?=[{HAN}])"),
        area=re.compile(alternatives(zones | kinds)),
        national=_national(graph, central),
        compiling=re.compile(
            rf"(?:报告|年报)由((?:{central})[{HAN}]{{2,16}}?(?:{alternatives(organs)}))(?=根据|依据|按照|依照|编制|编写|汇总|综合)"
        ),
        institution=re.compile(rf"[{HAN}]{{2,12}}?(?:{alternatives(institutions)})(?!生)"),
        site=re.compile(rf"[{HAN}]{{2,12}}?(?:{alternatives(_sites(graph))})"),
        speaker=re.compile(f"(?:我|本)({_not_before(graph, 'SelfWord', 'TownSelfWord')})"),
        town_selves=frozenset(_words(graph, "TownSelfWord")),
        administered=tuple(_values(graph, "OrganWord", "administersRank")),
        town_organs=frozenset(_words(graph, "TownOrganWord")),
        town_organ=re.compile(_not_before(graph, "TownOrganWord")),
        school=_selves(graph, graph.subjects(GK + "InstitutionWord")),
        offices=tuple(_words(graph, "GovernmentOffice")),
        heirs=tuple(_heir(graph, iri) for iri in graph.subjects(GK + "Reform")),
    )


def _organs(graph: Graph, zones: Iterable[str], bare: Iterable[str]) -> dict[str, Organ]:
    """The words for organs by wording; a zone's committee is called by what zone it is, too: 开发区管委会."""
    organs: dict[str, Organ] = {}
    for iri in graph.subjects(GK + "OrganWord"):
        official = graph.optional(iri, GK + "actsFor") or graph.value(iri, SKOS + "prefLabel", "zh")
        organ, wordings = Organ(official, _selves(graph, [iri])), _wordings(graph, iri)
        if official == COMMITTEE:
            organ = Organ(official, organ.selves.union(zones, bare))
            organs |= {zone + w: Organ(zone + official, organ.selves) for zone in zones for w in wordings}
        organs |= dict.fromkeys(wordings, organ)
    return organs


def _portfolios(graph: Graph) -> dict[str, tuple[str, ...]]:
    """The official portfolios that each wording may mean."""
    found: dict[str, list[str]] = {}
    for iri in graph.subjects(GK + "Portfolio"):
        official = graph.value(iri, SKOS + "prefLabel", "zh")
        for wording in _wordings(graph, iri):
            found.setdefault(wording, []).append(official)
    return {wording: _exact(wording, officials) for wording, officials in found.items()}


def _selves(graph: Graph, iris: Iterable[str]) -> frozenset[str]:
    """What organs of some words call themselves."""
    return frozenset(own for iri in iris for own in graph.values(iri, GK + "selfName"))


def _words(graph: Graph, kind: str) -> set[str]:
    """All wordings of the words of a class."""
    return {w for iri in graph.subjects(GK + kind) for w in _wordings(graph, iri)}


def _values(graph: Graph, kind: str, term: str) -> Iterator[str]:
    """The values of a property of all words of a class."""
    return (value for iri in graph.subjects(GK + kind) for value in graph.values(iri, GK + term))


def _sites(graph: Graph) -> set[str]:
    """The words for institutions that have no word for themselves, as schools do."""
    sites = (iri for iri in graph.subjects(GK + "InstitutionWord") if not graph.values(iri, GK + "selfName"))
    return {w for iri in sites for w in _wordings(graph, iri)}


def _national(graph: Graph, central: str) -> re.Pattern[str]:
    """Names of central organs, and of those that ministries and the civil aviation have for regions."""
    words = alternatives(_words(graph, "NationalWord"))
    regional = alternatives(
        graph.value(iri, SKOS + "prefLabel", "zh") for iri in graph.subjects(GK + "RegionalPortfolio")
    )
    return re.compile(
        rf"(?:{central})[{HAN}]{{2,20}}|[{HAN}]{{2,10}}(?:{words})(?<!部(?=门))"
        rf"|(?:{regional})部[{HAN}]{{2,10}}(?:局|委员会)|民航[{HAN}]{{2,8}}局"
    )


def _not_before(graph: Graph, *kinds: str) -> str:
    """The words of some classes as one pattern, each where no other word begins with it: 办 but not 办公."""
    words = {
        word: alternatives(graph.values(iri, GK + "notBefore"))
        for kind in kinds
        for iri in graph.subjects(GK + kind)
        for word in _wordings(graph, iri)
    }
    longest = sorted(words, key=len, reverse=True)
    return "|".join(f"{w}(?!{words[w]})" if words[w] else w for w in longest)


def _vertical(graph: Graph) -> re.Pattern[str]:
    """What stands before the place in names of organs below central ones, and of those of a corps."""
    found: list[str] = []
    for iri in graph.subjects(GK + "CentralWord"):
        word = graph.value(iri, SKOS + "prefLabel", "zh")
        if endings := graph.values(iri, GK + "organEnding"):
            found.append(rf"{word}[{HAN}]{{2,12}}?(?:{alternatives(endings)})(?=[{HAN}])")
        if seated := graph.values(iri, GK + "seatedOrgan"):
            found.append(rf"{word}(?=[{HAN}]{{2,6}}(?:{alternatives(seated)}))")
    corps, divisions = (alternatives(_words(graph, kind)) for kind in ("CorpsWord", "CorpsDivisionWord"))
    found.append(rf"(?:{corps})?第[一二三四五六七八九十]{{1,3}}(?:{divisions})|(?:{corps})")
    return re.compile("|".join(found))


def _wordings(graph: Graph, iri: str) -> tuple[str, ...]:
    """The official wording of a word, and its abbreviations."""
    return (graph.value(iri, SKOS + "prefLabel", "zh"), *graph.values(iri, SKOS + "altLabel", "zh"))


def _heir(graph: Graph, iri: str) -> tuple[str, str, int]:
    former, later = graph.value(iri, GK + "formerOrgan"), graph.value(iri, GK + "laterOrgan")
    return former, later, int(graph.value(iri, GK + "firstYear"))


def prefix(name: str) -> int:
    """Where a central organ that stands before a place ends: 国家税务总局, 新疆生产建设兵团第八师."""
    m = names().vertical.match(name)
    return m.end() if m else 0


def alternatives(words: Iterable[str]) -> str:
    """The words as one pattern, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _exact(wording: str, found: list[str]) -> tuple[str, ...]:
    """An official wording stands for itself, whatever it may be short for besides."""
    return (wording,) if wording in found else tuple(found)


def _organ(whole: Iterable[str], endings: Iterable[str], portfolios: Iterable[str]) -> re.Pattern[str]:
    """Known portfolios first; any other words up to the next word for an organ after them."""
    endings = list(endings)
    safe = [w for w in endings if w not in ("委", "办", "部", "中心", "分中心")]
    return re.compile(
        rf"(?:{alternatives(whole)})"
        rf"|(?:{alternatives(portfolios)})(?:{alternatives(endings)})(?!属|管|长|(?<=部)门)"
        rf"|[{HAN}]{{2,16}}?(?:{alternatives(safe)})(?!属|管|长|(?<=部)门)"
    )
