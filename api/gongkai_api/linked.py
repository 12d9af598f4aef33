"""Linked data: every IRI of the data and the ontology is found here.

The IRI of a thing answers 303 with the address of its document, below `/doc/`; the document has the format and the
language that the client likes best. The IRI of a vocabulary is that of its document already.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from urllib.parse import quote

import pyoxigraph as ox

from gongkai import jsonld
from gongkai.jsonld import used
from gongkai.resources import folder
from gongkai.store import Generation, Latest
from gongkai.turtle import OWN, files, quads
from gongkai_api import resourcepage
from gongkai_api.describing import Description, describe
from gongkai_api.formats import GRAPHS, HTML, with_page
from gongkai_api.html import PAGE_HEADERS, View, style_sheet
from gongkai_api.iri import Addresses, encoded
from gongkai_api.messages import Answer, Pairs, Request
from gongkai_api.negotiation import accepts_gzip
from gongkai_api.output import Output, Work
from gongkai_api.problems import Problem, bad_request
from gongkai_api.reportpage import Findings
from gongkai_api.tags import holds, kept, tag

DOC = "/doc/"
CONTEXT = "/context.jsonld"
_OFFER = with_page(GRAPHS)
_VARY: Pairs = (("vary", "accept, accept-language, accept-encoding"),)
_ONTOLOGY = ox.NamedNode("http://www.w3.org/2002/07/owl#Ontology")
SHAPES = OWN + "shapes"
_SHORT = 300  # seconds for which a style sheet or context may be kept


@dataclass(frozen=True, slots=True)
class Linked:
    """Whatever is not found elsewhere: the things that the graph describes."""

    latest: Latest
    addresses: Addresses
    _findings: Findings = field(default_factory=Findings)

    def handle(self, request: Request, _: bytes) -> Work:
        """The work of finding a thing and describing it."""

        def work(output: Output) -> None:
            generation = self.latest.generation()
            if request.raw_path.startswith(DOC.encode()):
                self._document(generation, request, output)
                return
            vocabulary = OWN + request.path.strip("/")
            if vocabulary in vocabularies():
                about = Description(vocabulary, vocabularies()[vocabulary], (), 1, more=False)
                self._write(generation, about, request, output)
                return
            iri = self._known(generation, request.raw_path)
            path = self.addresses.path(iri)
            output.status = 303
            wishes = quote(request.query, safe="%=&+,;:/-._~")
            location = DOC + (path or "").lstrip("/") + (f"?{wishes}" if wishes else "")
            output.headers = (("location", location), *_VARY)

        return work

    def context(self, _: Request, __: bytes) -> Answer:
        """The context of our JSON-LD."""
        body = json.dumps({"@context": jsonld.context()}, ensure_ascii=False, indent=1).encode() + b"\n"
        return Answer(200, "application/ld+json", body, (("cache-control", f"max-age={_SHORT}"),))

    def style(self, _: Request, __: bytes) -> Answer:
        """The style sheet of the pages."""
        return Answer(
            200, "text/css; charset=utf-8", style_sheet(), (("cache-control", f"max-age={_SHORT}"),)
        )

    def _known(self, generation: Generation, path: bytes) -> str:
        """The IRI of a path that the graph knows.

        Raises:
            Problem: 404, it knows none.
        """
        for iri in self.addresses.named(path):
            try:
                node = ox.NamedNode(iri)
            except ValueError:
                continue
            if any(islice(generation.triples(node), 1)) or any(
                islice(generation.triples(None, None, node), 1)
            ):
                return iri
        raise Problem(404, f"nothing is known of <{self.addresses.named(path)[0]}>")

    def _document(self, generation: Generation, request: Request, output: Output) -> None:
        iri = self._known(generation, request.raw_path.removeprefix(DOC.rstrip("/").encode()))
        about = describe(generation, iri, _page(request))
        if about is None:
            raise Problem(404, f"nothing is known of <{iri}>")
        self._write(generation, about, request, output)

    def _write(self, generation: Generation, about: Description, request: Request, output: Output) -> None:
        """Writes a description in the format that the client likes best."""
        form, media_type = _OFFER.pick(request.parameter("format"), request.header("accept"))
        address = request.raw_path.decode("ascii")
        output.media_type = form.content_type(media_type)
        output.headers = (*_VARY, ("link", f'<{encoded(about.iri)}>; rel="describes"'))
        output.gzip = accepts_gzip(request.header("accept-encoding"))
        if about.more:
            output.headers += (("link", f'<{address}?page={about.page + 1}>; rel="next"'),)
        if about.page > 1:
            output.headers += (("link", f'<{address}?page={about.page - 1}>; rel="prev"'),)
        own = tag(generation, request, form.name)
        output.headers += kept(own)
        if holds(request, own):
            output.status = 304
            return
        if form is HTML:
            view = View.of(request, generation.id)
            output.headers += (("content-language", view.language), *PAGE_HEADERS)
            output.write(
                resourcepage.page(generation, about, view, self.addresses, address, findings=self._findings)
            )
            return
        triples = sorted({*about.triples, *about.links}, key=str)
        if form.name == "jsonld":
            output.write(jsonld.document(triples, request.origin + CONTEXT))
            return
        assert isinstance(form.writer, ox.RdfFormat)
        output.write(ox.serialize(triples, format=form.writer, prefixes=used(triples)) or b"")


@cache
def vocabularies() -> dict[str, tuple[ox.Triple, ...]]:
    """The vocabularies of `ontology/` and the shapes: the IRI of each, and what is said of its terms, in whatever file."""
    found: dict[str, list[ox.Triple]] = {}
    for quad in quads(*files(), *sorted(folder("shapes").glob("*.ttl")), rename=True):
        if isinstance(quad.subject, ox.BlankNode):
            found.setdefault(SHAPES, []).append(quad.triple)
            continue
        assert isinstance(quad.subject, ox.NamedNode)
        document, hash_, _ = quad.subject.value.partition("#")
        if hash_ or quad.object == _ONTOLOGY or document in found:
            found.setdefault(document, []).append(quad.triple)
    return {iri: tuple(triples) for iri, triples in found.items() if iri.startswith(OWN)}


def _page(request: Request) -> int:
    text = request.parameter("page")
    if text is None:
        return 1
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text)):
        raise bad_request(f"page={text}: expected a number from 1 on")
    return int(text)
