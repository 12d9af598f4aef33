"""The names of things: deterministic IRIs below one base, Chinese as it is written (RFC 3987)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

from gongkai.agencies import canonical
from gongkai.errors import StoreError
from gongkai.report import Agency, Report

DEFAULT_BASE = "https://data.gongkai.example/"
"""A name that resolves nowhere by itself; whoever publishes sets his own (`--base`)."""

_REPORT = re.compile("(.*/)report/(?:unidentified/[^/]+|[^/]+/[^/]+/[^/]+)")
_KEPT = "".join(chr(c) for c in range(0x21, 0x7F) if chr(c) not in '"<>\\^`{|}%/?#[]@:')


def segment(text: str) -> str:
    """A text as one segment of a path: what an IRI cannot hold is percent-encoded, Chinese stays.

    >>> segment("云岭省 交通厅")
    '云岭省%20交通厅'
    >>> segment("1/2")
    '1%2F2'
    """
    return "".join(
        c if (ord(c) > 0x9F and c.isprintable()) or c in _KEPT else quote(c, safe="") for c in text
    )


@dataclass(frozen=True, slots=True)
class Iris:
    """The names of what reports describe, below a base that ends in a slash."""

    base: str = DEFAULT_BASE

    def agency(self, agency: Agency) -> str:
        """An agency, by the code of its place and its canonical name, the same for every wording of it."""
        return f"{self.base}agency/{self._filed(agency)}"

    def report(self, report: Report) -> str:
        """A report, by agency and year; by its source where the document does not settle these."""
        if report.agency is None or report.year is None:
            return f"{self.base}report/unidentified/{_digest(report)}"
        return f"{self.base}report/{self._filed(report.agency.value)}/{report.year.value}"

    def change(self, later: Agency, year: int | None) -> str:
        """The event in which an agency took over from others."""
        return f"{self.base}change/{self._filed(later)}/{year or 'undated'}"

    def agencies(self, graphs: Iterable[str]) -> Iterator[Agency]:
        """The agencies, by code and canonical name, whose reports have editions of these names."""
        for m in filter(
            None, map(re.compile(re.escape(self.base) + "report/([^/]+)/([^/]+)/").match, graphs)
        ):
            yield Agency(unquote(m[2]), m[1] if m[1].isdigit() else None, None, None)

    @staticmethod
    def _filed(agency: Agency) -> str:
        return f"{agency.division or 'unplaced'}/{segment(canonical(agency))}"

    def edition(self, report: Report) -> str:
        """One document that carries a report, by the hash of its bytes, and its number among those that it carries."""
        return f"{self.report(report)}/{_digest(report)}"

    def dataset(self, key: str) -> str:
        """A data set of the cube."""
        return f"{self.base}dataset/{key}"


def base_of(report: str) -> str | None:
    """The base of a report's name; None for a name of another make.

    >>> base_of("https://data.example.org/report/unplaced/柳汀县人民政府/2024")
    'https://data.example.org/'
    >>> base_of("https://data.example.org/about")
    """
    found = _REPORT.fullmatch(report)
    return found[1] if found else None


def base_of_edition(edition: str) -> str | None:
    """The base of the name of an edition, which stands below its report's; None for a name of another make."""
    return base_of(edition.rpartition("/")[0])


def bases(editions: Iterable[str]) -> Counter[str]:
    """Where the names of editions begin, and how many begin so."""
    return Counter(filter(None, map(base_of_edition, editions)))


def agreed(held: Counter[str], given: str | None) -> str:
    """Where names begin: as given, else as most of those that are held, else by default.

    Raises:
        StoreError: all that are held begin otherwise: two names of one agency would stand side by side.
    """
    if held and given not in {None, *held}:
        msg = (
            f"the names of reports here begin with {', '.join(sorted(held))}, not with {given}: "
            "leave out --base, or ingest the documents into another store with it"
        )
        raise StoreError(msg)
    return given or next((base for base, _ in held.most_common(1)), DEFAULT_BASE)


def _digest(report: Report) -> str:
    source = report.document.source
    return source.sha256[:12] if source.part is None else f"{source.sha256[:12]}-{source.part}"
