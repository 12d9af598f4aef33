"""What the store holds, for people: the first page, the reports and the agencies, in pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from gongkai import queries
from gongkai.queries.holdings import Holdings, holdings
from gongkai.queries.vocabulary import OWN
from gongkai.store import Generation, Latest
from gongkai.turtle import DCTERMS, GK, SKOS, XSD
from gongkai_api.describing import Labels
from gongkai_api.html import PAGE_HEADERS, View, rendered
from gongkai_api.iri import Addresses
from gongkai_api.messages import Request
from gongkai_api.negotiation import accepts_gzip
from gongkai_api.output import Output, Work
from gongkai_api.problems import bad_request
from gongkai_api.querypage import EXAMPLE

UNPLACED = "unplaced"
_PAGE = 50  # lines of a page
_LATEST = 10  # reports on the first page
_PREFIXES = f"PREFIX gk: <{GK}> PREFIX skos: <{SKOS}> PREFIX dcterms: <{DCTERMS}> PREFIX xsd: <{XSD}> "
Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """How much there is: reports by year, agencies by division code ("" where there is none)."""

    held: Holdings
    years: tuple[tuple[str, int], ...]
    places: tuple[tuple[str, int], ...]
    latest: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader looks for: a page of what has a year, a name in it, or a place (the beginning of its code)."""

    year: str = ""
    name: str = ""
    place: str = ""
    page: int = 1

    @classmethod
    def of(cls, view: View) -> Wish:
        """The wish of an address.

        Raises:
            Problem: 400, a parameter is none that can be looked for.
        """
        given = dict(view.parameters)
        year, place, page = given.get("year", ""), given.get("place", ""), given.get("page", "1")
        if year and not (year.isascii() and year.isdigit() and len(year) == 4):
            raise bad_request(f"year={year}: expected a year such as 2024")
        if place and place != UNPLACED and not (place.isascii() and place.isdigit() and len(place) <= 6):
            raise bad_request(f"place={place}: expected the beginning of a division code, or {UNPLACED}")
        if not (page.isascii() and page.isdigit() and len(page) <= 6 and int(page)):
            raise bad_request(f"page={page}: expected a number from 1 on")
        return cls(year, given.get("q", "").strip(), place, int(page))

    @property
    def patterns(self) -> str:
        """What narrows `?report` and `?agency` down, in SPARQL; every value is bound as a term."""
        found = []
        if self.year:
            found.append(f'?report gk:year "{self.year}"^^xsd:gYear .')
        if self.name:
            found.append(
                f"?agency skos:prefLabel ?name . FILTER (CONTAINS(STR(?name), {ox.Literal(self.name)}))"
            )
        if self.place == UNPLACED:
            found.append("FILTER NOT EXISTS { ?agency gk:divisionCode ?code }")
        elif self.place:
            found.append(f'?agency gk:divisionCode ?code . FILTER (STRSTARTS(?code, "{self.place}"))')
        return " ".join(found)


@dataclass(frozen=True, slots=True)
class Directory:
    """`/`, `/browse/reports` and `/browse/agencies`."""

    latest: Latest
    addresses: Addresses

    def home(self, request: Request, _: bytes) -> Work:
        """The first page."""

        def page(generation: Generation, view: View) -> bytes:
            known = overview(generation)
            return rendered(
                "home.html",
                view,
                overview=known,
                label=Labels(generation, view.language),
                link=self.addresses.link,
                places=_below(known.places, ""),
                division=_division,
                queries=queries.stored(),
                example=EXAMPLE,
            )

        return self._work(request, page)

    def reports(self, request: Request, _: bytes) -> Work:
        """The reports, the latest first: those of a year, an agency's name or a place where one is asked for."""

        def page(generation: Generation, view: View) -> bytes:
            wish = Wish.of(view)
            # Without this, what a report without an agency leaves open would be any agency that is looked for.
            named = (
                "?report gk:reportingAgency ?agency . "
                if wish.name or wish.place not in ("", UNPLACED)
                else ""
            )
            lines = _reports(generation, named + wish.patterns, _PAGE + 1, (wish.page - 1) * _PAGE)
            return self._list("reports.html", generation, view, wish, lines)

        return self._work(request, page)

    def agencies(self, request: Request, _: bytes) -> Work:
        """The agencies by place."""

        def page(generation: Generation, view: View) -> bytes:
            wish = Wish.of(view)
            lines = _select(
                generation,
                f"SELECT ?agency (COUNT(?report) AS ?reports) (MIN(?y) AS ?first) (MAX(?y) AS ?last) WHERE {{"
                f" ?agency a gk:Agency . {wish.patterns}"
                " OPTIONAL { ?report gk:reportingAgency ?agency ; gk:year ?year . BIND (STR(?year) AS ?y) } }"
                f" GROUP BY ?agency ORDER BY ?agency LIMIT {_PAGE + 1} OFFSET {(wish.page - 1) * _PAGE}",
            )
            return self._list("agencies.html", generation, view, wish, lines)

        return self._work(request, page)

    def _list(
        self, template: str, generation: Generation, view: View, wish: Wish, lines: tuple[Line, ...]
    ) -> bytes:
        known = overview(generation)
        return rendered(
            template,
            view,
            wish=wish,
            lines=lines[:_PAGE],
            more=len(lines) > _PAGE,
            overview=known,
            places=_below(known.places, wish.place),
            division=_division,
            label=Labels(generation, view.language),
            link=self.addresses.link,
        )

    def _work(self, request: Request, page: Callable[[Generation, View], bytes]) -> Work:
        def work(output: Output) -> None:
            generation = self.latest.generation()
            view = View.of(request, generation.id)
            body = page(generation, view)
            output.media_type = "text/html; charset=utf-8"
            output.headers = (
                ("vary", "accept-language, accept-encoding"),
                ("content-language", view.language),
                *PAGE_HEADERS,
            )
            output.gzip = accepts_gzip(request.header("accept-encoding"))
            output.write(body)

        return work


def overview(generation: Generation) -> Overview:
    """What there is in a generation; counted once where it never changes."""
    return _kept(generation) if generation.immutable else _counted(generation)


@lru_cache(maxsize=1)
def _kept(generation: Generation) -> Overview:
    return _counted(generation)


def _counted(generation: Generation) -> Overview:
    years = _select(
        generation,
        "SELECT ?year (COUNT(?r) AS ?n) WHERE { ?r a gk:Report ; gk:year ?year } GROUP BY ?year ORDER BY DESC(?year)",
    )
    places = _select(
        generation,
        "SELECT ?code (COUNT(?a) AS ?n) WHERE { ?a a gk:Agency . OPTIONAL { ?a gk:divisionCode ?code } }"
        " GROUP BY ?code ORDER BY ?code",
    )
    return Overview(
        holdings(generation),
        tuple((year, int(count)) for year, count in years),
        tuple((code, int(count)) for code, count in places),
        _reports(generation, "", _LATEST, 0),
    )


def _reports(generation: Generation, patterns: str, limit: int, offset: int) -> tuple[Line, ...]:
    """Reports with agency, year and date of publication, the latest first."""
    return _select(
        generation,
        "SELECT ?report ?agency ?year ?issued WHERE { ?report a gk:Report ."
        " OPTIONAL { ?report gk:reportingAgency ?agency } OPTIONAL { ?report gk:year ?year }"
        f" OPTIONAL {{ ?report gk:currentEdition/dcterms:issued ?issued }} {patterns} }}"
        f" ORDER BY DESC(?issued) DESC(?year) ?report LIMIT {limit} OFFSET {offset}",
    )


def _select(generation: Generation, query: str) -> tuple[Line, ...]:
    found = generation.query(_PREFIXES + query)
    assert isinstance(found, ox.QuerySolutions)
    return tuple(tuple(getattr(term, "value", "") for term in row) for row in found)


def _division(place: str) -> str:
    """The IRI of the division whose code begins so."""
    return f"{OWN}division/{place:0<6}"


def _below(places: tuple[tuple[str, int], ...], place: str) -> tuple[tuple[str, int], ...]:
    """The places of the next level below one, as beginnings of codes, each with its agencies."""
    if place == UNPLACED or len(place) >= 6:
        return ()
    found: dict[str, int] = {}
    for code, count in places:
        if code.startswith(place) and (code or not place):
            below = code[: len(place) + 2] or UNPLACED
            found[below] = found.get(below, 0) + count
    return tuple(sorted(found.items()))
