"""Scoring, by the section Scoring of the gold guide."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from gongkai.cli.evaluate import command
from gongkai.errors import UnreadableError
from gongkai.evaluate import Extraction, evaluate, fold, matching, pairs, score, total
from gongkai.goldfile import Annotation, FactEntry, dumps
from gongkai.scores import Score, Share, Tally
from tests.shared import SHARED, needs_shared

TEXT = "云湾区财政局网站发布信息 12 条，其中通知5条。另发布公告5条。"
POSTED = FactEntry("website-items", Decimal(12), "条", "网站发布信息12条")
NOTICES = FactEntry("website-items", Decimal(5), "条", "其中通知5条", part=True)
GOLD = Annotation(
    "a.txt",
    agency="云湾区财政局",
    division="990101",
    year=2023,
    published=date(2024, 1, 5),
    disclosure={"规章": (Decimal(1), None, Decimal(3)), "行政许可": (Decimal(7),)},
    review={"行政复议": (Decimal(0),) * 5},
    facts=(POSTED, NOTICES),
    problems=("公开不够及时",),
    measures=("加强培训", "完善制度"),
    documents=("云湾区信息公开办法",),
    anomalies=("table-label", "review-sum"),
)


def scored(given: Annotation, gold: Annotation = GOLD) -> Score:
    return score(gold, Extraction(TEXT, given))


def test_the_gold_itself_scores_full() -> None:
    result = scored(GOLD)
    assert {s.value for s in result.shares.values()} == {1.0}
    assert {t.f1 for t in result.tallies.values()} == {1.0}
    assert (result.invented, result.differences) == (0, ())


def test_nothing_scores_nothing_and_invents_nothing() -> None:
    result = scored(Annotation("a.txt"))
    assert result.shares["cells"] == Share(0, 8)
    assert result.invented == 0
    assert [t.recall for t in result.tallies.values()] == [0.0] * 5
    assert result.tallies["facts"].precision is None


def test_a_cell_given_where_gold_has_none_is_invented() -> None:
    given = replace(
        GOLD, disclosure={"规章": (Decimal(1), Decimal(0), Decimal(2)), "行政处罚": (Decimal(4),)}
    )
    result = scored(given)
    assert result.shares["cells"] == Share(6, 8)
    assert result.invented == 2
    assert {d.where for d in result.differences if d.aspect == "invented cell"} == {
        "disclosure/规章[1]",
        "disclosure/行政处罚[0]",
    }


def test_a_null_table_is_not_scored() -> None:
    given = replace(
        GOLD,
        applications={"新收": (Decimal(9),) * 7},
        review={"行政复议": (Decimal(0),) * 5, "复议后起诉": (Decimal(9),) * 5},
    )
    assert scored(given) == scored(GOLD)


def test_a_fact_matches_by_indicator_value_and_place() -> None:
    shorter = replace(POSTED, quote="发布信息１２条")  # full-width digits, white space lost
    elsewhere = replace(NOTICES, quote="另发布公告5条")
    other = replace(NOTICES, indicator="newmedia-posts")
    assert scored(replace(GOLD, facts=(shorter,))).tallies["facts"] == Tally(1, 2, 1)
    assert scored(replace(GOLD, facts=(elsewhere,))).tallies["facts"] == Tally(0, 2, 1)
    assert scored(replace(GOLD, facts=(other,))).tallies["facts"] == Tally(0, 2, 1)
    assert scored(replace(GOLD, facts=(NOTICES, NOTICES))).tallies["facts"] == Tally(1, 2, 2)


def test_a_quote_that_the_text_lacks_matches_by_its_words() -> None:
    gold = replace(GOLD, facts=(replace(POSTED, quote="报纸发布信息12条"),))
    given = replace(GOLD, facts=(replace(POSTED, quote="发布信息12条"),))
    assert scored(given, gold).tallies["facts"].matched == 1


def test_attributes_are_shares_of_the_matched_facts() -> None:
    given = replace(
        GOLD, facts=(replace(POSTED, unit="篇", channel="网站"), replace(NOTICES, value=Decimal(6)))
    )
    result = scored(given)
    assert result.shares["unit"] == Share(0, 1)
    assert result.shares["channel"] == Share(0, 1)
    assert result.shares["part"] == Share(1, 1)


def test_texts_match_by_containment_once_each() -> None:
    given = replace(GOLD, measures=("加强培训，完善制度",), problems=("公开 不够",), documents=("另一办法",))
    result = scored(given)
    assert result.tallies["measures"] == Tally(1, 2, 1)
    assert result.tallies["problems"] == Tally(1, 1, 1)
    assert result.tallies["documents"] == Tally(0, 1, 1)


def test_a_false_alarm_counts() -> None:
    result = scored(replace(GOLD, anomalies=("table-label", "review-sum:x")))
    assert result.tallies["anomalies"] == Tally(1, 2, 2)


def test_no_missing_part_is_due_of_an_excerpt() -> None:
    given = replace(
        GOLD, anomalies=(*GOLD.anomalies, "title-missing", "section-missing:3", "table-missing:review")
    )
    assert scored(given, replace(GOLD, excerpt=True)).tallies["anomalies"] == Tally(2, 2, 2)
    assert scored(given).tallies["anomalies"] == Tally(2, 2, 5)


def test_an_inferred_agency_counts_half() -> None:
    gold = replace(GOLD, agency_stated=False)
    assert scored(GOLD, gold).shares["agency"] == Share(0.5, 0.5)
    wrong = scored(replace(GOLD, agency="云湾区", division=None, year=None, form=2019), gold)
    assert wrong.shares["agency"] == Share(0, 0.5)
    assert [wrong.shares[k] for k in ("division", "year", "published", "form")] == [
        Share(0, 1),
        Share(0, 1),
        Share(1, 1),
        Share(0, 1),
    ]


def test_a_document_that_cannot_be_read_has_nothing_right() -> None:
    def refuse(_file: Path) -> Extraction:
        raise UnreadableError("a.txt: empty")

    (result,) = evaluate([(Annotation("a.txt"), Path("a.txt"))], refuse)
    assert result.failure == "a.txt: empty"
    assert sum(s.right for s in result.shares.values()) == 0


def test_scores_add_up_to_micro_averages() -> None:
    both = total([scored(GOLD), scored(Annotation("b.txt"))])
    assert both.shares["cells"] == Share(8, 16)
    assert both.tallies["facts"] == Tally(2, 4, 2)
    assert both.tallies["facts"].f1 == pytest.approx(2 / 3)


@given(st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)))
def test_a_matching_is_largest_and_uses_nothing_twice(left: list[int], right: list[int]) -> None:
    found = matching(left, right, lambda a, b: a == b)
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)
    assert all(left[i] == right[j] for i, j in found)
    assert len(found) == sum(min(left.count(v), right.count(v)) for v in set(left))


def test_a_pair_gives_way_where_that_pairs_more() -> None:
    # "ab" may take either; "a" only the first.
    assert matching(["ab", "a"], ["a", "b"], lambda g, h: h in g) == [(0, 1), (1, 0)]


@given(st.text(), st.text())
def test_a_part_folds_to_a_part(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


def test_folding_ignores_width_and_white_space() -> None:
    assert fold("Ａ１２\u3000条\n（一）") == fold("A12条(一)") == "A12条(一)"


def _folders(tmp_path: Path) -> tuple[Path, Path]:
    gold, sources = tmp_path / "gold", tmp_path / "reports"
    (gold / "deep").mkdir(parents=True)
    (sources / "deep").mkdir(parents=True)
    (gold / "deep" / "a.json").write_text(dumps(GOLD), encoding="utf-8")
    (gold / "b.json").write_text(dumps(replace(GOLD, source="b.txt")), encoding="utf-8")
    (sources / "deep" / "a.txt").write_text(TEXT, encoding="utf-8")
    return gold, sources


def _extract(file: Path) -> Extraction:
    return Extraction(file.read_text(encoding="utf-8"), replace(GOLD, year=2022))


def test_gold_without_its_source_is_left_out(tmp_path: Path) -> None:
    gold, sources = _folders(tmp_path)
    assert list(pairs(gold, [sources])) == [(GOLD, sources / "deep" / "a.txt")]


def test_the_command_prints_the_averages_and_the_differences(tmp_path: Path) -> None:
    gold, sources = map(str, _folders(tmp_path))
    plain = CliRunner().invoke(command(_extract), [gold, sources])
    assert plain.exit_code == 0
    assert "1 documents" in plain.output
    assert "2023" not in plain.output
    told = CliRunner().invoke(command(_extract), [gold, sources, "--errors"])
    assert "year: gold 2023 | given 2022" in told.output


def test_the_command_prints_json(tmp_path: Path) -> None:
    gold, sources = map(str, _folders(tmp_path))
    result = CliRunner().invoke(command(_extract), [gold, sources, "--json", "--errors"])
    entry = json.loads(result.output)
    assert entry["total"]["shares"]["year"] == {"right": 0, "of": 1, "share": 0}
    assert entry["total"]["tallies"]["facts"]["f1"] == 1
    assert entry["documents"][0]["differences"] == [
        {"aspect": "year", "where": "", "gold": "2023", "given": "2022"}
    ]


def test_the_command_says_when_nothing_can_be_scored(tmp_path: Path) -> None:
    gold, _ = _folders(tmp_path)
    result = CliRunner().invoke(command(_extract), [str(gold / "deep"), str(gold)])
    assert result.exit_code == 1
    assert "has its source in" in result.output


@needs_shared
def test_all_shared_gold_finds_its_source() -> None:
    found = list(pairs(SHARED / "gold", [SHARED / "seeds", SHARED / "reports"]))
    assert len(found) == len(list((SHARED / "gold").rglob("*.json")))
