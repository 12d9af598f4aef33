"""The wording of an agency's name: as the text has it in one piece, or put together from its parts."""

from __future__ import annotations

import re

from gongkai.divisions import Division, Place
from gongkai.identity.context import Context
from gongkai.identity.names import GOVERNMENT
from gongkai.identity.parts import Mention

SUBDISTRICT = "街道办事处"


def written(about: Context, mention: Mention, place: Division | None, core: str) -> tuple[int, int] | None:
    """The fullest form of the name that the text has in one piece: 柳汀市赭麓街道办事处 before 赭麓街道办事处.

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
            start = about.reader.outset(about.text, m.start() - len(mention.stem), mention.places)
        elif mention.town or mention.elsewhere:
            start = m.start()
        elif not mention.places and _has_name_of_its_own(about, core, place):
            start = about.reader.outset(about.text, m.start(), (place,) if place else ())
        else:
            continue
        if mention.prefix and about.text.endswith(mention.prefix, 0, start):
            start -= len(mention.prefix)
        found.append((start, m.end()))
    return max(found, key=lambda f: (f[1] - f[0], -f[0]), default=None)


def composed(about: Context, mention: Mention, place: Division | None, core: str) -> str | None:
    """The official name from its parts."""
    if place is None:
        if len(mention.places) > 1:  # one name for several places, and the text does not say which
            own = mention.stem if _names_itself(about, mention, core) else mention.places[0].name
            return mention.prefix + own + core
        alone = mention.town or mention.elsewhere or _has_name_of_its_own(about, core, place)
        return mention.prefix + core if alone else None
    if _names_itself(about, mention, core) or (
        not mention.places and _has_name_of_its_own(about, core, place)
    ):
        return mention.prefix + mention.stem + core
    if core in about.names.seats:
        return place.stem + core
    return mention.prefix + (called(about, mention, place) or about.gazetteer.full(place)) + core


def called(about: Context, mention: Mention, place: Division) -> str:
    """The place as the text sets it before the town or organ, at its longest; empty where it does not.

    It may set it before the government that the town is under: 云岭区人民政府柳汀镇办公室.
    """
    named = mention.town or mention.organ
    ends = [m.start() for m in re.finditer(re.escape(named), about.text)] if named else []
    chains = [chain for end in ends for chain in about.right_before(end) if place in chain.candidates]
    wordings = [about.text[_without_province(about, chain) : chain.span.end] for chain in chains]
    longest = max(wordings, key=len, default="")
    usual = (place.usual,) if place.usual and place.name in about.text else ()
    short = next((name for name in (*place.shorter, *usual) if longest.endswith(name)), "")
    return longest.removesuffix(short) + place.name if short else longest


def _chained(about: Context, mention: Mention, place: Division | None, end: int) -> int | None:
    """Where the names of the place begin, which the text sets right before an offset; None where it does not."""
    candidates = {place} if place else set(mention.places)
    chain = next(iter(about.ending.get(end, [])), None)
    if (
        place
        and not mention.organ
        and place.name in about.text
        and not about.text.endswith(place.name, 0, end)
    ):
        return None  # a place whose report it is has its official name, not 湘西州, where the text has that
    return _without_province(about, chain) if chain and candidates & set(chain.candidates) else None


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


def _has_name_of_its_own(about: Context, core: str, place: Division | None) -> bool:
    """Whether a name is whole without a place: of a zone wherever it is, of a central organ or an institution."""
    names = about.names
    if core in names.seats:
        return False
    own = (names.titled,) if place else (names.titled, names.national, names.institution)
    return any(pattern.fullmatch(core) for pattern in own)


def _names_itself(about: Context, mention: Mention, core: str) -> bool:
    """Whether an organ officially bears the name of its place without the rank."""
    return bool(mention.stem and (mention.prefix or about.names.bare(core)))
