"""Connections on which nothing comes are closed; those on which something goes on are not."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import pytest

from gongkai_api import Settings, create_app
from gongkai_api.patience import PATIENCE
from gongkai_api.shortcut import Shortcut
from tests.api.client import serving
from tests.api.conftest import EX
from tests.api.test_serving import RUNAWAY, served, until

GET = b"GET /health HTTP/1.1\r\nHost: h\r\n\r\n"
POST = (
    b"POST /sparql HTTP/1.1\r\nHost: h\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\n"
)
SLOW = f"GET /sparql?query={quote(RUNAWAY)} HTTP/1.1\r\nHost: h\r\n\r\n".encode()
LOOKUP = f"SELECT ?o {{ <{EX}thing/7> ?p ?o }}"

Connect = Callable[[], tuple[socket.socket, Shortcut]]


@pytest.fixture
def connect(location: Path) -> Iterator[Connect]:
    made: list[Shortcut] = []
    opened: list[socket.socket] = []

    class Noted(Shortcut):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            made.append(self)

    with serving(create_app(Settings(location)), Noted) as client:

        def connect() -> tuple[socket.socket, Shortcut]:
            opened.append(socket.create_connection(("127.0.0.1", client.port), 10))
            until(lambda: len(made) == len(opened))
            return opened[-1], made[-1]

        yield connect
        for connection in opened:
            connection.close()


def later(protocol: Shortcut, seconds: float = PATIENCE + 1) -> None:
    """What is seen to so many seconds from now."""
    protocol.loop.call_soon_threadsafe(lambda: protocol.see_to(protocol.loop.time() + seconds))
    time.sleep(0.1)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ((), b""),
        ((GET[:20],), b"HTTP/1.1 408 "),
        ((POST,), b"HTTP/1.1 408 "),
        ((POST, b"ASK"), b"HTTP/1.1 408 "),
        ((GET, b"\r\n"), b"HTTP/1.1 200 "),
        ((GET, GET[:20]), b"HTTP/1.1 200 "),
    ],
)
def test_a_client_that_says_nothing_more_is_left(
    connect: Connect, sent: tuple[bytes, ...], told: bytes
) -> None:
    connection, protocol = connect()
    for piece in sent:
        connection.sendall(piece)
        time.sleep(0.1)
    later(protocol, PATIENCE - 5)
    assert not protocol.transport.is_closing()
    later(protocol)
    said = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    assert said.startswith(told)
    assert bool(said) == bool(told)


def test_who_waits_for_an_answer_may_wait(connect: Connect) -> None:
    for sent in (SLOW, SLOW + GET[:20], SLOW + POST):
        connection, protocol = connect()
        connection.sendall(sent)
        time.sleep(0.2)
        later(protocol)
        assert not protocol.transport.is_closing(), sent[-30:]


def test_a_connection_that_is_used_stays(connect: Connect) -> None:
    connection, protocol = connect()
    for _ in range(3):
        connection.sendall(f"GET /sparql?query={quote(LOOKUP)} HTTP/1.1\r\nHost: h\r\n\r\n".encode())
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 200 ")
        later(protocol)
    assert not protocol.transport.is_closing()


def test_a_body_that_comes_slowly_may_take_longer(connect: Connect) -> None:
    connection, protocol = connect()
    connection.sendall(POST.replace(b": 9", b": 99999") + b"#" * 20_000)
    time.sleep(0.2)
    due = protocol._due
    connection.sendall(b"#")
    time.sleep(0.2)
    assert 0 <= protocol._due - due < 1, "a byte buys no time"


@pytest.mark.slow
def test_connections_that_idle_are_closed_by_the_service(location: Path) -> None:
    with served(location, seconds=60) as server, ExitStack() as stack:

        def connected() -> socket.socket:
            return stack.enter_context(socket.create_connection(("127.0.0.1", server.client.port), 60))

        idle = [connected() for _ in range(200)]
        for connection in idle[::2]:
            connection.sendall(GET[:20])
        asked = connected()
        asked.sendall(SLOW)
        begun = time.monotonic()
        for connection in idle:
            b"".join(iter(lambda connection=connection: connection.recv(4096), b""))  # type: ignore[misc]
        assert PATIENCE - 1 < time.monotonic() - begun < PATIENCE + 15
        assert asked.recv(12) == b"HTTP/1.1 503", "it had its time"
        assert server.client.query("ASK {}").status == 200
