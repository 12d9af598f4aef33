"""From a name as written to the agency it means: its official words, its place, its level, as the text settles them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.divisions import Division
from gongkai.document import Span
from gongkai.identity.context import Context
from gongkai.identity.kinds import kind
from gongkai.identity.names import ADMINISTRATIVE_OFFICE, COMMITTEE, GOVERNMENT
from gongkai.identity.parts import Mention
from gongkai.identity.placing import around_zone, borne_out, place_of, seat, unknown_county
from gongkai.identity.weights import TITLE
from gongkai.identity.wording import SUBDISTRICT, called, composed, written
from gongkai.report import Agency, Level, Statement

_LEVELS = {
    "省": Level.PROVINCE,
    "州": Level.PREFECTURE,
    "盟": Level.PREFECTURE,
    "县": Level.COUNTY,
    "区": Level.COUNTY,
    "旗": Level.COUNTY,
}


def official(about: Context, mention: Mention) -> str:
    """The official name of the organ of a mention; of a place, town or zone alone, what governs it.

    An ambiguous abbreviation stays as written unless the text has one of its meanings whole.
    """
    if mention.town and about.names.governs_town(mention.organ):
        return SUBDISTRICT if mention.town.endswith("街道") else GOVERNMENT
    if (
        mention.organ in ("", "政府", GOVERNMENT)
        and mention.places
        and mention.places[0].name.endswith(about.names.administered)
    ):
        return ADMINISTRATIVE_OFFICE
    if not mention.organ:
        return GOVERNMENT
    meanings: Sequence[str] = about.names.official(mention.organ)
    if len(meanings) > 1:
        meanings = [m for m in meanings if m.removesuffix(COMMITTEE) in about.text]
    if len(meanings) == 1:
        return _as_the_text_has_it(about, _in_full(about, meanings[0]))
    return mention.organ + COMMITTEE * bool(about.names.zone.fullmatch(mention.organ))


def _in_full(about: Context, organ: str) -> str:
    """The name of a branch with that of its zone whole, where the text has it so: 公安局高新技术产业开发区分局."""
    m = about.names.branched.fullmatch(organ)
    zones = about.names.portfolios.get(m[1], ()) if m else ()
    named = (organ[: m.start(1)] + zone + organ[m.end(1) :] for zone in zones) if m else ()
    return next((name for name in named if name in about.text), organ)


def _as_the_text_has_it(about: Context, organ: str) -> str:
    """The name of an organ without the government it is of, where the text has it so: 国有资产监督管理委员会."""
    own = organ.removeprefix(GOVERNMENT)
    known = about.names.split(own)[0] in about.names.portfolios
    return own if known and organ not in about.text and own in about.text else organ


def settle(about: Context, mention: Mention) -> Statement[Agency] | None:
    """The agency that a mention means; None where the text does not say where it is."""
    organ = official(about, mention)
    if not _bears_its_name(about, mention, organ):
        mention = _with_name_of_its_own(about, mention, organ)
        organ = official(about, mention)
    place = place_of(about, mention, organ)
    if mention.town and place is None and not mention.places and not mention.elsewhere:
        mention = replace(mention, elsewhere=unknown_county(about, mention.town))
    core = mention.elsewhere + _core(mention.town, organ)
    found = written(about, mention, place, core)
    if found is None:
        name, county, span = composed(about, mention, place, core), "", _span(about, mention)
    else:
        name = about.text[found[0] : found[1]]
        county = called(about, mention, place) if place and mention.places and name == core else ""
        span = about.folded.span(*found)
    if name is None:
        return None
    within = seat(about, place, organ) if place else around_zone(about, mention.elsewhere)
    agency = Agency(
        county + name, within.code if within else None, _level(about, mention, within, organ), kind(name)
    )
    return Statement(agency, span, inferred=found is None or bool(county))


def _bears_its_name(about: Context, mention: Mention, organ: str) -> bool:
    """Whether the zone of a mention, if it is one, bears the name of the place that its name alone makes it seem to."""
    alone = len(mention.places) == 1 and mention.stem == mention.places[0].stem
    if not alone or about.names.zones.match(mention.organ + COMMITTEE) is None:
        return True
    return borne_out(about, mention.places[0], organ)


def _with_name_of_its_own(about: Context, mention: Mention, organ: str) -> Mention:
    """The same organ without the place that its zone only seems to be named after."""
    zone = about.names.sited.match(mention.organ)
    if zone and zone.end() < len(mention.organ):
        whole, rest = mention.stem + zone.group(), mention.organ[zone.end() :]
        return replace(mention, places=(), stem="", elsewhere=whole, organ=rest)
    return replace(mention, places=(), stem="", organ=mention.stem + organ)


def _core(town: str, organ: str) -> str:
    """Town and organ; 街道 is said once."""
    return town.removesuffix("街道") + organ if organ.startswith("街道") else town + organ


def _level(about: Context, mention: Mention, place: Division | None, organ: str) -> Level | None:
    if mention.town or (organ.endswith("办事处") and "驻" not in organ):
        return Level.TOWNSHIP
    if place is not None:
        return place.level
    if len(mention.places) > 1:
        levels = {d.level for d in mention.places}
        return levels.pop() if len(levels) == 1 else None
    if mention.elsewhere:
        return _LEVELS.get(mention.elsewhere[-1])
    return Level.NATIONAL if about.names.national.fullmatch(organ) else None


def _span(about: Context, mention: Mention) -> Span | None:
    """Where a mention stands; one that a title gives has its place in the title alone."""
    return about.folded.span(mention.start, mention.end) if mention.weight < TITLE else None
