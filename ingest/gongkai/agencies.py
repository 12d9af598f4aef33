"""The same agency under every wording of its name, and the agency that took over from it."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.divisions import Division, gazetteer
from gongkai.identity.names import names, prefix
from gongkai.report import Agency


def canonical(agency: Agency) -> str:
    """The name under which an agency is filed: its place in full, then the organ.

    So 孟津区海洋局 and 洛阳市孟津区海洋局 are one, and 临夏州海洋局 and 临夏回族自治州海洋局. A name whose place no table
    knows, or that names its place otherwise (徐州海关), stays as it is.
    """
    division = _division(agency)
    if division is None:
        return agency.name
    start = prefix(agency.name)
    words = agency.name[start:]
    rest = _organ(words, division)
    if rest is None:
        return agency.name
    return agency.name[:start] + gazetteer().full(division) + rest


def successors(agency: Agency) -> Iterator[tuple[str, str, int | None]]:
    """Who may have taken over: code of the place, canonical name, and the year, if known.

    The place got another name or code (孟津县 became 孟津区), or the portfolio went to another organ
    (扶贫开发办公室 became 乡村振兴局). Whether there is such an agency, only reports tell.
    """
    division = _division(agency)
    if division is None:
        return
    name, here = canonical(agency), gazetteer().full(division)
    for iri in division.successors:
        after = gazetteer().divisions[iri]
        if here in name:
            yield after.code, name.replace(here, gazetteer().full(after), 1), division.last
    for organ, heir, year in names().heirs:
        if name.endswith(organ):
            yield division.code, name.removesuffix(organ) + heir, year


def _division(agency: Agency) -> Division | None:
    """The division of an agency: of those that had its code the one that its name begins with, else the last."""
    found = gazetteer().coded(agency.division) if agency.division else ()
    for division in found:
        if division.name in agency.name:
            return division
    return found[-1] if found else None


def _organ(words: str, division: Division) -> str | None:
    """What stands after the place; all where none stands there, None where the place is named otherwise."""
    book = gazetteer()
    year = division.last or division.first or 2022
    place = next(iter(book.places(words, year)), None)
    if place is None or place.span.start > 0:
        return None if words.startswith(division.stem) else words
    around = {d.iri for candidate in place.candidates for d in book.lineage(candidate)}
    return words[place.span.end :] if division.iri in around else None
