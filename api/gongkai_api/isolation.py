"""Checks documents in processes of their own: reading what strangers send may take long, and must not slow the others.

A helper process, forked before there are threads, listens on a socket in the file system and forks once more for each
document. That process has limits of time and memory, and ends with its answer.
"""

from __future__ import annotations

import os
import resource
import select
import signal
import socket
import struct
from dataclasses import dataclass
from pathlib import Path

from gongkai.errors import GongkaiError
from gongkai_api.check import Checker
from gongkai_api.problems import overloaded
from gongkai_api.settings import Limits

_AT_ONCE = 2  # documents that are read at the same time
_ASKED = struct.Struct(">III")  # bytes of name, form and content
_TOLD = struct.Struct(">BI")  # whether it went well, bytes of the answer
_WELL, _REFUSED = 0, 1


@dataclass(frozen=True, slots=True)
class Isolated:
    """A checker that asks the helper."""

    path: Path
    limits: Limits

    def __call__(self, content: bytes, name: str, form: str) -> bytes:
        """What the checker says.

        Raises:
            GongkaiError: the document cannot be read, or is no report.
            Problem: 503, it took too long or too much memory.
        """
        parts = [name.encode(), form.encode(), content]
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(self.limits.seconds * 2)
                connection.connect(str(self.path))
                connection.sendall(_ASKED.pack(*map(len, parts)) + b"".join(parts))
                outcome, size = _TOLD.unpack(_exactly(connection, _TOLD.size))
                answer = _exactly(connection, size)
        except OSError as error:
            raise overloaded("the document takes more time or memory to read than it may") from error
        if outcome == _REFUSED:
            raise GongkaiError(answer.decode())
        return answer


def bind(path: Path) -> socket.socket:
    """The socket on which a helper listens."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen(64)
    return listener


def help_checking(listener: socket.socket, checker: Checker, limits: Limits, life: int) -> None:
    """What the helper process does, until `life` comes to its end: then the supervisor is gone."""
    children: set[int] = set()
    while True:
        ready, _, _ = select.select([listener.fileno(), life], [], [])
        if life in ready:
            return
        connection, _ = listener.accept()
        while len(children) >= _AT_ONCE:
            children.discard(os.wait()[0])
        pid = os.fork()
        if pid == 0:
            listener.close()
            _serve(connection, checker, limits)
        children.add(pid)
        connection.close()


def _serve(connection: socket.socket, checker: Checker, limits: Limits) -> None:
    """Answers one request, and ends the process."""
    try:
        seconds = int(limits.seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
        signal.alarm(seconds * 2)
        os.nice(10)
        sizes = _ASKED.unpack(_exactly(connection, _ASKED.size))
        name, form, content = (_exactly(connection, size) for size in sizes)
        outcome, text = _outcome(checker, content, name.decode(), form.decode())
        connection.sendall(_TOLD.pack(outcome, len(text)) + text)
    finally:
        os._exit(0)


def _outcome(checker: Checker, content: bytes, name: str, form: str) -> tuple[int, bytes]:
    try:
        return _WELL, checker(content, name, form)
    except GongkaiError as error:
        return _REFUSED, str(error).encode()


def _exactly(connection: socket.socket, size: int) -> bytes:
    chunks: list[bytes] = []
    while size:
        chunk = connection.recv(min(size, 1 << 20))
        if not chunk:
            raise ConnectionError
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)
