from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai.store import Writer
from tests.api.client import Client, Reply
from tests.api.conftest import EX

ROOT = Path(__file__).resolve().parents[2]
RUNAWAY = (
    f"SELECT (COUNT(*) AS ?n) {{ ?a <{EX}says> ?x . ?b <{EX}says> ?y . ?c <{EX}says> ?z . ?d <{EX}says> ?w ."
    f" ?e <{EX}says> ?v }}"
)


@dataclass(frozen=True)
class Served:
    """A server in processes of its own."""

    client: Client
    process: subprocess.Popen[str]

    def workers(self) -> list[int]:
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii")
        return [int(pid) for pid in listed.split()]

    def cpu(self) -> float:
        """Seconds of processor time that the serving processes alive have used."""
        ticks = 0
        for pid in self.workers():
            try:
                fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
            except FileNotFoundError:
                continue
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


SCRIPT = """
import sys
from pathlib import Path
from gongkai_api import Settings, serving
from gongkai_api.settings import Limits
location, seconds, rows, rate, log, memory = sys.argv[1:]
limits = Limits(float(seconds), int(rows), int(memory) * 1024**2)
settings = Settings(Path(location), limits=limits, write_token="t", rate=float(rate), access_log=Path(log) if log else None)
listener = serving.bind("127.0.0.1", 0)
print(listener.getsockname()[1], flush=True)
serving.serve(settings, listener, 1 if settings.rate else 2)
"""


@contextmanager
def served(
    location: Path,
    *,
    seconds: float = 30.0,
    rows: int = 10**7,
    rate: float = 0.0,
    log: Path | None = None,
    memory: int = 2048,
) -> Iterator[Served]:
    path = os.pathsep.join((str(ROOT / "ingest"), str(ROOT / "api")))
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *map(str, (location, seconds, rows, rate, log or "", memory))],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    try:
        assert process.stdout is not None
        yield Served(Client(int(process.stdout.readline())), process)
    finally:
        process.terminate()
        process.communicate(timeout=60)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store")
    says = ox.NamedNode(EX + "says")
    with Writer.open(path) as writer:
        writer.replace(
            EX + "g", [ox.Triple(ox.NamedNode(f"{EX}{n}"), says, ox.Literal(str(n))) for n in range(2000)]
        )
    return path


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def latencies(client: Client, seconds: float) -> list[float]:
    found, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        start = time.perf_counter()
        assert client.query(f"SELECT ?o {{ <{EX}7> ?p ?o }}").status == 200
        found.append(time.perf_counter() - start)
    return sorted(found)


def until_idle(server: Served, seconds: float) -> None:
    """Waits until the serving processes need no processor any more."""

    def idle() -> bool:
        before = server.cpu()
        time.sleep(0.2)
        return server.cpu() - before < 0.05

    until(idle, seconds)


@contextmanager
def running_away(server: Served, number: int) -> Iterator[list[Reply]]:
    """Queries that would take hours, while the context lasts; then their answers are there."""
    replies: list[Reply] = []
    threads = [
        threading.Thread(target=lambda: replies.append(server.client.query(RUNAWAY))) for _ in range(number)
    ]
    for thread in threads:
        thread.start()
    yield replies
    for thread in threads:
        thread.join()


def test_runaway_queries_are_ended_and_others_go_on(small: Path) -> None:
    with served(small, seconds=3) as server:
        with running_away(server, 10) as replies:
            assert latencies(server.client, 2)
        assert [reply.status for reply in replies] == [503] * 10
        assert all("3 seconds" in reply.json["error"] for reply in replies)
        until_idle(server, 20)
        metrics = server.client("GET", "/metrics").text
        assert "gongkai_ended_by_time_total 10" in metrics, metrics
        until(lambda: len(server.workers()) == 2)


def test_a_client_that_goes_ends_its_query(small: Path) -> None:
    with served(small, seconds=60) as server:
        with socket.create_connection(("127.0.0.1", server.client.port)) as connection:
            body = RUNAWAY.encode()
            head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            time.sleep(0.5)
        until_idle(server, 20)
        assert server.client.query("ASK {}").status == 200


def test_the_processes_share_what_connections_there_are(small: Path) -> None:
    def sockets(pid: int) -> int:
        return sum("socket:" in str(entry.readlink()) for entry in Path(f"/proc/{pid}/fd").iterdir())

    with served(small) as server, ExitStack() as stack:
        assert server.client.query("ASK {}").status == 200
        until(lambda: len(server.workers()) == 2)
        before = {pid: sockets(pid) for pid in server.workers()}
        for _ in range(20):
            stack.enter_context(socket.create_connection(("127.0.0.1", server.client.port)))
            time.sleep(0.02)
        until(lambda: sum(sockets(pid) - count for pid, count in before.items()) >= 18)
        assert all(sockets(pid) - count >= 5 for pid, count in before.items())
        assert "gongkai_workers 2" in server.client("GET", "/metrics").text


def test_processes_and_connections_that_idle_are_counted(small: Path) -> None:
    def gauges() -> set[str]:
        return set(server.client("GET", "/metrics").text.splitlines())

    with served(small) as server:
        until(lambda: "gongkai_workers 2" in gauges())
        with ExitStack() as stack:
            for _ in range(6):
                stack.enter_context(socket.create_connection(("127.0.0.1", server.client.port)))
            until(lambda: gauges() & {f"gongkai_connections {count}" for count in (6, 7, 8)} != set())
        time.sleep(2.5)  # two beats and a bit
        assert gauges() & {"gongkai_connections 0", "gongkai_connections 1"}


def test_a_killed_process_is_replaced(small: Path) -> None:
    with served(small) as server:
        assert server.client.query("ASK {}").status == 200
        for pid in server.workers():
            os.kill(pid, signal.SIGKILL)
        until(lambda: len(server.workers()) == 2)
        assert server.client.query("ASK {}").status == 200


def test_new_reports_show_in_all_processes_without_a_restart(tmp_path: Path) -> None:
    with Writer.open(tmp_path):
        pass
    with served(tmp_path) as server:
        for number in range(8):
            update = f'INSERT DATA {{ <{EX}a> <{EX}says> "{number}" }}'.encode()
            sent = server.client(
                "POST", "/update", update, Authorization="Bearer t", Content_Type="application/sparql-update"
            )
            assert sent.status == 204
            assert len(server.client.query("SELECT * { ?s ?p ?o }").json["results"]["bindings"]) == number + 1


def test_it_stops_when_asked(small: Path) -> None:
    with served(small) as server:
        assert server.client.query("ASK {}").status == 200
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(60) == 0


def test_its_processes_go_with_the_supervisor(small: Path) -> None:
    with served(small) as server:
        until(lambda: len(server.workers()) == 2)
        pids = server.workers()
        server.process.kill()
        server.process.wait()
        until(lambda: not any(Path(f"/proc/{pid}").exists() and "Z" not in state(pid) for pid in pids))


def state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]


def test_an_answer_that_fails_half_way_is_not_whole(small: Path, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    text = f"SELECT ?a ?b {{ ?a <{EX}says> ?x . ?b <{EX}says> ?y }}"
    with served(small, rows=100_000, log=log) as server:
        with pytest.raises(http.client.IncompleteRead):
            server.client.query(text)
        until(log.exists)
        until(lambda: log.read_text("utf-8").endswith("\n"))
    entry = json.loads(log.read_text("utf-8"))
    assert (entry["status"], entry["complete"]) == (200, False)
    assert "more than 100000 rows" in entry["reason"]


def test_a_client_that_asks_too_often_is_told_to_wait(small: Path) -> None:
    with served(small, rate=1) as server:
        replies = [server.client("GET", "/health") for _ in range(15)]
        late = [reply for reply in replies if reply.status == 429]
        assert len(late) == 5
        assert int(late[0].headers["retry-after"]) >= 1


def test_each_request_is_noted(small: Path, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    with served(small, log=log) as server:
        server.client.query("ASK {}", User_Agent="柳".encode().decode("latin-1"))
        server.client("GET", "/nothing")
        until(lambda: log.read_text("utf-8").count("\n") == 2)
    lines = [ox.Literal(line).value for line in log.read_text("utf-8").splitlines()]
    assert '"status": 200' in lines[0]
    assert '"path": "/sparql"' in lines[0]
    assert '"status": 404' in lines[1]
