"""Servers for the benchmark of the service, each in a process of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.synthetic import edition
from gongkai.store import Generation

_SERVED = """
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
    """The process of a server on some cores, once it answers."""
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
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def ours(location: Path, workers: int = 1) -> tuple[list[str], int, str]:
    port = free()
    return [sys.executable, "-c", _SERVED, str(location), str(port), str(workers)], port, "/sparql"


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
