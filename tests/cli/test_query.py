"""`gongkai query`: a stored question or a file of SPARQL, answered as a table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from gongkai.cli import main
from gongkai.store import Writer

COUNT = "SELECT (COUNT(?r) AS ?reports) WHERE { ?r a <https://w3id.org/gongkai/def#Report> }"


def query(store: Path, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["query", *map(str, arguments), "--store", str(store)])


@pytest.fixture
def question(tmp_path: Path) -> Path:
    path = tmp_path / "count.rq"
    path.write_text(COUNT, "utf-8")
    return path


def test_the_stored_queries_are_listed(examples_store: Path) -> None:
    result = query(examples_store)
    assert result.exit_code == 0
    assert "requests-by-agency" in result.stdout


def test_the_list_needs_no_store_and_has_parameters() -> None:
    result = CliRunner().invoke(main, ["query"])
    assert result.exit_code == 0
    assert "--param year=2024  (gYear)" in result.stdout


def test_a_stored_query_explains_itself() -> None:
    result = CliRunner().invoke(main, ["query", "facts-of-a-report", "--explain"])
    assert "Facts of the narrative of one report" in result.stdout
    assert "--param agency=柳汀县人民政府  (string)" in result.stdout


def test_sparql_is_asked_as_it_is_written(examples_store: Path) -> None:
    assert "10" in query(examples_store, COUNT).stdout


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), "natural persons"),
        (("--lang", "zh"), "自然人"),
        (("--format", "csv"), "自然人"),
        (("--format", "csv", "--lang", "en"), "natural persons"),
    ],
)
def test_labels_are_in_the_language_of_the_terminal_but_for_programs(
    examples_store: Path, options: tuple[str, ...], expected: str
) -> None:
    told = query(examples_store, "carry-over-mismatches", *options).stdout
    assert [words for words in ("natural persons", "自然人") if words in told] == [expected]


def test_a_question_without_a_store_is_told() -> None:
    result = CliRunner().invoke(main, ["query", "requests-by-agency"])
    assert (result.exit_code, "--store DIR" in result.stderr) == (2, True)


def test_three_formats_give_the_same_answer(examples_store: Path, question: Path) -> None:
    table = query(examples_store, question).stdout.splitlines()
    rows = list(csv.reader(io.StringIO(query(examples_store, question, "--format", "csv").stdout)))
    bindings = json.loads(query(examples_store, question, "--format", "json").stdout)["results"]["bindings"]
    assert [line.strip() for line in (table[0], table[2], table[-1])] == ["reports", "10", "(1 row)"]
    assert rows == [["reports"], ["10"]]
    assert [b["reports"]["value"] for b in bindings] == ["10"]


def test_a_question_with_a_parameter(examples_store: Path) -> None:
    result = query(
        examples_store, "figures-of-a-report", "--param", "agency=柳汀县人民政府", "--param", "year=2023"
    )
    assert result.exit_code == 0, result.output
    assert "柳汀县人民政府" in result.stdout
    assert not result.stderr


def test_which_default_a_parameter_has_is_told(examples_store: Path) -> None:
    result = query(examples_store, "figures-of-a-report", "--param", "agency=柳汀县人民政府")
    assert "note: year=2024" in result.stderr
    assert "agency" not in result.stderr


def test_ask_and_construct_are_answered_too(examples_store: Path, tmp_path: Path) -> None:
    ask, construct = tmp_path / "ask.rq", tmp_path / "construct.rq"
    ask.write_text("ASK { ?r a <https://w3id.org/gongkai/def#Report> }", "utf-8")
    construct.write_text("CONSTRUCT { ?r a ?t } WHERE { ?r a ?t } LIMIT 3", "utf-8")
    assert query(examples_store, ask).stdout.strip() == "true"
    graph = query(examples_store, construct).stdout
    assert "@prefix gk:" not in graph or "gk:" in graph.replace("@prefix gk:", "")
    assert list(ox.parse(graph, ox.RdfFormat.TURTLE))


@pytest.mark.parametrize("text", ["SELECT ?x WHERE { ?x", "no SPARQL"])
def test_what_is_no_query_is_one_clear_line(examples_store: Path, tmp_path: Path, text: str) -> None:
    bad = tmp_path / "bad.rq"
    bad.write_text(text, "utf-8")
    result = query(examples_store, bad)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")


def test_an_unknown_question_and_a_missing_store_are_told(examples_store: Path, tmp_path: Path) -> None:
    unknown = query(examples_store, "no-such-question")
    assert (unknown.exit_code, "no-such-question" in unknown.stderr) == (1, True)
    absent = query(examples_store, tmp_path / "none.rq")
    assert absent.stderr == f"Error: {tmp_path}/none.rq: No such file or directory; name a file of SPARQL\n"
    nowhere = query(tmp_path / "nowhere", "requests-by-agency")
    assert (nowhere.exit_code, "gongkai ingest" in nowhere.stderr) == (1, True)


def test_a_prefix_that_is_not_declared_is_given_with_its_line(examples_store: Path) -> None:
    result = query(examples_store, "SELECT ?r { ?r a gk:Report }")
    assert result.exit_code == 1
    assert "line 1, column 18" in result.stderr
    assert "PREFIX gk: <https://w3id.org/gongkai/def#>" in result.stderr


def test_a_parameter_that_does_not_exist_brings_those_that_do(examples_store: Path) -> None:
    result = query(examples_store, "facts-of-a-report", "--param", "agencyy=x")
    assert "it takes agency, year" in result.stderr


@pytest.mark.parametrize(
    ("written", "near"),
    [("柳汀县政府", "柳汀县人民政府"), ("墨溪", "墨溪县教育局"), ("卫生健康局", "桐浦县卫生健康局")],
)
def test_an_agency_that_is_not_there_brings_the_near_ones(
    examples_store: Path, written: str, near: str
) -> None:
    result = query(
        examples_store, "facts-of-a-report", "--param", f"agency={written}", "--param", "year=2023"
    )
    assert result.exit_code == 1
    assert f"no agency is called {written}; did you mean {near}" in result.stderr


def test_an_agency_unlike_any_brings_where_they_are_listed(examples_store: Path) -> None:
    result = query(examples_store, "facts-of-a-report", "--param", "agency=x")
    assert "no agency is called x; `gongkai query coverage` lists those that there are" in result.stderr


def test_a_default_agency_that_the_store_lacks_is_told(tmp_path: Path) -> None:
    with Writer.open(tmp_path / "store") as writer:
        writer.publish()
    result = query(tmp_path / "store", "facts-of-a-report")
    assert (result.exit_code, "no agency is called 柳汀县人民政府" in result.stderr) == (1, True)


def test_a_term_that_is_not_of_the_ontology_is_warned_of(examples_store: Path, tmp_path: Path) -> None:
    path = tmp_path / "typo.rq"
    path.write_text("SELECT ?r WHERE { ?r a <https://w3id.org/gongkai/def#Raport> }", "utf-8")
    result = query(examples_store, path)
    assert result.exit_code == 0
    assert "warning" in result.stderr
    assert "Raport" in result.stderr


def test_office_formats_have_heads_in_words_and_a_sheet_of_warnings(
    examples_store: Path, tmp_path: Path
) -> None:
    out = tmp_path / "answer.xlsx"
    assert (
        query(examples_store, "carry-over-mismatches", "--format", "csv-excel", "--output", out).exit_code
        == 0
    )
    told = out.read_bytes()
    assert told.startswith(b"\xef\xbb\xbfagency,year,column,carried out the year before,carried in\r\n")
    year = "SELECT ?r WHERE { ?r <https://w3id.org/gongkai/def#year> 2024 }"
    assert query(examples_store, year, "--format", "xlsx", "--output", out).exit_code == 0
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["results", "warnings"]
    assert "xsd:gYear" in str(book["warnings"]["A1"].value)


def test_a_table_goes_to_a_file_as_well(examples_store: Path, tmp_path: Path) -> None:
    out = tmp_path / "answer.txt"
    assert not query(examples_store, "carry-over-mismatches", "--output", out).stdout
    assert out.read_text("utf-8") == query(examples_store, "carry-over-mismatches").stdout


def test_a_workbook_needs_a_file_and_rows(examples_store: Path, tmp_path: Path) -> None:
    nowhere = query(examples_store, COUNT, "--format", "xlsx")
    assert (nowhere.exit_code, "--output FILE.xlsx" in nowhere.stderr) == (2, True)
    truth = query(examples_store, "ASK {}", "--format", "xlsx", "--output", tmp_path / "a.xlsx")
    assert (truth.exit_code, "format=xlsx is none of" in truth.stderr) == (1, True)


def test_a_warning_is_in_the_language_of_the_terminal(
    examples_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    told = query(examples_store, "SELECT ?r { ?r a <https://w3id.org/gongkai/def#report> }").stderr
    assert told.startswith("警告：<https://w3id.org/gongkai/def#report> 不是类")


def test_without_a_store_nothing_is_warned_of(tmp_path: Path) -> None:
    told = query(tmp_path, "SELECT ?r { ?r a <https://w3id.org/gongkai/def#report> }").stderr
    assert "warning" not in told
    assert "no published store" in told
