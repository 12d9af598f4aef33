"""The service against `oxigraph serve` and rdflib-endpoint: same triples on disk, server on one core, load from the other.

Rounds take turns, and the best of each counts: other work on the machine only ever takes away. What is not installed is
left out. GONGKAI_BENCH_EDITIONS sets how many editions there are (1000).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

from bench.load import load, request
from bench.store import EDITIONS
from bench.synthetic import FORM, GK, edition, name
from gongkai.store import Generation, Writer

_ROUNDS = 3
_HEAD = f"PREFIX gk: <{GK}> PREFIX form: <{FORM}> "
_OURS = """
import sys
from pathlib import Path
from gongkai_api import Settings, serving
serving.serve(Settings(Path(sys.argv[1])), serving.bind("127.0.0.1", int(sys.argv[2])), int(sys.argv[3]))
"""
_RDFLIB = """
import sys, uvicorn
from rdflib import Graph
from rdflib_endpoint import SparqlEndpoint
graph = Graph().parse(sys.argv[1], format="nt")
uvicorn.run(SparqlEndpoint(graph=graph, path="/sparql"), host="127.0.0.1", port=int(sys.argv[2]), log_level="critical")
"""


def free() -> int:
    """A free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(command: list[str], port: int, cores: set[int]) -> Iterator[int]:
    """A server on some cores, once it answers."""
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),  # noqa: PLW1509  no threads here
    )
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        time.sleep(1)
        yield port
    finally:
        process.terminate()
        process.wait()


def ours(location: Path, workers: int = 1) -> tuple[list[str], int, str]:
    port = free()
    return [sys.executable, "-c", _OURS, str(location), str(port), str(workers)], port, "/sparql"


def oxigraph(location: Path) -> tuple[list[str], int, str] | None:
    found = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if found is None:
        return None
    port = free()
    path = str(location / "generations" / Generation.current_id(location))
    return [found, "serve-read-only", "--location", path, "--bind", f"127.0.0.1:{port}"], port, "/query"


def rdflib(location: Path) -> tuple[list[str], int, str] | None:
    try:
        import rdflib_endpoint  # noqa: F401, PLC0415
    except ImportError:
        return None
    file = location.parent / "small.nt"
    with file.open("w", encoding="utf-8") as output:
        for number in range(100):  # it holds everything in memory, and more would take minutes to load
            output.writelines(f"{triple} .\n" for triple in edition(number))
    port = free()
    return [sys.executable, "-c", _RDFLIB, str(file), str(port)], port, "/sparql"


def small(path: str, count: int) -> list[bytes]:
    """Look-ups of rows, each another one."""
    texts = [f"SELECT ?p ?o WHERE {{ <{name(n % count)}#applications.{n % 33}> ?p ?o }}" for n in range(1000)]
    return [request(f"{path}?query={quote(text, safe='')}") for text in texts]


def large(path: str) -> list[bytes]:
    """A result of some tens of megabytes."""
    text = _HEAD + "SELECT ?row ?column ?value WHERE { ?row a gk:TableRow ; ?column ?value }"
    return [request(f"{path}?query={quote(text, safe='')}")]


def medium(path: str) -> list[bytes]:
    """Sums that take some milliseconds each."""
    texts = [
        f"{_HEAD} SELECT (SUM(?v) AS ?n) {{ ?r gk:row form:row{n} ; form:company ?v }}" for n in range(33)
    ]
    return [request(f"{path}?query={quote(text, safe='')}") for text in texts]


def run() -> None:
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
        _against(folder / "store", {cores[0]})
        _two_workers(folder / "store", set(cores))
    finally:
        shutil.rmtree(folder)
        os.sched_setaffinity(0, set(cores))


def _against(location: Path, core: set[int]) -> None:
    known = {
        "gongkai": ours(location),
        "oxigraph serve": oxigraph(location),
        "rdflib-endpoint": rdflib(location),
    }
    rates: dict[str, float] = {}
    speeds: dict[str, float] = {}
    with ExitStack() as stack:
        running = {}
        for which, found in known.items():
            if found is not None:
                command, port, path = found
                running[which] = (stack.enter_context(server(command, port, core)), path)
        for _ in range(_ROUNDS):
            for which, (port, path) in running.items():
                count = 100 if which == "rdflib-endpoint" else EDITIONS
                rates[which] = max(rates.get(which, 0), load(port, small(path, count), seconds=2).rate)
                if which != "rdflib-endpoint":
                    speeds[which] = max(speeds.get(which, 0), load(port, large(path), 2, 4).megabytes)
    print("| | small query, requests/s | ratio | large result, MB/s | ratio |")
    print("| --- | --- | --- | --- | --- |")
    for which, rate in rates.items():
        speed = speeds.get(which)
        cells = [which, f"{rate:.0f}", f"{rates['gongkai'] / rate:.2f}"]
        cells += [f"{speed:.0f}", f"{speeds['gongkai'] / speed:.2f}"] if speed else ["", ""]
        print("| " + " | ".join(cells) + " |", flush=True)


def _two_workers(location: Path, cores: set[int]) -> None:
    """Queries that take some milliseconds, so that the load generator, on the same cores, costs next to nothing."""
    found = {}
    for workers in (1, 2):
        command, port, path = ours(location, workers)
        with server(command, port, cores):
            os.sched_setaffinity(0, cores)
            found[workers] = max(load(port, medium(path), 16, 3).rate for _ in range(_ROUNDS))
    print(
        f"\ntwo workers on two cores: {found[2]:.0f} of {found[1]:.0f} requests/s, {found[2] / found[1]:.2f} times one"
    )
