from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import openpyxl
import pyoxigraph as ox
import pytest
import selectolax.lexbor

from gongkai.form import form
from gongkai.rules import Assessment, assess_store
from gongkai.rules.checking import memory
from gongkai.rules.data import select
from gongkai.rules.judgement import Judgement, Opinion, describe
from gongkai.rules.output import graph, markdown, page, phrases, plain, record, workbook
from gongkai.rules.output.summary import summary
from gongkai.turtle import GK

from .graphs import BASE, Draft, triples

FAULTY = Draft(changes={("applications", "总计", "otherOrganisation"): 1})
LATER = Draft(name="b", year=2024, changes={("applications", "上年结转", "company"): 2})


def store(*drafts: Draft) -> ox.Store:
    return memory(t for d in drafts for t in triples(d))


@pytest.fixture(scope="module")
def one() -> Assessment:
    return assess_store(store(FAULTY))


@pytest.fixture(scope="module")
def two() -> Assessment:
    return assess_store(store(FAULTY, LATER))


def test_json_says_all(one: Assessment) -> None:
    (told,) = json.loads(record.dumps(one))["reports"]
    assert [f["rule"] for f in told["findings"]] == ["T3-1", "T3-2", "T3-3", "T3-7"]
    assert told["findings"][2]["left"] == 3
    form = "https://w3id.org/gongkai/form#"
    assert told["findings"][2]["cells"][0] == {
        "table": {
            "key": "applications",
            "iri": f"{form}applications",
            "label": {"zh": "收到和处理政府信息公开申请情况表", "en": "Table of requests"},
        },
        "row": {
            "key": "总计",
            "iri": f"{form}total",
            "label": {"zh": "（七）总计", "en": "total of outcomes"},
        },
        "column": {
            "key": "naturalPerson",
            "iri": f"{form}naturalPerson",
            "label": {"zh": "自然人", "en": "natural persons"},
        },
        "value": 2,
        "edition": f"{BASE}edition/a",
        "start": 0,
        "end": 1,
        "line": None,
    }
    assert told["findings"][0]["articles"][0]["iri"].endswith("notice-2021-30")
    assert sum(told["outcomes"].values()) == len(told["verdicts"])


def test_a_rule_that_lacks_its_input_is_not_passed(one: Assessment) -> None:
    outcomes = {v.rule.key: v.outcome.name for v in one.verdicts}
    assert outcomes["Y1"] == "NOT_ASSESSABLE"
    assert outcomes["T4-1"] == "PASSED"
    assert outcomes["T3-1"] == "FAILED"
    assert outcomes["T3-6"] == "NOT_APPLICABLE"


def test_text_names_rule_numbers_and_key(one: Assessment) -> None:
    told = plain.dumps(one)
    for words in (
        "T3-3 各类申请人之和不等于总计",
        "（七）总计",
        "前者为3，后者为2",
        "the former is 3",
        "总计·自然人=2",
        one.findings[0].key,
    ):
        assert words in told


def test_that_nothing_was_found_is_said(one: Assessment) -> None:
    data = store(Draft())
    sound = assess_store(data)
    for words in (plain.dumps(sound), markdown.dumps(sound), page.dumps(sound, data)):
        assert "未发现问题" in words
    assert "未发现问题" not in plain.dumps(one)


def test_of_a_part_of_a_report_it_is_not_said() -> None:
    data = store(Draft(excerpt=True))
    part = assess_store(data)
    assert not part.findings
    for words in (plain.dumps(part), markdown.dumps(part), page.dumps(part, data)):
        assert "只是报告的一部分，只校验了已有的内容" in words
        assert "未发现问题" not in words


def test_a_cell_of_another_document_names_it() -> None:
    data = store(FAULTY, LATER)
    for name in ("a", "b"):
        edition, source = ox.NamedNode(f"{BASE}edition/{name}"), ox.Literal(f"{name}.pdf")
        data.add(ox.Quad(edition, ox.NamedNode(f"{GK}sourceName"), source))
    (carried,) = (
        f for f in assess_store(data).findings if f.rule.key == "Y1" and f.cells[0].column == "company"
    )
    own, other = sorted(carried.cells, key=lambda c: c.row)
    assert phrases.cells([own], carried.focus).zh == "上年结转·商业企业=2"
    there = phrases.cells([other], carried.focus)
    assert there.zh == "结转下年度·商业企业=0（“a.pdf”）"
    assert (
        there.en
        == "Table of requests, row “carried over into the next year”, column “companies”: 0 (“a.pdf”)"
    )


def test_markdown_escapes_what_a_report_says(one: Assessment) -> None:
    told = markdown.dumps(one)
    assert "**违反 violation** T3-3" in told
    assert "\\[" in told  # the brackets of the file's name


def test_turtle_is_a_validation_report_and_earl(one: Assessment) -> None:
    made = ox.Store()
    made.extend(
        ox.Quad(*t)
        for t in (
            (q.subject, q.predicate, q.object)
            for q in ox.parse(graph.turtle(one), format=ox.RdfFormat.TURTLE)
        )
    )
    assert not any(isinstance(t, ox.BlankNode) for q in made for t in (q.subject, q.object))
    query = """
        PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX earl: <http://www.w3.org/ns/earl#>
        SELECT ?rule ?outcome (COUNT(DISTINCT ?cell) AS ?cells) WHERE {
            ?report a sh:ValidationReport ; sh:conforms false ; sh:result ?result .
            ?result a sh:ValidationResult ; sh:focusNode ?focus ; sh:resultSeverity ?severity ;
                sh:sourceConstraintComponent ?component ; gk:rule ?rule ; gk:leftOperand ?left ; gk:cell ?cell .
            ?assertion a earl:Assertion ; earl:test ?rule ; earl:subject ?focus ; earl:result/earl:outcome ?outcome .
        } GROUP BY ?rule ?outcome ORDER BY ?rule"""
    found = [
        (s["rule"].rpartition("#")[2], int(s["cells"]), s["outcome"].rpartition("#")[2])
        for s in select(made, query)
    ]
    assert found == [
        ("T3-1", 4, "failed"),
        ("T3-2", 22, "failed"),
        ("T3-3", 7, "failed"),
        ("T3-7", 1, "failed"),
    ]


def test_the_same_assessment_gives_the_same_turtle(one: Assessment) -> None:
    assert graph.turtle(one) == graph.turtle(assess_store(store(FAULTY)))


def test_the_page_shows_the_findings_on_the_cells(one: Assessment) -> None:
    told = selectolax.lexbor.LexborHTMLParser(page.dumps(one, store(FAULTY)))
    cells = [c for c in told.css("td.violation") if c.text().startswith("1")]
    assert [c.text() for c in cells] == ["1T3-1T3-2T3-3T3-7"]
    targets = {a.attributes["href"] for a in told.css("td a.mark")}
    assert targets == {f"#{d.attributes['id']}" for d in told.css("div.finding")}
    assert not told.css("script, link, img")
    assert "一、本年新收政府信息公开申请数量" in [th.text() for th in told.css("th")]


def test_words_of_a_report_are_no_markup() -> None:
    draft = Draft(name="x", doubts=[("table-label", "<script>alert(1)</script>")])
    shown = page.dumps(assess_store(store(draft)), store(draft))
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_the_work_paper_opens_and_marks_the_cell(one: Assessment) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.dumps(one, store(FAULTY))))
    assert [s.title for s in book] == ["问题 findings", "表格 tables", "结论 verdicts"]
    assert [r[3].value for r in book["问题 findings"].iter_rows(min_row=2)] == [
        "T3-1",
        "T3-2",
        "T3-3",
        "T3-7",
    ]
    marked = [c for row in book["表格 tables"] for c in row if c.comment and c.value == 1]
    assert len(marked) == 1
    assert "T3-3" in marked[0].comment.text  # type: ignore[union-attr]


def test_the_work_paper_is_as_high_as_its_words_and_as_wide_as_a_page(one: Assessment) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.dumps(one, store(FAULTY))))
    sheet = book["问题 findings"]
    for row in range(2, sheet.max_row + 1):
        where = str(sheet.cell(row, 11).value)
        assert 50 * (sheet.row_dimensions[row].height or 0) / 15 >= 2 * sum("一" <= c <= "龥" for c in where)
        assert where
    assert max(d.height or 0 for d in sheet.row_dimensions.values()) > 30
    assert [(s.page_setup.orientation, s.page_setup.fitToWidth) for s in book] == [("landscape", 1)] * 3
    assert sheet.print_title_rows == "$1:$1"


def test_words_that_a_spreadsheet_takes_for_a_formula_stay_words() -> None:
    draft = Draft(agency="=1+1局", doubts=[("title-missing", "")])
    graph_of = [*triples(draft), *label(draft.agency)]
    book = openpyxl.load_workbook(
        io.BytesIO(workbook.dumps(assess_store(memory(graph_of)), memory(graph_of)))
    )
    assert book["问题 findings"]["A2"].value == "'=1+1局"


def label(agency: str) -> list[ox.Triple]:
    name = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    return [ox.Triple(ox.NamedNode(f"{BASE}agency/{agency}"), name, ox.Literal(agency, language="zh"))]


def test_the_summary_counts_what_was_judged(two: Assessment) -> None:
    counted = summary(two)
    by_rule = {r.key: (s.failed, s.judged) for r, s in counted.by_rule}
    assert counted.reports == 2
    assert by_rule["T3-3"] == (2, 2)
    assert by_rule["Y1"] == (1, 1)  # the first year has none before it
    assert [(s.name, s.failed, s.judged) for s in counted.by_year] == [("2023", 1, 1), ("2024", 1, 1)]


@pytest.mark.parametrize("opinion", Opinion)
def test_a_judgement_is_kept_by_report_rule_and_cells(opinion: Opinion) -> None:
    report = f"{BASE}report/{FAULTY.agency}/{FAULTY.year}"
    said = Judgement(opinion, "王审核", datetime(2024, 3, 1, tzinfo=UTC), "与填报人核对")
    key = next(f.key for f in assess_store(store(FAULTY)).findings if f.rule.key == "T3-3")
    again = Draft(
        name="another-edition", changes=FAULTY.changes
    )  # the same report, ingested anew from another file
    data = memory((*triples(again), *describe(report, key, said)))
    judged = {f.rule.key: f.judgement for f in assess_store(data).findings}
    assert judged == {"T3-1": None, "T3-2": None, "T3-3": said, "T3-7": None}


def test_the_last_judgement_counts() -> None:
    report = f"{BASE}report/{FAULTY.agency}/{FAULTY.year}"
    key = next(f.key for f in assess_store(store(FAULTY)).findings if f.rule.key == "T3-3")
    first = Judgement(Opinion.MISTAKEN, "甲", datetime(2024, 3, 1, tzinfo=UTC), "误报")
    second = Judgement(Opinion.CONFIRMED, "乙", datetime(2024, 3, 2, tzinfo=UTC), "属实")
    data = memory((*triples(FAULTY), *describe(report, key, second), *describe(report, key, first)))
    assert [f.judgement for f in assess_store(data).findings if f.key == key] == [second]


def test_of_many_inputs_that_the_same_rules_lack_the_rest_are_counted() -> None:
    blank = {
        ("applications", "新收", column): None for column in ("company", "legalService", "totalRequests")
    }
    told = list(phrases.missing(assess_store(store(Draft(changes=blank))).verdicts))
    assert len(told) == len(set(told))
    empty = {(t.key, r.key, c.key): None for t in form(2021).tables for r in t.rows for c in r.columns}
    many = list(phrases.missing(assess_store(store(Draft(changes=empty))).verdicts))
    assert any("另有" in line for line in many)
    assert len(many) < 40
    english = list(phrases.missing(assess_store(store(Draft(changes=empty))).verdicts, lambda w: w.en))
    assert len(english) > 10
    assert not any("：" in line for line in english)


def test_a_page_in_english_names_cells_in_english(one: Assessment) -> None:
    found = next(f for f in one.findings if f.rule.key == "T3-3")
    (chinese,), (english,) = (
        phrases.evidence(found, lambda w: w.zh),
        phrases.evidence(found, lambda w: w.en),
    )
    assert english.startswith("Table of requests, row “total of outcomes”: column “natural persons” 2; ")
    assert english.count(";") == chinese.count("；")
    assert not any("一" <= c <= "鿿" for c in english)
    assert list(phrases.evidence(found))[:2] == [chinese, english]


def test_a_page_in_english_labels_the_tables_in_english(one: Assessment) -> None:
    told = page.part(one, store(FAULTY), "en")
    for label in ("Table of requests", "total of outcomes", "natural persons"):
        assert f">{label}<" in told
    assert "自然人" not in told
