"""The formats of results and graphs: names for `?format=`, media types, and what writes them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

import pyoxigraph as ox

from gongkai_api.negotiation import choose
from gongkai_api.problems import Problem, bad_request, not_acceptable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Special(Enum):
    """Formats that the engine does not write itself."""

    CSV_EXCEL = "csv-excel"
    XLSX = "xlsx"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name in `?format=`, the media types it answers to (the first is its own), and its writer.

    In `?format=` clients also send media types, or names of their own.
    """

    name: str
    media_types: tuple[str, ...]
    writer: ox.QueryResultsFormat | ox.RdfFormat | Special
    charset: bool = False
    others: tuple[str, ...] = ()

    def content_type(self, chosen: str) -> str:
        """What stands in the header of the answer."""
        return f"{chosen}; charset=utf-8" if self.charset else chosen


_RESULTS = (
    Format("json", ("application/sparql-results+json", "application/json"), ox.QueryResultsFormat.JSON),
    Format(
        "xml", ("application/sparql-results+xml", "application/xml", "text/xml"), ox.QueryResultsFormat.XML
    ),
    Format("csv", ("text/csv",), ox.QueryResultsFormat.CSV, charset=True),
    Format("tsv", ("text/tab-separated-values",), ox.QueryResultsFormat.TSV, charset=True),
    Format("xlsx", (XLSX,), Special.XLSX),
)
_GRAPHS = (
    Format(
        "turtle",
        ("text/turtle", "application/x-turtle"),
        ox.RdfFormat.TURTLE,
        charset=True,
        others=("ttl", "n3"),
    ),
    Format("ntriples", ("application/n-triples", "text/plain"), ox.RdfFormat.N_TRIPLES, others=("nt",)),
    Format(
        "jsonld",
        ("application/ld+json", "application/json"),
        ox.RdfFormat.JSON_LD,
        others=("json-ld", "json"),
    ),
    Format(
        "rdfxml",
        ("application/rdf+xml", "application/xml", "text/xml"),
        ox.RdfFormat.RDF_XML,
        others=("rdf", "rdf+xml", "xml"),
    ),
    Format("nquads", ("application/n-quads",), ox.RdfFormat.N_QUADS, others=("nq",)),
    Format("trig", ("application/trig",), ox.RdfFormat.TRIG, charset=True),
)
HTML = Format("html", ("text/html", "application/xhtml+xml"), Special.HTML, charset=True)
_ON_REQUEST = (Format("csv-excel", ("text/csv",), Special.CSV_EXCEL, charset=True),)


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """The formats that one kind of answer is to be had in. There are a few, each equal to itself only."""

    formats: tuple[Format, ...]
    on_request: tuple[Format, ...] = ()

    @lru_cache(maxsize=128)  # noqa: B019  an offer lives as long as the program
    def pick(self, name: str | None, accept: str) -> tuple[Format, str]:
        """The format of an answer and its media type: the one named, or the one that the client likes best.

        Raises:
            Problem: 400 for a name that is no format of this offer, 406 where the client accepts none of them.
        """
        if name is not None:
            return self._named(name)
        types = tuple(media_type for f in self.formats for media_type in f.media_types[:1])
        aliases = tuple(media_type for f in self.formats for media_type in f.media_types[1:])
        chosen = choose(accept, types + aliases)
        if chosen is None:
            raise not_acceptable(types)
        return next((f, chosen) for f in self.formats if chosen in f.media_types)

    def _named(self, name: str) -> tuple[Format, str]:
        known = (*self.formats, *self.on_request)
        for candidate in known:
            if name in (candidate.name, *candidate.others):
                return candidate, candidate.media_types[0]
            if name in candidate.media_types:
                return candidate, name
        raise bad_request(f"format={name} is none of {', '.join(f.name for f in known)}")


RESULTS = Offer(_RESULTS, _ON_REQUEST)
BOOLEANS = Offer(_RESULTS[:4], _ON_REQUEST)
GRAPHS = Offer(_GRAPHS)
"""What is data."""


@lru_cache
def with_page(offer: Offer) -> Offer:
    """An offer with a page for people beside the data; it goes last, so only those who ask for it get it."""
    return Offer((*offer.formats, HTML), offer.on_request)


def rdf_format(content_type: str) -> ox.RdfFormat:
    """The format of a graph sent to us.

    Raises:
        Problem: 415, it is none that we read.
    """
    essence = content_type.partition(";")[0].strip().lower()
    for known in _GRAPHS:
        if essence in known.media_types and isinstance(known.writer, ox.RdfFormat):
            return known.writer
    types = ", ".join(f.media_types[0] for f in _GRAPHS)
    raise Problem(
        415, f"{essence or 'a body without Content-Type'} is no graph format known here; send {types}"
    )
