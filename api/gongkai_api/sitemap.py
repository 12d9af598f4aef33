"""The sitemap (sitemaps.org, 0.9): where the documents of reports and agencies are, for those who crawl."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from gongkai.store import Generation, Latest
from gongkai_api.iri import Addresses
from gongkai_api.messages import Request
from gongkai_api.output import Output, Work
from gongkai_api.register import register

_URLS = 10_000  # in a file of the sitemap; 50,000 is what the protocol allows


@dataclass(frozen=True, slots=True)
class Sitemap:
    """`/sitemap.xml` and `/robots.txt`."""

    latest: Latest
    addresses: Addresses

    def sitemap(self, request: Request, _: bytes) -> Work:
        """The index of the sitemap; with `?page=`, the documents of reports and agencies (sitemaps.org, 0.9)."""
        asked = request.parameter("page") or ""
        page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0

        def work(output: Output) -> None:
            generation = self.latest.generation()
            output.media_type = "application/xml"
            lines = _urls(generation, request.origin, self.addresses, page)
            output.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
            for line in lines if page else _index(generation, request.origin):
                output.write(line.encode())

        return work

    def robots(self, request: Request, _: bytes) -> Work:
        """Where the sitemap is, and that queries are not to be crawled."""

        def work(output: Output) -> None:
            output.media_type = "text/plain; charset=utf-8"
            content = (
                f"User-agent: *\nDisallow: /sparql\nDisallow: /api/\nSitemap: {request.origin}/sitemap.xml\n"
            )
            output.write(content.encode())

        return work


def _things(generation: Generation) -> list[str]:
    known = register(generation)
    return known.all_reports() + known.all_agencies()


def _index(generation: Generation, origin: str) -> Iterator[str]:
    modified = generation.about().published
    yield '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    pages = -(-len(_things(generation)) // _URLS) or 1
    for page in range(1, pages + 1):
        yield f"<sitemap><loc>{origin}/sitemap.xml?page={page}</loc><lastmod>{modified}</lastmod></sitemap>\n"
    yield "</sitemapindex>\n"


def _urls(generation: Generation, origin: str, addresses: Addresses, page: int) -> Iterator[str]:
    modified = generation.about().published
    yield '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for iri in _things(generation)[(page - 1) * _URLS : page * _URLS]:
        path = addresses.path(iri)
        if path is not None:
            yield f"<url><loc>{escape(origin + '/doc' + path)}</loc><lastmod>{modified}</lastmod></url>\n"
    yield "</urlset>\n"
