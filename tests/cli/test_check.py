"""`gongkai check`: findings of files or of a store, and a status that a script can go by."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from gongkai.cli import main
from gongkai.cli.check import Exit
from tests.papers import Paper


def check(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A report in which one total is wrong."""
    path = tmp_path / "faulty.txt"
    total = tuple(map(Decimal, (0, 2, 1, 0, 9)))
    path.write_text(Paper(layout="tabs", values={"行政复议": total}).text(), "utf-8")
    return path


def test_the_same_findings_as_json_and_as_turtle(faulty: Path) -> None:
    told = json.loads(check(faulty, "--format", "json").stdout)
    assert "review-sum" in json.dumps(told, ensure_ascii=False)
    turtle = check(faulty, "--format", "turtle").stdout
    assert len(list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))) > 3


def test_a_store_says_what_its_files_said(faulty: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert CliRunner().invoke(main, ["ingest", str(faulty), "--store", str(store)]).exit_code == 0
    result = check("--store", store)
    assert result.exit_code == Exit.VIOLATIONS
    assert "行政复议" in result.stdout


def test_a_wrong_sum_is_found_with_its_numbers_also_beside_a_file_that_cannot_be_read(
    faulty: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("采购公告\n", "utf-8")
    result = check(bad, faulty)
    assert result.exit_code == Exit.UNREADABLE
    assert str(bad) in result.stderr
    assert "行政复议" in result.stdout
    assert "9" in result.stdout


def test_files_or_a_store_and_not_both(faulty: Path, tmp_path: Path) -> None:
    assert check().exit_code == 2
    assert check(faulty, "--store", tmp_path).exit_code == 2


EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "reports"


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        pytest.param(
            "lanwang-renshe-2023.txt",
            "四、结转下年度继续办理			1	0	0	0	0	0	1\n",
            "",
            "收到和处理政府信息公开申请情况表缺少“四、结转下年度继续办理”一行。",
            id="the-last-row",
        ),
        pytest.param(
            "lanwang-renshe-2023.txt",
            "规章	0	0	0\n",
            "",
            "主动公开政府信息情况表缺少“规章”一行。",
            id="the-first-row",
        ),
        pytest.param(
            "lanwang-renshe-2023.txt",
            "	2.重复申请	1	0",
            "	2.重复申请	1	",
            "重复申请·商业企业=空白（第56行）",
            id="a-blank-between-tabs",
        ),
        pytest.param(
            "liuting-zhengfu-2024.html",
            ">19025<",
            "><",
            "行政许可·本年处理决定数量=空白",
            id="a-blank-in-table-one",
        ),
        pytest.param(
            "liuting-zhengfu-2024.html",
            ">19025<",
            ">无<",
            "行政许可·本年处理决定数量=“无”",
            id="a-sign-in-table-one",
        ),
        pytest.param(
            "liuting-zhengfu-2024.html",
            ">19025<",
            ">1902S<",
            "主动公开情况表有1格没有数字",
            id="no-number-in-table-one",
        ),
    ],
)
def test_what_a_table_lacks_is_named(name: str, old: str, new: str, told: str, tmp_path: Path) -> None:
    text = (EXAMPLES / name).read_text("utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new), "utf-8")
    found = check(tmp_path / name).stdout
    assert told in found
    assert "“”" not in found


def test_a_report_that_breaks_off_is_told_with_its_line(tmp_path: Path) -> None:
    half = tmp_path / "half.txt"
    text = (EXAMPLES / "lanwang-renshe-2023.txt").read_text("utf-8")
    half.write_text(text[: text.index("2.重复申请")], "utf-8")
    result = check(half)
    assert "half.txt: the report breaks off inside the table" in result.stderr
    assert result.exit_code == 3
    assert "收到和处理政府信息公开申请情况表" in result.stderr
    title, first, *_ = result.stdout.splitlines()
    assert title.endswith("[half.txt]")
    assert first.strip().startswith("不完整 incomplete：")


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json", "turtle"])
def test_a_report_that_breaks_off_is_not_called_clean(form: str, tmp_path: Path) -> None:
    half = tmp_path / "half.txt"
    text = (EXAMPLES / "lanwang-renshe-2023.txt").read_text("utf-8")
    half.write_text(text[: text.index("2.重复申请")], "utf-8")
    told = check(half, "--format", form).stdout
    assert "中途断开" in told
    assert "未发现问题" not in told
    assert "conforms true" not in told


def test_the_work_paper_says_first_that_a_report_breaks_off(tmp_path: Path) -> None:
    half, paper = tmp_path / "half.txt", tmp_path / "paper.xlsx"
    text = (EXAMPLES / "lanwang-renshe-2023.txt").read_text("utf-8")
    half.write_text(text[: text.index("2.重复申请")], "utf-8")
    check(half, "--format", "xlsx", "--output", paper)
    assert "中途断开" in str(openpyxl.load_workbook(paper)["问题 findings"]["F2"].value)


def test_what_was_missing_is_told_once_with_the_rules_that_need_it() -> None:
    found = check(EXAMPLES / "lanwang-renshe-2023.txt").stdout
    (line,) = (told for told in found.splitlines() if "文件没有公布日期" in told)
    assert line.split("：")[0].split() == ["无法判定", "D1", "D3"]
