"""Numbers of the text that say what a cell of a table says: row, column, value, and whether they can be compared."""

from __future__ import annotations

import pytest

from gongkai.turtle import FORM
from tests.narrative.texts import narrative


def told(text: str) -> list[str]:
    found = narrative(text).restatements
    return [
        f"{r.row.removeprefix(FORM)} {r.column.removeprefix(FORM)} {r.value}{r.unit}{'' if r.comparable else ' ?'}"
        for r in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年制发规范性文件6件。", ["normativeDocuments made 6件"]),
        ("本年度新出台4件行政规范性文件。", ["normativeDocuments made 4件"]),
        ("今年制定出台了行政规范性文件共3件。", ["normativeDocuments made 3件"]),
        (
            "制发规范性文件5件、废止3件，现行有效规范性文件41件。",
            [
                "normativeDocuments made 5件",
                "normativeDocuments repealed 3件",
                "normativeDocuments inForce 41件",
            ],
        ),
        ("制定政府规章2件。", ["rules made 2件"]),
        ("制发规范性文件十二件。", ["normativeDocuments made 12件"]),
        ("去年制发规范性文件8件。", ["normativeDocuments made 8件 ?"]),
        ("累计制发规范性文件80件。", ["normativeDocuments made 80件 ?"]),
        ("制发规范性文件30余件。", ["normativeDocuments made 30件 ?"]),
        (
            "制发规范性文件9件，其中区政府办公室制发规范性文件7件。",
            ["normativeDocuments made 9件", "normativeDocuments made 7件 ?"],
        ),
        ("清理规范性文件20件。", []),
        ("解读规范性文件3件。", []),
        ("公开规范性文件15件。", []),
        ("制定工作方案2件。", []),
    ],
)
def test_a_number_is_of_the_row_and_column_that_the_words_name(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_the_quote_stands_where_it_says_and_is_no_fact() -> None:
    made = narrative("全年发布信息40条，制发规范性文件6件。")
    (restated,) = made.restatements
    assert restated.quote.text == "制发规范性文件6件"
    assert restated.number.end - restated.number.start == 1
    assert [f.indicator for f in made.facts] == ["website-items"]
