from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from gongkai.rules import assess_store, core, engine, slices
from gongkai.rules.checking import assessment, look, memory, ontology
from gongkai.rules.data import editions
from gongkai.rules.shapes import Shapes
from gongkai.rules.slices import Slice

from .faults import drafts
from .graphs import BASE, Draft, literal, node, triples


def placed(found: list[Draft]) -> ox.Store:
    """Drafts, and for their agencies places: four agencies have one; the last agency has none."""
    agencies = list(dict.fromkeys(draft.agency for draft in found))
    homes = {agency: f"99{i // 4:04d}" for i, agency in enumerate(agencies[:-1])}
    return memory(
        (
            *(t for draft in found for t in triples(draft)),
            *(
                ox.Triple(node(f"{BASE}agency/{agency}"), node("divisionCode"), literal(code))
                for agency, code in homes.items()
            ),
        )
    )


@pytest.mark.parametrize("most", [1, 5, 200])
def test_slices_find_what_the_whole_finds(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "_MOST", most)
    data = placed([draft for draft, _ in drafts(24)])
    known, queries = editions(data), engine.compile_for(core().shapes, data)
    whole = assessment(look([Slice(data)], queries, core()), data, known, core())
    cut = list(slices.slices(data, ontology(), known, whole=True))
    assert len(cut) >= 24 // most
    assert assessment(look(cut, queries, core()), data, known, core()) == whole
    assert whole.findings


def test_a_slice_holds_some_of_the_store_and_the_ontology() -> None:
    data = placed([draft for draft, _ in drafts(30)])
    (cut,) = slices.slices(data, ontology(), editions(data, [f"{BASE}edition/e0"]))
    assert isinstance(cut.graph, ox.Store)
    # its own, the next year of its agency, and the agencies of its place on its year
    assert {e.iri.rpartition("/")[2] for e in editions(cut.graph)} == {"e0", "e1", "e3", "e6", "e9"}
    assert len(memory(())) < len(cut.graph) < len(data)


def test_one_edition_is_judged_as_among_all() -> None:
    data = placed([draft for draft, _ in drafts(24)])
    whole = assess_store(data)
    for edition, part in list(whole.parts())[::7]:
        alone = assess_store(data, only=[edition.iri])
        assert (alone.editions, alone.verdicts) == (part.editions, part.verdicts)


class Streaming:
    """A source whose triples come as an iterator of no kind of the engine's own, as a server's do."""

    def __init__(self, data: ox.Store) -> None:
        self.data = data

    def query(self, query: str, /) -> ox.QuerySolutions | ox.QueryBoolean | Iterator[ox.Triple]:
        found = self.data.query(query)
        return iter(list(found)) if isinstance(found, ox.QueryTriples) else found


def test_any_iterator_of_triples_will_do() -> None:
    data = placed([draft for draft, _ in drafts(24)])
    source, known = Streaming(data), editions(data, [f"{BASE}edition/e0"])
    (cut,) = slices.slices(source, ontology(), known)
    (own,) = slices.slices(data, ontology(), known)
    assert isinstance(cut.graph, ox.Store)
    assert isinstance(own.graph, ox.Store)
    assert set(cut.graph) == set(own.graph)
    assert len(cut.graph) > len(memory(()))


ROWS = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix gk: <https://w3id.org/gongkai/def#> .
<urn:shape> a sh:NodeShape ; sh:targetClass gk:TableRow ; sh:property [ sh:path gk:notedCell ; sh:minCount 1 ] .
"""


def test_a_slice_judges_the_rows_of_its_own_editions_and_of_no_others() -> None:
    data = placed([draft for draft, _ in drafts(24)])
    shapes = Shapes(ox.parse(ROWS, ox.RdfFormat.TURTLE))
    (cut,) = slices.slices(data, ontology(), editions(data, [f"{BASE}edition/e4"]))
    found = engine.validate(cut.graph, engine.compile_for(shapes, data), cut.focuses)
    assert len(found) > 20
    assert {r.focus.value.partition("#")[0] for r in found} == {f"{BASE}edition/e4"}
