"""The place of an agency, as far as the text settles it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from gongkai.divisions import Division
from gongkai.identity.context import Context
from gongkai.identity.names import COMMITTEE, alternatives
from gongkai.identity.parts import RANKS, Mention
from gongkai.report import Level

PROVINCE = re.compile("(省|自治区)(?:党?委|政府|人民政府)(?![员托])")
ABOVE = re.compile(rf"([{RANKS}])(?:委|政府|人民政府)(?![员托])")

# The uniform code of an organ (GB 32100) as the index of its papers begins with it: 11, then the code of its division.
CREDIT_CODE = re.compile(r"(?<![0-9A-Za-z])11(\d{6})[0-9A-Z]{10}")

TOWN_RANKS = ("镇", "乡", "街道", "苏木")
RANK_OF_A_TOWN = re.compile(f"(?:{alternatives(TOWN_RANKS)})$")


def place_of(about: Context, mention: Mention, organ: str) -> Division | None:
    """The place of the agency, as far as the text settles it."""
    if mention.places:
        place = _among(about, mention) or _outer(about, mention)
        somewhere = place and place.level is Level.PROVINCE and about.names.site.fullmatch(organ)
        return None if somewhere else place  # a park that bears the name of a province lies somewhere in it
    if mention.town:
        return _county(about, mention.town)
    if mention.rank:
        return ranked(about, mention.rank) or _publishing(about, mention)
    own_name = about.names.national.fullmatch(organ) or about.names.institution.fullmatch(organ)
    if mention.elsewhere or own_name:
        return None
    if about.names.titled.fullmatch(organ):
        return _of_zone(about, organ)
    own = about.own_ranks.most_common(1)
    return ranked(about, own[0][0]) if own else _only(about)


def borne_out(about: Context, place: Division, organ: str) -> bool:
    """Whether the text bears out that a zone is of the place whose name, without its rank, it begins with.

    It names that place, one around it or in it; or it names none, and no district is meant, since lakes and hills bear the
    names of districts too, unless the zone is subject to one.
    """
    book = about.gazetteer
    named = [book.divisions[iri] for iri in about.votes]
    if named:
        around = book.lineage(place)
        return any(d in around or place in book.lineage(d) for d in named)
    subject = any(m[1] == "区" for m in ABOVE.finditer(about.text)) and not organ.startswith("新区")
    return place.rank != "区" or subject


def ranked(about: Context, rank: str) -> Division | None:
    """The place of a rank that the text names most; if it names none, the one inside which are those that it names."""
    named = Counter[str]()
    around = Counter[str]()
    for iri, count in about.votes.items():
        for i, division in enumerate(about.gazetteer.lineage(about.gazetteer.divisions[iri])):
            if division.rank == rank or (len(rank) > 1 and division.name.endswith(rank)):
                (around if i else named)[division.iri] += count
    ranking = (named or around).most_common(2)
    if not ranking or (len(ranking) > 1 and ranking[0][1] == ranking[1][1]):
        return None
    return about.gazetteer.divisions[ranking[0][0]]


def seat(about: Context, place: Division, organ: str) -> Division:
    """The place of an organ: of a branch that bears the name of a place inside that of its organ, that place."""
    m = about.names.branched.fullmatch(organ)
    if m is None:
        return place
    year, book = about.reader.year, about.gazetteer
    named = (*book.named(m[1], year), *book.stemmed(m[1], year))
    inner = {d for d in named if place in book.lineage(d)[1:]}
    return inner.pop() if len(inner) == 1 else place


def _publishing(about: Context, mention: Mention) -> Division | None:
    """The place of a rank that the text names, without it, before the portfolio of the organ: 柳汀 in 《柳汀统计》."""
    portfolios = about.names.portfolios
    portfolio, _ = about.names.split(mention.organ)
    alike = {
        w for w, full in portfolios.items() if len(w) > 1 and set(full) & set(portfolios.get(portfolio, ()))
    }
    found = {
        division
        for m in re.finditer(alternatives({portfolio, *alike}), about.text)
        for division in about.gazetteer.before(about.text, m.start(), about.reader.year)[1]
        if division.rank == mention.rank
    }
    return found.pop() if len(found) == 1 else None


def _only(about: Context) -> Division | None:
    """The one place of whose organs the text speaks, if it names no other place but those around it."""
    named = [about.gazetteer.divisions[iri] for iri in about.votes]
    inner = max(named, key=lambda d: len(about.gazetteer.lineage(d)), default=None)
    alone = inner is not None and set(named) <= set(about.gazetteer.lineage(inner))
    return inner if alone and any(inner in m.places for m in about.mentions) else None


def _among(about: Context, mention: Mention) -> Division | None:
    """The one of the places that a name may mean: the one with the town, else the one that the text speaks of."""
    if len(mention.places) == 1:
        return mention.places[0]
    with_town = set(about.gazetteer.counties(mention.town, about.reader.year)) & set(mention.places)
    return with_town.pop() if len(with_town) == 1 else _around(about, mention.places)


def around_zone(about: Context, zone: str) -> Division | None:
    """The place that a zone, which no table knows as a place, is named after: 云岭 of 云岭新区; None for other words."""
    return _of_zone(about, zone) if about.names.titled.fullmatch(zone + COMMITTEE) else None


def _of_zone(about: Context, organ: str) -> Division | None:
    """The place of a zone with a name of its own: the innermost of those that the text names, if they lie in one another,
    and that its name begins with; where the text names none, that of its name.
    """
    book = about.gazetteer
    named = [book.divisions[iri] for iri in about.votes]
    inner = max(named, key=lambda d: len(book.lineage(d)), default=None)
    zone = max((len(zone) for zone in about.names.seats if organ.endswith(zone)), default=0)
    after = _named_after(about, organ[: len(organ) - zone], inner)
    if inner is None:
        return after if after and after.rank != "区" else None  # many a lake bears the name of some district
    return after or inner if set(named) <= set(book.lineage(inner)) else None


def _named_after(about: Context, words: str, around: Division | None) -> Division | None:
    """The innermost place, in the one around it, whose name without its rank begins words: 柳汀 in 云岭柳汀旅游; not 云岭
    in 云岭山.
    """
    for length in range(len(words) - 2, 1, -1):
        found = about.gazetteer.stemmed(words[:length], about.reader.year)
        lineage = about.gazetteer.lineage
        inside = [d for d in found if around is None or around in lineage(d) or d in lineage(around)[:-1]]
        if len(inside) == 1:
            return _named_after(about, words[length:], inside[0]) or inside[0]
    return None


def _outer(about: Context, mention: Mention) -> Division | None:
    """Of places one of which lies around the others, as a city around the county of its name, the one that a zone bears the
    name of; None where the text speaks of the government of the inner one alone.
    """
    around = [p for p in mention.places if all(p in about.gazetteer.lineage(d) for d in mention.places)]
    if not around or not about.names.zone.match(mention.organ):
        return None
    spoken, inner = (
        {m[1] for m in ABOVE.finditer(about.text)},
        {p.rank for p in mention.places} - {around[0].rank},
    )
    return None if spoken & inner and around[0].rank not in spoken else around[0]


def _around(about: Context, candidates: Iterable[Division]) -> Division | None:
    """The one candidate that the text names elsewhere with a place around it, or whose place it names; where it names
    none, the only one in a province (省委) or in an autonomous region, if the text speaks of one.
    """
    lineages = {d: about.gazetteer.lineage(d) for d in candidates}
    named = [d for d in lineages if any(about.votes[o.iri] for o in lineages[d])] or _surrounding(
        about, lineages
    )
    if not named:
        spoken = tuple({m[1] for m in PROVINCE.finditer(about.text)})
        named = [d for d in lineages if len(spoken) == 1 and lineages[d][-1].name.endswith(spoken)]
    return named[0] if len(named) == 1 else None


def _surrounding(about: Context, candidates: Iterable[Division]) -> list[Division]:
    """Those candidates inside which there is a place that the text names."""
    book = about.gazetteer
    around = {outer for iri in about.votes for outer in book.lineage(book.divisions[iri])}
    return [d for d in candidates if d in around]


def _county(about: Context, town: str) -> Division | None:
    """The county of a town: the one set before it, else one that the text names, else the only one with such a town whose
    code it prints, or in the places that it names; without any of these the only one in the country, as far as it is alone.
    """
    set_before = {p.division for m in re.finditer(town, about.text) for p in about.right_before(m.start())}
    counties = about.gazetteer.counties(town, about.reader.year)
    named = [d for d in set_before if d and d.level is Level.COUNTY]
    named = named or [d for d in counties if about.votes[d.iri]]
    if not named and not counties:
        divisions = [about.gazetteer.divisions[iri] for iri in about.votes]
        named = [d for d in divisions if d.level is Level.COUNTY]
    if named:
        return named[0] if len(named) == 1 else None
    spoken = [d for d in counties if d.stem in about.text]
    if len(spoken) == 1:
        return spoken[0]
    coded = [d for d in counties if d.code in CREDIT_CODE.findall(about.text)]
    if len(coded) == 1:
        return coded[0]
    around = [d for d in counties if any(about.votes[o.iri] for o in about.gazetteer.lineage(d)[1:])]
    ranks = {m[1] for m in ABOVE.finditer(about.text)}
    fitting = [d for d in around if not ranks or d.rank in ranks] if around else _alone(about, town)
    return fitting[0] if len(fitting) == 1 else None


def _alone(about: Context, town: str) -> list[Division]:
    """The counties with a town of this name; none where others have one that differs in rank alone (赭麓镇 for 赭麓乡),
    unless the text names a place around it, be it without its rank.
    """
    book, year = about.gazetteer, about.reader.year
    counties = list(book.counties(town, year))
    name = RANK_OF_A_TOWN.sub("", town)
    alike = {d for rank in TOWN_RANKS for d in book.counties(name + rank, year)}
    around = {outer.stem for d in counties for outer in book.lineage(d)}
    return counties if alike <= set(counties) or any(stem in about.text for stem in around) else []


def unknown_county(about: Context, town: str) -> str:
    """A county that no table knows, where the text sets one before the town."""
    found = {about.reader.unknown(about.folded, m.start()) for m in re.finditer(town, about.text)}
    counties = [words for words in found if words.endswith(("县", "区", "市", "旗"))]
    return counties[0] if len(counties) == 1 else ""
