"""How long checking takes: compiled queries over a store against pySHACL report by report, and against their own on fewer.

The reports are made ones: every other one a table with known faults and no text, every other one a copy of an example, text
and facts included.

GONGKAI_BENCH_PYSHACL sets how many of the 1,000 reports pySHACL checks too (20), as it comes, over rdflib: it takes seconds
for each by itself, which is its best case, so that a sample tells its time. Beside it stands what it takes when its queries
are parsed beforehand.

GONGKAI_BENCH_REPORTS sets the size of the large store (20000).
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
from tests.rules.faults import drafts
from tests.rules.graphs import triples

from gongkai.iris import Iris
from gongkai.pipeline import extraction
from gongkai.resources import folder
from gongkai.rules import core, engine, reference
from gongkai.rules.checking import look, memory, ontology
from gongkai.rules.data import editions
from gongkai.rules.memo import assess_again
from gongkai.rules.result import Result
from gongkai.rules.slices import slices
from gongkai.turtle import GK

Row = tuple[str, float, float, str]
"""Name, ratio, the ratio not to exceed, and what was measured."""

Essence = set[tuple[str, str, frozenset[str]]]

_SMALL = 1000
_SAMPLE = int(os.environ.get("GONGKAI_BENCH_PYSHACL", "20"))
_LARGE = int(os.environ.get("GONGKAI_BENCH_REPORTS", "20000"))


def run() -> Iterator[Row]:
    """The ratios, of processor time: other work on the machine does not count."""
    with tempfile.TemporaryDirectory() as place:
        small = _store(Path(place, "small"), _SMALL)
        ours, found, memory_of_small = _compiled(small)
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
        large, _, memory_of_large = _compiled(_store(Path(place, "large"), _LARGE))
        yield (
            f"{_LARGE} to {_SMALL} reports",
            (large / _LARGE) / (ours / _SMALL),
            1.5,
            f"{large / _LARGE * 1e3:.1f} ms a report, {ours / _SMALL * 1e3:.1f} ms; "
            f"at most {memory_of_large} MB, {memory_of_small} MB",
        )
    yield _draft()


def _reports(count: int) -> Iterator[str]:
    """Reports as N-Triples, the same for any count."""
    made, models = _models()
    for i in range(count):
        number, copy = divmod(i // 2, len(models if i % 2 else made))
        if i % 2:
            yield models[copy].replace("/unplaced/", f"/unplaced/{number}-")
        else:
            yield made[copy].replace("/第", f"/{number}-第").replace("/edition/", f"/edition/{number}-")


@cache
def _models() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those with faults, and the examples."""
    found = (extraction(p).triples(Iris()) for p in sorted((folder("examples") / "reports").iterdir()))
    return tuple(_lines(triples(draft)) for draft, _ in drafts(_SMALL // 2)), tuple(map(_lines, found))


def _lines(found: Iterable[ox.Triple]) -> str:
    return "".join(f"{triple} .\n" for triple in found)


def _parsed(text: str) -> list[ox.Quad]:
    return list(ox.parse(text, ox.RdfFormat.N_TRIPLES))


def _store(place: Path, count: int) -> ox.Store:
    """A store on disk of generated reports, and the ontology beside them."""
    store = ox.Store(str(place))
    found = _reports(count)
    while text := "".join(islice(found, _SMALL)):
        store.bulk_load(text.encode(), ox.RdfFormat.N_TRIPLES)
    store.bulk_extend(memory(()))
    store.optimize()
    return store


def _compiled(store: ox.Store) -> tuple[float, frozenset[Result], int]:
    """Seconds, what was found, and the most megabytes that the process has had."""
    began = time.process_time()
    queries = engine.compile_for(core().shapes, store)
    found = look(slices(store, ontology(), editions(store), whole=True), queries, core())
    spent = time.process_time() - began
    return spent, found.results, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _pyshacl() -> tuple[float, dict[str, Essence], float]:
    """Seconds a report, what was found in each, and seconds a report with queries parsed beforehand.

    Rules that look at other reports are told apart by their shapes.
    """
    spent, again, found = 0.0, 0.0, dict[str, Essence]()
    for text in list(_reports(_SMALL))[:: max(1, _SMALL // _SAMPLE) | 1]:
        data = memory(_parsed(text))
        reference.prepared.cache_clear()
        began = time.process_time()
        results = reference.validate(data, core().shapes)
        done = time.process_time()
        reference.validate(data, core().shapes)
        spent, again = spent + done - began, again + time.process_time() - done
        found[editions(data)[0].iri] = _essence(results)
    return spent / len(found), found, again / len(found)


def _essence(results: Iterable[Result]) -> Essence:
    shapes = core().shapes
    return {
        (r.focus.value, shapes.named(r.shape), frozenset((r.binding("cells") or "").split()))
        for r in results
        if not _looks_across(shapes.named(r.shape))
    }


def _looks_across(shape: str) -> bool:
    return core().shapes.object(ox.NamedNode(shape), GK + "looksAcross") is not None


def _again(store: ox.Store, memo: Path, whole: float) -> Row:
    """One report replaced, checked again from the memo, against checking all."""
    assess_again(store, memo)
    (text,) = islice(_reports(6), 5, 6)  # of an agency with another year
    edition = editions(memory(_parsed(text)))[0].iri
    for quad in _parsed(text):
        if str(quad.subject).startswith(f"<{edition}"):
            store.remove(quad)
    store.extend(_parsed(text.replace(edition, edition + "0")))
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
