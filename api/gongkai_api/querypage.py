"""Pages for queries: an editor with its results, and the stored queries with a form each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

import pyoxigraph as ox

from gongkai import queries
from gongkai.jsonld import compact, used
from gongkai.queries import StoredQuery
from gongkai.store import Results
from gongkai.turtle import GK
from gongkai_api import writing
from gongkai_api.formats import Offer
from gongkai_api.html import View, rendered
from gongkai_api.iri import Addresses

SHOWN = 1000  # rows of a table on a page; all of them are to be had in the other formats
EXAMPLE = f"""PREFIX gk: <{GK}>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?report ?agency ?year WHERE {{
  ?report a gk:Report ; gk:reportingAgency/skos:prefLabel ?agency ; gk:year ?year .
}}
ORDER BY ?agency ?year
LIMIT 100"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A stored query as it was asked: with the values of its parameters."""

    query: StoredQuery
    values: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A term in a table: its text, what it links to, its language, whether it is a number."""

    text: str
    href: str = ""
    language: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Results as a page shows them: a table, an answer to ASK, or a graph as Turtle."""

    columns: tuple[tuple[str, str], ...] = ()
    """The head of each, and its variable."""
    rows: tuple[tuple[Cell, ...], ...] = ()
    more: bool = False
    text: str = ""


def index(view: View) -> bytes:
    """The list of stored queries."""
    return rendered("queries.html", view, queries=queries.stored())


def editor(view: View) -> bytes:
    """The page on which a query is written."""
    return _page(view, EXAMPLE, offer=None, found=Found(), warnings=(), asked=None)


def form(view: View, text: str, asked: Asked) -> bytes:
    """The page of a stored query that waits for the values of its parameters."""
    return _page(view, text, offer=None, found=Found(), warnings=(), asked=asked)


def answer(
    view: View,
    text: str,
    results: Results,
    *,
    warnings: Iterable[str],
    addresses: Addresses,
    asked: Asked | None,
) -> bytes:
    """The page of an answer."""
    offer = writing.offer(results)
    heads = asked.query.heads(view.language) if asked else ()
    found = _found(results, addresses, heads)
    return _page(view, text, offer=offer, found=found, warnings=warnings, asked=asked)


def _page(
    view: View,
    text: str,
    *,
    offer: Offer | None,
    found: Found,
    warnings: Iterable[str],
    asked: Asked | None,
) -> bytes:
    return rendered(
        "query.html",
        view,
        query=text,
        found=found,
        warnings=[view.told(warning) for warning in warnings],
        asked=asked,
        formats=[form.name for form in (*offer.formats, *offer.on_request)] if offer else [],
        editing="/sparql?" + urlencode({"query": text, "lang": view.language}),
        queries=queries.stored(),
        shown=SHOWN,
    )


def _found(results: Results, addresses: Addresses, heads: tuple[str, ...]) -> Found:
    if isinstance(results, ox.QueryBoolean):
        return Found(text="true" if results else "false")
    if not isinstance(results, ox.QuerySolutions):
        triples = list(islice(results, SHOWN + 1))
        body = ox.serialize(triples[:SHOWN], format=ox.RdfFormat.TURTLE, prefixes=used(triples)) or b""
        return Found(text=body.decode(), more=len(triples) > SHOWN)
    names = [variable.value for variable in results.variables]
    columns = tuple(zip(heads or names, names, strict=True))
    rows = tuple(tuple(_cell(term, addresses) for term in row) for row in islice(results, SHOWN + 1))
    return Found(columns, rows[:SHOWN], len(rows) > SHOWN)


def _cell(term: object, addresses: Addresses) -> Cell:
    if isinstance(term, ox.NamedNode):
        return Cell(_short(term.value, addresses), addresses.link(term.value))
    if isinstance(term, ox.Literal):
        return Cell(term.value, language=term.language or "", number=term.datatype.value in writing.NUMERIC)
    return Cell("" if term is None else str(term))


def _short(iri: str, addresses: Addresses) -> str:
    """An IRI as people write it: with a prefix, or without the base of the data."""
    return compact(iri) if not iri.startswith(addresses.base) else iri.removeprefix(addresses.base)
