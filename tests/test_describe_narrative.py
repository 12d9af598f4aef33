"""Facts in the graph: nothing lost between narrative and triples, each with its words and their place."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai.describe_narrative import describe_narrative
from gongkai.iris import Iris
from gongkai.pipeline import extraction
from gongkai.turtle import GK, NARRATIVE

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples" / "reports").iterdir())


def subjects(triples: tuple[ox.Triple, ...]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for t in triples:
        assert isinstance(t.subject, ox.NamedNode)
        assert isinstance(t.object, ox.NamedNode | ox.Literal)
        found[t.subject.value][t.predicate.value].append(t.object.value)
    return found


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda f: f.name)
def test_every_fact_is_described_where_it_stands(file: Path) -> None:
    found = extraction(file)
    described = subjects(describe_narrative(found.report, found.narrative, Iris()))
    text = found.report.document.text
    edition = Iris().edition(found.report)
    assert len(described[edition][GK + "fact"]) == len(found.narrative.facts)
    for name, fact in zip(described[edition][GK + "fact"], found.narrative.facts, strict=True):
        about = {k: v[0] for k, v in described[name].items()}
        assert about[GK + "quote"] == text[int(about[GK + "start"]) : int(about[GK + "end"])]
        assert about[GK + "indicator"] == NARRATIVE + fact.indicator
        assert Decimal(about[GK + "value"]) == fact.value
        assert about.get(GK + "measureWord") == fact.unit
        assert about.get(GK + "channel") == fact.channel


def test_two_runs_differ_by_nothing() -> None:
    found = extraction(EXAMPLES[0])
    first, second = (describe_narrative(found.report, found.narrative, Iris()) for _ in range(2))
    assert first == second
    assert first


def test_only_what_the_tables_count_compares_with_them() -> None:
    found = extraction(EXAMPLES[0])
    described = subjects(describe_narrative(found.report, found.narrative, Iris()))
    told = {
        p[GK + "indicator"][0].removeprefix(NARRATIVE) for p in described.values() if GK + "comparesWith" in p
    }
    assert told
    assert all(key.startswith(("applications-", "reconsiderations", "litigations")) for key in told)
