"""Findings: each can be named in its report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai.document import Source, Writer
from gongkai.form import form
from gongkai.iris import Iris
from gongkai.narrative.extraction import extract
from gongkai.parse import parse
from gongkai.pipeline import Extraction
from gongkai.rules import Finding, assess_store, check, core
from gongkai.rules.checking import memory

from .faults import drafts
from .graphs import triples

SHAPES = Path(__file__).resolve().parents[1] / "shapes"


def report(heading: str, *paragraphs: str) -> tuple[ox.Triple, ...]:
    """The graph of a document with these words in its first section."""
    writer = Writer()
    writer.heading(heading, 1)
    first, *others = form(2021).sections
    writer.heading(first.label.printed)
    for words in paragraphs:
        writer.paragraph(words)
    for section in others:
        writer.heading(section.label.printed)
    found = parse(writer.document(Source("made.txt", "text/plain", "0" * 64, 1)))
    return Extraction(found, extract(found)).triples(Iris())


def fixtures() -> Iterable[ox.Triple]:
    """The graphs that fail, each with names of its own."""
    for path in sorted(SHAPES.glob("*/fail.ttl")):
        text = path.read_text(encoding="utf-8")
        own = text.replace("<https://example.org/>", f"<https://example.org/{path.parent.name}/>")
        for quad in ox.parse(own, format=ox.RdfFormat.TURTLE):
            yield ox.Triple(quad.subject, quad.predicate, quad.object)


def shared(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Keys that two findings of a report have."""
    return [named for named, count in Counter((f.focus, f.key) for f in findings).items() if count > 1]


def test_no_two_findings_of_a_report_share_a_key() -> None:
    made = [triple for draft, _ in drafts(60) for triple in triples(draft)]
    found = assess_store(memory([*fixtures(), *made])).findings
    assert len({f.rule.key for f in found}) > len(core().rules) // 2
    assert shared(found) == []


@pytest.mark.parametrize(
    ("heading", "paragraphs", "rule", "count"),
    [
        (
            "柳汀县档案局2023年政府信息公开工作年度报告",
            ("现将青禾县教育局2022年政府信息公开工作情况报告如下。",),
            "S8",
            2,
        ),
        ("政府信息公开工作年度报告", ("公开信息3条。",), "S8-2", 2),
        (
            "柳汀县档案局2023年政府信息公开工作年度报告",
            ("公开信息100条，其中文字信息20条，占50%。", "公开图片100张，其中彩色20张，占60%。"),
            "X8",
            2,
        ),
        (
            "柳汀县档案局2023年政府信息公开工作年度报告",
            ("公开信息100条，其中文字信息20条，占50%。", "公开信息100条，其中文字信息20条，占50%。"),
            "X8",
            2,
        ),
    ],
    ids=["agency and year", "neither", "two percentages", "the same words twice"],
)
def test_a_rule_that_is_broken_twice_has_two_keys(
    heading: str, paragraphs: tuple[str, ...], rule: str, count: int
) -> None:
    found = [f for f in check(report(heading, *paragraphs)) if f.rule.key == rule]
    assert len(found) == count
    assert shared(found) == []
