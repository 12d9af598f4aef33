"""`gongkai query`: a stored question or a file of SPARQL, answered as a table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai.cli import main

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


def test_ask_and_construct_are_answered_too(examples_store: Path, tmp_path: Path) -> None:
    ask, construct = tmp_path / "ask.rq", tmp_path / "construct.rq"
    ask.write_text("ASK { ?r a <https://w3id.org/gongkai/def#Report> }", "utf-8")
    construct.write_text("CONSTRUCT { ?r a ?t } WHERE { ?r a ?t } LIMIT 3", "utf-8")
    assert query(examples_store, ask).stdout.strip() == "true"
    assert query(examples_store, construct).stdout.strip()


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
    nowhere = query(tmp_path / "nowhere", "requests-by-agency")
    assert (nowhere.exit_code, "gongkai ingest" in nowhere.stderr) == (1, True)


def test_a_term_that_is_not_of_the_ontology_is_warned_of(examples_store: Path, tmp_path: Path) -> None:
    path = tmp_path / "typo.rq"
    path.write_text("SELECT ?r WHERE { ?r a <https://w3id.org/gongkai/def#Raport> }", "utf-8")
    result = query(examples_store, path)
    assert result.exit_code == 0
    assert "warning" in result.stderr
    assert "Raport" in result.stderr
