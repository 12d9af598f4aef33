"""A walk over everything that the service links to: no dead link, no error of ours, and every IRI leads to its document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pyoxigraph as ox
import pytest
from selectolax.lexbor import LexborHTMLParser

from gongkai.iris import DEFAULT_BASE
from gongkai.store import Generation
from gongkai.turtle import OWN
from gongkai_api import Settings, create_app
from gongkai_api.formats import GRAPHS
from gongkai_api.iri import encoded
from tests.api.client import Client, Reply, serving

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FEW = {"/graphs": 12, "/division/": 12, "/doc/division/": 12, "lang=": 30, "format=": 90}
"""Of what there is too much of the same, this many stand for all."""


@pytest.fixture(scope="module")
def client(reports: Path) -> Iterator[Client]:
    with serving(create_app(Settings(reports, checker=lambda *_: b""))) as found:
        yield found


def followed(client: Client, address: str, accept: str) -> Reply:
    reply = client("GET", address, b"", Accept=accept)
    if reply.status == 303:
        reply = client("GET", reply.headers["location"], b"", Accept=accept)
    return reply


def links(page: LexborHTMLParser, address: str, origin: str) -> Iterator[str]:
    """The addresses on this service that a page links to."""
    for link in page.css("a[href], link[href]"):
        target = urldefrag(urljoin(origin + address, link.attributes["href"] or "")).url
        if target.startswith(origin):
            yield target.removeprefix(origin)


def test_no_link_is_dead(client: Client) -> None:
    origin = f"http://127.0.0.1:{client.port}"
    waiting, seen, left = ["/"], {"/"}, dict(FEW)
    pages = 0
    while waiting:
        address = waiting.pop(0)
        reply = followed(client, address, BROWSER)
        assert reply.status == 200, address
        if reply.media_type != "text/html" or "lang=" in address:
            continue  # the same page in the other language has the same links
        pages += 1
        for target in links(LexborHTMLParser(reply.text), address, origin):
            kind = next((kind for kind in FEW if kind in target), "")
            if target not in seen and left.get(kind, 1) > 0:
                seen.add(target)
                waiting.append(target)
                left[kind] = left.get(kind, 1) - bool(kind)
    assert pages > 60
    assert {"/catalog", "/.well-known/void", "/sparql", "/check", "/api/queries"} <= seen


def test_every_fragment_that_a_report_links_to_is_there(client: Client) -> None:
    page = LexborHTMLParser(
        followed(client, "/report/unplaced/" + encoded("柳汀县人民政府") + "/2023", BROWSER).text
    )
    inside = [link.attributes["href"] or "" for link in page.css("a[href^='#']")]
    assert len(inside) > 200
    assert not [target for target in inside if not page.css(f"[id='{target[1:]}']")]
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))


def test_every_iri_of_the_data_and_the_ontology_resolves(client: Client, reports: Path) -> None:
    """Subjects, properties and objects alike, each in two formats by turns; of a part, the document of the whole."""
    terms = {
        urldefrag(term.value).url
        for triple in Generation.current(reports).triples()
        for term in (triple.subject, triple.predicate, triple.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith((DEFAULT_BASE, OWN))
    }
    ours = sorted(iri for iri in terms if "/division/" not in iri and "/town/" not in iri)
    assert len(ours) > 20
    types = [form.media_types[0] for form in GRAPHS.formats]
    for number, iri in enumerate([*ours, *sorted(terms - set(ours))[::700]]):
        start = DEFAULT_BASE if iri.startswith(DEFAULT_BASE) else OWN
        for media_type in (types[number % len(types)], types[(number + 3) % len(types)]):
            reply = followed(client, "/" + encoded(iri.removeprefix(start)), media_type)
            assert (reply.status, reply.media_type) == (200, media_type), iri
