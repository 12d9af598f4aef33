"""What click says itself, in Chinese: the catalogue is made from its source, and speaks for every wrong usage.

To make messages.mo anew: GONGKAI_APPROVE=1 pytest tests/cli/test_catalogue.py
"""

from __future__ import annotations

import ast
import os
import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import gongkai.cli
from gongkai.cli import main

SOURCE = Path(gongkai.cli.__file__).parent / "locale/zh/LC_MESSAGES/messages.po"
PACKAGES = os.pathsep.join(sys.path)
_MESSAGE = re.compile(r'^msgid (".*")\n(?:msgid_plural (".*")\n)?msgstr(?:\[0\])? (".*")$', re.MULTILINE)


def messages() -> Iterator[tuple[bytes, bytes]]:
    """Each message with its words, as a binary catalogue has them; one and many of it parted by a zero byte."""
    for one, many, words in _MESSAGE.findall(SOURCE.read_text("utf-8")):
        key = "\0".join(str(ast.literal_eval(text)) for text in (one, many) if text)
        yield key.encode(), str(ast.literal_eval(words)).encode()


def compiled() -> bytes:
    """The catalogue in the format of GNU gettext, "The Format of GNU MO Files", without its table of hashes."""
    pairs = sorted(messages())
    heads, texts = 28, 28 + 16 * len(pairs)
    tables, body = [b"", b""], b""
    for column in (0, 1):
        for pair in pairs:
            tables[column] += struct.pack("<2I", len(pair[column]), texts + len(body))
            body += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), heads, heads + 8 * len(pairs), 0, texts)
    return head + b"".join(tables) + body


def test_the_catalogue_is_that_of_its_source() -> None:
    made = SOURCE.with_suffix(".mo")
    if "GONGKAI_APPROVE" in os.environ:
        made.write_bytes(compiled())
    assert made.read_bytes() == compiled()


@pytest.mark.parametrize("key", [key for key, _ in messages() if key], ids=lambda key: key.decode()[:30])
def test_what_is_filled_in_is_known_to_the_english(key: bytes) -> None:
    holes = re.compile(r"\{\w+(?:!r)?\}|%\(\w+\)s")
    assert set(holes.findall(dict(messages())[key].decode())) <= set(holes.findall(key.decode()))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("nosuch", "错误：没有 'nosuch' 这个命令。"),
        ("ingest", "缺少参数"),
        ("ingest x", "缺少选项"),
        ("ingest x --nosuch", "没有"),
        ("ingest x --store y --jobs 0", "不在"),
        ("ingest x --store y --jobs z", "'z' 不是数字"),
        ("check /nowhere/at/all", "'/nowhere/at/all' 不存在。"),
        (
            "query coverage --format nosuch",
            "的值有误：'nosuch' 不在可选的 'table', 'csv', 'json', 'csv-excel', ",
        ),
        ("query a b", "多余的参数（b）"),
        ("query a --store", "选项 '--store' 后面要给出值。"),
        ("query a --explain=b", "选项 '--explain' 后面不带值。"),
    ],
)
def test_wrong_usage_is_told_in_chinese(arguments: str, told: str) -> None:
    result = CliRunner().invoke(main, arguments.split(), env={"LC_ALL": "zh_CN.UTF-8", "LANGUAGE": ""})
    assert result.exit_code == 2
    assert told in result.stderr
    assert not re.search(r"Usage|Error|Missing|Invalid|Try|No such", result.stderr)


def test_help_is_chinese_to_its_heads() -> None:
    """In a process of its own: click keeps the option --help as it was first asked for."""
    told = subprocess.run(
        [sys.executable, "-c", "from gongkai.cli import main; main()", "ingest", "--help"],
        env={
            **os.environ,
            "LC_ALL": "zh_CN.UTF-8",
            "LANGUAGE": "",
            "PYTHONUTF8": "1",
            "PYTHONPATH": PACKAGES,
        },
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    assert told.startswith("用法:")
    for words in ("选项:", "[默认：1; x>=1]", "[必须给出]", "显示本说明。"):
        assert words in told


def test_english_stays_english() -> None:
    result = CliRunner().invoke(main, ["nosuch"], env={"LC_ALL": "C.UTF-8", "LANGUAGE": ""})
    assert "Error: No such command 'nosuch'." in result.stderr
