"""Where triples go: the default graph with a ledger beside it, or a named graph an edition with their union on top.

Both ways hold the same editions; ratios within one run are what counts. GONGKAI_BENCH_EDITIONS sets how many (1000).

Behind them what a year of reports costs (GONGKAI_BENCH_YEAR sets how many, 4000): to write, each quarter against the first;
to publish some more; to show the first page; to dump. And loading sorted files against an update, both into that store.
"""

from __future__ import annotations

import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from bench.reports import editions
from bench.synthetic import FORM, GK, edition, name
from gongkai.export import dump
from gongkai.store import Generation, Writer
from gongkai_api.register import Listing, Wish

EDITIONS = int(os.environ.get("GONGKAI_BENCH_EDITIONS", "1000"))
_YEAR = int(os.environ.get("GONGKAI_BENCH_YEAR", "4000"))
_BATCH = 50  # reports that are loaded at once
_CHANGED = 100
_HEAD = f"PREFIX gk: <{GK}> PREFIX form: <{FORM}> "
_AGENCIES = _HEAD + "SELECT (COUNT(?a) AS ?n) { ?a a gk:Agency }"
_SUM = _HEAD + "SELECT (SUM(?v) AS ?n) { ?r gk:row form:row5 ; form:company ?v }"
_JOIN = (
    _HEAD + "SELECT (COUNT(*) AS ?n) { ?r gk:row form:row5 ; form:company ?v ; gk:ofEdition ?e . "
    "?q gk:ofEdition ?e ; gk:row form:row6 ; form:company ?w FILTER(?v > ?w) }"
)


class Named:
    """A named graph an edition; readers ask the union of all graphs."""

    def __init__(self, location: Path) -> None:
        self._store = ox.Store(str(location))

    def load(self) -> None:
        quads = (
            ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(name(n)))
            for n in range(EDITIONS)
            for t in edition(n)
        )
        self._store.bulk_extend(quads)
        self._store.flush()

    def replace(self) -> None:
        for number in range(_CHANGED):
            graph = ox.NamedNode(name(number))
            data = "".join(f"{t} .\n" for t in edition(number, changed=1))
            self._store.update(f"CLEAR GRAPH {graph} ; INSERT DATA {{ GRAPH {graph} {{ {data} }} }}")
        self._store.flush()

    def ask(self, text: str) -> str:
        return _first(self._store.query(text, use_default_graph_as_union=True))


class Default:
    """Everything in the default graph, who asserts what in the ledger: what gongkai does."""

    def __init__(self, location: Path) -> None:
        self._location = location
        self._read: Generation | None = None

    def load(self) -> None:
        with Writer.open(self._location) as writer:
            for number in range(EDITIONS):
                writer.replace(name(number), edition(number))
            writer.compact()

    def replace(self) -> None:
        with Writer.open(self._location) as writer:
            for number in range(_CHANGED):
                writer.replace(name(number), edition(number, changed=1))

    def unchanged(self) -> None:
        with Writer.open(self._location) as writer:
            for number in range(_CHANGED, 2 * _CHANGED):
                assert not writer.replace(name(number), edition(number))

    def ask(self, text: str) -> str:
        self._read = self._read or Generation.current(self._location)
        return _first(self._read.query(text))


def _first(results: object) -> str:
    assert isinstance(results, ox.QuerySolutions)
    term = next(results)["n"]
    assert isinstance(term, ox.Literal)
    return term.value


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """Processor seconds of the best of some runs: other work on the machine does not count."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def size(folder: Path) -> int:
    """Bytes on disk, a file with several links counted once."""
    return sum({s.st_ino: s.st_size for p in folder.rglob("*") if p.is_file() for s in [p.stat()]}.values())


Row = tuple[str, float, float, str]
"""Name, ratio, the ratio not to exceed, and what was measured."""


def run() -> Iterator[Row]:
    triples = sum(1 for n in range(EDITIONS) for _ in edition(n))
    print(f"{EDITIONS} editions, {triples} triples; milliseconds unless it says otherwise")
    print("| way | load s | MB | agencies counted | sum | join | replace one | same again | publish |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for way in (Named, Default):
        folder = Path(tempfile.mkdtemp(prefix="gongkai-bench-"))
        try:
            print(_row(way(folder / "store"), folder), flush=True)
        finally:
            shutil.rmtree(folder)
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as place:
        yield from _of_a_year(Path(place))


def _of_a_year(location: Path) -> Iterator[Row]:
    """What it costs to write as the store grows, to publish, to show the first page, to dump, to load a batch."""
    made, quarter = editions(), _YEAR // 4
    with Writer.open(location) as writer:
        first = _written(writer, made, quarter)
        for number in range(2, 5):
            cost = _written(writer, made, quarter)
            detail = f"{cost:.1f} against {first:.1f} ms a report; at most {_most()} MB"
            yield f"reports, quarter {number} of {_YEAR}", cost / first, 1.5, detail
        some = list(islice(made, _BATCH))
        _written(writer, iter(some), _BATCH)
        writer.publish()
        _written(writer, ((name, triples[1:]) for name, triples in some), _BATCH)
        publishing = seconds(writer.publish)
        yield (
            f"{_BATCH} changed, published, to 1 s",
            publishing,
            1.0,
            f"{publishing:.2f} s; at most {_most()} MB",
        )
    page = seconds(lambda: _first_page(location))
    yield (
        "first page's list, to 0.2 s",
        page / 0.2,
        1.0,
        f"{page * 1e3:.0f} ms, opening the generation included",
    )
    cost = seconds(lambda: dump(location, location / "dumps")) / (_YEAR + _BATCH) * 1e3
    yield "a dump, to 40 ms a report", cost / 40, 1.0, f"{cost:.1f} ms a report; at most {_most()} MB"
    store = ox.Store(str(location / "working"))
    batches = [[t for _, triples in islice(made, _BATCH) for t in triples] for _ in range(2)]
    bulk = seconds(lambda: store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in batches[0]))
    text = "".join(f"{triple} .\n" for triple in batches[1])
    update = seconds(lambda: store.update(f"INSERT DATA {{ {text} }}"))
    detail = f"{bulk / _BATCH * 1e3:.1f} against {update / _BATCH * 1e3:.1f} ms a report, {_BATCH} at once"
    yield "bulk load to update", bulk / update, 0.7, detail


def _written(writer: Writer, made: Iterator[tuple[str, list[ox.Triple]]], count: int) -> float:
    """Milliseconds a report to write the next ones; to make them up does not count."""
    return sum(seconds(lambda e=e: writer.replace(*e)) for e in islice(made, count)) / count * 1e3  # type: ignore[misc]


def _first_page(location: Path) -> None:
    assert len(Listing.of(Generation.current(location).register()).reports(Wish(), 0, 10)) == 10


def _most() -> int:
    """The most megabytes that the process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _row(way: Named | Default, folder: Path) -> str:
    load = seconds(way.load)
    cells = [type(way).__name__.lower(), f"{load:.1f}", f"{size(folder) / 1e6:.0f}", way.ask(_AGENCIES)]
    cells += [f"{seconds(lambda text=text: way.ask(text), 3) * 1e3:.0f}" for text in (_SUM, _JOIN)]  # type: ignore[misc]
    cells.append(f"{seconds(way.replace) / _CHANGED * 1e3:.1f}")
    if isinstance(way, Default):
        cells += [
            f"{seconds(way.unchanged) / _CHANGED * 1e3:.1f}",
            f"{seconds(lambda: _publish(folder)) * 1e3:.0f}",
        ]
    else:
        cells += ["", ""]
    return "| " + " | ".join(cells) + " |"


def _publish(folder: Path) -> None:
    with Writer.open(folder / "store") as writer:
        writer.replace("https://data.example/one", [next(edition(0))])
