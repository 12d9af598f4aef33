"""Every stored query runs over the bundled examples, and answers what was approved.

The approved answers are `answers/<name>.csv`. To approve anew, after a look at what has changed: GONGKAI_APPROVE=1 pytest …
"""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai.queries import StoredQuery, stored
from gongkai.resources import folder
from gongkai.store import Generation, Writer

ANSWERS = Path(__file__).parent / "answers"
APPROVE = "GONGKAI_APPROVE" in os.environ
QUERIES = pytest.mark.parametrize("query", stored(), ids=lambda q: q.name)
EXTRACTED = re.compile(r"gk:(fact|shortcoming|improvementMeasure|citation|feeStatement)\b")
"""What rests on the extraction from the narrative may gain and lose a row as that gets better; tables may not."""
STILL_THERE = 0.8


def answer(query: StoredQuery, location: Path) -> str:
    """The answer as CSV."""
    solutions = Generation.current(location).query(query.text)
    assert isinstance(solutions, ox.QuerySolutions)
    return (solutions.serialize(format=ox.QueryResultsFormat.CSV) or b"").decode().replace("\r\n", "\n")


def test_there_are_as_many_answers_as_questions() -> None:
    assert len(stored()) >= 10
    assert {f.stem for f in ANSWERS.glob("*.csv")} == {query.name for query in stored()}


@QUERIES
def test_answer(query: StoredQuery, examples_store: Path) -> None:
    given = answer(query, examples_store)
    file = ANSWERS / f"{query.name}.csv"
    if APPROVE:
        file.write_text(given, encoding="utf-8")
    head, *approved = file.read_text(encoding="utf-8").splitlines()
    rows = given.splitlines()
    assert rows[0] == head
    assert approved
    if EXTRACTED.search(query.text):
        assert len(set(approved) & set(rows)) >= STILL_THERE * len(approved)
    else:
        assert rows[1:] == approved


@QUERIES
def test_head(query: StoredQuery) -> None:
    assert all((*query.title, *query.description))
    assert any("一" <= c <= "鿿" for c in query.title[0] + query.description[0])
    assert query.title[1].isascii()
    assert len(query.keywords) >= 2


@QUERIES
def test_each_column_has_a_head_in_both_languages(query: StoredQuery) -> None:
    (names,) = csv.reader([(ANSWERS / f"{query.name}.csv").read_text(encoding="utf-8").splitlines()[0]])
    for language in ("zh", "en"):
        heads = query.heads(language)
        assert len(heads) == len(set(heads)) == len(names)
        assert all(head.isascii() == (language == "en") for head in heads)


@QUERIES
def test_labels_are_in_the_language_of_the_reader(query: StoredQuery, examples_store: Path) -> None:
    """The same rows, with labels that are English; agencies, places and words of the text stay as they are."""
    generation = Generation.current(examples_store)
    chinese, english = (
        [dict(zip(found.variables, row, strict=True)) for row in found]
        for language in ("zh", "en")
        if isinstance(found := generation.query(query.bound({}, language)), ox.QuerySolutions)
    )
    assert len(chinese) == len(english)
    labels = {ox.Variable(name) for name in re.findall(r'LANG\(\?(\w+)\) = "zh"', query.text)}
    shown = [row[label] for row in english for label in labels & row.keys() if row[label] is not None]
    assert all(term.value.isascii() for term in shown)
    assert bool(shown) == bool(labels & set(english[0])), "each label is shown somewhere"


@QUERIES
def test_order_is_total_enough_to_be_compared(query: StoredQuery) -> None:
    """An answer that may come in another order cannot be read twice."""
    assert "ORDER BY" in query.text


@QUERIES
def test_a_store_without_reports_has_an_answer_too(query: StoredQuery, tmp_path: Path) -> None:
    with Writer.open(tmp_path / "store") as writer:
        writer.publish()
    assert answer(query, tmp_path / "store").count("\n") == 1


def test_the_queries_are_where_the_wheel_takes_them_from() -> None:
    assert {f.stem for f in folder("queries").iterdir()} == {query.name for query in stored()}
