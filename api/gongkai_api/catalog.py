"""What there is to be had, described for machines and shown to people: VoID and DCAT."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from gongkai.store import Generation, Latest
from gongkai_api.dcat import dcat
from gongkai_api.formats import GRAPHS, HTML, with_page
from gongkai_api.graphdoc import VARY, document
from gongkai_api.html import PAGE_HEADERS, View
from gongkai_api.iri import Addresses
from gongkai_api.messages import Request
from gongkai_api.negotiation import accepts_gzip
from gongkai_api.output import Output, Work
from gongkai_api.resourcepage import graph_page
from gongkai_api.settings import Settings
from gongkai_api.void import void

Triples = Callable[[Generation, str, Settings], Iterator[ox.Triple]]


@dataclass(frozen=True, slots=True)
class Catalog:
    """`/.well-known/void` and `/catalog`."""

    latest: Latest
    settings: Settings

    def void(self, request: Request, _: bytes) -> Work:
        """The description of the data set: partitions by class and property, and what years it covers."""
        return self._work(request, ("数据集描述", "Description of the data set"), void)

    def catalog(self, request: Request, _: bytes) -> Work:
        """The catalogue: the whole graph, each data cube in it, and the service."""
        return self._work(request, ("数据目录", "Catalogue"), dcat)

    def _work(self, request: Request, title: tuple[str, str], triples: Triples) -> Work:
        name = request.parameter("format")
        form, media_type = with_page(GRAPHS).pick(name, request.header("accept"))

        def work(output: Output) -> None:
            generation = self.latest.generation()
            found = triples(generation, request.origin, self.settings)
            output.gzip = accepts_gzip(request.header("accept-encoding"))
            if form is HTML:
                view = View.of(request, generation.id)
                output.media_type = form.content_type(media_type)
                output.headers = (VARY, ("content-language", view.language), *PAGE_HEADERS)
                addresses = Addresses(self.settings.base)
                page = graph_page(generation, found, view, addresses, iri=request.url, title=view.say(*title))
                output.write(page)
                return
            answer = document(request, found)
            output.media_type, output.headers = answer.media_type, answer.headers
            output.write(answer.body)

        return work
