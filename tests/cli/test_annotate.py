"""The page for people who label: all of the text, each fact marked, and an annotation that the page can save."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

from click.testing import CliRunner

from gongkai import goldfile
from gongkai.cli import main
from gongkai.cli.annotate import pieces
from gongkai.pipeline import extraction

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "reports" / "lanwang-renshe-2023.txt"


def page(*options: str) -> str:
    result = CliRunner().invoke(main, ["annotate", str(EXAMPLE), *options])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_text_is_whole() -> None:
    found = extraction(EXAMPLE)
    cut = list(pieces(found.report.document.text, found.narrative.facts))
    assert "".join(words for words, _, _ in cut) == found.report.document.text
    for i, fact in enumerate(found.narrative.facts):
        assert "".join(words for words, over, _ in cut if i in over) == fact.quote.text


def test_each_fact_is_marked() -> None:
    shown = page()
    marked = {int(i) for found in re.findall(r'data-facts="([\d ]+)"', shown) for i in found.split()}
    assert marked == set(range(len(extraction(EXAMPLE).narrative.facts)))
    assert html.escape("“澜望人社”") in shown or "“澜望人社”" in shown


def test_the_page_holds_an_annotation_that_can_be_read_back() -> None:
    embedded = re.search(r'id="annotation">(.*?)</script>', page(), re.DOTALL)
    assert embedded is not None
    annotation = goldfile.loads(embedded[1])
    assert annotation.source == EXAMPLE.name
    assert annotation.facts
    assert dict(json.loads(re.findall(r'id="indicators">(.*?)</script>', page(), re.DOTALL)[0]))[
        "website-items"
    ]


def test_it_works_without_a_mouse() -> None:
    shown = page()
    marks = re.findall("<mark ([^>]*)>", shown)
    assert marks
    assert all('tabindex="0"' in mark for mark in marks)
    fields = re.findall("<(?:input|select) ", shown)
    assert len(fields) == len(re.findall("<label[^>]*>[^<]+<(?:input|select) ", shown)) == 8


def test_it_is_written_where_one_asks(tmp_path: Path) -> None:
    told = page("--out", str(tmp_path / "page.html"))
    assert "page.html" in told
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")
