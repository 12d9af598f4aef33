"""Whose report it is by what stands around a document that does not say so itself: its metadata, the words of the link that
led to it, the name of its file.

Hearsay is the last resort: it must be a whole name, place and organ, and nothing in the text may speak against it. Whoever
named the file may have erred; so the code of the place is given only where the text has the place too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gongkai.document import Document
from gongkai.identity.agencies import names_in, selves
from gongkai.identity.context import Context
from gongkai.identity.folded import WIDTH
from gongkai.identity.names import GOVERNMENT
from gongkai.identity.parts import Mention
from gongkai.identity.settling import official, settle
from gongkai.identity.weights import NAMED, REPORT, TITLE
from gongkai.report import Agency, Statement

_TITLES = frozenset(("title", "articletitle", "og:title", "dc.title", "subject"))
_OF_A_REPORT = re.compile(rf"{REPORT}.*(?:报告|年报)")
_PARTS = re.compile(r"[\s_\-—–|·.+~、，,：:]+")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{2,5}$")
# An organ that the text names without its place: 由档案局…编制, 现将档案局2031年度….
_CLAIMED = re.compile(r"(?:由|现将|特将)(?!本|我|各)")


def hearsay(about: Context, document: Document, titles: list[str]) -> Statement[Agency] | None:
    """The agency that a document is said to be of; None where nobody says so, or the text speaks against it."""
    for saying in _sayings(document):
        for name in _names(saying):
            mention = about.reader.name(name)
            if mention is not None and _is_whole(about, mention) and _agrees(about, mention, titles):
                found = settle(about, replace(mention, weight=TITLE))
                if found is not None:
                    placed = any(about.votes[place.iri] for place in mention.places)
                    agency = found.value if placed else replace(found.value, division=None)
                    return Statement(agency, None, inferred=True, hearsay=saying)
    return None


def _sayings(document: Document) -> Iterator[str]:
    """What is said of a document, the most telling first."""
    for key, value in document.metadata:
        if key.lower() in _TITLES and _OF_A_REPORT.search(value):
            yield value
    source = document.source
    yield from (words for words in (source.link, source.name) if words)


def _names(saying: str) -> Iterator[str]:
    """The names that it may hold: 柳汀县档案局 of 18_柳汀县档案局_2031.txt."""
    words = _SUFFIX.sub("", saying.translate(WIDTH))
    for part in (words, *_PARTS.split(words)):
        yield from names_in(part)


def _is_whole(about: Context, mention: Mention) -> bool:
    """Whether it names place and organ, both as they are known, or an organ of the state."""
    if "某" in mention.town + mention.organ:
        return False
    if not mention.places and not mention.elsewhere:
        central = about.names.central.match(mention.organ)
        return central is not None and about.reader.knows(mention.organ[central.end() :])
    if mention.town:
        return about.names.governs_town(mention.organ)
    return about.reader.knows(mention.organ) if mention.organ else mention.spoken in about.own_ranks


def _agrees(about: Context, mention: Mention, titles: list[str]) -> bool:
    """Whether nothing in the text speaks against it: what it calls itself, which organs and which places it names."""
    organ = official(about, mention)
    spoken = selves(about)
    if spoken and not about.names.selves(organ) & spoken:
        return False
    if not spoken and organ == GOVERNMENT and not mention.town and mention.spoken not in about.own_ranks:
        return False
    claimed = [m.organ for title in titles if (m := about.reader.name(title)) and m.organ]
    claimed += [o for m in _CLAIMED.finditer(about.text) if (o := about.reader.known(about.text, m.end()))]
    claimed += [m.organ for m in about.mentions if m.weight >= NAMED and m.organ]
    if any(organ not in (o, *about.names.official(o)) for o in claimed):
        return False
    return not about.votes or not (mention.places or mention.elsewhere) or _is_named(about, mention)


def _is_named(about: Context, mention: Mention) -> bool:
    """Whether the text names the place, one around it, or one in it."""
    if mention.elsewhere:
        return mention.elsewhere in about.text
    book = about.gazetteer
    named = {d.iri for iri in about.votes for d in book.lineage(book.divisions[iri])}
    own = {d.iri for place in mention.places for d in book.lineage(place)}
    return any(place.iri in named for place in mention.places) or any(iri in own for iri in about.votes)
