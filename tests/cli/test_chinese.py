"""On a terminal that is set to Chinese the commands speak Chinese: help, heads of tables, errors."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from gongkai.cli import main
from gongkai.cli.chinese import COMMANDS, OPTIONS, language

CHINESE = {"LC_ALL": "zh_CN.UTF-8"}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)], env=CHINESE)


def commands() -> dict[str, click.Command]:
    context = click.Context(main)
    return {name: found for name in main.list_commands(context) if (found := main.get_command(context, name))}


def test_every_command_has_chinese_words_and_none_is_left_over() -> None:
    assert set(commands()) == set(COMMANDS)


def test_every_option_has_chinese_words_and_none_is_left_over() -> None:
    options = [p for command in commands().values() for p in command.params if isinstance(p, click.Option)]
    assert {option.help for option in options if option.help} == set(OPTIONS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_chinese(name: str) -> None:
    told = run(name, "--help").output
    assert COMMANDS[name].splitlines()[0] in told
    assert not re.search(r"^  [A-Z][a-z]+ [a-z]+ [a-z]+", told.partition("Options:")[0], re.MULTILINE)
    assert COMMANDS[name].splitlines()[0] in run("--help").output, "too long for the list of commands"


def test_what_the_english_help_says_is_still_said() -> None:
    """Names of files, variables and options, and numbers, are the same in both languages."""
    for name, command in commands().items():
        telling = set(re.findall(r"--\w+|[A-Z]{4,}|gongkai \w+|robots\.txt|status \d", command.help or ""))
        said = COMMANDS[name].replace("状态 ", "status ")
        assert not {word for word in telling if word not in said}, name


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "C"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
        ({"LC_MESSAGES": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({}, "zh"),
    ],
)
def test_the_language_is_that_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("locale.getlocale", lambda: ("Chinese (Simplified)_China", "936"))
    assert language() == expected


def test_a_table_has_heads_in_words(examples_store: Path) -> None:
    told = run("query", "carry-over-mismatches", "--store", examples_store).output
    assert told.split("\n")[0].split() == ["机关", "年度", "列", "上年报告的结转下年度", "本年报告的上年结转"]


def test_errors_are_chinese(examples_store: Path, tmp_path: Path) -> None:
    asked = run("query", "figures-of-a-report", "--param", "agency=墨溪", "--store", examples_store)
    assert "没有名为“墨溪”的机关；是不是要写 墨溪县教育局？" in asked.stderr
    empty = tmp_path / "空.txt"
    empty.touch()
    assert f"{empty}: 是空文件" in run("check", empty).stderr
    refused = run("ingest", empty, "--store", tmp_path / "store")
    assert f"未入库        {empty}: 是空文件" in refused.stderr
    assert "0 已入库，0 未变动，1 未入库\n" in refused.stdout
    assert "0 个机关的 0 份报告" in refused.stdout
    nowhere = run("query", "coverage", "--store", tmp_path / "nowhere").stderr
    assert f"{tmp_path / 'nowhere'} 不是已入库的库；请先运行 `gongkai ingest" in nowhere
    assert (
        "没有名为 nosuch 的常用查询；有：applicants, "
        in run("query", "nosuch", "--store", examples_store).stderr
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("check",), "请给出要检查的文件"),
        (("query", "coverage"), "请用 --store DIR 指明要查询的库"),
        (("query", "coverage", "--store", "x", "--param", "y"), "“y”不是 NAME=VALUE 的形式"),
        (("ingest", "x", "--store", "y", "--base", "z"), "“z”不是 http(s) 的 IRI"),
    ],
)
def test_wrong_usage_is_told_in_chinese(arguments: tuple[str, ...], told: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, told in result.stderr) == (2, True)


def test_a_file_that_is_not_there_is_told_in_chinese(tmp_path: Path) -> None:
    result = run("ingest", tmp_path / "nothing.html", "--store", tmp_path / "store")
    assert "无法打开（" in result.output
    assert "cannot be opened" not in result.output
