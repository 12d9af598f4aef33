"""Which administrative organ a report is of.

The organ is the one that the title names, or that the text says published, compiled or signed the report, or that it
speaks of most; its place is what stands in its name, or what the rank in its name (市人社局) can only mean in this text.
What stays open is None: a wrong agency is worse than none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from gongkai.identity.context import Context
from gongkai.identity.names import COMMITTEE, GOVERNMENT, HAN
from gongkai.identity.parts import Mention
from gongkai.identity.placing import ABOVE, ranked
from gongkai.identity.settling import official, settle
from gongkai.identity.weights import CONTACT, LEADING, NAMED, PART_OF_A_YEAR, SIGNED, SUBJECT, TITLE, YEAR
from gongkai.report import Agency, Statement

OUTLET = re.compile(r"(?:门户|政务|官方|官)?(?:网|微信|公众号|微博|发布|抖音|”)")
COMPILED = re.compile(
    "(?:综合|汇总)了?[^。;]{0,12}各(?:有关)?(?:[市县区州盟旗镇乡街]|部门)[^。;]{0,30}(?:政府|部门)"
)
"""What is said of a government's report on all that it governs."""
SECTOR = re.compile(r".*(系统|部门)")
"""An organ and those under it, which is no name of one."""
SHORTENED = re.compile(rf"\((?:以下|下)?简称:?[“\"]?([{HAN}]{{2,16}})[”\"]?\)")
"""The short name that a text gives to what stands before it."""
ENOUGH = 2.0
"""Weight below which a name found in running text is no evidence that the report is its."""

Groups = Mapping[tuple[str, str], Mapping[str, Sequence[Mention]]]
"""Mentions by organ (official name) and town, then by place: an address, a rank alone, or "" for none or several."""


def agency(about: Context, titles: Sequence[str]) -> Statement[Agency] | None:
    """The agency that a document says it is of, by the names in its titles and all that its text says."""
    for title in titles:
        mention = _introduced(about, title) or about.reader.name(title)
        if mention is not None and not _is_piece(about, mention):
            return settle(about, replace(mention, weight=TITLE))
    for title in titles:
        mention = _of_sector(about, title)
        if mention is not None:
            return settle(about, mention)
    own = selves(about)
    chosen = _chosen(about, _governing(about), own) or _chosen(about, tuple(_outlets(about, own)), own)
    return settle(about, chosen) if chosen is not None else _own_government(about, own)


def _governing(about: Context) -> tuple[Mention, ...]:
    """The names that may be the reporter's; a report that sums up those of all districts is a government's."""
    if not COMPILED.search(about.text):
        return about.mentions
    return tuple(m for m in about.mentions if official(about, m).startswith(GOVERNMENT))


def selves(about: Context) -> set[str]:
    """What the writer of a text calls itself: 局 of 我局; where nothing, what zone its sentences twice begin with."""
    own = {m[1] for m in about.names.speaker.finditer(about.text)}
    zones = Counter(m[1] for m in about.names.zones.finditer(about.text))
    return own or {zone for zone, count in zones.items() if count > 1}


def names_in(title: str) -> list[str]:
    """What a title says beside year and report: 云湾区财政局 of 云湾区财政局2023年政府信息公开工作年度报告.

    Several where it names the organ that issues it and the one it is about, or has a name in brackets.
    """
    words = re.sub(r"\s+", "", title)
    bracketed = re.findall(r"\(([^)]+)\)", words)
    before = re.split(
        r"(?:(?:政府|政务)?信息|政务)公开", re.sub(r"(?<!中国)\([^)]*\)", "", words), maxsplit=1
    )[0]
    found = [_bare(part) for part in reversed(before.split("关于"))] + [_bare(part) for part in bracketed]
    return [name for name in found if len(name) > 1]


def _bare(words: str) -> str:
    """A name without what stands around it in titles."""
    words = re.sub(
        rf"{YEAR}[-—–~至]{YEAR}学年度?|{YEAR}(?:{PART_OF_A_YEAR})?",
        "",
        re.split(r"[:,《》]", words.rstrip(","))[-1],
    )
    words = re.sub(
        r"^[现特兹]?(?:将|(?:向社会)?(?:公布|发布|编制))|^(?:文字|一图)?(?:图解|解读|读懂)|^第?[一二三四五六七八九十0-9]*[、.,]|[,、]$|(?:机关)?本级$|(?<=[局厅委会部办府])机关$|关区$|年度$|年$",
        "",
        words,
    )
    return words + "政府" if words.endswith("人民") else words


def _introduced(about: Context, short: str) -> Mention | None:
    """The organ that the text names whole where it gives it a short name: 云岭管理办公室(以下简称云岭办)."""
    begins = [m.start() for m in SHORTENED.finditer(about.text) if m[1] == short]
    return next((m for m in about.mentions if m.end in begins), None)


def _of_sector(about: Context, title: str) -> Mention | None:
    """The organ that the text names for what a title calls a sector: 东岭市气象局 for 东岭市气象部门."""
    m = SECTOR.fullmatch(title)
    place = next(iter(about.gazetteer.places(title, about.reader.year)), None)
    if m is None or place is None or place.span.start > 0:
        return None
    meanings = about.names.portfolios.get(title[place.span.end : m.start(1)], ())
    named = [(official(about, mention), mention) for mention in about.mentions]
    alike = {organ: mention for organ, mention in named if about.names.split(organ)[0] in meanings}
    here = {
        organ: mention
        for organ, mention in named
        if organ in alike
        and (set(mention.places) & set(place.candidates) or mention.rank == place.candidates[0].rank)
    }
    found = here or alike
    if len(found) != 1:
        return None
    mention = next(iter(found.values()))
    return replace(mention, places=place.candidates, rank="", prefix="", weight=TITLE)


def _is_piece(about: Context, mention: Mention) -> bool:
    """Whether a name is but a part of one: its end, as a title that is broken over lines has it (办事处), or words without
    any organ (云岭山).
    """
    if mention.places or mention.elsewhere or mention.rank or mention.town:
        return False
    names, organ = about.names, mention.organ
    if names.governs_town(organ) or organ in names.organs:
        return True
    if names.split(organ)[1] or names.titled.fullmatch(organ + COMMITTEE):
        return False
    return not any(p.fullmatch(organ) for p in (names.national, names.institution, names.titled, names.zone))


def _chosen(about: Context, mentions: Iterable[Mention], selves: set[str]) -> Mention | None:
    """The mention that weighs most among those of one organ; None where none weighs enough, or two weigh the same.

    What calls itself 我局 is a 局. An office that only compiles a report, or answers for it, where the text speaks of
    我市, does so for the government.
    """
    groups = _groups(about, mentions, selves)
    weighed = [w for group in groups.values() if (w := _weigh(group)) is not None]
    ranking = sorted(weighed, key=_told, reverse=True)
    if not ranking or (len(ranking) > 1 and _told(ranking[0]) == _told(ranking[1])):
        return None
    weight, mention = ranking[0]
    alone = bool(mention.town) and len({town for _, town in groups if town}) == 1
    office = official(about, mention)
    spoken = selves or (office == GOVERNMENT and {d.rank for d in mention.places} & set(about.own_ranks))
    if weight < (ENOUGH if spoken else 2 * ENOUGH) / (2 if alone else 1):
        return None
    alike = groups.get((office, mention.town), {}).values()
    told = max((m.weight for group in alike for m in group), default=mention.weight)
    if office == GOVERNMENT and not mention.town and not about.own_ranks and told < LEADING:
        return None
    acts = _acts(groups.get((office, ""), {}))
    if not (selves or acts or office.startswith(GOVERNMENT)) and about.own_ranks and told <= CONTACT:
        return None  # who answers for a report on all of 全市 need not be whose it is
    return mention if acts else _overseer(about, mention, office)


def _told(weighed: tuple[float, Mention]) -> tuple[float, float]:
    """How much a text tells of an organ: in all, and where it tells most."""
    return weighed[0], weighed[1].weight


def _acts(places: Mapping[str, Sequence[Mention]]) -> bool:
    """Whether the text tells what an organ did, not only that it compiles the report."""
    return any(m.weight in (SUBJECT, LEADING, SIGNED) for group in places.values() for m in group)


def _overseer(about: Context, mention: Mention, office: str) -> Mention:
    """What an office compiles the report for: its government, where the text speaks of 我市, or committee."""
    if office.startswith(GOVERNMENT + "办公") and (about.own_ranks or COMPILED.search(about.text)):
        return replace(mention, organ=GOVERNMENT)
    if office.endswith(COMMITTEE + "办公室"):
        return replace(mention, organ=office.removesuffix("办公室"))
    zone = about.names.zone.match(mention.organ)
    if zone and about.names.governs_town(mention.organ[zone.end() :]) and len(mention.places) == 1:
        return replace(mention, organ=zone.group(), stem=mention.places[0].stem)
    return mention


def _groups(about: Context, mentions: Iterable[Mention], selves: set[str]) -> Groups:
    groups: dict[tuple[str, str], dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    named = [(mention, official(about, mention)) for mention in _with_zones(about, mentions)]
    zones = sorted({organ for _, organ in named if about.names.titled.fullmatch(organ)}, key=len)
    for mention, written in named:
        # a zone may be written in part: 开发区 for 云岭湖开发区
        longer = [zone for zone in zones if written in zones and zone.endswith(written)]
        organ = longer[-1] if longer else written
        own = selves if mention.town else selves - about.names.town_selves
        if not selves or about.names.selves(organ) & own or mention.weight >= NAMED:
            where = "|".join(d.iri for d in mention.places) or mention.elsewhere or mention.rank
            groups[organ, mention.town][where].append(mention)
    return groups


def _with_zones(about: Context, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The names, those of a zone alone (高新区财政局) with the place it is named after, where the text has one such."""
    found = list(mentions)
    named = {
        (m.stem, m.places, zone.group())
        for m in found
        if m.stem and (zone := about.names.zone.match(m.organ))
    }
    for mention in found:
        zone = about.names.zone.match(mention.organ)
        after = [(stem, places) for stem, places, word in named if zone and word == zone.group()]
        if len(after) == 1 and not (mention.places or mention.rank or mention.elsewhere):
            stem, places = after[0]
            yield replace(mention, stem=stem, places=places)
        else:
            yield mention


def _weigh(places: Mapping[str, Sequence[Mention]]) -> tuple[float, Mention] | None:
    """The weight of an organ at the place where it weighs most, and its best mention there; None of two alike.

    Mentions that give a rank only (市财政局) count for every place of that rank, and stand by themselves too.
    """
    weights = {where: sum(m.weight for m in group) for where, group in places.items()}
    totals = {
        where: weight
        + sum(weights.get(rank, 0) for rank in {m.spoken for m in places[where]} | {""} - {where})
        for where, weight in weights.items()
    }
    best = max(totals, key=lambda where: (totals[where], len(where)))
    if sum(weight == totals[best] and len(where) > 1 for where, weight in totals.items()) > 1:
        return None
    return totals[best], max(places[best], key=lambda m: m.weight)


def _outlets(about: Context, selves: set[str]) -> Iterator[Mention]:
    """What the name of a website or account says of its owner: 柳汀人力资源和社会保障网, read by a 局."""
    for own in selves & {"局", "厅", "委"}:
        for m in about.names.portfolio.finditer(about.text):
            named = about.text.startswith(own, m.end())
            if not OUTLET.match(about.text, m.end() + named):
                continue
            stem, places = about.gazetteer.before(about.text, m.start(), about.reader.year)
            ranks = about.own_ranks.keys() or {m[1] for m in ABOVE.finditer(about.text)}
            if stem and (not (named or ranks) or any(place.rank in ranks for place in places)):
                start = m.start() - len(stem)
                yield Mention(start, m.end(), places, stem, organ=m.group() + own, weight=ENOUGH)


def _own_government(about: Context, selves: set[str]) -> Statement[Agency] | None:
    """The government of the place that the text calls 我市, 我县, where no organ speaks as 我局 or the like."""
    own = about.own_ranks.most_common(1)
    if selves or not own or own[0][1] < 2:
        return None
    place = ranked(about, own[0][0])
    if place is None:
        return None
    return settle(about, Mention(0, 0, (place,), organ=GOVERNMENT, weight=TITLE))
