"""The service against `oxigraph serve` and rdflib-endpoint: same triples on disk, server on one core, load from the other.

Rounds take turns, and the best of each counts: other work on the machine only ever takes away. What a second of processor
time gives leaves out the waiting for a core; it still counts that others emptied the caches, which costs a large program
more than a small one. So the figures hold on a quiet machine. What is not installed is left out.
GONGKAI_BENCH_EDITIONS sets how many editions there are (1000).
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bench.load import load, request
from bench.servers import ours, oxigraph, rdflib, server
from bench.store import EDITIONS
from bench.synthetic import FORM, GK, ROWS, edition, name
from gongkai.store import Writer

Result = tuple[str, float, float, str]
"""Name, ratio, the ratio not to exceed, and what was measured."""

_ROUNDS = 3
_VARIED = 40_000  # queries: in each round more than the service keeps answers of
_OURS, _LITTLE = "gongkai", "rdflib-endpoint"
_HEAD = f"PREFIX gk: <{GK}> PREFIX form: <{FORM}> "


def varied(path: str, count: int = EDITIONS) -> list[bytes]:
    """Look-ups of rows, none of them asked before; where they begin anew, the service has forgotten the first."""
    return _requests(
        path, (f"SELECT ?p ?o WHERE {{ <{row}> ?p ?o }}{limit}" for row, limit in _asked_for(count))
    )


def repeated(path: str, count: int = EDITIONS) -> list[bytes]:
    """One look-up again and again."""
    return varied(path, count)[:1]


def joined(path: str, count: int = EDITIONS) -> list[bytes]:
    """Four patterns around a row, which nobody can know to be short before they were run; none asked before."""
    patterns = "a gk:TableRow ; gk:row ?row ; form:company ?company ; gk:report ?report"
    return _requests(
        path, (f"{_HEAD}SELECT * {{ <{row}> {patterns} }}{limit}" for row, limit in _asked_for(count))
    )


def large(path: str, _: int = EDITIONS) -> list[bytes]:
    """A result of some tens of megabytes."""
    return _requests(
        path, [_HEAD + "SELECT ?row ?column ?value WHERE { ?row a gk:TableRow ; ?column ?value }"]
    )


def _asked_for(count: int) -> Iterator[tuple[str, str]]:
    """Rows, and limits beyond what there is: so many different things to ask for, however few the editions."""
    for number in range(_VARIED):
        again, which = divmod(number, count * ROWS)
        yield (
            f"{name(which % count)}#applications.{which // count}",
            f" LIMIT {1000 + again}" if again else "",
        )


def _requests(path: str, texts: Iterable[str]) -> list[bytes]:
    return [request(f"{path}?query={quote(text, safe='')}") for text in texts]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of load: its name, its requests to an endpoint over so many editions, how many connections ask."""

    name: str
    requests: Callable[[str, int], list[bytes]]
    connections: int
    least: float
    """How many times as fast as `oxigraph serve` it is to be."""
    against_little: float = 5.0
    """How many times as fast as rdflib-endpoint; 0 where that is not asked."""

    @property
    def unit(self) -> str:
        """What is counted."""
        return "MB/s" if self.requests is large else "requests/s"


_KINDS = (
    _Kind("small, each another one", varied, 8, 0.8),
    _Kind("small, the same again", repeated, 8, 0.8),
    _Kind("four patterns", joined, 8, 0.8),
    _Kind("large", large, 2, 1.0, 0.0),
)
_TWO = 1.7
"""How many times as fast two workers are to be as one."""


def run() -> Iterator[Result]:
    """Each load against each server, and two workers against one, as soon as it is measured.

    What is said is how long an answer takes compared with the other server, so that less is better.
    """
    os.environ["PYTHONPATH"] = os.pathsep.join(
        sys.path[:1] + os.environ.get("PYTHONPATH", "").split(os.pathsep)
    )
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[-1]})
    folder = Path(tempfile.mkdtemp(prefix="gongkai-bench-"))
    try:
        with Writer.open(folder / "store") as writer:
            for number in range(EDITIONS):
                writer.replace(name(number), edition(number))
            writer.compact()
        yield from _against(folder / "store", {cores[0]})
        os.sched_setaffinity(0, set(cores))
        yield _two_workers(folder / "store", cores)
    finally:
        shutil.rmtree(folder)
        os.sched_setaffinity(0, set(cores))


def _against(location: Path, core: set[int]) -> Iterator[Result]:
    known = {
        _OURS: ours(location),
        "oxigraph serve": oxigraph(location),
        _LITTLE: rdflib(location),
    }
    with ExitStack() as stack:
        running = {}
        for which, found in known.items():
            if found is not None:
                command, port, path = found
                running[which] = (stack.enter_context(server(command, port, core)), port, path)
        for kind in _KINDS:
            asked = {w: found for w, found in running.items() if w != _LITTLE or kind.against_little}
            best = _measured(kind, asked)
            own = best.pop(_OURS).figures(kind)
            for which, gain in best.items():
                yield _compared(kind, own, which, gain.figures(kind))


def _compared(kind: _Kind, own: tuple[float, float], which: str, other: tuple[float, float]) -> Result:
    least = kind.against_little if which == _LITTLE else kind.least
    by_clock, by_time = (mine / theirs for mine, theirs in zip(own, other, strict=True))
    detail = (
        f"{own[0]:.0f} {kind.unit} against {other[0]:.0f} of {which}: {by_clock:.2f} times for at least {least:g},"
        f" by processor time {by_time:.2f}"
    )
    return kind.name, 1 / by_clock, 1 / least, detail


def _measured(kind: _Kind, running: dict[str, tuple[int, int, str]]) -> dict[str, _Gain]:
    """The best of some rounds, in which the servers take turns."""
    best: dict[str, _Gain] = {}
    requests = {
        which: kind.requests(path, 100 if which == _LITTLE else EDITIONS)
        for which, (_, _, path) in running.items()
    }
    for turn in range(_ROUNDS):
        for which, (process, port, _) in running.items():
            gain = _gain(process, port, requests[which][turn::_ROUNDS] or requests[which], kind.connections)
            best[which] = gain.better(best.get(which))
    return best


def _two_workers(location: Path, cores: list[int]) -> Result:
    """Two workers on two cores against one on one, in turn; the load generator runs where there is room.

    So beside two it takes from what is measured, and the clock cannot show twice as much. By processor time: what an answer
    costs, and how evenly the two share the load, says how many more two can give.
    """
    found: dict[int, _Gain] = {}
    with ExitStack() as stack:
        running = {}
        for workers in (1, 2):
            command, port, path = ours(location, workers)
            running[workers] = stack.enter_context(server(command, port, set(cores[:workers]))), port
        requests = varied(path)
        for _ in range(_ROUNDS):
            for workers, (process, port) in running.items():
                gain = _gain(process, port, requests, 16)
                found[workers] = gain.better(found.get(workers))
    one, two = found[1], found[2]
    by_time = two.rate_by_time / one.rate_by_time / two.busiest
    detail = (
        f"{two.rate:.0f} against {one.rate:.0f} requests/s of one: {two.rate / one.rate:.2f} times for at least {_TWO:g},"
        f" where the load generator leaves room for {2 / (1 + one.load):.2f}; by processor time {by_time:.2f},"
        f" the busier one with {two.busiest:.0%} of it"
    )
    return "two workers on two cores", one.rate / two.rate, 1 / _TWO, detail


@dataclass(frozen=True, slots=True)
class _Gain:
    """What a server gives: answers and megabytes a second, by the clock and of processor time."""

    rate: float
    rate_by_time: float
    speed: float
    speed_by_time: float
    busiest: float
    """The share of the busiest process in the processor time."""
    load: float
    """What the load generator takes of a processor, for each second of the server's."""

    def figures(self, kind: _Kind) -> tuple[float, float]:
        """What counts of a kind of load, by the clock and of processor time."""
        return (self.speed, self.speed_by_time) if kind.requests is large else (self.rate, self.rate_by_time)

    def better(self, other: _Gain | None) -> _Gain:
        """The best of both in everything."""
        if other is None:
            return self
        return _Gain(
            max(self.rate, other.rate),
            max(self.rate_by_time, other.rate_by_time),
            max(self.speed, other.speed),
            max(self.speed_by_time, other.speed_by_time),
            min(self.busiest, other.busiest),
            min(self.load, other.load),
        )


def _gain(pid: int, port: int, requests: list[bytes], connections: int) -> _Gain:
    """Puts load on a server for some seconds."""
    before, began = _processor_times(pid), time.process_time()
    done = load(port, requests, connections, 3)
    spent = [after - before.get(process, 0.0) for process, after in _processor_times(pid).items()]
    own = time.process_time() - began
    seconds, answers = sum(spent), len(done.latencies)
    return _Gain(
        done.rate,
        answers / seconds,
        done.megabytes,
        done.bytes / 1e6 / seconds,
        max(spent) / seconds,
        own / seconds,
    )


def _processor_times(pid: int) -> dict[str, float]:
    """Seconds that a process and its children had a processor."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    fields = {
        process: Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
        for process in (str(pid), *children)
    }
    return {
        process: (int(found[11]) + int(found[12])) / os.sysconf("SC_CLK_TCK")
        for process, found in fields.items()
    }
