"""The compiled queries find what pySHACL finds."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from gongkai.resources import folder
from gongkai.rules import reference
from gongkai.rules.engine import compile_for, validate
from gongkai.rules.result import Result
from gongkai.rules.shapes import load

from .graphs import Draft, triples


def essence(results: frozenset[Result]) -> set[tuple[str, str, tuple[str, ...]]]:
    """Focus, shape and cells, which is what must agree."""
    return {(r.focus.value, r.shape, tuple(sorted((r.binding("cells") or "").split()))) for r in results}


DRAFTS = (
    Draft(),
    Draft(version=2019, year=2019),
    Draft(changes={("applications", "总计", "otherOrganisation"): 1}),
    Draft(changes={("applications", "予以公开", "company"): None, ("review", "行政复议", "pending"): 3}),
    Draft(changes={("applications", "予以公开", "company"): -1}),
    Draft(doubts=[("section-missing", "3"), ("table-label", "总计"), ("misaligned", "review/行政复议")]),
    Draft(doubts=[("section-missing", "3"), ("title-missing", "")], excerpt=True),
)


@pytest.mark.parametrize("draft", DRAFTS, ids=range(len(DRAFTS)))
def test_both_engines_agree(draft: Draft) -> None:
    shapes = load(*sorted(folder("shapes").glob("*.ttl")))
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples(draft))
    store.bulk_load(path=str(folder("ontology") / "form.ttl"), format=ox.RdfFormat.TURTLE)
    assert essence(validate(store, compile_for(shapes, store))) == essence(reference.validate(store, shapes))
