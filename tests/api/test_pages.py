"""What people meet in a browser: pages that lead on, in their language; nothing there is raw JSON or XML."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from urllib.parse import quote, urlencode

import openpyxl
import pyoxigraph as ox
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai import pipeline
from gongkai.iris import DEFAULT_BASE, Iris
from gongkai.jsonld import RDF_TYPE
from gongkai.queries import stored
from gongkai.resources import folder
from gongkai.rules import Finding
from gongkai.store import Generation, Writer
from gongkai.turtle import GK as GK_DEF
from gongkai.turtle import SKOS
from gongkai_api import Settings, create_app
from gongkai_api.html import View
from gongkai_api.register import UNPLACED
from gongkai_api.reportpage import Findings
from tests.api.client import Client, Reply, serving
from tests.papers import Paper
from tests.render import LAYOUTS

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
GK = "PREFIX gk: <https://w3id.org/gongkai/def#> "


@pytest.fixture(scope="module")
def examples(examples_store: Path) -> Iterator[Client]:
    with serving(create_app(Settings(examples_store, checker=lambda *_: b"<p>checked</p>"))) as found:
        yield found


def get(client: Client, path: str, status: int = 200, **headers: str) -> LexborHTMLParser:
    reply = client("GET", path, b"", Accept=BROWSER, **headers)
    assert (reply.status, reply.media_type) == (status, "text/html"), reply.text
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    page = LexborHTMLParser(reply.text)
    assert one(page, "html").attributes["lang"] in ("zh", "en")
    assert len(page.css("h1")) == 1
    assert not page.css("script, [onclick], [style]")
    return page


def one(page: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """The first node that a selector finds."""
    found = page.css_first(selector)
    assert found is not None, selector
    return found


def text(page: LexborHTMLParser) -> str:
    assert page.body is not None
    return " ".join(page.body.text().split())


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/browse/reports",
        "/browse/agencies",
        "/api/queries",
        "/sparql",
        "/catalog",
        "/.well-known/void",
        "/check",
        "/def",
    ],
)
def test_a_browser_gets_pages_in_both_languages(examples: Client, path: str) -> None:
    chinese, english = (get(examples, path, Accept_Language=tongue) for tongue in ("zh-CN", "en-GB"))
    assert one(chinese, "h1").text() != one(english, "h1").text() or path == "/def"
    assert one(get(examples, f"{path}?lang=en", Accept_Language="zh"), "html").attributes["lang"] == "en"


def test_the_first_page_leads_to_reports_agencies_queries_and_data(examples: Client) -> None:
    page = get(examples, "/")
    links = {link.attributes.get("href") for link in page.css("main a")}
    assert len([link for link in links if link and link.startswith("/report/")]) == 10
    assert f"/browse/agencies?place={UNPLACED}&lang=zh" in links
    assert {f"/api/queries/{query.name}" for query in stored()} <= links
    assert {"/catalog", "/.well-known/void", "/def", "/browse/reports?year=2023"} <= links


@pytest.mark.parametrize(
    ("lang", "all_", "some"), [("zh", "这些报告都是", "其中 1 份是"), ("en", "All of these", "1 of these")]
)
def test_the_first_page_says_whose_agencies_are_invented(
    examples: Client, tmp_path: Path, lang: str, all_: str, some: str
) -> None:
    assert all_ in one(get(examples, f"/?lang={lang}"), ".incomplete").text()
    source = folder("examples") / "reports" / "lanwang-renshe-2023.txt"
    own = tmp_path / "own.txt"
    own.write_text(source.read_text("utf-8").replace("澜望市", "渡头市"), "utf-8")
    for files, told in (([own], ""), ([own, source], some)):
        with Writer.open(tmp_path / "store") as writer:
            assert not [done.error for done in pipeline.ingest(files, writer, Iris()) if done.error]
        with serving(create_app(Settings(tmp_path / "store"))) as client:
            shown = " ".join(note.text() for note in get(client, f"/?lang={lang}").css(".incomplete"))
        assert shown.startswith(told) if told else not shown


def test_reports_are_found_by_name_and_year(examples: Client) -> None:
    page = get(examples, f"/browse/reports?year=2023&q={quote('柳汀')}")
    assert [link.attributes["href"] for link in page.css("table.list a")][1] == "/report/unplaced/" + quote(
        "柳汀县人民政府"
    ) + "/2023"
    assert len(page.css("table.list tbody tr")) == 1
    assert "没有这样的报告" in text(get(examples, "/browse/reports?q=%22%20.%20%7D%20%23"))


def test_the_page_of_a_part_of_a_report_says_that_it_is_one(tmp_path: Path) -> None:
    written = (folder("examples") / "reports" / "lanwang-renshe-2023.txt").read_text("utf-8")
    part, store = tmp_path / "part.txt", tmp_path / "store"
    part.write_text(written[: written.index("二、")], "utf-8")
    page = page_of(part, store, "zh")
    assert "只是报告的一部分" in one(page, ".incomplete").text()
    assert "未发现问题" not in text(page)


def page_of(file: Path, store: Path, language: str) -> LexborHTMLParser:
    """The page of the report in a file, the only one of its store."""
    with Writer.open(store) as writer:
        (_,) = pipeline.ingest([file], writer, Iris(DEFAULT_BASE))
    with serving(create_app(Settings(store))) as client:
        listed = get(client, f"/browse/reports?lang={language}")
        shown = one(listed, "table.list td + td a").attributes["href"]
        while (reply := client("GET", str(shown), b"", Accept=BROWSER)).status == 303:
            shown = reply.headers["location"]
        return LexborHTMLParser(reply.text)


@pytest.mark.parametrize(
    ("language", "told"),
    [("zh", "文件中没有找到这个表格。"), ("en", "This table was not found in the document.")],
)
@pytest.mark.parametrize("missing", [("disclosure", "applications", "review"), ("applications",), ()])
def test_a_table_that_is_not_there_is_not_drawn(
    tmp_path: Path, missing: tuple[str, ...], language: str, told: str
) -> None:
    """Its heading stays, with words below it in place of empty cells."""
    paper, file = Paper(layout="tabs"), tmp_path / "report.txt"
    written = paper.text()
    for sheet in paper.sheets():
        if sheet.key in missing:
            written = written.replace(LAYOUTS["tabs"].set(sheet), "详见附件。")
    file.write_text(written, "utf-8")
    page = page_of(file, tmp_path / "store", language)
    headed = [f"table-{key}" for key in ("disclosure", "applications", "review")]
    assert [h.attributes["id"] for h in page.css("h2[id^=table-]")] == headed
    drawn = [key for key in ("disclosure", "applications", "review") if page.css(f"table.form.{key}")]
    assert drawn == [key for key in ("disclosure", "applications", "review") if key not in missing]
    assert [p.text() for p in page.css("p.missing")] == [told] * len(missing)


@pytest.mark.parametrize("path", ["/browse/reports", "/browse/agencies"])
def test_a_page_beyond_the_last_is_404(examples: Client, path: str) -> None:
    assert "没有第 99999 页" in text(get(examples, f"{path}?page=99999&lang=zh", 404))


@pytest.mark.parametrize("wish", ["q=" + quote("柳汀"), "place=33"])
def test_a_report_without_an_agency_is_of_none_that_is_asked_for(tmp_path: Path, wish: str) -> None:
    agency, kind = ox.NamedNode("https://example.org/agency"), ox.NamedNode(RDF_TYPE)
    report = ox.NamedNode("https://example.org/report")
    with Writer.open(tmp_path) as writer:
        said = [
            ox.Triple(report, kind, ox.NamedNode(GK_DEF + "Report")),
            ox.Triple(agency, kind, ox.NamedNode(GK_DEF + "Agency")),
            ox.Triple(agency, ox.NamedNode(SKOS + "prefLabel"), ox.Literal("柳汀县", language="zh")),
            ox.Triple(agency, ox.NamedNode(GK_DEF + "divisionCode"), ox.Literal("330199")),
        ]
        writer.replace("https://example.org/graph", said)
    with serving(create_app(Settings(tmp_path))) as client:
        assert "没有这样的报告" in text(get(client, f"/browse/reports?{wish}"))
        assert len(get(client, "/browse/reports").css("table.list tbody tr")) == 1


def test_the_language_that_was_asked_for_stays(examples: Client) -> None:
    page, path = get(examples, "/?lang=en", Accept_Language="zh"), "/browse/reports?year=2023&lang=en"
    links = [link.attributes["href"] or "" for link in page.css("a[href^='/']")]
    assert path in links
    data = [link for link in links if "lang=en" not in link]
    assert data == ["/graphs?default&format=nquads", "/openapi.json"]
    (report, *_) = [link for link in links if link.startswith("/report/")]
    there = examples("GET", report).headers["location"]
    assert one(get(examples, there, Accept_Language="zh"), "html").attributes["lang"] == "en"
    assert not [
        link
        for link in get(examples, "/").css("nav a[href^='/']")
        if "lang" in (link.attributes["href"] or "")
    ]


def test_the_main_page_that_is_shown_is_marked(examples: Client) -> None:
    current = get(examples, "/browse/agencies?lang=zh").css("header [aria-current]")
    assert [link.text() for link in current] == ["机关", "中文"]


def test_agencies_are_found_below_their_places(tmp_path: Path) -> None:
    iris = Iris()
    with Writer.open(tmp_path) as writer:
        pipeline.prepare(writer, iris)
        agency = ox.NamedNode("https://data.gongkai.example/agency/321322/柳汀局")
        said = [
            ox.Triple(agency, ox.NamedNode(RDF_TYPE), ox.NamedNode(GK_DEF + "Agency")),
            ox.Triple(agency, ox.NamedNode(SKOS + "prefLabel"), ox.Literal("柳汀局", language="zh")),
            ox.Triple(agency, ox.NamedNode(GK_DEF + "divisionCode"), ox.Literal("321322")),
        ]
        writer.replace("https://example.org/graph", said)
    with serving(create_app(Settings(tmp_path))) as client:
        assert one(get(client, "/"), ".places a").text() == "江苏省"
        path = "/browse/agencies"
        for place in ("江苏省", "宿迁市", "沭阳县"):
            page = get(client, path)
            link = one(page, ".places a")
            assert (link.text(), len(page.css("table.list tbody tr"))) == (place, 1)
            path = link.attributes["href"] or ""
        page = get(client, path)
        assert place in one(page, "h1").text()
        assert not page.css(".places li")
        assert [link.text() for link in page.css("nav.above a")] == ["全国", "江苏省", "宿迁市"]


def test_long_lists_come_in_pages(examples: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai_api.directory._PAGE", 4)
    seen: list[str] = []
    path = "/browse/reports?lang=en"
    while path:
        page = get(examples, path)
        seen += [row.css("a")[1].attributes["href"] or "" for row in page.css("table.list tbody tr")]
        following = [link.attributes["href"] or "" for link in page.css("a[rel=next]")]
        path = "/browse/reports" + following[0] if following else ""
    assert len(seen) == len(set(seen)) == 10


@pytest.mark.parametrize(
    "query", ["year=x", "place=abc", "page=0", "page=%C2%B2", "year=20244", "page=" + "9" * 5000]
)
def test_what_cannot_be_looked_for_is_told_on_a_page(examples: Client, query: str) -> None:
    assert query.split("=", maxsplit=1)[0] in text(get(examples, f"/browse/reports?{query}", 400))


def test_an_answer_is_a_table_with_links_and_downloads(examples: Client) -> None:
    page = get(
        examples, "/sparql?lang=en&query=" + quote(GK + "SELECT ?r ?y { ?r a gk:Report ; gk:year ?y }")
    )
    assert len(page.css("table.results tbody tr")) == 10
    assert [th.text() for th in page.css("table.results th")] == ["r", "y"]
    first = one(page, "table.results td a").attributes["href"] or ""
    assert examples("GET", first, Accept=BROWSER).status == 303
    for link in page.css("p.formats a"):
        assert examples("GET", f"/sparql{link.attributes['href']}").status == 200, link.html


@pytest.mark.parametrize(
    ("query", "shown"),
    [("ASK { ?s ?p ?o }", "true"), ("DESCRIBE <https://w3id.org/gongkai/def#Report>", "gk:Report")],
)
def test_other_answers_are_shown_too(examples: Client, query: str, shown: str) -> None:
    page = get(examples, f"/sparql?query={quote(query)}")
    assert shown in one(page, "pre.graph").text()
    for link in page.css("p.formats a"):
        assert examples("GET", f"/sparql{link.attributes['href']}").status == 200, link.html


def test_an_error_in_a_query_comes_back_with_the_query(examples: Client) -> None:
    page = get(examples, "/sparql?query=" + quote("SELECT ?r { ?r a gk:Report }"), 400)
    assert "PREFIX gk: <https://w3id.org/gongkai/def#>" in one(page, "p.error").text()
    assert one(page, "textarea").text() == "SELECT ?r { ?r a gk:Report }"


def test_a_warning_stands_over_the_results(examples: Client) -> None:
    page = get(examples, "/sparql?query=" + quote(GK + "SELECT ?r { ?r gk:year 2024 }"))
    assert "xsd:gYear" in one(page, "div.warnings").text()


def test_nothing_found_leads_on(examples: Client) -> None:
    page = get(examples, "/nobody/knows", 404)
    assert "/browse/reports" in {link.attributes["href"] for link in page.css("main a")}


@pytest.mark.parametrize("name", [query.name for query in stored()])
def test_every_stored_query_has_a_page(examples: Client, name: str) -> None:
    page = get(examples, f"/api/queries/{name}?lang=en")
    query = next(query for query in stored() if query.name == name)
    assert one(page, "h1").text() == query.title[1]
    assert [box.attributes["name"] for box in page.css("form.search input:not([type=hidden])")] == [
        p.name for p in query.parameters
    ]
    assert bool(page.css("table.results")) == (not query.parameters)
    assert [
        (box.attributes["value"], box.attributes["placeholder"])
        for box in page.css("form.search input[required]")
    ] == [("", p.default) for p in query.parameters]
    answered = get(
        examples, f"/api/queries/{name}?" + urlencode({p.name: p.default for p in query.parameters})
    )
    assert answered.css("table.results td")


def test_an_agency_that_is_not_there_brings_the_near_ones(examples: Client) -> None:
    path = "/api/queries/figures-of-a-report?year=2024&agency=" + quote("柳汀县政府")
    warned = one(get(examples, path + "&lang=zh"), ".warnings li")
    assert warned.text() == "没有名为“柳汀县政府”的机关；是不是要写 柳汀县人民政府？"
    assert not get(examples, path.replace(quote("县政府"), quote("县人民政府"))).css(".warnings")


def test_a_link_that_could_run_is_no_link(examples: Client) -> None:
    page = get(examples, "/sparql?query=" + quote('SELECT (IRI("javascript:alert(1)") AS ?x) {}'))
    assert "javascript:alert(1)" in text(page)
    assert not page.css("a[href^='javascript']")


def test_a_report_is_checked_from_a_form(examples: Client) -> None:
    form = one(get(examples, "/check"), "form[method=post]")
    assert form.attributes["enctype"] == "multipart/form-data"
    assert one(form, "input[type=file]").attributes["name"] == "file"
    answer = examples("POST", "/check", b"a report", Accept=BROWSER)
    assert answer.media_type == "text/html"
    assert one(LexborHTMLParser(answer.text), ".checked p").text() == "checked"


def workbook(reply: Reply) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(reply.body))["results"]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_a_workbook_has_types_a_heading_and_a_name(examples: Client) -> None:
    reply = examples("GET", "/api/queries/requests-by-agency?format=xlsx")
    assert reply.headers["content-disposition"] == 'attachment; filename="requests-by-agency.xlsx"'
    sheet = workbook(reply)
    head = [cell.value for cell in sheet[1]]
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.endswith(str(sheet.max_row))
    year = head.index("年度")
    assert all(isinstance(row[year], int) for row in sheet.iter_rows(min_row=2, values_only=True))
    assert sheet.column_dimensions["A"].width > 20


@pytest.mark.parametrize(
    ("language", "heads", "column"),
    [
        ("zh", ["机关", "年度", "列", "上年报告的结转下年度", "本年报告的上年结转"], "总计"),
        ("en", ["agency", "year", "column", "carried out the year before", "carried in"], "natural persons"),
    ],
)
def test_what_people_take_away_has_heads_in_words(
    examples: Client, language: str, heads: list[str], column: str
) -> None:
    path = f"/api/queries/carry-over-mismatches?lang={language}"
    assert [cell.value for cell in workbook(examples("GET", path + "&format=xlsx"))[1]] == heads
    told, first, *_ = examples("GET", path + "&format=csv-excel").body.decode("utf-8-sig").split("\r\n")
    assert (told.split(","), first) == (heads, f"澜望市人力资源和社会保障局,2023,{column},2,3")
    assert [head.text() for head in get(examples, path).css("table.results th")] == heads


def test_what_programs_take_away_has_the_names_of_variables(examples: Client) -> None:
    path = "/api/queries/carry-over-mismatches?lang=zh&format="
    assert examples("GET", path + "csv").text.startswith("agency,year,column,carriedOutBefore,carriedIn\r\n")
    assert examples("GET", path + "json").json["head"]["vars"][3] == "carriedOutBefore"


def test_dates_and_truth_values_of_a_workbook(examples: Client) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    values = f'"2024-03-01"^^<{xsd}date> true 1.5 "0800" "=1+1" "INF"^^<{xsd}double> 99999999999999999'
    values += f' "maybe"^^<{xsd}boolean>'
    reply = examples("GET", "/sparql?format=xlsx&query=" + quote(f"SELECT ?x {{ VALUES ?x {{ {values} }} }}"))
    shown = [row[0] for row in workbook(reply).iter_rows(min_row=2, values_only=True)]
    assert str(shown[0]) == "2024-03-01 00:00:00"
    assert shown[1:5] == [True, 1.5, "0800", "=1+1"]
    assert [str(value) for value in shown[5:]] == ["INF", "99999999999999999", "maybe"]


def test_warnings_have_a_sheet_of_their_own(examples: Client) -> None:
    reply = examples("GET", "/sparql?format=xlsx&query=" + quote(GK + "SELECT ?r { ?r gk:year 2024 }"))
    book = openpyxl.load_workbook(io.BytesIO(reply.body))
    assert "xsd:gYear" in str(book["warnings"]["A1"].value)


def test_turtle_has_prefixes(examples: Client) -> None:
    reply = examples("GET", "/sparql?query=" + quote("DESCRIBE <https://w3id.org/gongkai/def#Report>"))
    assert "@prefix gk:" in reply.text
    assert "gk:Report a owl:Class" in reply.text


def test_what_was_found_in_an_edition_is_found_once_in_a_generation(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def find(generation: Generation, edition: str) -> tuple[Finding, ...]:
        asked.append((generation.id, edition))
        return ()

    monkeypatch.setattr("gongkai_api.reportpage._findings", find)
    known = Findings(most=2)
    first, second = (cast("Generation", SimpleNamespace(id=name, immutable=True)) for name in ("1", "2"))
    server = cast("Generation", SimpleNamespace(id="s", immutable=False))
    for generation in (first, first, second, second, server, server):
        assert known.of(generation, "e") == ()
    assert asked == [("1", "e"), ("2", "e"), ("s", "e"), ("s", "e")]
    known.of(first, "f")
    known.of(first, "e")
    assert asked[4:] == [("1", "f"), ("1", "e")], "the first were forgotten"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/check", "/check?lang=en"),
        ("/browse/reports?year=2023", "/browse/reports?year=2023&lang=en"),
        ("/report/a#b", "/report/a?lang=en#b"),
        ("https://example.org/", "https://example.org/"),
        ("", ""),
    ],
)
def test_a_link_has_the_language_that_was_asked_for(address: str, expected: str) -> None:
    assert View("en", (("lang", "en"),)).to(address) == expected
    assert View("en").to(address) == address
