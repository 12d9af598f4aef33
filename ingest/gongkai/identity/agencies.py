"""Which administrative organ a report is of.

The organ is the one that the title names, or that the text says published, compiled or signed the report, or that it
speaks of most; its place is what stands in its name, or what the rank in its name (市人社局) can only mean in this text.
What stays open is None: a wrong agency is worse than none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.divisions import Division, Gazetteer, Place, gazetteer
from gongkai.document import Span
from gongkai.identity.folded import Folded
from gongkai.identity.mentions import NAMED, RANKS, TITLE, YEAR, Mention, Reader
from gongkai.identity.names import GOVERNMENT, NATIONAL, Names, kind, names
from gongkai.report import Agency, Level, Statement

SELF = re.compile(r"(?:我|本)(街道|街办|管委会|中心|[局厅委办镇乡街处部室])")
OWN_RANK = re.compile(rf"(?:我|全)([{RANKS}])")
ABOVE = re.compile(r"(省|市|县|区|州|盟|旗)(?:委|政府|人民政府)(?![员托])")
OUTLET = re.compile(r"(?:政务|官方|官)?(?:网|微信|公众号|微博|发布|抖音|”)")
_LEVELS = {
    "省": Level.PROVINCE,
    "州": Level.PREFECTURE,
    "盟": Level.PREFECTURE,
    "县": Level.COUNTY,
    "区": Level.COUNTY,
    "旗": Level.COUNTY,
}
_TOWN_ORGANS = ("", "政府", "人民政府", "党委政府", "办事处")
ENOUGH = 2.0
"""Weight below which a name found in running text is no evidence that the report is its."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What is asked of a document again and again."""

    folded: Folded
    reader: Reader
    mentions: tuple[Mention, ...]
    places: tuple[Place, ...]
    votes: Counter[str]
    """How often each division is named, by address."""

    @property
    def gazetteer(self) -> Gazetteer:
        return self.reader.gazetteer

    @property
    def names(self) -> Names:
        return self.reader.names


def agency(folded: Folded, titles: Sequence[str], year: int) -> Statement[Agency] | None:
    """The agency of a document that is folded, by its titles (as written) and the year reported on."""
    text = _read(folded, year)
    for title in titles:
        mention = text.reader.name(title)
        if mention is not None:
            return _settle(text, replace(mention, weight=TITLE))
    chosen = _chosen(text)
    return _settle(text, chosen) if chosen is not None else _own_government(text)


def name_in(title: str) -> str:
    """What a title says beside year and report: 益阳市财政局 of 益阳市财政局2023年政府信息公开工作年度报告."""
    words = re.sub(r"\s+", "", title)
    words = re.split(r"(?:政府信息|政务|信息)公开", words, maxsplit=1)[0]
    words = re.sub(rf"{YEAR}|[(（].*?[)）]|^关于|^《|[,，:：]", "", words)
    words = re.sub(r"(?:本级|机关本级|部门|年度)$", "", words)
    return words + "政府" if words.endswith("人民") else words


def _read(folded: Folded, year: int) -> _Text:
    reader = Reader(gazetteer(), names(), year)
    places = tuple(reader.gazetteer.places(folded.text, year))
    votes = Counter(place.division.iri for place in places if place.division is not None)
    return _Text(folded, reader, tuple(reader.mentions(folded)), places, votes)


def _chosen(text: _Text) -> Mention | None:
    """The mention that weighs most among those of one organ; None where none weighs enough, or two weigh the same.

    What calls itself 我局 is a 局; the organ of another place is another organ.
    """
    selves = {m[1] for m in SELF.finditer(text.folded.text)}
    groups: dict[tuple[str, str], dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for mention in (*text.mentions, *_outlets(text, selves)):
        organ = _official(text, mention)
        if not selves or text.names.selves(organ) & selves or mention.weight >= NAMED:
            where = mention.places[0].iri if len(mention.places) == 1 else mention.rank
            groups[organ, mention.town][where].append(mention)
    ranking = sorted((_weigh(group) for group in groups.values()), key=lambda w: -w[0])
    if not ranking or (len(ranking) > 1 and ranking[0][0] == ranking[1][0]):
        return None
    weight, mention = ranking[0]
    alone = bool(mention.town) and len({town for _, town in groups if town}) == 1
    enough = (ENOUGH if selves else 2 * ENOUGH) / (2 if alone else 1)
    return mention if weight >= enough else None


def _weigh(places: Mapping[str, Sequence[Mention]]) -> tuple[float, Mention]:
    """The weight of an organ at the place where it weighs most, and its best mention there.

    Mentions that give a rank only (市财政局) count for every place of that rank, and stand by themselves too.
    """
    weights = {where: sum(m.weight for m in group) for where, group in places.items()}
    totals = {
        where: weight
        + sum(weights.get(rank, 0) for rank in {m.places[0].rank for m in places[where] if m.places} | {""})
        for where, weight in weights.items()
        if where
    } or weights
    best = max(totals, key=lambda where: (totals[where], len(where)))
    return totals[best], max(places[best], key=lambda m: m.weight)


def _outlets(text: _Text, selves: set[str]) -> Iterator[Mention]:
    """What the name of a website or account says of its owner: 益阳人力资源和社会保障网, read by a 局."""
    words = text.folded.text
    for self_word in selves & {"局", "厅", "委"}:
        for m in text.names.portfolio.finditer(words):
            if OUTLET.match(words, m.end()):
                for length in range(5, 1, -1):
                    stem = words[max(m.start() - length, 0) : m.start()]
                    places = text.gazetteer.stemmed(stem, text.reader.year)
                    if places:
                        yield Mention(
                            m.start() - length, m.end(), places, organ=m.group() + self_word, weight=ENOUGH
                        )
                        break


def _official(text: _Text, mention: Mention) -> str:
    """The official name of the organ of a mention; of a place or town alone, what governs it.

    An ambiguous abbreviation stays as written unless the text has one of its meanings whole.
    """
    if mention.town:
        return (
            "街道办事处"
            if mention.town.endswith("街道")
            else GOVERNMENT
            if mention.organ in _TOWN_ORGANS
            else mention.organ
        )
    if not mention.organ:
        return GOVERNMENT
    meanings = text.names.official(mention.organ)
    if len(meanings) > 1:
        meanings = tuple(m for m in meanings if m in text.folded.text)
    return meanings[0] if len(meanings) == 1 else mention.organ


def _settle(text: _Text, mention: Mention) -> Statement[Agency] | None:
    """The agency that a mention means."""
    organ = _official(text, mention)
    place = _place(text, mention, organ)
    core = mention.elsewhere + _core(mention.town, organ)
    code, level = place.code if place else None, _level(mention, place, organ)
    written = _written(text, mention, place, core)
    if written is not None:
        name, span = written
        return Statement(Agency(name, code, level, kind(name)), span)
    composed = _composed(mention, place, core, text.gazetteer)
    if composed is None:
        return None
    return Statement(Agency(composed, code, level, kind(composed)), _span(text, mention), inferred=True)


def _core(town: str, organ: str) -> str:
    """Town and organ; 街道 is said once."""
    return town.removesuffix("街道") + organ if organ.startswith("街道") else town + organ


def _place(text: _Text, mention: Mention, organ: str) -> Division | None:
    """The place of the agency, as far as the text settles it."""
    if len(mention.places) == 1:
        return mention.places[0]
    if mention.places:
        return _voted(text, mention.places)
    if mention.town:
        return _county(text, mention.town)
    if mention.rank:
        return _ranked(text, mention.rank)
    if mention.elsewhere or NATIONAL.fullmatch(organ):
        return None
    own = Counter(m[1] for m in OWN_RANK.finditer(text.folded.text)).most_common(1)
    return _ranked(text, own[0][0]) if own else None


def _voted(text: _Text, candidates: Iterable[Division]) -> Division | None:
    """The one candidate around which the text names a place."""
    named = [d for d in candidates if any(text.votes[o.iri] for o in text.gazetteer.lineage(d)[1:])]
    return named[0] if len(named) == 1 else None


def _county(text: _Text, town: str) -> Division | None:
    """The county of a town: one that the text names, else the only one that has such a town and the rank spoken of."""
    counties = text.gazetteer.counties(town, text.reader.year)
    named = [d for d in counties if text.votes[d.iri]]
    if not named and not counties:
        named = [d for iri in text.votes if (d := text.gazetteer.divisions[iri]).level is Level.COUNTY]
    if named:
        return named[0] if len(named) == 1 else None
    around = [d for d in counties if any(text.votes[o.iri] for o in text.gazetteer.lineage(d)[1:])]
    ranks = {m[1] for m in ABOVE.finditer(text.folded.text)}
    fitting = [d for d in around or counties if not ranks or d.rank in ranks]
    return fitting[0] if len(fitting) == 1 else None


def _ranked(text: _Text, rank: str) -> Division | None:
    """The place of a rank that the text names most, or inside which are the places that it names."""
    named = Counter[str]()
    around = Counter[str]()
    for iri, count in text.votes.items():
        for i, division in enumerate(text.gazetteer.lineage(text.gazetteer.divisions[iri])):
            if division.rank == rank:
                (around if i else named)[division.iri] += count
    for votes in (named, around):
        ranking = votes.most_common(2)
        if ranking and (len(ranking) == 1 or ranking[0][1] > ranking[1][1]):
            return text.gazetteer.divisions[ranking[0][0]]
    return None


def _written(text: _Text, mention: Mention, place: Division | None, core: str) -> tuple[str, Span] | None:
    """The fullest form of the name that the text has in one piece: 梅河口市和平街道办事处 before 和平街道办事处.

    A province before a place inside it is no part of the official name.
    """
    found: list[tuple[int, int, str]] = []
    words = text.folded.text
    chains = {p.span.end: p for p in text.places}
    for m in re.finditer(re.escape(core), words):
        chain = chains.get(m.start())
        if chain is not None and place is not None and place in chain.candidates:
            start = _without_province(text, chain, place)
        elif mention.town or mention.elsewhere or NATIONAL.fullmatch(core):
            start = m.start()
        else:
            continue
        if mention.prefix and words.endswith(mention.prefix, 0, start):
            start -= len(mention.prefix)
        found.append((m.end() - start, -start, words[start : m.end()]))
    if not found:
        return None
    length, start, name = max(found)
    return name, text.folded.span(-start, -start + length)


def _without_province(text: _Text, chain: Place, place: Division) -> int:
    """Where a chain of names begins without its province."""
    words = text.folded.text[chain.span.start : chain.span.end]
    outermost = text.gazetteer.lineage(place)[-1]
    if outermost is place or outermost.rank != "省":
        return chain.span.start
    return chain.span.start + (len(outermost.name) if words.startswith(outermost.name) else 0)


def _composed(mention: Mention, place: Division | None, core: str, gazetteer: Gazetteer) -> str | None:
    """The official name from its parts; a district stands after its city, a county by itself."""
    if place is None:
        return core if mention.town or mention.elsewhere or NATIONAL.fullmatch(core) else None
    city = gazetteer.divisions[place.outer].name if place.rank == "区" and place.outer else ""
    return mention.prefix + city + place.name + core


def _level(mention: Mention, place: Division | None, organ: str) -> Level | None:
    if mention.town:
        return Level.TOWNSHIP
    if place is not None:
        return place.level
    if mention.elsewhere:
        return _LEVELS.get(mention.elsewhere[-1])
    return Level.NATIONAL if NATIONAL.fullmatch(organ) else None


def _span(text: _Text, mention: Mention) -> Span | None:
    return text.folded.span(mention.start, mention.end) if mention.weight < TITLE else None


def _own_government(text: _Text) -> Statement[Agency] | None:
    """The government of the place that the text calls 我市, 我县, where no organ speaks as 我局 or the like."""
    words = text.folded.text
    own = Counter(m[1] for m in OWN_RANK.finditer(words)).most_common(1)
    if SELF.search(words) or not own or own[0][1] < 2:
        return None
    place = _ranked(text, own[0][0])
    if place is None:
        return None
    return _settle(text, Mention(0, 0, (place,), organ=GOVERNMENT, weight=TITLE))
