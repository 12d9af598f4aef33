"""Plain text: the lines as they stand, whatever the encoding."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.document import Note, Paragraph
from gongkai.errors import UnreadableError
from gongkai.readers import read, read_bytes

TEXT = "青禾县人民政府2024年政府信息公开工作年度报告\n\n　　一、总体情况\n新收 | 12 | 0 |\n"


@pytest.mark.parametrize(
    ("data", "guessed"),
    [
        pytest.param(TEXT.encode(), False, id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), False, id="utf-8 with mark"),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), False, id="utf-16-le with mark"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), False, id="utf-16-be with mark"),
        pytest.param(TEXT.encode("utf-16-le"), True, id="utf-16-le"),
        pytest.param(TEXT.encode("utf-16-be"), True, id="utf-16-be"),
        pytest.param(TEXT.encode("gb18030"), True, id="gb18030"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), False, id="CR LF"),
        pytest.param(TEXT.replace("\n", "\r").encode(), False, id="CR"),
    ],
)
def test_text_comes_out_unchanged(data: bytes, guessed: bool) -> None:
    document = read_bytes(data, "report")
    assert document.text == TEXT
    assert (Note.ENCODING_GUESSED in document.notes) == guessed
    assert [document[b.span] for b in document.blocks] == [line for line in TEXT.split("\n") if line]
    assert all(isinstance(b, Paragraph) for b in document.blocks)


SIMPLE = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5, exclude_characters="報開")
"""Any characters but those by which a text in traditional ones is known."""


@given(st.lists(st.text(SIMPLE, min_size=1, max_size=30)))
def test_any_lines_come_back(lines: list[str]) -> None:
    text = "\n".join(["报告", *lines])
    for encoding in ("utf-8", "gb18030", "utf-16"):
        assert read_bytes(text.encode(encoding), "x").text.rstrip("\n") == text


def test_some_damaged_bytes_are_read_over() -> None:
    data = bytearray(("政府信息公开\n" * 200).encode())
    data[100] = 0xFF
    document = read_bytes(bytes(data), "x")
    assert document.text.count("\ufffd") >= 1
    assert document.text.count("政府信息公开") == 199


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b" \n\t", id="blank"),
        pytest.param("\u3000\n".encode(), id="wide blanks"),
        pytest.param(bytes(range(256)) * 40, id="binary"),
        pytest.param(b"\n" * 1_000_000 + b"x", id="a million lines"),
    ],
)
def test_no_text_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^报告\.txt: "):
        read_bytes(data, "报告.txt")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.txt"):
        with pytest.raises(UnreadableError, match=path.name):
            read(path)
