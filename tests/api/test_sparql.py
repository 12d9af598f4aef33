from __future__ import annotations

import csv
import gzip
import http.client
import io
import json
from pathlib import Path
from urllib.parse import quote, urlencode

import openpyxl
import pyoxigraph as ox
import pytest

from gongkai.store import Writer
from gongkai_api import Settings, create_app
from gongkai_api.settings import Limits
from tests.api.client import Client, serving
from tests.api.conftest import EX, ROWS

ALL = f"SELECT ?s ?o {{ ?s <{EX}says> ?o }}"
FORM = "application/x-www-form-urlencoded"


def test_only_its_own_address_answers(client: Client) -> None:
    query = f"?{urlencode({'query': ALL})}"
    statuses = {
        path: client("GET", path + query).status
        for path in ("/sparql", "/sparql/", "/sparql/x", "/sparql/a/b")
    }
    assert statuses == {"/sparql": 200, "/sparql/": 200, "/sparql/x": 404, "/sparql/a/b": 404}


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/csv; q=0.5, text/tab-separated-values; q=0.8", "text/tab-separated-values"),
    ],
)
def test_results_in_every_format(client: Client, accept: str, media_type: str) -> None:
    reply = client.query(ALL, **({"Accept": accept} if accept else {}))
    assert (reply.status, reply.media_type) == (200, media_type)
    kinds = {
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
        "values": ox.QueryResultsFormat.TSV,
    }
    for ending, kind in kinds.items():
        if media_type.endswith(ending):
            rows = ox.parse_query_results(reply.body, kind)
            assert isinstance(rows, ox.QuerySolutions)
            assert len(list(rows)) == ROWS + 4
    if media_type == "text/csv":
        assert len(list(csv.reader(io.StringIO(reply.text, newline="")))) == ROWS + 5


@pytest.mark.parametrize(
    ("accept", "media_type", "kind"),
    [
        ("*/*", "text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/n-quads", "application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/trig", "application/trig", ox.RdfFormat.TRIG),
    ],
)
def test_graphs_in_every_format(client: Client, accept: str, media_type: str, kind: ox.RdfFormat) -> None:
    reply = client.query(f"CONSTRUCT WHERE {{ ?s <{EX}says> ?o }}", Accept=accept)
    assert (reply.status, reply.media_type) == (200, media_type)
    assert len(list(ox.parse(reply.body, kind))) == ROWS + 4


@pytest.mark.parametrize("truth", [True, False])
def test_a_truth_in_every_format(client: Client, truth: bool) -> None:
    query = f"ASK {{ FILTER({str(truth).lower()}) }}"
    for kind in (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML):
        reply = client.query(query, Accept=kind.media_type)
        assert reply.media_type == kind.media_type
        found = ox.parse_query_results(reply.body, kind)
        assert isinstance(found, ox.QueryBoolean)
        assert bool(found) is truth
    for accept in ("text/csv", "text/tab-separated-values"):
        assert client.query(query, Accept=accept).text.strip() == str(truth).lower()


def test_what_nobody_can_write_is_406_with_an_example(client: Client) -> None:
    reply = client.query(ALL, Accept="image/png")
    assert reply.status == 406
    assert "Accept: application/sparql-results+json" in reply.json["error"]
    assert reply.headers["vary"] == "accept, accept-language"


def test_format_goes_before_accept(client: Client) -> None:
    reply = client("GET", f"/sparql?format=csv&query={quote(ALL)}", Accept="application/json")
    assert reply.media_type == "text/csv"
    wrong = client("GET", f"/sparql?format=docx&query={quote(ALL)}")
    assert wrong.status == 400
    assert "xlsx" in wrong.json["error"]


@pytest.mark.parametrize(
    ("query", "name", "media_type"),
    [
        (ALL, "text/csv", "text/csv"),
        (ALL, "application/sparql-results+xml", "application/sparql-results+xml"),
        ("DESCRIBE <x:x>", "xml", "application/rdf+xml"),
        ("DESCRIBE <x:x>", "rdf+xml", "application/rdf+xml"),
        ("DESCRIBE <x:x>", "json", "application/ld+json"),
        ("DESCRIBE <x:x>", "n3", "text/turtle"),
        ("DESCRIBE <x:x>", "application/n-triples", "application/n-triples"),
    ],
)
def test_formats_by_the_names_that_other_clients_have(
    client: Client, query: str, name: str, media_type: str
) -> None:
    """SPARQLWrapper sends xml with each CONSTRUCT unless it is told otherwise."""
    reply = client("GET", "/sparql?" + urlencode({"query": query, "format": name}))
    assert (reply.status, reply.media_type) == (200, media_type)


def test_a_header_that_is_sent_twice_counts_as_one(client: Client) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", client.port)
    connection.putrequest("GET", f"/sparql?query={quote(ALL)}")
    for accept in ("text/csv", "application/json;q=0.1"):
        connection.putheader("Accept", accept)
    connection.endheaders()
    assert connection.getresponse().getheader("content-type") == "text/csv; charset=utf-8"
    connection.close()


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_that_is_no_iri_is_told_by_its_parameter(client: Client, name: str) -> None:
    reply = client("GET", f"/sparql?query={quote(ALL)}&{name}=relative")
    assert (reply.status, f"{name}=relative is no absolute IRI" in reply.json["error"]) == (400, True)


def test_csv_for_excel_begins_with_a_mark(client: Client) -> None:
    reply = client("GET", f"/sparql?format=csv-excel&query={quote(ALL)}")
    assert reply.body.startswith(b"\xef\xbb\xbfs,o\r\n")
    assert "政府信息公开" in reply.text


def test_a_workbook_has_numbers_as_numbers(client: Client) -> None:
    text = 'SELECT ?t ?n ?d ?e { VALUES (?t ?n ?d ?e) { ("柳" 3 1.5 "=1+1") ("x" 4 UNDEF "\\u0001") } }'
    reply = client("GET", f"/sparql?format=xlsx&query={quote(text)}")
    assert reply.status == 200
    sheet = openpyxl.load_workbook(io.BytesIO(reply.body)).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows()]
    assert [cell.value for cell in rows[0]] == ["t", "n", "d", "e"]
    assert [cell.value for cell in rows[1]] == ["柳", 3, 1.5, "=1+1"]
    assert rows[1][3].data_type == "s"
    assert [cell.value for cell in rows[2]] == ["x", 4, None, "\ufffd"]


def test_a_syntax_error_has_line_and_column(client: Client) -> None:
    reply = client.query("SELECT * {\n ?s ?p }")
    assert reply.status == 400
    assert (reply.json["line"], reply.json["column"]) == (2, 2)
    plain = client.query("SELECT * {\n ?s ?p }", Accept="text/plain")
    assert plain.media_type == "text/plain"
    assert plain.text.startswith("line 2, column 2")


@pytest.mark.parametrize("iri", ["柳", "%E6%9F%B3"])
@pytest.mark.parametrize("how", ["get", "form", "direct"])
def test_iris_arrive_as_sent(client: Client, iri: str, how: str) -> None:
    text = f"SELECT ?o {{ <{EX}{iri}> ?p ?o }}"
    if how == "get":
        reply = client.query(text)
    elif how == "form":
        reply = client("POST", "/sparql", urlencode({"query": text}).encode(), Content_Type=FORM)
    else:
        reply = client("POST", "/sparql", text.encode(), Content_Type="application/sparql-query")
    assert reply.column("o") == ["character" if iri == "柳" else "percent"]


def test_head_is_get_without_a_body(client: Client) -> None:
    get, head = client.query(ALL), client("HEAD", f"/sparql?query={quote(ALL)}")
    assert (head.status, head.body) == (200, b"")
    assert {k: v for k, v in head.headers.items() if k != "date"} == {
        k: v for k, v in get.headers.items() if k != "date"
    }


def test_other_methods_are_405_with_allow(client: Client) -> None:
    reply = client("DELETE", "/sparql")
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_a_browser_elsewhere_may_ask(client: Client) -> None:
    before = client(
        "OPTIONS", "/sparql", Origin="https://other.example", Access_Control_Request_Method="POST"
    )
    assert before.status == 204
    assert before.headers["access-control-allow-origin"] == "*"
    assert "POST" in before.headers["access-control-allow-methods"]
    assert "Content-Type" in before.headers["access-control-allow-headers"]
    assert client.query(ALL).headers["access-control-allow-origin"] == "*"
    assert client.query("nonsense").headers["access-control-allow-origin"] == "*"


def test_gzip_on_request(client: Client) -> None:
    packed = client.query(ALL, Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == client.query(ALL).body
    assert "content-encoding" not in client.query("ASK {}", Accept_Encoding="gzip").headers


def test_an_answer_that_may_break_off_names_its_limits(location: Path) -> None:
    pairs = f"SELECT ?a ?b {{ ?a <{EX}says> ?x . ?b <{EX}says> ?y }} LIMIT "
    with serving(create_app(Settings(location, limits=Limits(seconds=7.5, rows=9000)))) as client:
        assert client.query(f"{pairs} 8000").headers["x-gongkai-limits"] == "rows=9000, seconds=7.500"
        assert "x-gongkai-limits" not in client.query(f"{pairs} 20").headers


def test_long_results_stream_whole(client: Client) -> None:
    text = f"SELECT ?a ?b {{ ?a <{EX}says> ?x . ?b <{EX}says> ?y }} LIMIT 50000"
    reply = client.query(text)
    assert "content-length" not in reply.headers
    assert len(reply.json["results"]["bindings"]) == 50000
    packed = client.query(text, Accept_Encoding="gzip")
    assert json.loads(gzip.decompress(packed.body)) == reply.json


def test_an_etag_changes_with_the_store(tmp_path: Path) -> None:
    one = ox.Triple(ox.NamedNode(EX + "a"), ox.NamedNode(EX + "says"), ox.Literal("1"))
    two = ox.Triple(ox.NamedNode(EX + "a"), ox.NamedNode(EX + "says"), ox.Literal("2"))
    with Writer.open(tmp_path) as writer:
        writer.replace(EX + "graph", [one])
    with serving(create_app(Settings(tmp_path))) as client:
        first = client.query(ALL)
        tag = first.headers["etag"]
        again = client.query(ALL, If_None_Match=f'"other", {tag.removeprefix("W/")}')
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert client.query(ALL, If_None_Match=tag, Accept="text/csv").status == 200
        with Writer.open(tmp_path) as writer:
            writer.replace(EX + "graph", [two])
        fresh = client.query(ALL, If_None_Match=tag)
        assert (fresh.status, fresh.column("o")) == (200, ["2"])
        assert fresh.headers["etag"] != tag


def test_what_changes_by_itself_has_no_etag(client: Client) -> None:
    assert "etag" not in client.query("SELECT (NOW() AS ?now) {}").headers
    assert "etag" in client.query('SELECT ("now" AS ?word) {}').headers


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:9/> { ?s ?p ?o } }",
        "PREFIX x: <http://127.0.0.1:9/> SELECT * { ?s ?p trueSERVICEx:y { ?s ?p ?o } }",
        "SELECT * { ?s ?p <http://x#\\u0041> . SERVICE <http://127.0.0.1:9/> {} }",
        'SELECT * { ?s ?p "\\"" SERVICE <http://127.0.0.1:9/> {} }',
        'SELECT * { ?s ?p """a"b\\"""" SERVICE <http://127.0.0.1:9/> {} }',
        "PREFIX e: <http://e/> SELECT * { ?s ?p e:a\\#b SERVICE <http://127.0.0.1:9/> {} }",
        "SELECT * { VALUES ?x { <http://127.0.0.1:9/> } SERVICE ?x {} }",
        "SELECT * { ?s ?p ?x FILTER(?x<1)SERVICE<http://127.0.0.1:9/>{} }",
    ],
)
def test_nobody_is_called_at_a_strangers_wish(client: Client, text: str) -> None:
    reply = client.query(text)
    assert reply.status == 403, reply.text


def test_the_word_service_elsewhere_is_no_call(client: Client) -> None:
    prefix = "PREFIX form: <https://w3id.org/gongkai/form#>"
    text = f'{prefix} SELECT * {{ ?s form:legalService ?service . FILTER(?service != "SERVICE <x>") }}'
    assert client.query(text + " # SERVICE <http://x>").status == 200


def test_more_rows_than_the_limit_are_no_answer(location: Path) -> None:
    with serving(create_app(Settings(location, limits=Limits(rows=100)))) as client:
        for accept in (
            "application/json",
            "application/sparql-results+xml",
            "text/csv",
            "text/tab-separated-values",
        ):
            reply = client.query(ALL, Accept=accept)
            assert reply.status == 400
            assert "100" in reply.json["error"]
            assert client.query(ALL + " LIMIT 99", Accept=accept).status == 200


def test_deep_nesting_is_turned_away(client: Client) -> None:
    assert client.query("SELECT * " + "{" * 1000 + "}" * 1000).status == 200
    form = urlencode({"query": "ASK { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }"}).encode()
    reply = client("POST", "/sparql", form, Content_Type=FORM)
    assert reply.status == 400
    assert "levels" in reply.json["error"]


@pytest.mark.parametrize("step", ["OPTIONAL{}", "BIND(1 AS ?x)", "FILTER(1+1)", "?s <x:x>/<x:x> ?o ."])
def test_more_steps_than_the_engine_can_nest_are_refused(client: Client, step: str) -> None:
    text = f"ASK {{ {step * 6000} }}".encode()
    reply = client("POST", "/sparql", text, Content_Type="application/sparql-query")
    assert (reply.status, "groups, operators and calls; 5000 are" in reply.json["error"]) == (400, True)


def test_many_values_are_no_steps(client: Client) -> None:
    rows = '("x"^^<x:x> <x:y/z>)' * 6000
    text = f"SELECT (COUNT(*) AS ?n) {{ VALUES (?a ?b) {{ {rows} }} }}"
    reply = client("POST", "/sparql", text.encode(), Content_Type="application/sparql-query")
    assert reply.column("n") == ["6000"]


def test_a_text_too_long_is_413(location: Path) -> None:
    with serving(create_app(Settings(location, limits=Limits(text=1000)))) as client:
        reply = client("POST", "/sparql", b"#" * 2000, Content_Type="application/sparql-query")
        assert reply.status == 413


@pytest.mark.parametrize(("size", "status"), [(15_000, 200), (20_000, 431)])
def test_headers_too_large_are_431(client: Client, size: int, status: int) -> None:
    for accept in ("application/json", "text/html"):
        reply = client.query("ASK {}", Accept=f"{accept}, x/{'x' * size}")
        assert reply.status == status
        assert (status == 200) or "16384 bytes" in reply.json["error"]


def test_an_address_that_is_too_long_is_414(client: Client) -> None:
    for size, status in ((60_000, 200), (70_000, 414)):
        reply = client.query(f"ASK {{}} #{'x' * size}")
        assert reply.status == status
    assert "by POST" in reply.text


def test_a_query_is_ended_at_its_time(location: Path) -> None:
    count = f"SELECT (COUNT(*) AS ?n) {{ ?a <{EX}says> ?x . ?b <{EX}says> ?y . ?c <{EX}says> ?z . ?d <{EX}says> ?w }}"
    with serving(create_app(Settings(location, limits=Limits(seconds=0.3)))) as client:
        reply = client.query(count)
        assert reply.status == 503
        assert "0.3 seconds" in reply.json["error"]
        assert client.query("ASK {}").status == 200


def test_no_path_of_the_machine_is_told(tmp_path: Path) -> None:
    with Writer.open(tmp_path) as writer:
        writer.replace(EX + "graph", [])
    with serving(create_app(Settings(tmp_path))) as client:
        (tmp_path / "current").unlink()
        reply = client.query("ASK {}")
        assert reply.status == 503
        assert str(tmp_path) not in reply.text


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", b"update=CLEAR%20ALL"),
        ("application/sparql-update", b"CLEAR ALL"),
        ("application/sparql-query", b"CLEAR ALL"),
    ],
)
def test_an_update_that_went_to_the_queries_is_told_where_updates_go(
    client: Client, content_type: str, body: bytes
) -> None:
    reply = client("POST", "/sparql", body, Content_Type=content_type)
    assert reply.status in (400, 415)
    assert "POST to /update" in reply.json["error"]
