from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from pyshacl import validate
from rdflib import Graph

from gongkai.export import dump
from gongkai.store import Generation, Writer
from gongkai.turtle import DCTERMS, GK, type_
from gongkai_api import Settings, create_app
from gongkai_api.dumps import Dumps
from tests.api.client import Client, serving
from tests.shared import SHARED

VOID = "http://rdfs.org/ns/void#"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def graph(client: Client, path: str) -> ox.Store:
    reply = client("GET", path, Accept="application/n-triples")
    assert (reply.status, reply.media_type) == (200, "application/n-triples"), reply.text
    store = ox.Store()
    store.load(reply.body, ox.RdfFormat.N_TRIPLES)
    return store


def rows(store: ox.Store | Generation, query: str) -> list[tuple[str, ...]]:
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return [
        tuple("" if term is None or isinstance(term, ox.Triple) else term.value for term in row)
        for row in found
    ]


def test_void_counts_what_is_there(published: Client, reports: Path) -> None:
    void, generation = graph(published, "/.well-known/void"), Generation.current(reports)
    counted = rows(void, f"SELECT ?p ?n {{ ?x <{VOID}property> ?p ; <{VOID}triples> ?n }} ORDER BY ?p")
    assert counted == rows(generation, "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p")
    parts = f"?d <{VOID}classPartition> ?x . ?x <{VOID}class> ?c ; <{VOID}entities> ?n"
    classes = rows(void, f"SELECT ?c ?n {{ {parts} }} ORDER BY ?c")
    assert classes == rows(generation, "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY ?c")
    assert rows(void, f"SELECT ?n {{ ?d <{VOID}sparqlEndpoint> ?e ; <{VOID}triples> ?n }}") == [
        (str(generation.size()),)
    ]


@pytest.mark.parametrize("path", ["/catalog", "/.well-known/void"])
@pytest.mark.parametrize("media_type", ["text/html", "text/turtle"])
def test_caches_are_told_what_an_answer_depends_on(published: Client, path: str, media_type: str) -> None:
    reply = published("GET", path, Accept=media_type, Accept_Language="en")
    assert reply.headers["vary"] == "accept, accept-encoding, accept-language"
    assert reply.headers.get("content-language") == ("en" if media_type == "text/html" else None)


def test_void_tells_which_agencies_and_years_are_covered(published: Client) -> None:
    void = graph(published, "/.well-known/void")
    subset = f"?d <{VOID}subset> ?x . ?x <http://purl.org/dc/terms/temporal> ?y ; <{VOID}entities> ?n"
    years = f"SELECT ?y ?n {{ {subset} }} ORDER BY ?y"
    assert rows(void, years) == [("2023", "2"), ("2024", "1")]
    agencies = rows(void, "SELECT ?a { ?d <http://purl.org/dc/terms/contributor> ?a }")
    assert len(agencies) == 2


def test_the_whole_has_keywords_a_theme_and_a_language(published: Client) -> None:
    catalog, dcat = graph(published, "/catalog"), "http://www.w3.org/ns/dcat#"
    found = rows(
        catalog,
        f"SELECT ?k ?t ?l {{ ?d <{dcat}keyword> ?k ; <{dcat}theme> ?t ; <http://purl.org/dc/terms/language> ?l }}",
    )
    named = "http://publications.europa.eu/resource/authority/"
    assert ("政府信息公开", named + "data-theme/GOVE", named + "language/ZHO") in found


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder shared/ is not beside the checkout")
def test_the_catalogue_conforms_to_dcat_ap(published: Client) -> None:
    shapes = Graph().parse(SHARED / "dcat-ap-3.0.1" / "shapes.ttl")
    reply = published("GET", "/catalog", Accept="text/turtle")
    conforms, _, text = validate(Graph().parse(data=reply.body, format="turtle"), shacl_graph=shapes)
    assert conforms, text
    broken = reply.text.replace("foaf:name", "foaf:nick")
    assert not validate(Graph().parse(data=broken, format="turtle"), shacl_graph=shapes)[0]


@pytest.mark.parametrize(
    ("address", "way"), [("mailto:kai@example.org", "hasEmail"), ("https://example.org/问", "hasURL")]
)
def test_whom_to_ask_stands_with_each_data_set(reports: Path, address: str, way: str) -> None:
    with serving(create_app(Settings(reports, publisher="云岭省档案馆", contact=address))) as client:
        reply = client("GET", "/catalog", Accept="text/turtle")
        catalog, void = graph(client, "/catalog"), graph(client, "/.well-known/void")
    dcat, vcard = "http://www.w3.org/ns/dcat#", "http://www.w3.org/2006/vcard/ns#"
    asked = f"?d <{dcat}contactPoint> ?c . ?c a <{vcard}Kind> ; <{vcard}fn> ?n ; <{vcard}{way}> ?a"
    found = rows(catalog, f"SELECT DISTINCT ?n ?a {{ {asked} }}")
    assert found == [("云岭省档案馆", address)]
    alone = f"?d a <{dcat}Dataset> FILTER NOT EXISTS {{ ?d <{dcat}contactPoint> ?c }}"
    assert not rows(catalog, f"SELECT ?d {{ {alone} }}")
    assert rows(void, f"SELECT ?c {{ ?d <{dcat}contactPoint> ?c }}")
    if SHARED.is_dir():
        shapes = Graph().parse(SHARED / "dcat-ap-3.0.1" / "shapes.ttl")
        conforms, _, text = validate(Graph().parse(data=reply.body, format="turtle"), shacl_graph=shapes)
        assert conforms, text


def test_no_contact_is_made_up(published: Client) -> None:
    assert b"contactPoint" not in published("GET", "/catalog", Accept="application/n-triples").body


@pytest.fixture
def dumped(reports: Path, tmp_path: Path) -> Iterator[tuple[Client, Path]]:
    """A service that knows where dumps are, and the folder of the latest."""
    (tmp_path / "gongkai-2020-01-01").mkdir()
    (tmp_path / "gongkai-2020-01-01" / "dataset.json").write_text("{}")
    made = dump(reports, tmp_path).folder
    with serving(
        create_app(Settings(reports, dumps=Dumps(tmp_path, "https://files.example/开放")))
    ) as client:
        yield client, made


def test_the_catalogue_offers_the_files_of_the_latest_dump(dumped: tuple[Client, Path]) -> None:
    client, made = dumped
    catalog, dcat = graph(client, "/catalog"), "http://www.w3.org/ns/dcat#"
    where = f"https://files.example/开放/{made.name}/"
    found = rows(
        catalog,
        f"SELECT ?u ?m ?s (BOUND(?c) AS ?p) {{ ?d <{dcat}downloadURL> ?u ; <{dcat}mediaType> ?m ; <{dcat}byteSize> ?s "
        f"OPTIONAL {{ ?d <{dcat}compressFormat> ?c }} }}",
    )
    names = {url.removeprefix(where) for url, *_ in found}
    held = {path.name for path in made.iterdir()}
    about = {name for name in held if name.endswith((".csv-metadata.json", "dataset.json", "SHA256SUMS"))}
    assert names == held - about > {"facts.csv", "facts.parquet", "data.nq.gz", "cube.nt.gz"}
    for url, media_type, size, packed in found:
        path = made / url.removeprefix(where)
        assert (size, packed) == (str(path.stat().st_size), str(path.suffix == ".gz").lower())
        assert media_type.startswith("https://www.iana.org/assignments/media-types/")
    whole = rows(graph(client, "/.well-known/void"), f"SELECT ?u {{ ?d <{VOID}dataDump> ?u }}")
    assert {where + name for name in ("data.nq.gz", "data.ttl.gz", "data.jsonld.gz")} < {
        url for (url,) in whole
    }


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder shared/ is not beside the checkout")
def test_the_catalogue_with_dumps_conforms_to_dcat_ap(dumped: tuple[Client, Path]) -> None:
    shapes = Graph().parse(SHARED / "dcat-ap-3.0.1" / "shapes.ttl")
    reply = dumped[0]("GET", "/catalog", Accept="text/turtle")
    conforms, _, text = validate(Graph().parse(data=reply.body, format="turtle"), shacl_graph=shapes)
    assert conforms, text


def test_a_folder_without_dumps_offers_none(tmp_path: Path) -> None:
    assert not list(Dumps(tmp_path / "nowhere", "https://files.example").latest())
    (tmp_path / "gongkai-2020-01-01").mkdir()
    assert not list(Dumps(tmp_path, "https://files.example").latest())


def test_the_catalogue_has_data_service_licence_publisher_and_runs(published: Client) -> None:
    catalog = graph(published, "/catalog")
    dcat, terms, prov = (
        "http://www.w3.org/ns/dcat#",
        "http://purl.org/dc/terms/",
        "http://www.w3.org/ns/prov#",
    )
    datasets = rows(catalog, f"SELECT ?d {{ ?c a <{dcat}Catalog> ; <{dcat}dataset> ?d }}")
    assert len(datasets) > 3
    for (address,) in rows(catalog, f"SELECT ?u {{ ?d <{dcat}downloadURL> ?u }}"):
        path = address.partition(f":{published.port}")[2]
        assert published("HEAD", path).status == 200, address
    ((licence, publisher),) = rows(
        catalog,
        f"SELECT ?l ?n {{ ?c a <{dcat}Catalog> ; <{terms}license> ?l ; <{terms}publisher> ?p . "
        "?p <http://xmlns.com/foaf/0.1/name> ?n }",
    )
    assert (licence, publisher) == ("https://creativecommons.org/licenses/by/4.0/", "gongkai")
    ((started, ended),) = rows(
        catalog, f"SELECT ?s ?e {{ ?r <{prov}startedAtTime> ?s ; <{prov}endedAtTime> ?e }}"
    )
    assert started <= ended


def test_the_sitemap_leads_to_every_report(published: Client, reports: Path) -> None:
    index = ET.fromstring(published("GET", "/sitemap.xml").body)
    pages = [loc.text or "" for loc in index.iter(SITEMAP + "loc")]
    assert len(pages) == 1
    urls = ET.fromstring(published("GET", pages[0].partition(f":{published.port}")[2]).body)
    found = [loc.text or "" for loc in urls.iter(SITEMAP + "loc")]
    things = rows(
        Generation.current(reports), f"SELECT ?r {{ {{ ?r a <{GK}Report> }} UNION {{ ?r a <{GK}Agency> }} }}"
    )
    assert len(found) == len(things)
    for url in found:
        assert published("GET", url.partition(f":{published.port}")[2], Accept="text/html").status == 200
    assert "/sitemap.xml" in published("GET", "/robots.txt").text


def test_the_page_of_a_document_shows_the_first_of_many_values(tmp_path: Path) -> None:
    with Writer.open(tmp_path) as writer:
        for number in range(103):
            agency = ox.NamedNode(f"https://data.example/agency/{number}")
            writer.replace(
                agency.value, [ox.Triple(agency, ox.NamedNode(type_), ox.NamedNode(GK + "Agency"))]
            )
    with serving(create_app(Settings(tmp_path))) as client:
        page = client("GET", "/.well-known/void", Accept="text/html").text
        void = graph(client, "/.well-known/void")
    assert page.count("data.example/agency/") == 2 * 100  # each as address and as text
    assert "… (+3)" in page
    assert sum(1 for _ in void.quads_for_pattern(None, ox.NamedNode(DCTERMS + "contributor"), None)) == 103
