"""A load generator: a number of connections, each with one request under way, as fast as answers come."""

from __future__ import annotations

import select
import socket
import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Connection:
    socket: socket.socket
    sent: float = 0.0
    head: bytes = b""
    left: int = -1
    """Bytes of the body that are to come; -1 while the head is read, -2 for one in chunks."""
    tail: bytes = b""


@dataclass(slots=True)
class Load:
    """What a run measured."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    bytes: int = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    @property
    def megabytes(self) -> float:
        """Megabytes a second."""
        return self.bytes / self.seconds / 1e6


def request(path: str, accept: str = "application/sparql-results+json") -> bytes:
    """A GET as bytes."""
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\nAccept: {accept}\r\n\r\n".encode()


def load(port: int, requests: list[bytes], connections: int = 8, seconds: float = 3.0) -> Load:
    """Sends the requests in turn for some seconds.

    Raises:
        RuntimeError: an answer is no 200, or a connection is closed.
    """
    poll, found = select.epoll(), Load()
    open_: dict[int, _Connection] = {}
    turn = 0
    for _ in range(connections):
        made = _connected(port)
        open_[made.socket.fileno()] = made
        poll.register(made.socket.fileno(), select.EPOLLIN)
    begin = time.perf_counter()
    for connection in open_.values():
        turn = _send(connection, requests, turn)
    while time.perf_counter() - begin < seconds:
        for handle, _ in poll.poll(0.5):
            connection = open_[handle]
            data = connection.socket.recv(1 << 20)
            if not data:
                msg = "the server closed a connection"
                raise RuntimeError(msg)
            found.bytes += len(data)
            if _complete(connection, data):
                found.latencies.append(time.perf_counter() - connection.sent)
                if b"\nconnection: close" in connection.head.lower():
                    poll.unregister(handle)
                    del open_[handle]
                    connection = _connected(port, connection.socket)
                    open_[connection.socket.fileno()] = connection
                    poll.register(connection.socket.fileno(), select.EPOLLIN)
                turn = _send(connection, requests, turn)
    found.seconds = time.perf_counter() - begin
    for connection in open_.values():
        connection.socket.close()
    return found


def _connected(port: int, instead_of: socket.socket | None = None) -> _Connection:
    if instead_of is not None:
        instead_of.close()
    made = socket.create_connection(("127.0.0.1", port))
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return _Connection(made)


def _send(connection: _Connection, requests: list[bytes], turn: int) -> int:
    connection.head, connection.left, connection.tail = b"", -1, b""
    connection.sent = time.perf_counter()
    connection.socket.sendall(requests[turn % len(requests)])
    return turn + 1


def _complete(connection: _Connection, data: bytes) -> bool:
    if connection.left == -1:
        connection.head += data
        end = connection.head.find(b"\r\n\r\n")
        if end < 0:
            return False
        head, data = connection.head[:end].lower(), connection.head[end + 4 :]
        if not head.startswith(b"http/1.1 200"):
            raise RuntimeError(connection.head[:500].decode("latin-1"))
        length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
        connection.left = int(length) if length else -2
    if connection.left == -2:
        connection.tail = (connection.tail + data)[-7:]
        return connection.tail.endswith(b"\r\n0\r\n\r\n")
    connection.left -= len(data)
    return connection.left <= 0
