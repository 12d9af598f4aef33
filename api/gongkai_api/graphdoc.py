"""Small graphs as answers: in the format that the client likes best."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from gongkai.jsonld import used
from gongkai_api.formats import GRAPHS
from gongkai_api.messages import Answer, Pairs, Request

VARY = ("vary", "accept, accept-encoding, accept-language")


def node(iri: str) -> ox.NamedNode:
    """An IRI as a term."""
    return ox.NamedNode(iri)


def document(request: Request, triples: Iterable[ox.Triple], headers: Pairs = ()) -> Answer:
    """Triples as an answer.

    Raises:
        Problem: 400 or 406, the format is none that is to be had.
    """
    name = request.parameter("format")
    form, media_type = GRAPHS.pick(name, request.header("accept"))
    assert isinstance(form.writer, ox.RdfFormat)
    known = list(triples)
    body = ox.serialize(known, format=form.writer, prefixes=used(known)) or b""
    return Answer(200, form.content_type(media_type), body, (VARY, *headers))
