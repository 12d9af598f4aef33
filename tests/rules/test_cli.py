"""`gongkai check` and `gongkai judge` from end to end, on reports written for the tests."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai.cli import main
from gongkai.resources import folder
from gongkai.rules.judgement import GRAPH, Judgement, Opinion, describe
from gongkai.store import Writer

SOUND = "lanwang-renshe-2022"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def example(name: str) -> Path:
    (path,) = (p for p in folder("examples").rglob("*") if p.stem == name and p.suffix != ".json")
    return path


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    location = tmp_path_factory.mktemp("check") / "store"
    run("ingest", folder("examples"), "--store", location)
    return location


def test_a_store_is_summed_up(store: Path) -> None:
    told = run("check", "--store", store)
    assert told.exit_code == 1, told.output
    assert "汇总 summary" in told.output


def test_json_of_a_store_and_a_judgement_that_outlives_ingestion(store: Path) -> None:
    reports = json.loads(run("check", "--store", store, "--format", "json").stdout)["reports"]
    report, finding = next(
        (r, f)
        for r in reports
        for f in r["findings"]
        if f["severity"] == "violation" and f["rule"].startswith("T3")
    )
    said = run(
        *(
            "judge",
            report["report"],
            finding["key"],
            "explained",
            "--store",
            store,
            "--by",
            "李核",
            "--why",
            "原表如此",
        )
    )
    assert said.exit_code == 0, said.output
    run("ingest", folder("examples"), "--store", store)
    again = json.loads(run("check", "--store", store, "--format", "json").stdout)["reports"]
    kept = {f["key"]: f["judgement"] for r in again if r["report"] == report["report"] for f in r["findings"]}
    assert kept[finding["key"]]["opinion"] == "explained"
    assert kept[finding["key"]]["by"] == "李核"
    assert [k for k, v in kept.items() if v] == [finding["key"]]
    assert "any more" not in run("check", "--store", store).stderr


def test_a_judgement_whose_finding_is_gone_is_told_and_kept(tmp_path: Path) -> None:
    location = tmp_path / "store"
    run("ingest", example(SOUND), "--store", location)
    told = Judgement(Opinion.EXPLAINED, "钱核", datetime(2024, 5, 6, tzinfo=UTC), "曾经如此")
    with Writer.open(location) as writer:
        writer.replace(GRAPH, describe("https://example.org/report", "T3-1-0123456789", told))
        writer.publish()
    for _ in range(2):
        (line,) = (x for x in run("check", "--store", location).stderr.splitlines() if "T3-1-0123456789" in x)
        assert line.startswith("https://example.org/report has no finding")
        assert "钱核 judged explained (曾经如此)" in line


def test_a_judgement_on_what_is_not_there_is_refused(store: Path) -> None:
    told = run(
        "judge", "nobody/2020", "T3-1-0000000000", "mistaken", "--store", store, "--by", "甲", "--why", "无"
    )
    assert told.exit_code == 2
    assert "names 0 reports" in told.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name FILES to check, or --store DIR"),
        ((example(SOUND), "--format", "xlsx"), "needs --output"),
        ((example(SOUND), "--rules", example(SOUND)), "refused as a whole"),
    ],
)
def test_wrong_usage_is_told(arguments: tuple[str | Path, ...], words: str) -> None:
    told = run("check", *arguments)
    assert told.exit_code in (1, 2)
    assert words in told.output


def test_a_file_that_cannot_be_read_has_its_own_status(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    told = run("check", path)
    assert told.exit_code == 3
    assert f"{path}: is empty" in told.output
    assert told.output.count("empty.txt") == 1


def test_a_draft_is_checked_without_a_store(tmp_path: Path) -> None:
    output = tmp_path / "paper.xlsx"
    told = run("check", example(SOUND), "--format", "xlsx", "--output", output)
    assert told.exit_code in (0, 1), told.output
    assert output.read_bytes()[:2] == b"PK"


def test_the_ending_of_the_output_says_the_format(tmp_path: Path) -> None:
    named, unnamed = tmp_path / "named.json", tmp_path / "unnamed.out"
    run("check", example(SOUND), "--output", named)
    run("check", example(SOUND), "--output", unnamed)
    assert json.loads(named.read_text(encoding="utf-8"))
    told = run("check", example(SOUND)).output
    assert unnamed.read_text(encoding="utf-8").strip() in told
