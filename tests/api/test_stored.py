from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlencode

import openpyxl
import pyoxigraph as ox
import pytest

from gongkai import queries
from gongkai.errors import QueryError
from gongkai.queries import StoredQuery
from gongkai.queries.vocabulary import unknown_terms
from gongkai.store import Writer
from gongkai_api import Settings, create_app
from tests.api.client import Client, serving

GK = "https://w3id.org/gongkai/def#"
FORM = "https://w3id.org/gongkai/form#"


def rows() -> Iterator[ox.Triple]:
    """Two agencies that do not exist, with a row each."""
    node, a = ox.NamedNode, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    label = node("http://www.w3.org/2004/02/skos/core#prefLabel")
    for number, name in enumerate(("柳汀县人民政府", "青砚区教育局")):
        agency, row = node(f"https://example.org/agency/{number}"), node(f"https://example.org/row/{number}")
        yield ox.Triple(agency, a, node(GK + "Agency"))
        yield ox.Triple(agency, label, ox.Literal(name, language="zh"))
        yield ox.Triple(row, a, node(GK + "TableRow"))
        yield ox.Triple(row, node(GK + "agency"), agency)
        yield ox.Triple(
            row,
            node(GK + "year"),
            ox.Literal("2024", datatype=node("http://www.w3.org/2001/XMLSchema#gYear")),
        )
        yield ox.Triple(row, node(GK + "row"), node(FORM + "granted"))
        yield ox.Triple(row, node(FORM + "naturalPerson"), ox.Literal(number + 4))
    yield ox.Triple(node(FORM + "granted"), node(GK + "inTable"), node(FORM + "applications"))
    yield ox.Triple(node(FORM + "granted"), node(GK + "position"), ox.Literal(3))
    for words, language in (("予以公开", "zh"), ("granted", "en")):
        yield ox.Triple(node(FORM + "granted"), label, ox.Literal(words, language=language))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    location = tmp_path_factory.mktemp("stored")
    with Writer.open(location) as writer:
        writer.replace("https://example.org/g", rows())
    with serving(create_app(Settings(location))) as client:
        yield client


def test_the_index_describes_each_query(filled: Client) -> None:
    found = {entry["name"]: entry for entry in filled("GET", "/api/queries").json["queries"]}
    assert set(found) == {query.name for query in queries.stored()}
    assert all(entry["title"]["zh"] and entry["title"]["en"] for entry in found.values())
    agency, year = found["figures-of-a-report"]["parameters"]
    assert year == {"name": "year", "datatype": "gYear", "required": True, "example": "2024"}
    assert agency["name"] == "agency"


def test_the_index_has_its_address_with_a_slash_too(filled: Client) -> None:
    plain, slashed = (filled("GET", path).json["queries"] for path in ("/api/queries", "/api/queries/"))
    assert slashed == plain


@pytest.mark.parametrize(
    ("more", "headers", "expected"),
    [
        ("", {}, "予以公开"),
        ("", {"Accept-Language": "en-GB,en;q=0.9"}, "granted"),
        ("&lang=zh", {"Accept-Language": "en"}, "予以公开"),
        ("&lang=en", {}, "granted"),
    ],
)
def test_labels_are_in_the_language_of_the_reader(
    filled: Client, more: str, headers: dict[str, str], expected: str
) -> None:
    asked = urlencode({"agency": "青砚区教育局", "year": "2024"})
    reply = filled("GET", f"/api/queries/figures-of-a-report?{asked}{more}", Accept="text/csv", **headers)
    assert reply.text.splitlines()[1].split(",")[:3] == ["青砚区教育局", "2024", expected]
    assert "accept-language" in reply.headers["vary"]


@pytest.mark.parametrize("query", queries.stored(), ids=lambda query: query.name)
def test_every_query_runs_and_can_be_paged(filled: Client, query: StoredQuery) -> None:
    values = urlencode([(p.name, p.default) for p in query.parameters])
    reply = filled("GET", f"/api/queries/{query.name}?limit=5&offset=1&format=csv&{values}")
    assert (reply.status, reply.media_type) == (200, "text/csv"), reply.text
    assert not unknown_terms(query.text)


def test_parameters_are_bound_as_terms(filled: Client) -> None:
    path = "/api/queries/figures-of-a-report?year=2024&agency="
    assert filled("GET", path + "%E6%9F%B3%E6%B1%80%E5%8E%BF%E4%BA%BA%E6%B0%91%E6%94%BF%E5%BA%9C").column(
        "naturalPerson"
    ) == ["4"]
    for inside in ('"%20}%20%23', "%22%20}%20UNION%20{%20?s%20?p%20?o", "%5C%22", "%0A"):
        reply = filled("GET", path + inside)
        assert (reply.status, reply.column("naturalPerson")) == (200, [])


def test_several_values_mean_any_of_them(filled: Client) -> None:
    asked = urlencode([("agency", "柳汀县人民政府"), ("agency", "青砚区教育局"), ("year", "2024")])
    assert sorted(filled("GET", f"/api/queries/figures-of-a-report?{asked}").column("naturalPerson")) == [
        "4",
        "5",
    ]


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("year=twenty", 400, "expected gYear, such as 2024"),
        ("month=1", 400, "no parameter month"),
        ("limit=-1", 400, "expected a number"),
        ("limit=1%3BDROP", 400, "expected a number"),
        ("format=docx", 400, "xlsx"),
    ],
)
def test_wrong_parameters(filled: Client, query: str, status: int, told: str) -> None:
    reply = filled("GET", f"/api/queries/figures-of-a-report?{query}")
    assert reply.status == status
    assert told in reply.json["error"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "needs agency and year; for example: ?agency=柳汀县人民政府&year=2024"),
        ("agency=x&format=xlsx", "needs year; for example: ?year=2024"),
        ("year=2024&agency=", "needs agency; for example: ?agency=柳汀县人民政府"),
    ],
)
def test_a_value_that_is_missing_is_asked_for(filled: Client, query: str, told: str) -> None:
    reply = filled("GET", f"/api/queries/figures-of-a-report?{query}")
    assert (reply.status, reply.json["error"]) == (400, f"figures-of-a-report {told}")


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_an_agency_that_is_not_there_is_told_in_a_header(filled: Client, form: str) -> None:
    asked = urlencode([("agency", "柳汀县政府"), ("year", "2024"), ("format", form)])
    reply = filled("GET", f"/api/queries/figures-of-a-report?{asked}")
    warned = unquote(reply.headers["x-gongkai-warning"])
    assert (reply.status, warned) == (200, "no agency is called 柳汀县政府; did you mean 柳汀县人民政府?")


def test_a_warning_of_a_control_character_stands_in_the_workbook(filled: Client) -> None:
    asked = urlencode([("agency", "柳\x01汀"), ("year", "2024"), ("format", "xlsx")])
    reply = filled("GET", f"/api/queries/figures-of-a-report?{asked}")
    told = openpyxl.load_workbook(io.BytesIO(reply.body))["warnings"]["A1"].value
    assert told.startswith("no agency is called 柳\ufffd汀")


def test_an_unknown_name_is_404_with_near_ones(filled: Client) -> None:
    reply = filled("GET", "/api/queries/aplicants")
    assert reply.status == 404
    assert "applicants" in reply.json["error"]


def test_the_text_of_a_query_is_to_be_had(filled: Client) -> None:
    reply = filled("GET", "/api/queries/figures-of-a-report?year=2023", Accept="application/sparql-query")
    assert reply.media_type == "application/sparql-query"
    assert '"2023"^^<http://www.w3.org/2001/XMLSchema#gYear>' in reply.text


def test_a_term_that_does_not_exist_brings_a_warning(filled: Client) -> None:
    reply = filled.query(f"PREFIX gk: <{GK}> SELECT * {{ ?s gk:reprot ?o }}")
    assert "gk:reprot" in reply.headers["x-gongkai-warning"]
    assert "did you mean gk:report?" in reply.headers["x-gongkai-warning"]
    assert (
        "x-gongkai-warning" not in filled.query(f"PREFIX gk: <{GK}> SELECT * {{ ?s gk:report ?o }}").headers
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"ASK {{ ?s <{GK}edtion> ?o }}", f"<{GK}edition>"),
        (f"PREFIX x: <{FORM}> ASK {{ ?s x:naturalPersons ?o }}", "x:naturalPerson"),
        (f"PREFIX gk: <{GK}> ASK {{ ?s gk:naturalPerson ?o }}", f"<{FORM}naturalPerson>"),
    ],
)
def test_the_nearest_term(text: str, told: str) -> None:
    (found,) = unknown_terms(text)
    assert found.suggestion == told


def test_what_is_no_term_of_ours_is_left_alone() -> None:
    assert (
        unknown_terms(
            f"PREFIX gk: <{GK}> ASK {{ ?s a gk:Report ; <http://e/reprot> '{GK}reprot' }} # gk:reprot"
        )
        == ()
    )
    (found,) = unknown_terms(f"PREFIX gk: <{GK}> ASK {{ ?s gk:zzzzqqqq ?o }}")
    assert found.nearest is None


def file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "query.rq"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# param: year gYear 2024\nASK {}", "VALUES \\?year .* found it 0 times"),
        ("# param: year gYear\nASK { VALUES ?year { 1 } }", "expected gYear"),
        ("# param: year year 2024\nASK { VALUES ?year { 1 } }", "none of"),
        ("# param: limit integer 2024\nASK { VALUES ?limit { 1 } }", "for itself"),
    ],
)
def test_a_head_that_contradicts_the_body(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(QueryError, match=told):
        queries.load(file(tmp_path, text))


def test_a_default_holds_where_no_value_is_given(tmp_path: Path) -> None:
    text = "# param: year xsd:gYear 2024\n# title@zh: 题\nSELECT ?year { VALUES ?year { 'default' } }"
    query = queries.load(file(tmp_path, text))
    assert (query.title, query.bound({})) == (("题", ""), text)
    assert 'VALUES ?year { "2020"' in query.bound({"year": ["2020"]})


def test_the_service_describes_itself(filled: Client) -> None:
    reply = filled("GET", "/sparql")
    assert reply.media_type == "text/turtle"
    quads = list(ox.parse(reply.body, ox.RdfFormat.TURTLE))
    said = {
        (q.predicate.value.rpartition("#")[2], q.object.value.rpartition("#")[2])
        for q in quads
        if not isinstance(q.object, ox.Triple)
    }
    assert ("supportedLanguage", "SPARQL11Query") in said
    assert ("supportedLanguage", "SPARQL11Update") not in said
    endpoint = f"http://127.0.0.1:{filled.port}/sparql"
    assert any(q.predicate.value.endswith("#endpoint") and q.object == ox.NamedNode(endpoint) for q in quads)
    assert filled("GET", "/sparql", Accept="application/ld+json").media_type == "application/ld+json"
    assert filled("GET", "/sparql", Accept="image/png").status == 406


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("more", ["", " . ?r ?p ?o"])
def test_a_thing_that_the_store_does_not_hold_brings_a_warning(filled: Client, form: str, more: str) -> None:
    text = f"SELECT ?r {{ ?r <{GK}reportingAgency> <https://data.gongkai.example/agency/unplaced/无此机关>{more} }}"
    reply = filled("GET", f"/sparql?{urlencode([('query', text), ('format', form)])}")
    assert "nothing in the store is called" in unquote(reply.headers["x-gongkai-warning"])
