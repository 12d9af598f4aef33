"""Small graphs as answers: in the format that the client likes best."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from gongkai.jsonld import PREFIXES
from gongkai_api.formats import GRAPHS
from gongkai_api.messages import Answer, Pairs, Request


def node(iri: str) -> ox.NamedNode:
    """An IRI as a term."""
    return ox.NamedNode(iri)


def used(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """The prefixes that triples make use of."""
    starts = {
        iri.rpartition("#")[0] + "#" if "#" in iri else iri.rpartition("/")[0] + "/" for iri in _iris(triples)
    }
    return {prefix: iri for prefix, iri in PREFIXES.items() if iri in starts}


def _iris(triples: Iterable[ox.Triple]) -> Iterator[str]:
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, ox.NamedNode):
                yield term.value
            elif isinstance(term, ox.Literal):
                yield term.datatype.value


def document(request: Request, triples: Iterable[ox.Triple], headers: Pairs = ()) -> Answer:
    """Triples as an answer.

    Raises:
        Problem: 400 or 406, the format is none that is to be had.
    """
    name = dict(request.parameters()).get("format")
    form, media_type = GRAPHS.pick(name, request.header("accept"))
    assert isinstance(form.writer, ox.RdfFormat)
    known = list(triples)
    body = ox.serialize(known, format=form.writer, prefixes=used(known)) or b""
    return Answer(200, form.content_type(media_type), body, (("vary", "accept"), *headers))
