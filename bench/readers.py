"""How long the readers take, against the least that a library needs for the same bytes."""

from __future__ import annotations

import io
import logging
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import jieba
import pypdfium2
from lxml import etree
from selectolax.lexbor import LexborHTMLParser, LexborNode
from tests.readers.pdfs import Page, written
from tests.readers.words import cell, paragraph, table, word
from tests.shared import SHARED

from gongkai.parse import parse
from gongkai.readers import read_bytes
from gongkai.resources import folder

Result = tuple[str, float, float, str]
"""Name, ratio, the ratio not to exceed, and what was measured."""

_SECONDS = 2.0
"""How long each reader and its yardstick are measured together."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def run() -> Iterator[Result]:
    """Each reader against its yardstick, and finding and filling the form of a text against cutting it into words."""
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    text, page, pdf = _example(".txt"), _example(".html"), _pdf()
    document = read_bytes(text, "report")

    def cut() -> object:
        return list(jieba.cut(text.decode()))

    yield _ratio("text", 0.2, lambda: _read(text), cut, "jieba.cut")
    yield _ratio("the form of a text", 1.5, lambda: parse(document), cut, "jieba.cut")
    yield _ratio("HTML", 2.0, lambda: _read(page), lambda: _html_grids(page), "selectolax into grids")
    yield _ratio("PDF", 1.5, lambda: _read(pdf), lambda: _pdf_text(pdf), "pypdfium2 text")
    yield _ratio("DOCX", 3.0, lambda: _read(_MADE_DOCX), lambda: _docx_text(_MADE_DOCX), "lxml over the XML")


def _read(data: bytes) -> object:
    return read_bytes(data, "report")


def _ratio(
    name: str, target: float, work: Callable[[], object], least: Callable[[], object], yardstick: str
) -> Result:
    """The shortest times of both, taken in turns: other work on the machine only ever adds."""
    ours = theirs = float("inf")
    spent = 0.0
    while spent < _SECONDS:
        mine, its = _seconds(work), _seconds(least)
        ours, theirs = min(ours, mine), min(theirs, its)
        spent += mine + its
    return name, ours / theirs, target, f"{ours * 1e3:.2f} ms against {theirs * 1e3:.2f} ms for {yardstick}"


def _seconds(work: Callable[[], object]) -> float:
    """The processor's time for some work: what else the machine does takes no part of it."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _example(suffix: str) -> bytes:
    """The largest example report of a kind."""
    files = (folder("examples") / "reports").glob(f"*{suffix}")
    return max(files, key=lambda p: p.stat().st_size).read_bytes()


def _html_grids(page: bytes) -> list[list[list[str]]]:
    return [_html_grid(t) for t in LexborHTMLParser(page).css("table")]


def _html_grid(element: LexborNode) -> list[list[str]]:
    grid: dict[tuple[int, int], str] = {}
    rows = element.css("tr")
    for r, row in enumerate(rows):
        c = 0
        for box in row.css("td, th"):
            while (r, c) in grid:
                c += 1
            text, attributes = box.text().strip(), box.attributes
            for down in range(int(attributes.get("rowspan") or 1)):
                for right in range(int(attributes.get("colspan") or 1)):
                    grid[r + down, c + right] = text
    width = max((c for _, c in grid), default=-1) + 1
    return [[grid.get((r, c), "") for c in range(width)] for r in range(len(rows))]


def _pdf() -> bytes:
    """A real report where there is one, else pages of text and a table like one."""
    real = sorted(Path(SHARED, "reports").glob("*.pdf"))
    return real[0].read_bytes() if real else _MADE_PDF


def _made_pdf() -> bytes:
    pages = []
    for number in range(6):
        page = Page()
        y = page.paragraph(["根据条例要求编制本年度报告全文包括总体情况主动公开情况"] * 14, 80)
        x = [90.0 + 42 * i for i in range(11)]
        page.grid(x, [y + 20 * i for i in range(11)], [["行政许可", *map(str, range(9))]] * 10)
        page.text(290, 810, f"- {number + 1} -")
        pages.append(page)
    return written(pages)


_MADE_PDF = _made_pdf()


def _pdf_text(data: bytes) -> str:
    with closing(pypdfium2.PdfDocument(data)) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf)


def _made_docx() -> bytes:
    """A report with the formatting that Word leaves on every run."""
    style = '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体" w:cs="宋体" w:hint="eastAsia"/><w:sz w:val="21"/>'
    body = paragraph("本机关围绕重点领域公开政府信息，办事指南随改随更。" * 4) * 40
    tables = table(*[cell("（三）不予公开", '<w:vMerge w:val="restart"/>') + cell("12") * 9] * 28) * 3
    return word((body + tables).replace("<w:r>", f"<w:r><w:rPr>{style}</w:rPr>"))


_MADE_DOCX = _made_docx()


def _docx_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return "\n".join("".join(t.text or "" for t in p.iter(_W + "t")) for p in root.iter(_W + "p"))
