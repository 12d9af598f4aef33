"""Several reports in one file are told apart; one report is one part, however it is arranged."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from gongkai.document import Document, Span, Table
from gongkai.parse import parse
from gongkai.parts import split
from gongkai.readers import read, read_bytes
from gongkai.resources import folder

TEXTS = sorted((folder("examples") / "reports").glob("*.txt"))


def joined(*files: Path) -> Document:
    """The texts of files, one behind the other, as one document."""
    return read_bytes("\n\n".join(read(f).text.strip() for f in files).encode(), "joined.txt")


@pytest.mark.parametrize("file", sorted((folder("examples") / "reports").iterdir()), ids=lambda f: f.name)
def test_one_report_is_one_part(file: Path) -> None:
    document = read(file)
    assert split(document) == (document,)


@pytest.mark.parametrize("pair", list(combinations(TEXTS, 2))[::5], ids=lambda p: f"{p[0].stem}+{p[1].stem}")
def test_each_part_says_what_its_file_says(pair: tuple[Path, Path]) -> None:
    parts = split(joined(*pair))
    assert len(parts) == 2
    for part, file in zip(parts, pair, strict=True):
        alone, found = parse(read(file)), parse(part)
        assert found.agency is not None
        assert alone.agency is not None
        assert found.agency.value == alone.agency.value
        assert found.year is not None
        assert alone.year is not None
        assert found.year.value == alone.year.value
        values = [[(f.row.key, f.column.key, f.value) for f in t.figures] for t in found.tables]
        assert values == [[(f.row.key, f.column.key, f.value) for f in t.figures] for t in alone.tables]


def test_parts_are_numbered_and_lose_nothing() -> None:
    document = joined(*TEXTS[:3])
    parts = split(document)
    assert [p.source.part for p in parts] == [1, 2, 3]
    assert "".join(p.text for p in parts) == document.text


def test_a_table_of_contents_begins_no_report() -> None:
    contents = "目录\n一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
    contents += (
        "四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题及改进情况\n六、其他需要报告的事项\n"
    )
    document = read_bytes((contents + read(TEXTS[0]).text).encode(), "contents.txt")
    assert len(split(document)) == 1


def test_a_part_of_a_document_keeps_its_tables() -> None:
    page = next(f for f in (folder("examples") / "reports").iterdir() if f.suffix == ".html")
    document = read(page)
    tables = [b for b in document.blocks if isinstance(b, Table)]
    part = document.part(1, Span(tables[0].span.start, len(document.text)))
    moved = [b for b in part.blocks if isinstance(b, Table)]
    assert [[part[c.span] for c in t.cells()] for t in moved] == [
        [document[c.span] for c in t.cells()] for t in tables
    ]
