from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.rules import Finding, check
from gongkai.rules.checking import assess_store, memory

from .graphs import Draft, triples


def findings(draft: Draft) -> tuple[Finding, ...]:
    return assess_store(memory(triples(draft))).findings


def anomalies(draft: Draft) -> set[str | None]:
    return {f.anomaly for f in findings(draft)}


@pytest.mark.parametrize("version", [2021, 2019])
def test_sound_reports_are_clean(version: int) -> None:
    assert findings(Draft(version=version, year=version)) == ()


def test_a_wrong_total_breaks_three_sums_and_each_names_its_numbers() -> None:
    found = findings(Draft(changes={("applications", "总计", "otherOrganisation"): 1}))
    assert [(f.rule.key, f.anomaly, f.left, f.right, f.difference) for f in found[:3]] == [
        ("T3-1", "applications-balance:其他", Decimal(0), Decimal(1), Decimal(-1)),
        ("T3-2", "applications-column-sum:其他", Decimal(0), Decimal(1), Decimal(-1)),
        ("T3-3", "applications-row-sum:总计", Decimal(3), Decimal(2), Decimal(1)),
    ]
    balance, column, row, heal = found
    assert [len(f.cells) for f in found] == [4, 22, 7, 1]
    assert {c.row for c in row.cells} == {"总计"}
    assert {c.column for c in (*column.cells, *balance.cells)} == {"otherOrganisation"}
    assert "（七）总计" in row.message.zh
    assert "3" in row.message.zh
    assert "2" in row.message.en
    assert (heal.rule.key, heal.left, heal.right) == ("T3-7", Decimal(1), Decimal(0))
    assert [(c.row, c.column) for c in heal.cells] == [("总计", "otherOrganisation")]
    assert "3处" in heal.message.zh


def test_the_reference_engine_decides_drafts() -> None:
    draft = Draft(changes={("applications", "总计", "otherOrganisation"): 1})
    assert check(triples(draft)) == findings(draft)


def test_a_sum_with_a_blank_cell_is_not_judged() -> None:
    changes = {
        ("applications", "予以公开", "naturalPerson"): None,
        ("applications", "予以公开", "totalRequests"): 5,
    }
    assert anomalies(Draft(changes=changes)) - {None} == {"applications-column-sum:总计"}


@pytest.mark.parametrize(
    ("row", "anomaly"),
    [
        ("行政复议", "review-sum"),
        ("未经复议直接起诉", "litigation-sum:direct"),
        ("复议后起诉", "litigation-sum:after-review"),
    ],
)
def test_each_block_of_the_reviews_has_its_sum(row: str, anomaly: str) -> None:
    assert anomalies(Draft(changes={("review", row, "pending"): 4})) == {anomaly}


@pytest.mark.parametrize(
    ("aspect", "where", "anomaly"),
    [
        ("section-missing", "3", "section-missing:3"),
        ("title-missing", "", "title-missing"),
        ("table-missing", "review", "table-missing:review"),
        ("table-label", "总计", "table-label"),
        ("collapsed", "其他处理", "other-handling-collapsed"),
        ("misaligned", "review/行政复议", "review-misaligned"),
    ],
)
def test_doubts_of_the_reader_become_findings(aspect: str, where: str, anomaly: str) -> None:
    assert anomalies(Draft(doubts=[(aspect, where)])) == {anomaly}


def test_what_an_excerpt_does_not_hold_is_no_fault() -> None:
    doubts = [("section-missing", "3"), ("title-missing", ""), ("table-missing", "review")]
    assert findings(Draft(doubts=doubts, excerpt=True)) == ()


def test_a_misaligned_table_of_requests_is_no_misaligned_table_of_reviews() -> None:
    assert anomalies(Draft(doubts=[("misaligned", "applications/总计")])) == {None}


def test_counts_are_whole_and_not_negative() -> None:
    found = findings(
        Draft(
            changes={
                ("disclosure", "规章", "made"): -1,
                ("disclosure", "行政事业性收费", "feesCollected"): Decimal("-0.5"),
            }
        )
    )
    assert [(f.rule.key, f.left) for f in found] == [("T2-1", Decimal(-1)), ("T2-2", Decimal("-0.5"))]
