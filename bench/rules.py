"""How long checking takes: compiled queries over a store against pySHACL report by report, and against their own on fewer.

GONGKAI_BENCH_PYSHACL sets how many of the 1,000 reports pySHACL checks too (25), as it comes, over rdflib: it takes seconds
for each by itself, which is its best case, so that a sample tells its time. Beside it stands what it takes when its queries
are parsed beforehand.

GONGKAI_BENCH_REPORTS sets the size of the large store (20000).
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
from tests.rules.faults import drafts
from tests.rules.graphs import triples

from gongkai.iris import Iris
from gongkai.pipeline import extraction
from gongkai.resources import folder
from gongkai.rules import core, engine, reference
from gongkai.rules.checking import memory
from gongkai.rules.memo import assess_again
from gongkai.rules.result import Result

Row = tuple[str, float, float, str]
"""Name, ratio, the ratio not to exceed, and what was measured."""

Essence = set[tuple[str, str, frozenset[str]]]

_SMALL = 1000
_SAMPLE = int(os.environ.get("GONGKAI_BENCH_PYSHACL", "25"))
_LARGE = int(os.environ.get("GONGKAI_BENCH_REPORTS", "20000"))


def run() -> Iterator[Row]:
    """The ratios, of processor time: other work on the machine does not count."""
    with tempfile.TemporaryDirectory() as place:
        small = _store(Path(place, "small"), _SMALL)
        ours, found = _compiled(small)
        theirs, sample, prepared = _pyshacl()
        agree = all(
            _essence(r for r in found if r.focus.value == focus) == told for focus, told in sample.items()
        )
        times = theirs / (ours / _SMALL)
        detail = (
            f"{ours / _SMALL * 1e3:.1f} ms a report over {_SMALL} at once, {theirs * 1e3:.0f} ms by pySHACL on "
            f"{len(sample)} of them one by one: {times:.0f} times ({prepared / (ours / _SMALL):.0f} with its queries "
            f"parsed beforehand); findings {'the same' if agree else 'DIFFER'}"
        )
        yield "compiled to pySHACL", 1 / times, 0.01, detail
        yield _again(small, Path(place, "memo.sqlite"), ours)
        del small
        large, _ = _compiled(_store(Path(place, "large"), _LARGE))
        yield (
            f"{_LARGE} to {_SMALL} reports",
            (large / _LARGE) / (ours / _SMALL),
            1.5,
            f"{large / _LARGE * 1e3:.1f} ms a report, {ours / _SMALL * 1e3:.1f} ms",
        )
    yield _draft()


def _store(place: Path, count: int) -> ox.Store:
    """A store on disk of generated reports with faults, and the ontology beside them."""
    store = ox.Store(str(place))
    found = (ox.Quad(t.subject, t.predicate, t.object) for draft, _ in drafts(count) for t in triples(draft))
    store.bulk_extend(found)
    store.bulk_extend(memory(()))
    store.optimize()
    return store


def _compiled(store: ox.Store) -> tuple[float, frozenset[Result]]:
    began = time.process_time()
    found = engine.validate(store, engine.compile_for(core().shapes, store))
    return time.process_time() - began, found


def _pyshacl() -> tuple[float, dict[str, Essence], float]:
    """Seconds a report, what was found in each, and seconds a report with queries parsed beforehand.

    Rules that look at other reports are told apart by their shapes.
    """
    spent, again, found = 0.0, 0.0, dict[str, Essence]()
    for draft, _ in list(drafts(_SMALL))[:: max(1, _SMALL // _SAMPLE)]:
        data = memory(triples(draft))
        reference.prepared.cache_clear()
        began = time.process_time()
        results = reference.validate(data, core().shapes)
        done = time.process_time()
        reference.validate(data, core().shapes)
        spent, again = spent + done - began, again + time.process_time() - done
        found[f"https://example.org/edition/{draft.name}"] = _essence(results)
    return spent / len(found), found, again / len(found)


def _essence(results: Iterable[Result]) -> Essence:
    shapes = core().shapes
    return {
        (r.focus.value, shapes.named(r.shape), frozenset((r.binding("cells") or "").split()))
        for r in results
        if not _looks_across(shapes.named(r.shape)) and "/edition/" in r.focus.value
    }


def _looks_across(shape: str) -> bool:
    return core().shapes.object(ox.NamedNode(shape), "https://w3id.org/gongkai/def#looksAcross") is not None


def _again(store: ox.Store, memo: Path, whole: float) -> Row:
    """One report replaced, checked again from the memo, against checking all."""
    assess_again(store, memo)
    draft = next(d for d, _ in drafts(_SMALL))
    for t in triples(draft):
        old = t.subject.value if isinstance(t.subject, ox.NamedNode) else ""
        if old.startswith("https://example.org/edition/"):
            store.remove(ox.Quad(t.subject, t.predicate, t.object))
    renamed = type(draft)(name="again", agency=draft.agency, year=draft.year, changes=draft.changes)
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples(renamed))
    began = time.process_time()
    done = assess_again(store, memo)
    spent = time.process_time() - began
    detail = f"{spent * 1e3:.0f} ms; looked at {done.looked_at}, and {done.neighbours} beside it"
    return "one replaced to all", spent / whole, 0.25, detail


def _draft() -> Row:
    """A real draft, as `gongkai check FILE` does it: reading and the reference engine; it has to take seconds."""
    path = max((folder("examples") / "reports").iterdir(), key=lambda p: p.stat().st_size)
    extraction(path)
    began = time.process_time()
    reference.decide(memory(extraction(path).triples(Iris())), core().shapes)
    spent = time.process_time() - began
    return "a draft, to ten seconds", spent / 10, 1.0, f"{spent:.1f} s for {path.name} with pySHACL"
