"""Whose report it is, on which year, published when: read from the document; the name of its file is the last resort."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.document import Document
from gongkai.identity.agencies import agency, names_in
from gongkai.identity.context import context
from gongkai.identity.dates import period, published, year
from gongkai.identity.folded import WIDTH, fold
from gongkai.identity.hearsay import hearsay
from gongkai.identity.titles import beside, head, is_title, of_another_kind, titles
from gongkai.report import Agency, Statement

__all__ = ["Identity", "identify", "is_title", "of_another_kind"]

UNKNOWN_YEAR = 2021  # for look-ups of names alone


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says of itself; None stands for what it does not settle."""

    title: Statement[str] | None = None
    agency: Statement[Agency] | None = None
    year: Statement[int] | None = None
    published: Statement[date] | None = None
    period: Statement[tuple[date, date]] | None = None


def identify(document: Document) -> Identity:
    """Title, agency, year, date of publication and period of a report."""
    text = document.text.translate(WIDTH)
    found = titles(text)
    stated = period(text)
    reported = year(text, found, stated)
    on = reported.value if reported else None
    names = [name for title in found for name in names_in(title.value)]
    names += [name for title in found if title.span and (name := beside(text, title.span))]
    names = list(dict.fromkeys(names))
    about = context(fold(document.text), on or UNKNOWN_YEAR)
    return Identity(
        found[0] if found else None,
        agency(about, names) or hearsay(about, document, names),
        reported,
        published(text, head(text), document.metadata, on),
        stated,
    )
