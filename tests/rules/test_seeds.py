"""What is known to be wrong, and right, in the five real reports that came with the task."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from gongkai.iris import Iris
from gongkai.pipeline import extraction
from gongkai.rules import Finding, Severity, assess
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared


def seed(number: str) -> Path:
    (path,) = (SHARED / "seeds").glob(f"{number}_*")
    return path


@cache
def findings(number: str) -> tuple[Finding, ...]:
    return assess(extraction(seed(number)).triples(Iris())).findings


def test_the_sound_one_is_clean() -> None:
    assert findings("000") == ()


def test_one_wrong_total_is_named_with_what_would_heal_it() -> None:
    broken = [f for f in findings("003") if f.severity is Severity.VIOLATION]
    assert [f.rule.key for f in broken] == ["T3-1", "T3-2", "T3-3"]
    (heal,) = (f for f in findings("003") if f.rule.key == "T3-7")
    assert [(c.row, c.column, c.value) for c in heal.cells] == [("总计", "otherOrganisation", Decimal(1))]
    assert (heal.left, heal.right) == (Decimal(1), Decimal(0))
    for words in ("（七）总计", "“其他”列", "由1改为0", "3处不平衡"):
        assert words in heal.message.zh
    assert all(any(c == heal.cells[0] for c in f.cells) for f in broken)


@pytest.mark.parametrize("number", ["002", "004"])
def test_text_against_table_quotes_both_sides(number: str) -> None:
    contradictions = [f for f in findings(number) if f.rule.key.startswith("X")]
    assert contradictions
    for finding in contradictions:
        assert finding.passages
        assert all(p.text.strip() for p in finding.passages)
        assert finding.cells
        assert all(c.span for c in finding.cells)
        assert str(finding.left) in finding.message.zh
        assert str(finding.right) in finding.message.zh
