"""What there is to be had: VoID (W3C Note of 3 March 2011), a catalogue in DCAT 3, a sitemap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from xml.sax.saxutils import escape

import pyoxigraph as ox

from gongkai.jsonld import RDF_TYPE
from gongkai.store import About, Generation, Latest
from gongkai.triples import DCAT, PROV, text, typed
from gongkai.turtle import DCTERMS, GK, QB, RDFS
from gongkai_api.formats import GRAPHS, HTML, with_page
from gongkai_api.graphdoc import VARY, document, node
from gongkai_api.html import PAGE_HEADERS, View
from gongkai_api.iri import Addresses
from gongkai_api.messages import Request
from gongkai_api.negotiation import accepts_gzip
from gongkai_api.output import Output, Work
from gongkai_api.resourcepage import graph_page
from gongkai_api.settings import Settings

FOAF = "http://xmlns.com/foaf/0.1/"
VOID = "http://rdfs.org/ns/void#"
_IANA = "https://www.iana.org/assignments/media-types/"
Triples = Callable[[Generation, str, Settings], Iterator[ox.Triple]]
_SOFTWARE = "https://w3id.org/gongkai/software"
_URLS = 10_000  # in a file of the sitemap; 50,000 is what the protocol allows
_TITLES = {
    "zh": "政府信息公开工作年度报告知识图谱",
    "en": "Annual reports on government information disclosure",
}
_TEXTS = {
    "zh": "行政机关政府信息公开工作年度报告的表格数字、文字事实及其原文位置。",
    "en": "Figures, facts of the text, and their places in the source, of annual reports of administrative organs.",
}


@dataclass(frozen=True, slots=True)
class Catalog:
    """`/.well-known/void`, `/catalog`, `/sitemap.xml` and `/robots.txt`."""

    latest: Latest
    settings: Settings

    def void(self, request: Request, _: bytes) -> Work:
        """The description of the data set: partitions by class and property, and what years it covers."""
        return self._work(request, ("数据集描述", "Description of the data set"), _void)

    def catalog(self, request: Request, _: bytes) -> Work:
        """The catalogue: the whole graph, each data cube in it, and the service."""
        return self._work(request, ("数据目录", "Catalogue"), _catalog)

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

    def sitemap(self, request: Request, _: bytes) -> Work:
        """The index of the sitemap; with `?page=`, the documents of reports and agencies (sitemaps.org, 0.9)."""
        asked = request.parameter("page") or ""
        page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0

        def work(output: Output) -> None:
            generation = self.latest.generation()
            output.media_type = "application/xml"
            lines = _urls(generation, request.origin, Addresses(self.settings.base), page)
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


def _void(generation: Generation, origin: str, settings: Settings) -> Iterator[ox.Triple]:
    about = generation.about()
    this = f"{origin}/.well-known/void"
    data = f"{this}#data"
    yield from _said(
        this, [(RDF_TYPE, node(VOID + "DatasetDescription")), (FOAF + "primaryTopic", node(data))]
    )
    yield from _said(data, [(RDF_TYPE, node(VOID + "Dataset")), *_named(settings, origin)])
    yield from _said(
        data, [(VOID + "sparqlEndpoint", node(f"{origin}/sparql")), (VOID + "uriSpace", text(settings.base))]
    )
    yield from _said(
        data, [(VOID + "dataDump", node(f"{origin}/graphs?default")), (DCTERMS + "modified", _time(about))]
    )
    yield from _said(data, [(VOID + "vocabulary", node(iri)) for iri in (GK, QB, DCTERMS, PROV)])
    yield from _said(
        data,
        [(VOID + "feature", node(w.iri)) for f in GRAPHS.formats if isinstance(w := f.writer, ox.RdfFormat)],
    )
    yield from _partitions(data, this, about)
    for year, count in _years(generation):
        part = f"{this}#year-{year}"
        yield from _said(data, [(VOID + "subset", node(part))])
        yield from _said(
            part, [(RDF_TYPE, node(VOID + "Dataset")), (DCTERMS + "temporal", typed(year, "gYear"))]
        )
        yield from _said(
            part, [(VOID + "class", node(GK + "Report")), (VOID + "entities", typed(count, "integer"))]
        )
    for agency in _of_class(generation, GK + "Agency"):
        yield from _said(data, [(DCTERMS + "contributor", node(agency))])
    yield from _provenance(data, about)


def _partitions(data: str, this: str, about: About) -> Iterator[ox.Triple]:
    statistics = about.statistics
    if statistics is None:
        return
    yield from _said(data, [(VOID + "triples", typed(statistics.triples, "integer"))])
    kinds = (
        ("class", "entities", statistics.classes),
        ("property", "triples", statistics.properties),
    )
    for kind, measure, counts in kinds:
        yield from _said(
            data,
            [(f"{VOID}{'classes' if kind == 'class' else 'properties'}", typed(len(counts), "integer"))],
        )
        for number, (iri, count) in enumerate(counts.items()):
            part = f"{this}#{kind}-{number}"
            yield from _said(data, [(f"{VOID}{kind}Partition", node(part))])
            yield from _said(part, [(VOID + kind, node(iri)), (VOID + measure, typed(count, "integer"))])


def _catalog(generation: Generation, origin: str, settings: Settings) -> Iterator[ox.Triple]:
    about = generation.about()
    catalog, service = f"{origin}/catalog#catalog", f"{origin}/catalog#sparql"
    whole = f"{origin}/catalog#graph"
    yield from _said(
        catalog,
        [(RDF_TYPE, node(DCAT + "Catalog")), *_named(settings, origin), (DCTERMS + "modified", _time(about))],
    )
    yield from _said(
        catalog,
        [
            (DCAT + "dataset", node(whole)),
            (DCAT + "service", node(service)),
            (FOAF + "homepage", node(origin + "/")),
        ],
    )
    yield from _agent(settings, origin)
    yield from _said(
        service,
        [
            (RDF_TYPE, node(DCAT + "DataService")),
            *_titled({"zh": "SPARQL 查询服务", "en": "SPARQL endpoint"}),
        ],
    )
    yield from _said(
        service,
        [
            (DCAT + "endpointURL", node(f"{origin}/sparql")),
            (DCAT + "endpointDescription", node(f"{origin}/sparql")),
        ],
    )
    yield from _said(
        service,
        [
            (DCTERMS + "conformsTo", node("https://www.w3.org/TR/sparql11-protocol/")),
            (DCAT + "servesDataset", node(whole)),
        ],
    )
    yield from _said(
        whole,
        [(RDF_TYPE, node(DCAT + "Dataset")), *_named(settings, origin), (DCTERMS + "modified", _time(about))],
    )
    yield from _period(generation, whole)
    for form in GRAPHS.formats[:4]:
        yield from _distribution(
            whole, f"{origin}/graphs?default&format={form.name}", form.media_types[0], settings
        )
    yield from _provenance(whole, about)
    for cube in _of_class(generation, QB + "DataSet"):
        yield from _cube(generation, cube, settings, origin)


def _cube(generation: Generation, cube: str, settings: Settings, origin: str) -> Iterator[ox.Triple]:
    """A data cube: it has titles in the data; its observations come from the endpoint."""
    catalog, service = f"{origin}/catalog#catalog", f"{origin}/catalog#sparql"
    yield from _said(catalog, [(DCAT + "dataset", node(cube))])
    yield from _said(service, [(DCAT + "servesDataset", node(cube))])
    titles = {
        t.object.language or "": t.object.value
        for t in generation.triples(node(cube), node(DCTERMS + "title"))
        if isinstance(t.object, ox.Literal)
    }
    yield from _said(cube, [(RDF_TYPE, node(DCAT + "Dataset")), *_titled(titles)])
    yield from _said(
        cube,
        [(DCTERMS + "description", text(words, language)) for language, words in titles.items()],
    )
    yield from _said(cube, [(DCTERMS + "publisher", node(_publisher(settings, origin)))])
    path = Addresses(settings.base).path(cube)
    if path is not None:
        yield from _distribution(cube, f"{origin}/doc{path}", "text/turtle", settings)


def _distribution(dataset: str, url: str, media_type: str, settings: Settings) -> Iterator[ox.Triple]:
    part = (
        f"{dataset}-as-{media_type.rpartition('/')[2]}"
        if "#" in dataset
        else f"{dataset}#as-{media_type.rpartition('/')[2]}"
    )
    yield from _said(dataset, [(DCAT + "distribution", node(part))])
    yield from _said(
        part,
        [
            (RDF_TYPE, node(DCAT + "Distribution")),
            (DCAT + "accessURL", node(url)),
            (DCAT + "downloadURL", node(url)),
        ],
    )
    yield from _said(
        part, [(DCAT + "mediaType", node(_IANA + media_type)), (DCTERMS + "license", node(settings.licence))]
    )


def _period(generation: Generation, dataset: str) -> Iterator[ox.Triple]:
    """The years that the data cover."""
    years = [year for year, _ in _years(generation)]
    if not years:
        return
    period = f"{dataset}-period"
    yield from _said(dataset, [(DCTERMS + "temporal", node(period))])
    yield from _said(period, [(RDF_TYPE, node(DCTERMS + "PeriodOfTime"))])
    yield from _said(period, [(DCAT + "startDate", typed(f"{min(years)}-01-01", "date"))])
    yield from _said(period, [(DCAT + "endDate", typed(f"{max(years)}-12-31", "date"))])


def _provenance(dataset: str, about: About) -> Iterator[ox.Triple]:
    """The runs that made the data."""
    for run in about.runs:
        activity = f"{dataset}-run-{run.generation}"
        yield from _said(dataset, [(PROV + "wasGeneratedBy", node(activity))])
        yield from _said(
            activity, [(RDF_TYPE, node(PROV + "Activity")), (PROV + "wasAssociatedWith", node(_SOFTWARE))]
        )
        yield from _said(activity, [(PROV + "startedAtTime", typed(run.started, "dateTime"))])
        yield from _said(activity, [(PROV + "endedAtTime", typed(run.ended, "dateTime"))])
        yield from _said(
            activity, [(RDFS + "label", ox.Literal(f"{run.generation}: {run.changed} graphs", language="en"))]
        )
    yield from _said(_SOFTWARE, [(RDF_TYPE, node(PROV + "SoftwareAgent")), (FOAF + "name", text("gongkai"))])


def _named(settings: Settings, origin: str) -> list[tuple[str, ox.NamedNode | ox.Literal]]:
    texts = [(DCTERMS + "description", text(words, language)) for language, words in _TEXTS.items()]
    return [
        *_titled(_TITLES),
        *texts,
        (DCTERMS + "publisher", node(_publisher(settings, origin))),
        (DCTERMS + "license", node(settings.licence)),
    ]


def _titled(titles: dict[str, str]) -> list[tuple[str, ox.NamedNode | ox.Literal]]:
    return [(DCTERMS + "title", text(words, language)) for language, words in titles.items()]


def _agent(settings: Settings, origin: str) -> Iterator[ox.Triple]:
    yield from _said(
        _publisher(settings, origin),
        [(RDF_TYPE, node(FOAF + "Agent")), (FOAF + "name", text(settings.publisher))],
    )


def _publisher(settings: Settings, origin: str) -> str:
    return settings.publisher_iri or f"{origin}/catalog#publisher"


def _years(generation: Generation) -> list[tuple[str, int]]:
    """The years reported on, and how many reports there are of each."""
    found = generation.query(
        f"SELECT ?year (COUNT(?r) AS ?n) WHERE {{ ?r a <{GK}Report> ; <{GK}year> ?year }} GROUP BY ?year ORDER BY ?year"
    )
    assert isinstance(found, ox.QuerySolutions)
    return [(row["year"].value, int(row["n"].value)) for row in found]


def _of_class(generation: Generation, class_: str) -> Iterator[str]:
    for triple in generation.triples(None, node(RDF_TYPE), node(class_)):
        if isinstance(triple.subject, ox.NamedNode):
            yield triple.subject.value


def _things(generation: Generation) -> Iterator[str]:
    for class_ in ("Report", "Agency"):
        yield from _of_class(generation, GK + class_)


def _index(generation: Generation, origin: str) -> Iterator[str]:
    modified = generation.about().published
    yield '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    pages = -(-sum(1 for _ in _things(generation)) // _URLS) or 1
    for page in range(1, pages + 1):
        yield f"<sitemap><loc>{origin}/sitemap.xml?page={page}</loc><lastmod>{modified}</lastmod></sitemap>\n"
    yield "</sitemapindex>\n"


def _urls(generation: Generation, origin: str, addresses: Addresses, page: int) -> Iterator[str]:
    modified = generation.about().published
    yield '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for iri in islice(_things(generation), (page - 1) * _URLS, page * _URLS):
        path = addresses.path(iri)
        if path is not None:
            yield f"<url><loc>{escape(origin + '/doc' + path)}</loc><lastmod>{modified}</lastmod></url>\n"
    yield "</urlset>\n"


def _said(subject: str, about: list[tuple[str, ox.NamedNode | ox.Literal]]) -> Iterator[ox.Triple]:
    for predicate, value in about:
        yield ox.Triple(node(subject), node(predicate), value)


def _time(about: About) -> ox.Literal:
    return typed(about.published, "dateTime")
