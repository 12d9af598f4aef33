"""The reports and agencies of a generation, for people who look through them: see `gongkai.store.register`."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import asdict, dataclass, field
from functools import lru_cache

from gongkai.queries.holdings import Holdings
from gongkai.store import Generation

UNPLACED = "unplaced"
_OPENING = threading.Lock()
_REPORTS = (
    "SELECT report.iri, coalesce(agency.iri, ''), report.year, report.issued"
    " FROM report LEFT JOIN agency ON agency.iri = report.agency"
)
_LATEST_FIRST = "ORDER BY report.issued DESC, report.year DESC, report.iri"
_AGENCIES = (
    "SELECT agency.iri, count(report.iri) || '', coalesce(min(report.year), ''), coalesce(max(report.year), '')"
    " FROM agency LEFT JOIN report ON report.agency = agency.iri"
)
_BY_NAME = "GROUP BY agency.iri ORDER BY agency.iri"
Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader looks for: what has a year, a name in it, or a place (the beginning of its code, or UNPLACED)."""

    year: str = ""
    name: str = ""
    place: str = ""

    def condition(self, of_year: str) -> str:
        """As a condition on agencies, in SQL; `of_year` is the one on the year."""
        conditions = (
            (self.year, of_year),
            (self.name, "agency.iri IN (SELECT agency FROM name WHERE instr(name, :name))"),
            (self.place == UNPLACED, "coalesce(agency.code, '') = ''"),
            (self.place not in ("", UNPLACED), "instr(agency.code, :place) = 1"),
        )
        return " AND ".join(text for wanted, text in conditions if wanted) or "true"


@dataclass(frozen=True, slots=True)
class Listing:
    """How many reports and agencies there are, by year (the last first) and by code of the place; and the lines of each."""

    held: Holdings
    years: tuple[tuple[str, int], ...]
    places: tuple[tuple[str, int], ...]
    _db: sqlite3.Connection = field(repr=False)
    _one: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @classmethod
    def of(cls, db: sqlite3.Connection) -> Listing:
        """The register in a database."""
        counts = db.execute("SELECT count(*), count(DISTINCT nullif(agency, '')) FROM report").fetchone()
        years = db.execute(
            "SELECT year, count(*) FROM report WHERE year != '' GROUP BY year ORDER BY year DESC"
        )
        places = db.execute("SELECT code, count(*) FROM agency GROUP BY code ORDER BY code")
        return cls(Holdings(*counts), tuple(years), tuple(places), db)

    def reports(self, wish: Wish, first: int, count: int) -> list[Line]:
        """Some of the reports looked for, those published last first: IRI, agency, year, date; "" for what is not known."""
        where = wish.condition("report.year = :year")
        return self._lines(f"{_REPORTS} WHERE {where} {_LATEST_FIRST}", wish, first, count)

    def agencies(self, wish: Wish, first: int, count: int) -> list[Line]:
        """Some of the agencies looked for: IRI, the number of reports, and the first and last year of these."""
        where = wish.condition("agency.iri IN (SELECT agency FROM report WHERE year = :year)")
        return self._lines(f"{_AGENCIES} WHERE {where} {_BY_NAME}", wish, first, count)

    def all_agencies(self) -> list[str]:
        """The IRIs of all agencies, in order."""
        return self._column("SELECT iri FROM agency ORDER BY iri")

    def all_reports(self) -> list[str]:
        """The IRIs of all reports, in order."""
        return self._column("SELECT iri FROM report ORDER BY iri")

    def _column(self, text: str) -> list[str]:
        with self._one:
            return [value for (value,) in self._db.execute(text)]

    def _lines(self, text: str, wish: Wish, first: int, count: int) -> list[Line]:
        values = {**asdict(wish), "first": first, "count": count}
        with self._one:
            return self._db.execute(f"{text} LIMIT :count OFFSET :first", values).fetchall()


def register(generation: Generation) -> Listing:
    """The register of a generation.

    Raises:
        StoreError: the store cannot be read.
    """
    if not generation.immutable:
        return Listing.of(generation.register())
    with _OPENING:  # where it has to be made, who comes meanwhile waits for it, and makes none
        return _kept(generation)


@lru_cache(maxsize=1)
def _kept(generation: Generation) -> Listing:
    return Listing.of(generation.register())
