"""A report as triples: the same each time, every name declared, every place pointing at the words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyoxigraph as ox
import pytest

from gongkai.describe import current, describe, structure, superseded
from gongkai.form import forms
from gongkai.iris import Iris
from gongkai.parse import parse
from gongkai.pipeline import extraction
from gongkai.report import Report
from gongkai.resources import folder
from gongkai.turtle import DCTERMS, GK, QB, type_
from tests.identity.pages import BODY, page
from tests.ontology.terms import OWN, described
from tests.papers import Paper, document

IRIS = Iris("https://example.org/")
EXAMPLES = sorted((folder("examples") / "reports").iterdir())
Found = dict[str, dict[str, list[str]]]


def papers() -> Iterator[Paper]:
    yield Paper()
    yield Paper(layout="html", version=2019, year=2020, printer="signed")
    yield Paper(layout="tabs", collapse=True, values={"重复申请": (None,) * 7}, printer="slash")
    yield Paper(layout="markdown", printer="with-unit")


@pytest.fixture(scope="module", params=range(4))
def report(request: pytest.FixtureRequest) -> Report:
    index: int = request.param
    return list(papers())[index].parsed()


@pytest.fixture(scope="module")
def examples() -> list[tuple[ox.Triple, ...]]:
    return [extraction(path).triples(IRIS) for path in EXAMPLES]


def properties(triples: tuple[ox.Triple, ...]) -> Found:
    found: Found = {}
    for t in triples:
        assert isinstance(t.subject, ox.NamedNode)
        assert not isinstance(t.object, ox.Triple)
        found.setdefault(t.subject.value, {}).setdefault(t.predicate.value, []).append(t.object.value)
    return found


def test_the_same_report_gives_the_same_triples(report: Report) -> None:
    assert describe(report, IRIS) == describe(report, IRIS)
    again = parse(report.document)
    assert describe(again, IRIS) == describe(report, IRIS)


def test_there_is_no_blank_node_and_no_triple_twice(
    report: Report, examples: list[tuple[ox.Triple, ...]]
) -> None:
    for triples in (describe(report, IRIS), *examples):
        assert len(set(triples)) == len(triples)
        assert not any(isinstance(term, ox.BlankNode) for t in triples for term in (t.subject, t.object))


def test_every_own_term_is_declared(report: Report, examples: list[tuple[ox.Triple, ...]]) -> None:
    declared = described()
    for triples in (describe(report, IRIS), superseded(describe(report, IRIS)), structure(IRIS), *examples):
        used = {t.predicate.value for t in triples}
        used |= {t.object.value for t in triples if isinstance(t.object, ox.NamedNode)}
        own = {iri for iri in used if iri.startswith(OWN)}
        assert own
        assert not own - set(declared)


def test_what_was_superseded_can_be_current_again(report: Report) -> None:
    triples = describe(report, IRIS)
    assert superseded(triples) != triples
    assert current(superseded(triples)) == triples
    assert superseded(superseded(triples)) == superseded(triples)


def test_no_row_of_a_superseded_edition_counts(report: Report) -> None:
    triples = superseded(describe(report, IRIS))
    kinds = {str(t.object).strip("<>") for t in triples if t.predicate.value == type_}
    assert not kinds & {GK + "TableRow", QB + "Observation", GK + "Fact"}
    assert GK + "SupersededRow" in kinds
    assert not any(t.predicate.value in {QB + "dataSet", GK + "currentEdition"} for t in triples)


def test_a_row_with_every_measure_is_an_observation_of_a_data_set(report: Report) -> None:
    """Integrity constraints IC-11 and IC-14 of RDF Data Cube hold; a row with a blank cell is none."""
    found = properties(describe(report, IRIS))
    sets = properties(structure(IRIS))
    rows = {s: p for s, p in found.items() if GK + "TableRow" in p.get(type_, ())}
    assert len(rows) == sum(len({f.row for f in t.figures}) for t in report.tables)
    for subject, about in rows.items():
        complete = GK + "notedCell" not in about or all(
            GK + "blankReason" not in found[cell] for cell in about[GK + "notedCell"]
        )
        assert (QB + "Observation" in about[type_]) == complete, subject
        if complete:
            (dataset,) = about[QB + "dataSet"]
            components = [sets[c] for c in sets[f"{dataset}#structure"][QB + "component"]]
            wanted = {
                iri for c in components for key in ("dimension", "measure") for iri in c.get(QB + key, ())
            }
            assert wanted <= set(about)
            assert {len(about[iri]) for iri in wanted} == {1}


def test_every_place_points_at_its_words(examples: list[tuple[ox.Triple, ...]]) -> None:
    quotes = 0
    for triples in examples:
        found = properties(triples)
        (text,) = (p[GK + "text"][0] for p in found.values() if GK + "text" in p)
        for about in found.values():
            if GK + "start" in about:
                start, end = int(about[GK + "start"][0]), int(about[GK + "end"][0])
                assert 0 <= start <= end <= len(text)
                assert int(about[GK + "line"][0]) == text.count("\n", 0, start) + 1
                for quote in about.get(GK + "quote", ()):
                    assert text[start:end] == quote
                    quotes += 1
    assert quotes > 50


def test_every_doubt_and_every_noted_cell_is_there(report: Report) -> None:
    found = properties(describe(report, IRIS))
    doubts = [p for p in found.values() if GK + "Doubt" in p.get(type_, ())]
    assert [p[GK + "aspect"][0] for p in doubts] == [str(d.aspect) for d in report.doubts]
    blanks = [f for t in report.tables for f in t.figures if f.blank]
    reasons = sorted(p[GK + "blankReason"][0] for p in found.values() if GK + "blankReason" in p)
    assert reasons == sorted(GK + str(f.blank) for f in blanks)


def test_the_edition_says_what_it_was_read_from() -> None:
    text = Paper().text().replace("\n", "\n发布日期：2024年1月31日\n", 1)
    report = parse(document(text, "年报.txt"))
    found = properties(describe(report, IRIS))
    edition = found[IRIS.edition(report)]
    source = report.document.source
    assert edition[GK + "sourceName"] == ["年报.txt"]
    assert edition[GK + "sha256"] == [source.sha256]
    assert edition[GK + "text"] == [text]
    assert edition[DCTERMS + "issued"] == [date(2024, 1, 31).isoformat()]
    assert edition[GK + "ofReport"] == [IRIS.report(report)]
    assert set(edition[GK + "stated"]) >= {f"{IRIS.edition(report)}#{key}" for key in ("title", "published")}


def test_the_form_of_a_report_without_tables_is_inferred() -> None:
    """There is no row, no observation and no data set of what is not there; that the tables are missing is in doubt."""
    report = parse(
        page("澜望市档案局2023年政府信息公开工作年度报告", *BODY, "二、主动公开政府信息情况", "详见附件。")
    )
    found = properties(describe(report, IRIS))
    assert report.tables == ()
    assert GK + "formVersion" in found[IRIS.edition(report)][GK + "inferred"]
    kinds = {kind for about in found.values() for kind in about.get(type_, ())}
    assert not kinds & {GK + "TableRow", GK + "NotedCell", QB + "Observation"}
    assert not any(QB + "dataSet" in about for about in found.values())


def test_the_form_that_tables_are_set_on_is_not_inferred(report: Report) -> None:
    found = properties(describe(report, IRIS))
    assert GK + "formVersion" not in found[IRIS.edition(report)].get(GK + "inferred", ())


def test_names_are_of_the_base_and_of_nothing_else(report: Report) -> None:
    subjects = {t.subject.value for t in describe(report, IRIS) if isinstance(t.subject, ox.NamedNode)}
    assert all(s.startswith("https://example.org/") for s in subjects)
    assert not any(c in s for s in subjects for c in ' "<>\\^`{|}')


def test_an_unidentified_report_is_named_by_its_source() -> None:
    text = Paper().text().partition("\n")[2]
    report = parse(document(text))
    assert report.agency is None
    name = IRIS.report(report)
    assert name == f"https://example.org/report/unidentified/{report.document.source.sha256[:12]}"
    rows = [p for p in properties(describe(report, IRIS)).values() if GK + "TableRow" in p.get(type_, ())]
    assert rows
    assert all(QB + "Observation" not in p[type_] for p in rows)  # without agency it has no place in the cube


def test_a_data_set_for_each_shape_of_row() -> None:
    sets = [t.subject for t in structure(IRIS) if t.object == ox.NamedNode(QB + "DataSet")]
    shapes = {(t.key, r.columns) for f in forms() for t in f.tables for r in (*t.rows, *t.collapsed)}
    assert len(sets) == len(shapes)


def told_of_agency(name: str) -> dict[str, list[str]]:
    report = parse(page(f"{name}2023年政府信息公开工作年度报告", *BODY))
    found = properties(tuple(describe(report, IRIS)))
    return next(about for about in found.values() if GK + "Agency" in about.get(type_, ()))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("邳州市人民政府办公室", ["true"]),
        ("云岭省人民政府办公厅", ["true"]),
        ("邳州市人民政府外事办公室", None),
        ("邳州市海洋发展局", None),
    ],
)
def test_only_the_general_office_of_a_government_may_report_for_it(name: str, told: list[str] | None) -> None:
    assert told_of_agency(name).get(GK + "officeOfGovernment") == told


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("澜望市海洋发展局", [GK + "county"]),
        ("澜望市云岭经济开发区管理委员会", None),
        ("邳州市海洋发展局", None),
    ],
)
def test_a_city_of_open_level_is_a_county_at_least(name: str, least: list[str] | None) -> None:
    assert told_of_agency(name).get(GK + "leastLevel") == least
