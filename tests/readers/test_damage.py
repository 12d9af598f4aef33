"""Damaged, huge and foreign files: a document or a clear error, soon, and within bounds."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from gongkai.errors import UnreadableError
from gongkai.readers import read, read_bytes
from tests.readers.pdfs import Page, assembled, written
from tests.readers.test_docx import NUMBERING
from tests.readers.words import cell, paragraph, table, word

MIB = 1 << 20


def a_pdf() -> bytes:
    page = Page()
    page.text(100, 80, "年度报告", 20)
    page.grid([90, 190, 290], [300, 330, 360], [["规章", "1"], ["文件", "2"]])
    return written([page, page], title="年报")


def a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("L", (60, 80), 255).save(out, "PNG")
    return out.getvalue()


def an_html() -> bytes:
    body = "<table><tr><td rowspan=2>甲<td colspan='2'>乙</td></tr><tr><td>1<td>2</table><p style='display:none'>隐"
    return f"<!doctype html><html><head><meta charset=gbk><title>年报</title></head><body>{body}".encode(
        "gbk"
    )


SEEDS = {
    "text": "青禾县2024年度报告\n新收 | 12 | 0 |\n".encode("gb18030"),
    "wide text": "青禾县2024年度报告\n新收 | 12 | 0 |\n".encode("utf-16"),
    "html": an_html(),
    "pdf": a_pdf(),
    "docx": word(paragraph("年度报告") + table(cell("规章") + cell("1")) * 2, numbering=NUMBERING),
    "rtf": b"{\\rtf1\\ansi \\u24180?}",
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le") + bytes(500),
    "picture": a_picture(),
}

CUTS = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "double", "insert"]),
        st.floats(0, 1),
        st.floats(0, 1),
        st.binary(max_size=8),
    ),
    min_size=1,
    max_size=6,
)


Cut = tuple[str, float, float, bytes]


def damaged(data: bytes, cuts: list[Cut]) -> bytes:
    for how, where, size, new in cuts:
        at = int(where * len(data))
        end = at + int(size * size * size * (len(data) - at))
        data = {
            "flip": data[:at] + bytes(255 - b for b in data[at : at + 3]) + data[at + 3 :],
            "cut": data[:at] + data[end:],
            "double": data[:end] + data[at:],
            "insert": data[:at] + new + data[at:],
        }[how]
    return data


def read_or_refused(data: bytes) -> None:
    """Reads; an error names the source, and a document has text under all its spans."""
    try:
        document = read_bytes(data, "报告")
    except UnreadableError as error:
        refusal = str(error)
    else:
        assert document.text.strip()
        assert all(b.span.end <= len(document.text) for b in document.blocks)
        return
    assert refusal.startswith("报告: ")


BOUNDS = settings(max_examples=80, deadline=5000, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("kind", SEEDS)
@BOUNDS
@given(cuts=CUTS)
def test_damaged_files_are_read_or_refused(kind: str, cuts: list[Cut], bare: None) -> None:
    read_or_refused(damaged(SEEDS[kind], cuts))


@BOUNDS
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes, bare: None) -> None:
    read_or_refused(data)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without LibreOffice and Tesseract."""
    monkeypatch.setenv("PATH", "")


@pytest.mark.parametrize(
    ("kind", "install"),
    [("rtf", "libreoffice-writer"), ("doc", "libreoffice-writer"), ("picture", "tesseract-ocr-chi-sim")],
)
@pytest.mark.usefixtures("bare")
def test_a_missing_program_is_named_with_what_to_install(kind: str, install: str) -> None:
    with pytest.raises(UnreadableError, match=install):
        read_bytes(SEEDS[kind], "报告")


@pytest.mark.usefixtures("bare")
def test_a_scanned_pdf_needs_recognition() -> None:
    out = io.BytesIO()
    Image.new("L", (595, 842), 200).save(out, "PDF")
    with pytest.raises(UnreadableError, match="tesseract-ocr-chi-sim"):
        read_bytes(out.getvalue(), "报告")


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    path = tmp_path / "锁.txt"
    path.write_text("年度报告", "utf-8")
    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(UnreadableError, match=r"锁\.txt: cannot be opened \(Permission denied\)"):
        read(path)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("政府\n" * 60_001, "60001 lines, more than 60000"),
        ("政府" * 500_001, "1000002 characters, more than 1000000"),
        ("<html><body>" + "<p>政府" * 60_001, "60001 lines, more than 60000"),
    ],
)
def test_a_text_of_more_than_many_reports_is_refused(text: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=f"报告: {why}: split the file"):
        read_bytes(text.encode(), "报告")


def test_a_file_of_200_mib_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "大.pdf"
    with path.open("wb") as file:
        file.truncate(200 * MIB)
    with pytest.raises(UnreadableError, match=r"大\.pdf.* 200 MiB"):
        read(path)


def one_stream(content: bytes, packing: str = "/FlateDecode") -> bytes:
    """A PDF of one page with a content stream as given."""
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 4 0 R>>",
        4: f"<</Length {len(content)}/Filter {packing}>>",
        6: "<<>>",
    }
    return assembled(objects, {4: content})


def zipped_zeros() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(300):
            part.write(bytes(MIB))
    return out.getvalue()


BOMBS: dict[str, Callable[[], bytes]] = {
    "zeros in a Word file": zipped_zeros,
    "elements in a Word file": lambda: word("<w:p><w:r/></w:p>" * 160_000),
    "zeros in a PDF": lambda: one_stream(zlib.compress(bytes(200 * MIB))),
    "packed twice in a PDF": lambda: one_stream(
        zlib.compress(zlib.compress(bytes(200 * MIB))), "[/FlateDecode/FlateDecode]"
    ),
    "a million lines in a PDF": lambda: one_stream(zlib.compress(b"0 0 m 9 9 l S\n" * 1_000_000)),
    "streams without an end in a PDF": lambda: b"%PDF-1.7\n" + b"1 0 obj\nstream\n" * 5_000_000,
    "elements in a page": lambda: b"<html>" + b"<p>x" * 240_000,
    "cells in a page": lambda: b"<html><table>" + b"<tr><td>1<td>2" * 90_000,
    "a wide cell": lambda: b"<html><table><tr><td colspan=1000000>x<td>y</table>",
    "a deep page": lambda: b"<html>" + b"<div>" * 400_000 + b"x",
    "a long text": lambda: "政府\n".encode() * 59_000,
    "too many lines": lambda: "政府\n".encode() * 2_000_000,
    "too long a line": lambda: "政府".encode() * 2_700_000,
    "a long line": lambda: "政府".encode() * 490_000,
    "junk": lambda: bytes(range(128, 256)) * 100_000,
}

READ_ONE = r"""
import re, sys, time
from pathlib import Path
from gongkai.errors import UnreadableError
from gongkai.readers import read_bytes
data = sys.stdin.buffer.read()
began = time.perf_counter()
try:
    read_bytes(data, "报告")
except UnreadableError as error:
    print("refused", error)
# What getrusage tells counts the process, too, from which this one was forked.
peak = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
print(time.perf_counter() - began, int(peak[1]) * 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_what_swells_stays_within_seconds_and_half_a_gibibyte(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ_ONE],
        input=BOMBS[name](),
        capture_output=True,
        timeout=60,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (30, 30)),
    )
    seconds, memory = map(float, done.stdout.decode().splitlines()[-1].split())
    assert memory < 512 * MIB
    assert seconds < 15
