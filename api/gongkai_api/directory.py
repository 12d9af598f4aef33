"""What the store holds, for people: the first page, the reports and the agencies, in pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from gongkai import queries
from gongkai.queries.holdings import invented
from gongkai.store import Generation, Latest
from gongkai.turtle import OWN
from gongkai_api.describing import Labels
from gongkai_api.html import PAGE_HEADERS, View, rendered
from gongkai_api.iri import Addresses
from gongkai_api.messages import Request
from gongkai_api.negotiation import accepts_gzip
from gongkai_api.output import Output, Work
from gongkai_api.problems import Problem, bad_request
from gongkai_api.querypage import EXAMPLE
from gongkai_api.register import UNPLACED, Line, Listing, Wish, register

_PAGE = 50  # lines of a page
_LATEST = 10  # reports on the first page


@dataclass(frozen=True, slots=True)
class Directory:
    """`/`, `/browse/reports` and `/browse/agencies`."""

    latest: Latest
    addresses: Addresses

    def home(self, request: Request, _: bytes) -> Work:
        """The first page."""

        def page(generation: Generation, view: View) -> bytes:
            known = register(generation)
            return rendered(
                "home.html",
                view,
                overview=known,
                invented=invented(generation),
                latest=known.reports(Wish(), 0, _LATEST),
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
        return self._work(request, partial(self._list, "reports.html", Listing.reports))

    def agencies(self, request: Request, _: bytes) -> Work:
        """The agencies by place."""
        return self._work(request, partial(self._list, "agencies.html", Listing.agencies))

    def _list(
        self,
        template: str,
        found: Callable[[Listing, Wish, int, int], list[Line]],
        generation: Generation,
        view: View,
    ) -> bytes:
        (wish, page), known = _asked(view), register(generation)
        lines = found(known, wish, (page - 1) * _PAGE, _PAGE + 1)
        if page > 1 and not lines:
            raise Problem(404, f"there is no page {page}")
        return rendered(
            template,
            view,
            wish=wish,
            page=page,
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


def _asked(view: View) -> tuple[Wish, int]:
    """What an address asks for, and the number of the page.

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
    return Wish(year, given.get("q", "").strip(), place), int(page)


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
