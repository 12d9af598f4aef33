from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urldefrag

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai import jsonld
from gongkai.iris import DEFAULT_BASE, Iris
from gongkai.pipeline import ingest, prepare
from gongkai.queries.vocabulary import vocabulary
from gongkai.rules import assess_store
from gongkai.rules.judgement import GRAPH, Judgement, Opinion, describe
from gongkai.store import Generation, Writer
from gongkai.turtle import OWN
from gongkai_api import Settings, create_app
from gongkai_api.describing import PAGE
from gongkai_api.iri import decoded, encoded
from tests.api.client import Client, Reply, serving

GK = "https://w3id.org/gongkai/def#"
REPORT = f"{DEFAULT_BASE}report/unplaced/霁川市发展和改革委员会/2023"


def path_of(iri: str) -> str:
    for start in (DEFAULT_BASE, OWN):
        if iri.startswith(start):
            return "/" + encoded(urldefrag(iri).url.removeprefix(start))
    pytest.fail(f"{iri} is not ours")


def follow(client: Client, iri: str, **headers: str) -> Reply:
    """What a client gets that follows an IRI."""
    reply = client("GET", path_of(iri), b"", **headers)
    if reply.status == 303:
        reply = client("GET", reply.headers["location"], b"", **headers)
    return reply


def test_every_thing_of_the_data_and_the_ontology_resolves(published: Client, reports: Path) -> None:
    generation = Generation.current(reports)
    things = {
        urldefrag(t.subject.value).url
        for t in generation.triples()
        if isinstance(t.subject, ox.NamedNode) and t.subject.value.startswith((DEFAULT_BASE, OWN))
    }
    ours = {iri for iri in things if "/division/" not in iri and "/town/" not in iri}
    places = sorted(things - ours)[::500]
    assert len(ours) > 20
    for iri in [*sorted(ours), *places]:
        reply = follow(published, iri, Accept="application/n-triples")
        assert reply.status == 200, iri
        said = {
            q.subject.value
            for q in ox.parse(reply.body, ox.RdfFormat.N_TRIPLES)
            if isinstance(q.subject, ox.NamedNode)
        }
        assert any(urldefrag(subject).url == iri for subject in said) or iri in reply.text


def test_every_term_of_the_vocabularies_is_in_the_document_of_its_vocabulary(published: Client) -> None:
    documents = {urldefrag(iri).url for iri in vocabulary() if "#" in iri}
    for document in documents:
        reply = published("GET", path_of(document), Accept="application/n-triples")
        assert reply.status == 200, document
        for term in (iri for iri in vocabulary() if urldefrag(iri).url == document):
            assert f"<{term}>" in reply.text


def test_a_thing_is_no_document(published: Client) -> None:
    reply = published("GET", path_of(REPORT))
    assert (reply.status, reply.body) == (303, b"")
    assert reply.headers["location"] == "/doc" + path_of(REPORT)
    assert reply.headers["location"].isascii()
    document = published("GET", reply.headers["location"])
    assert (document.status, document.media_type) == (200, "text/turtle")
    assert f'<{encoded(REPORT)}>; rel="describes"' in document.headers["link"]


def test_the_way_to_a_document_keeps_what_was_asked(published: Client) -> None:
    reply = published("GET", f"{path_of(REPORT)}?lang=en&format=turtle")
    assert reply.headers["location"] == f"/doc{path_of(REPORT)}?lang=en&format=turtle"


@pytest.mark.parametrize(
    "form",
    [
        ox.RdfFormat.TURTLE,
        ox.RdfFormat.N_TRIPLES,
        ox.RdfFormat.RDF_XML,
        ox.RdfFormat.N_QUADS,
        ox.RdfFormat.TRIG,
    ],
)
def test_every_format_says_the_same(published: Client, form: ox.RdfFormat) -> None:
    plain = follow(published, REPORT, Accept="application/n-triples")
    reply = follow(published, REPORT, Accept=form.media_type)
    assert reply.media_type == form.media_type
    assert _triples(reply.body, form) == _triples(plain.body, ox.RdfFormat.N_TRIPLES)


def _triples(body: bytes, form: ox.RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(body, form)}


@pytest.mark.parametrize("iri", [REPORT, OWN + "def", OWN + "form"])
def test_json_ld_has_a_context_of_ours(published: Client, iri: str) -> None:
    plain = follow(published, iri, Accept="application/n-triples")
    document = follow(published, iri, Accept="application/ld+json").json
    assert document["@context"] == f"http://127.0.0.1:{published.port}/context.jsonld"
    document["@context"] = published("GET", "/context.jsonld").json["@context"]
    assert _triples(json.dumps(document).encode(), ox.RdfFormat.JSON_LD) == _triples(
        plain.body, ox.RdfFormat.N_TRIPLES
    )


def test_json_ld_uses_short_keys(published: Client) -> None:
    nodes = {
        node["@id"]: node for node in follow(published, REPORT, Accept="application/ld+json").json["@graph"]
    }
    assert nodes[REPORT]["year"] == "2023"
    assert nodes[REPORT]["@type"] == "gk:Report"
    assert nodes[REPORT]["currentEdition"].startswith(REPORT + "/")


@settings(deadline=None)  # the first example reads the ontology
@given(st.integers(-(10**20), 10**20), st.booleans(), st.text(), st.sampled_from(["zh", "en-GB"]))
def test_json_ld_keeps_every_literal(number: int, truth: bool, text: str, language: str) -> None:
    subject = ox.NamedNode("https://example.org/s")
    literals = [
        ox.Literal(number),
        ox.Literal(truth),
        ox.Literal(text.replace("\x00", "")),
        ox.Literal(text.replace("\x00", ""), language=language),
        ox.Literal("007", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
        ox.Literal("1.50", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
        ox.Literal("2024", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYear")),
    ]
    for predicate in (GK + "year", GK + "printed", GK + "excerpt", "https://example.org/p"):
        triples = [ox.Triple(subject, ox.NamedNode(predicate), literal) for literal in literals]
        document = json.loads(jsonld.document(triples, "x"))
        document["@context"] = jsonld.context()
        assert _triples(json.dumps(document).encode(), ox.RdfFormat.JSON_LD) == {str(t) for t in triples}


def page(reply: Reply) -> LexborHTMLParser:
    assert (reply.status, reply.media_type) == (200, "text/html")
    return LexborHTMLParser(reply.text)


def test_the_page_of_a_report_shows_the_tables_as_the_form_prints_them(published: Client) -> None:
    shown = page(follow(published, REPORT, Accept="text/html"))
    assert [len(shown.css(f"table.{key} td")) for key in ("disclosure", "applications", "review")] == [
        10,
        175,
        15,
    ]
    received = next(row for row in shown.css("table.applications tr") if "本年新收" in row.text())
    assert [cell.css("a")[0].text() for cell in received.css("td")] == ["7", "4", "0", "0", "0", "0", "11"]
    for table in shown.css("table.form"):
        check_rectangle(table)


def check_rectangle(table: LexborNode) -> None:
    """Every place of the table is covered once."""
    covered: set[tuple[int, int]] = set()
    for row, line in enumerate(table.css("tr")):
        column = 0
        for cell in line.css("th, td"):
            while (row, column) in covered:
                column += 1
            for r in range(int(cell.attributes.get("rowspan") or "1")):
                for c in range(int(cell.attributes.get("colspan") or "1")):
                    assert (row + r, column + c) not in covered
                    covered.add((row + r, column + c))
    height, width = max(r for r, _ in covered) + 1, max(c for _, c in covered) + 1
    assert len(covered) == height * width


def test_findings_stand_on_their_cells(published: Client) -> None:
    shown = page(follow(published, REPORT, Accept="text/html"))
    assert shown.css("ol.findings li")
    granted = next(row for row in shown.css("table.applications tr") if "予以公开" in row.text())
    assert all("found" in (cell.attributes["class"] or "") for cell in granted.css("td"))
    assert {"violation", "warning"} <= {
        (cell.attributes["class"] or "").split()[-1] for cell in shown.css("td.found")
    }
    for link in shown.css("td sup a"):
        assert shown.css_first(f"[id='{(link.attributes['href'] or '')[1:]}']") is not None


def test_what_a_person_said_stands_with_the_finding(reports: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(reports, store)
    finding = assess_store(Generation.current(store), only=[_current_edition(reports)]).findings[0]
    said = Judgement(Opinion.EXPLAINED, "李文", datetime(2025, 5, 1, tzinfo=UTC), "更正后另行公布")
    with Writer.open(store) as writer:
        writer.replace(GRAPH, describe(REPORT, finding.key, said))
    with serving(create_app(Settings(store))) as client:
        first, *others = page(follow(client, REPORT, Accept="text/html")).css("ol.findings li")
    assert "有说明" in first.text()
    assert "更正后另行公布" in first.text()
    assert finding.key in first.text(), "`gongkai judge` asks for it"
    assert finding.rule.fault.zh in first.text()
    assert not [other for other in others if "李文" in other.text()]


def test_an_excerpt_says_so_at_the_head_of_its_page(tmp_path: Path) -> None:
    part = tmp_path / "part.txt"
    part.write_text(
        "墨溪县教育局2023年政府信息公开工作年度报告\n一、总体情况\n2023年，我局主动公开政府信息4",
        encoding="utf-8",
    )
    with Writer.open(tmp_path / "store") as writer:
        prepare(writer, Iris())
        assert [done.excerpt for done in ingest([part], writer, Iris())] == [True]
    with serving(create_app(Settings(tmp_path / "store"))) as client:
        shown = page(follow(client, f"{DEFAULT_BASE}report/unplaced/墨溪县教育局/2023", Accept="text/html"))
    head = {
        row.css("th")[0].text(): row.css("td")[0].text() for row in shown.css("table.properties")[0].css("tr")
    }
    assert head["节选"] == "true"


def _current_edition(store: Path) -> str:
    found = Generation.current(store).triples(ox.NamedNode(REPORT), ox.NamedNode(GK + "currentEdition"))
    return str(next(found).object)[1:-1]


def test_what_was_read_is_marked_in_the_text(published: Client, reports: Path) -> None:
    shown = page(follow(published, REPORT, Accept="text/html"))
    (text,) = shown.css("div.text")
    for note in text.css("sup"):
        note.decompose()
    generation = Generation.current(reports)
    found = generation.query(
        f"SELECT ?t ?q {{ <{REPORT}> <{GK}currentEdition> ?e . ?e <{GK}text> ?t ; <{GK}fact>/<{GK}quote> ?q }}"
    )
    assert isinstance(found, ox.QuerySolutions)
    pairs = [(row["t"].value, row["q"].value) for row in found]
    assert pairs
    assert text.text() == pairs[0][0]
    marked = "".join(mark.text() for mark in text.css("mark.Fact"))
    assert all(quoted in marked for _, quoted in pairs)
    for link in shown.css("td > a"):
        assert shown.css_first(f"[id='{(link.attributes['href'] or '')[1:]}']") is not None


@pytest.mark.parametrize(
    ("headers", "query", "expected"),
    [
        ({"Accept_Language": "en"}, "", "Findings"),
        ({"Accept_Language": "zh-CN,en;q=0.5"}, "", "核查结果"),
        ({}, "", "核查结果"),
        ({"Accept_Language": "zh"}, "?lang=en", "Findings"),
    ],
)
def test_pages_are_chinese_or_english(
    published: Client, headers: dict[str, str], query: str, expected: str
) -> None:
    reply = published("GET", "/doc" + path_of(REPORT) + query, Accept="text/html", **headers)
    assert expected in reply.text
    assert "accept-language" in reply.headers["vary"]


def test_the_first_page_counts_reports_and_asks(published: Client) -> None:
    home = page(published("GET", "/", Accept="text/html"))
    assert home.body is not None
    assert "3 份年度报告" in " ".join(home.body.text().split())
    (example,) = home.css("textarea")
    assert published.query(example.text()).status == 200


def test_links_from_elsewhere_come_in_pages(tmp_path: Path) -> None:
    node, name = ox.NamedNode, DEFAULT_BASE + "agency/x"
    with Writer.open(tmp_path) as writer:
        writer.replace("https://example.org/g", [
            ox.Triple(node(f"{DEFAULT_BASE}report/{n}"), node(GK + "reportingAgency"), node(name)) for n in range(PAGE + 5)
        ])  # fmt: skip
    with serving(create_app(Settings(tmp_path))) as client:
        first = client("GET", "/doc/agency/x", Accept="application/n-triples")
        assert len(_triples(first.body, ox.RdfFormat.N_TRIPLES)) == PAGE
        assert '</doc/agency/x?page=2>; rel="next"' in first.headers["link"]
        second = client("GET", "/doc/agency/x?page=2", Accept="application/n-triples")
        assert len(_triples(second.body, ox.RdfFormat.N_TRIPLES)) == 5
        assert 'rel="next"' not in second.headers["link"]
        assert "page=1" in client("GET", "/doc/agency/x?page=2", Accept="text/html").text
        for page in ("0", "9" * 5000):
            assert client("GET", f"/doc/agency/x?page={page}").status == 400


@pytest.mark.parametrize(
    "path", ["/agency/nobody", "/doc/agency/nobody", "/%FF", "/a%20b", "/nothing/%E6%9F%B3"]
)
def test_what_nobody_knows_is_404(published: Client, path: str) -> None:
    reply = published("GET", path)
    assert reply.status == 404
    assert "nothing is known" in reply.json["error"]


def test_percent_encoding_inside_an_iri_survives(tmp_path: Path) -> None:
    node = ox.NamedNode
    names = ("agency/a%20柳%2F", "agency/%E6%9F%B3")
    with Writer.open(tmp_path) as writer:
        writer.replace("https://example.org/g", [
            ox.Triple(node(DEFAULT_BASE + n), node(GK + "key"), ox.Literal(n)) for n in names
        ])  # fmt: skip
    with serving(create_app(Settings(tmp_path))) as client:
        for name in names:
            reply = follow(client, DEFAULT_BASE + name, Accept="application/n-triples")
            assert f"<{DEFAULT_BASE}{name}>" in reply.text


@given(st.text(st.characters(codec="utf-8", exclude_characters="%")))
def test_an_iri_travels_and_arrives(text: str) -> None:
    path = encoded("/" + text).encode("ascii")
    assert decoded(path) == "/" + "".join(
        c if ord(c) > 0x7F or c in "/:?#[]@!$&'()*+,;=~-._" or c.isalnum() else quote(c) for c in text
    )


def test_markup_in_the_data_is_text_on_the_page(tmp_path: Path) -> None:
    node = ox.NamedNode
    with Writer.open(tmp_path) as writer:
        writer.replace("https://example.org/g", [
            ox.Triple(node(DEFAULT_BASE + "agency/x"), node(GK + "key"), ox.Literal("<script>alert(1)</script>"))
        ])  # fmt: skip
    with serving(create_app(Settings(tmp_path))) as client:
        reply = client("GET", "/doc/agency/x", Accept="text/html")
        assert "<script>" not in reply.text
        assert "&lt;script&gt;" in reply.text


def test_the_document_of_a_report_holds_its_figures_and_facts(published: Client, reports: Path) -> None:
    reply = follow(published, REPORT, Accept="application/n-triples")
    found = _triples(reply.body, ox.RdfFormat.N_TRIPLES)
    generation = Generation.current(reports)
    (edition,) = generation.triples(ox.NamedNode(REPORT), ox.NamedNode(GK + "currentEdition"))
    said = [t for t in generation.triples() if str(t.subject)[1:-1].partition("#")[0] == edition.object.value]  # type: ignore[union-attr]
    assert len(said) > 500
    assert {str(t) for t in said} <= found
    assert any("form#totalRequests" in triple for triple in found)


def test_a_document_that_is_held_is_not_sent_again(published: Client) -> None:
    wishes = {"Accept": "text/turtle", "Accept_Encoding": "gzip"}
    first = follow(published, REPORT, **wishes)
    again = follow(published, REPORT, **wishes, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert "content-type" not in again.headers
    plain = follow(published, REPORT, Accept="text/turtle", If_None_Match=first.headers["etag"])
    assert (plain.status, len(plain.body) > len(first.body)) == (200, True)


def test_a_page_that_is_held_is_not_made_again_unless_in_another_language(published: Client) -> None:
    first = follow(published, REPORT, Accept="text/html", Accept_Language="zh")
    held = {"Accept": "text/html", "If_None_Match": first.headers["etag"]}
    assert follow(published, REPORT, **held, Accept_Language="zh").status == 304
    assert follow(published, REPORT, **held, Accept_Language="en").status == 200


def test_links_to_a_thing_begin_with_the_rarest(published: Client) -> None:
    """An agency's reports come before its hundreds of rows."""
    shown = page(follow(published, f"{DEFAULT_BASE}agency/unplaced/柳汀县人民政府", Accept="text/html"))
    links = shown.css("h2 ~ table.properties")[-1].css("tr")
    assert links[0].css("th")[0].text() == "报告机关"
    assert [link.text() for link in links[0].css("td a")] == ["柳汀县人民政府 2023", "柳汀县人民政府 2024"]
    assert [link.text() for link in shown.css("ul.reports a")] == [
        "柳汀县人民政府 2024",
        "柳汀县人民政府 2023",
    ]
    rows = [link.text() for link in links[-1].css("td a")]
    assert len(rows) == len(set(rows)) > 60
    assert {"予以公开 2023", "予以公开 2024"} <= set(rows)
    folded = [summary.text() for row in links for summary in row.css("td > details > summary")]
    assert folded == [f"{len(rows)} 项"], "what is many is folded away"
