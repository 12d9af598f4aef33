"""What the short way answers is what the usual way answers, and what it does not know it leaves alone."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import pytest
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from gongkai.store import Results
from gongkai.store.generation import LocalGeneration
from gongkai_api import Settings, create_app
from gongkai_api.messages import Answer, Headers, Message, Request
from gongkai_api.output import Work
from gongkai_api.service import Route
from gongkai_api.shortcut import Shortcut, _named
from gongkai_api.sparql import Answering
from tests.api.client import Client, serving
from tests.api.conftest import EX


def asking(text: str) -> str:
    return f"/sparql?query={quote(text, safe='')}"


LOOKUP = asking(f"SELECT ?o {{ <{EX}thing/7> ?p ?o }}")
STATUS = re.compile(rb"HTTP/1\.1 (\d+) ")
COUNT = asking("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
SLOW = asking("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f { SELECT * { ?g ?h ?i } LIMIT 16 } }")
MUCH = asking(f"SELECT * {{ ?a <{EX}says> ?x . ?b <{EX}says> ?y }} LIMIT 5000")


def get(path: str, *lines: str) -> bytes:
    return "".join(f"{line}\r\n" for line in (f"GET {path} HTTP/1.1", "Host: h", *lines, "")).encode(
        "latin-1"
    )


@dataclass(frozen=True)
class Line:
    """A connection to a server that notes which requests took the usual way."""

    connection: socket.socket
    usual: list[bytes] = field(default_factory=list)

    def send(self, *pieces: bytes, answers: int = 1) -> list[str]:
        """The status lines that come back, read until there are as many as expected; fewer where the server hangs up."""
        for piece in pieces:
            self.connection.sendall(piece)
            time.sleep(0.05)  # so that each piece arrives by itself
        self.connection.settimeout(30)
        data = b""
        while len(found := STATUS.findall(data)) < answers and (chunk := self.connection.recv(1 << 16)):
            data += chunk
        return [status.decode() for status in found]


@contextmanager
def lined(settings: Settings, idle: float = 5.0) -> Iterator[Line]:
    """A line that is hung up where nothing is asked for so many seconds."""
    seen: list[bytes] = []

    class Watched(Shortcut):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            self.timeout_keep_alive = cast("int", idle)
            super().connection_made(transport)

        def on_url(self, url: bytes) -> None:
            seen.append(url)
            super().on_url(url)

    with (
        serving(create_app(settings), Watched) as client,
        socket.create_connection(("127.0.0.1", client.port)) as connection,
    ):
        yield Line(connection, seen)


@pytest.fixture
def line(location: Path) -> Iterator[Line]:
    with lined(Settings(location)) as found:
        yield found


@pytest.fixture(scope="module")
def usual(location: Path) -> Iterator[Client]:
    with serving(create_app(Settings(location)), HttpToolsProtocol) as found:
        yield found


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Accept": "text/csv"},
        {"Accept-Encoding": "gzip", "Accept": "text/html"},
        {"Accept": "image/png"},
        {"Accept-Language": "en"},
        {"If-None-Match": '"x"'},
        {"Connection": "close"},
        {"X-Forwarded-Proto": "https"},
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        LOOKUP,
        COUNT,
        LOOKUP + "&format=xlsx",
        LOOKUP + "&format=turtle",
        asking(f"SELECT ?s ?o {{ ?s <{EX}says> ?o }}"),
        asking(f'SELECT ?s {{ ?s <{EX}says> "政府信息公开"@zh }}'),
        asking("SELECT ?s { ?s a <b> }"),
        asking("SELECT ?s { ?s undeclared:p ?o }"),
        asking("SELECT nonsense"),
        "/sparql?query=%FF",
        "/sparql?query=%zz",
        "/sparql",
        "/nothing?a=b",
        "/api/queries",
        "/%e6%9f%b3",
    ],
)
def test_both_ways_answer_the_same(client: Client, usual: Client, path: str, headers: dict[str, str]) -> None:
    named = {"Host": "h", **headers}
    for _ in range(3):  # the third answer may be one that was kept
        found, expected = (one("GET", path, b"", **named) for one in (client, usual))
        assert found.status == expected.status
        if "xlsx" not in path:  # a workbook has its time in it
            assert found.body == expected.body
        assert without_date(found.headers) == without_date(expected.headers)


def without_date(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in ("date", "content-length")}


def test_a_lookup_any_short_query_and_what_is_known_take_the_short_way(line: Line) -> None:
    for path in (LOOKUP, COUNT, COUNT, COUNT, LOOKUP):
        assert line.send(get(path)) == ["200"]
    assert line.usual == []


def test_what_is_faulty_or_has_much_to_say_takes_the_usual_way(line: Line) -> None:
    assert line.send(get(FAULTY)) == ["400"]
    assert line.send(get(MUCH, "Connection: keep-alive")) == ["200"]
    assert len(line.usual) == 2


def test_a_query_that_takes_long_goes_on_the_usual_way(line: Line) -> None:
    assert line.send(get(SLOW)) == ["200"]
    assert len(line.usual) == 1


def test_who_asks_on_before_the_answer_is_answered_in_turn(line: Line) -> None:
    line.connection.sendall(get(COUNT))
    assert line.send(get(LOOKUP), get("/nothing"), answers=3) == ["200", "200", "404"]


def test_a_query_of_a_client_that_goes_is_ended_and_counted(location: Path) -> None:
    app = create_app(Settings(location))
    with serving(app) as client:
        with socket.create_connection(("127.0.0.1", client.port)) as connection:
            connection.sendall(get(SLOW))
            time.sleep(0.01)
        deadline = time.monotonic() + 20
        while app.active or '{route="sparql",status="4xx"} 1' not in client("GET", "/metrics").text:
            assert time.monotonic() < deadline
            time.sleep(0.01)


def test_a_server_that_stops_answers_what_it_was_asked(location: Path) -> None:
    seen: list[Shortcut] = []

    class Watched(Shortcut):
        def data_received(self, data: bytes) -> None:
            seen.append(self)
            super().data_received(data)
            self.shutdown()

    with serving(create_app(Settings(location)), Watched) as client:
        assert client("GET", COUNT).status == 200
    assert seen


@pytest.mark.parametrize(
    "pieces",
    [
        (get(LOOKUP)[:20], get(LOOKUP)[20:]),
        (get(LOOKUP)[:-2], get(LOOKUP)[-2:]),
        (get(LOOKUP, "Host: i"),),
        (get(LOOKUP, "Expect: 100-continue"),),
        (get(LOOKUP, "Transfer-Encoding: identity"),),
        (get(LOOKUP, "Connection: upgrade", "Upgrade: h2c"),),
        (get(LOOKUP, "X-Forwarded-For: 192.0.2.7"),),
        (get(LOOKUP, "Proxy-Connection: close"),),
        (get(LOOKUP, *(f"X-{number}: x" for number in range(64))),),
        (get(LOOKUP, "X: " + "x" * 9000),),
        (get(LOOKUP).replace(b"GET", b"HEAD"),),
        (get(LOOKUP).replace(b"1.1", b"1.0"),),
    ],
)
def test_what_is_unusual_takes_the_usual_way(line: Line, pieces: tuple[bytes, ...]) -> None:
    line.send(*pieces)
    assert line.usual


def test_headers_are_read_in_time_that_grows_with_them() -> None:
    started = time.perf_counter()
    assert _named(b"X:" + b" " * 8000 + b"\x01\r\n\r\n") is None
    assert time.perf_counter() - started < 1


def test_headers_stand_without_the_blanks_around_them() -> None:
    named = _named(b"Accept:\t text/csv , text/html \t\r\nX:\r\nY: \r\n\r\n")
    assert named is not None
    assert [named.text(name) for name in ("accept", "x", "y")] == ["text/csv , text/html", "", ""]


def test_a_connection_stays_for_those_who_ask_and_goes_where_nobody_does(location: Path) -> None:
    with lined(Settings(location), idle=2.0) as line:
        for path in (LOOKUP, LOOKUP, "/nothing", COUNT):
            assert line.send(get(path))
            time.sleep(1.2)
        began = time.monotonic()
        assert line.send() == [], "it is hung up"
        assert time.monotonic() - began < 5


def test_a_connection_stays_for_those_who_wait(location: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = Answering._run

    def slowly(*given: Any) -> None:
        time.sleep(1.5)
        find(*given)

    monkeypatch.setattr(Answering, "_run", slowly)
    with lined(Settings(location), idle=1.0) as line:
        assert line.send(get(LOOKUP), get(COUNT), answers=2) == ["200", "200"]


def test_a_request_behind_another_waits_for_its_turn(line: Line) -> None:
    assert line.send(get(LOOKUP) * 3, answers=3) == ["200"] * 3
    assert line.send(get(COUNT) + get(LOOKUP) + get("/nothing"), answers=3) == ["200", "200", "404"]


def test_what_looks_like_a_request_in_a_body_is_none(line: Line) -> None:
    body = get(LOOKUP)
    head = (
        f"POST /sparql HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    assert line.send(head.encode(), body) == ["415"]
    assert line.send(get("/nothing")) == ["404"]


FAULTY = asking("SELECT ?s { ?s undeclared:p ?o }")
LONG = asking(f"SELECT ?s ?o {{ ?s <{EX}says> ?o }}")


@pytest.mark.parametrize(
    ("path", "status", "evaluated"),
    [(LOOKUP, 200, 1), (FAULTY, 400, 1), (LONG, 200, 2), (COUNT, 200, 1)],
)
def test_nothing_is_done_twice(
    location: Path, monkeypatch: pytest.MonkeyPatch, path: str, status: int, evaluated: int
) -> None:
    """A look-up that turns out long is put once more, on a thread of its own."""
    asked: list[Request] = []
    queries: list[str] = []
    ask, query = Answering.answer, LocalGeneration.query

    def noting(self: Answering, request: Request, *rest: Any) -> Answer | Work:
        asked.append(request)
        return ask(self, request, *rest)

    def counting(self: LocalGeneration, text: str, **options: Any) -> Results:
        queries.append(text)
        return query(self, text, **options)

    monkeypatch.setattr(Answering, "answer", noting)
    monkeypatch.setattr(LocalGeneration, "query", counting)
    with lined(Settings(location)) as line:
        assert line.send(get(path)) == [str(status)]
    assert (len(asked), len(queries)) == (1, evaluated)


async def unheard() -> Message:
    raise AssertionError


def test_only_routes_that_say_so_are_asked_at_once(location: Path) -> None:
    app = create_app(Settings(location, write_token="secret"))
    for path in ("/update", "/graphs", "/", "/check", "/browse/reports", "/health", "/nothing"):
        assert app.at_once(Request("GET", path, b"", Headers(), http10=False), unheard) is None
    assert app.at_once(Request("PUT", "/sparql", b"", Headers(), http10=False), unheard) is None
    assert app.at_once(Request("GET", "/sparql", b"", Headers(), http10=False), unheard)


@pytest.mark.parametrize("swift", [True, False])
def test_a_mistake_of_ours_is_answered_noted_and_counted(location: Path, tmp_path: Path, swift: bool) -> None:
    def mistaken(_: Request, __: bytes) -> Answer:
        raise KeyError

    log = tmp_path / "access.log"
    app = create_app(Settings(location, access_log=log))
    app.add("/api/mistaken", Route(mistaken, swift=swift))
    with serving(app) as client:
        assert client("GET", "/api/mistaken").status == 500
        assert client("GET", LOOKUP).status == 200
        assert '{route="api",status="5xx"} 1\n' in client("GET", "/metrics").text
    entry = json.loads(log.read_text("utf-8").splitlines()[0])
    assert (entry["path"], entry["status"], entry["complete"]) == ("/api/mistaken", 500, False)


def test_what_the_short_way_answers_is_counted_and_noted(location: Path, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    with serving(create_app(Settings(location, access_log=log))) as client:
        size = len(client("GET", LOOKUP, User_Agent="somebody").body)
        assert 'gongkai_requests_total{route="sparql",status="2xx"} 1' in client("GET", "/metrics").text
    entry = json.loads(log.read_text("utf-8").splitlines()[0])
    assert (entry["status"], entry["complete"], entry["bytes"], entry["agent"]) == (
        200,
        True,
        size,
        "somebody",
    )


def test_who_asks_too_often_is_told_so_on_the_short_way(location: Path) -> None:
    with serving(create_app(Settings(location, rate=0.01))) as client:
        assert [client("GET", LOOKUP).status for _ in range(3)] == [200, 429, 429]
