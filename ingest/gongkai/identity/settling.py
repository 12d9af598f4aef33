"""From a name as written to the agency it means: its official words, its place, its level, as the text settles them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gongkai.divisions import Division, Gazetteer, Place, gazetteer
from gongkai.document import Span
from gongkai.identity.folded import Folded
from gongkai.identity.mentions import RANKS, Mention, Reader
from gongkai.identity.names import COMMITTEE, GOVERNMENT, INSTITUTION, NATIONAL, Names, kind, names
from gongkai.identity.weights import TITLE
from gongkai.report import Agency, Level, Statement

OWN_RANK = re.compile(rf"(?:我|全)([{RANKS}])")
ABOVE = re.compile(rf"([{RANKS}])(?:委|政府|人民政府)(?![员托])")
# Before a place that somebody went to, or learnt from.
VISITED = ("赴", "前往", "学习", "考察", "借鉴", "对标", "来自")
SUBDISTRICT = "街道办事处"
TOWN_ORGANS = ("", "政府", "人民政府", "党委政府", "办事处", "办")
_LEVELS = {
    "省": Level.PROVINCE,
    "州": Level.PREFECTURE,
    "盟": Level.PREFECTURE,
    "县": Level.COUNTY,
    "区": Level.COUNTY,
    "旗": Level.COUNTY,
}


@dataclass(frozen=True, slots=True)
class Context:
    """What is asked of a document again and again: `votes` is how often each division is named, by address."""

    folded: Folded
    reader: Reader
    mentions: tuple[Mention, ...]
    places: tuple[Place, ...]
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


def context(folded: Folded, year: int) -> Context:
    """The context of a folded document that reports on a year."""
    reader = Reader(gazetteer(), names(), year)
    places = tuple(reader.gazetteer.places(folded.text, year, folded.begins))
    votes = Counter(
        place.division.iri
        for place in places
        if place.division is not None and not folded.text[: place.span.start].endswith(VISITED)
    )
    return Context(folded, reader, tuple(reader.mentions(folded, places)), places, votes)


def official(about: Context, mention: Mention) -> str:
    """The official name of the organ of a mention; of a place, town or zone alone, what governs it.

    An ambiguous abbreviation stays as written unless the text has one of its meanings whole.
    """
    if mention.town and mention.organ in TOWN_ORGANS:
        return SUBDISTRICT if mention.town.endswith("街道") else GOVERNMENT
    if not mention.organ:
        return GOVERNMENT
    meanings: Sequence[str] = about.names.official(mention.organ)
    if len(meanings) > 1:
        meanings = [m for m in meanings if m.removesuffix(COMMITTEE) in about.text]
    if len(meanings) == 1:
        return meanings[0]
    return mention.organ + COMMITTEE * bool(about.names.zone.fullmatch(mention.organ))


def settle(about: Context, mention: Mention) -> Statement[Agency] | None:
    """The agency that a mention means; None where the text does not say where it is."""
    organ = official(about, mention)
    place = _place(about, mention, organ)
    if mention.town and place is None and not mention.places and not mention.elsewhere:
        mention = replace(mention, elsewhere=_unknown_county(about, mention.town))
    core = mention.elsewhere + _core(mention.town, organ)
    seat = _seat(about, place, organ) if place else None
    code, level = seat.code if seat else None, _level(mention, seat, organ)
    written = _written(about, mention, place, core)
    if written is not None:
        start, end = written
        name = about.text[start:end]
        county = _called(about, mention, place) if place and mention.places and name == core else ""
        agency = Agency(county + name, code, level, kind(name))
        return Statement(agency, about.folded.span(start, end), inferred=bool(county))
    composed = _composed(about, mention, place, core)
    if composed is None:
        return None
    return Statement(Agency(composed, code, level, kind(composed)), _span(about, mention), inferred=True)


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


def _core(town: str, organ: str) -> str:
    """Town and organ; 街道 is said once."""
    return town.removesuffix("街道") + organ if organ.startswith("街道") else town + organ


def _place(about: Context, mention: Mention, organ: str) -> Division | None:
    """The place of the agency, as far as the text settles it."""
    if len(mention.places) == 1:
        return mention.places[0]
    if mention.places:
        return _around(about, mention.places)
    if mention.town:
        return _county(about, mention.town)
    if mention.rank:
        return ranked(about, mention.rank) or _publishing(about, mention)
    if mention.elsewhere or NATIONAL.fullmatch(organ):
        return None
    own = about.own_ranks.most_common(1)
    return ranked(about, own[0][0]) if own else _only(about)


def _publishing(about: Context, mention: Mention) -> Division | None:
    """The place of a rank that the text names, without it, before the portfolio of the organ: 渭滨 in 《渭滨统计》."""
    portfolio, _ = about.names.split(mention.organ)
    found = {
        division
        for m in re.finditer(re.escape(portfolio), about.text)
        for division in about.gazetteer.before(about.text, m.start(), about.reader.year)[1]
        if division.rank == mention.rank
    }
    return found.pop() if len(found) == 1 else None


def _seat(about: Context, place: Division, organ: str) -> Division:
    """The place of an organ: of a branch that bears the name of a place inside that of its organ, that place."""
    m = about.names.branched.fullmatch(organ)
    if m is None:
        return place
    year, book = about.reader.year, about.gazetteer
    named = (*book.named(m[1], year), *book.stemmed(m[1], year))
    inner = {d for d in named if place in book.lineage(d)[1:]}
    return inner.pop() if len(inner) == 1 else place


def _only(about: Context) -> Division | None:
    """The one place of whose organs the text speaks, if it names no other place but those around it."""
    named = [about.gazetteer.divisions[iri] for iri in about.votes]
    inner = max(named, key=lambda d: len(about.gazetteer.lineage(d)), default=None)
    alone = inner is not None and set(named) <= set(about.gazetteer.lineage(inner))
    return inner if alone and any(inner in m.places for m in about.mentions) else None


def _around(about: Context, candidates: Iterable[Division]) -> Division | None:
    """The one candidate that the text names elsewhere with a place around it, or whose place it names."""
    named = [d for d in candidates if any(about.votes[o.iri] for o in about.gazetteer.lineage(d))]
    return named[0] if len(named) == 1 else None


def _county(about: Context, town: str) -> Division | None:
    """The county of a town: the one set before it, else one that the text names, else the only one with such a town and
    the rank spoken of.
    """
    set_before = {p.division for m in re.finditer(town, about.text) for p in _right_before(about, m.start())}
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
    around = [d for d in counties if any(about.votes[o.iri] for o in about.gazetteer.lineage(d)[1:])]
    ranks = {m[1] for m in ABOVE.finditer(about.text)}
    fitting = [d for d in around or counties if not ranks or d.rank in ranks]
    return fitting[0] if len(fitting) == 1 else None


def _unknown_county(about: Context, town: str) -> str:
    """A county that no table knows, where the text sets one before the town."""
    found = {about.reader.unknown(about.folded, m.start()) for m in re.finditer(town, about.text)}
    counties = [words for words in found if words.endswith(("县", "区", "市", "旗"))]
    return counties[0] if len(counties) == 1 else ""


def _written(about: Context, mention: Mention, place: Division | None, core: str) -> tuple[int, int] | None:
    """The fullest form of the name that the text has in one piece: 梅河口市和平街道办事处 before 和平街道办事处.

    A province before a place inside it is no part of the official name.
    """
    found: list[tuple[int, int]] = []
    for m in re.finditer(re.escape(core) + "(?!办公)" * core.endswith(GOVERNMENT), about.text):
        start = _chained(about, mention, place, m.start())
        if start is None and core.endswith(SUBDISTRICT) and about.text.endswith(GOVERNMENT, 0, m.start()):
            start = _chained(about, mention, place, m.start() - len(GOVERNMENT))
        if start is not None:
            pass
        elif _names_itself(about, mention, core) and about.text.endswith(mention.stem, 0, m.start()):
            start = _after_province(about, mention, m.start() - len(mention.stem))
        elif (
            mention.town
            or mention.elsewhere
            or (not place and not mention.places and _stands_alone(about, core))
        ):
            start = m.start()
        else:
            continue
        if mention.prefix and about.text.endswith(mention.prefix, 0, start):
            start -= len(mention.prefix)
        found.append((start, m.end()))
    return max(found, key=lambda f: (f[1] - f[0], -f[0]), default=None)


def _chained(about: Context, mention: Mention, place: Division | None, end: int) -> int | None:
    """Where the names of the place begin, which the text sets right before an offset; None where it does not."""
    candidates = {place} if place else set(mention.places)
    chain = next((p for p in about.places if p.span.end == end), None)
    return _without_province(about, chain) if chain and candidates & set(chain.candidates) else None


def _after_province(about: Context, mention: Mention, start: int) -> int:
    """Where the name of a zone begins, which may set that of the province before its own: 安徽池州高新技术产业开发区."""
    provinces = {about.gazetteer.lineage(place)[-1].stem for place in mention.places} - {mention.stem}
    return start - max((len(p) for p in provinces if about.text.endswith(p, 0, start)), default=0)


def _stands_alone(about: Context, core: str) -> bool:
    """Whether a name is whole without a place."""
    own = (NATIONAL, INSTITUTION, about.names.titled)
    return any(pattern.fullmatch(core) for pattern in own)


def _names_itself(about: Context, mention: Mention, core: str) -> bool:
    """Whether an organ officially bears the name of its place without the rank."""
    return bool(mention.stem and (mention.prefix or about.names.bare(core)))


def _without_province(about: Context, chain: Place) -> int:
    """Where a chain of names begins without its province."""
    inner = chain.candidates[0]
    outermost = about.gazetteer.lineage(inner)[-1]
    words = about.text[chain.span.start : chain.span.end]
    if (
        outermost is inner
        or not outermost.name.endswith(("省", "自治区"))
        or not words.startswith(outermost.name)
    ):
        return chain.span.start
    return chain.span.start + len(outermost.name)


def _composed(about: Context, mention: Mention, place: Division | None, core: str) -> str | None:
    """The official name from its parts."""
    if place is None:
        if len(mention.places) > 1:  # one name for several places, and the text does not say which
            return mention.prefix + mention.places[0].name + core
        alone = mention.town or mention.elsewhere or _stands_alone(about, core)
        return mention.prefix + core if alone else None
    if _names_itself(about, mention, core) or (not mention.places and about.names.titled.fullmatch(core)):
        return mention.prefix + mention.stem + core
    return mention.prefix + (_called(about, mention, place) or about.gazetteer.full(place)) + core


def _called(about: Context, mention: Mention, place: Division) -> str:
    """The place as the text sets it before the town or organ, at its longest; empty where it does not.

    It may set it before the government that the town is under: 章贡区人民政府水东镇办公室.
    """
    written = mention.town or mention.organ
    ends = [m.start() for m in re.finditer(re.escape(written), about.text)] if written else []
    chains = [chain for end in ends for chain in _right_before(about, end) if place in chain.candidates]
    called = [about.text[_without_province(about, chain) : chain.span.end] for chain in chains]
    return max(called, key=len, default="")


def _right_before(about: Context, end: int) -> list[Place]:
    """The names of places that the text sets before an offset, or before the government that stands there."""
    if about.text.endswith(GOVERNMENT, 0, end):
        end -= len(GOVERNMENT)
    return [chain for chain in about.places if chain.span.end == end]


def _level(mention: Mention, place: Division | None, organ: str) -> Level | None:
    if mention.town or organ.endswith("办事处"):
        return Level.TOWNSHIP
    if place is not None:
        return place.level
    if mention.places:
        levels = {d.level for d in mention.places}
        return levels.pop() if len(levels) == 1 else None
    if mention.elsewhere:
        return _LEVELS.get(mention.elsewhere[-1])
    return Level.NATIONAL if NATIONAL.fullmatch(organ) else None


def _span(about: Context, mention: Mention) -> Span | None:
    """Where a mention stands; one that a title gives has its place in the title alone."""
    return about.folded.span(mention.start, mention.end) if mention.weight < TITLE else None
