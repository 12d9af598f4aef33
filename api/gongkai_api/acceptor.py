"""Takes connections from the socket that several serving processes share, so that each gets its part of them.

The event loop would take all that wait at once, and one process might hold every connection while another idles.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

_POLITE = 0.003  # seconds for which others may take a connection first
_FULL = 1.0  # seconds until the next attempt where the system gives no more sockets


class Acceptor:
    """Takes one connection at a time; where there is a crowd, only what others have left for a moment.

    `crowded` tells of that; it is given the number of connections that are taken, and not yet the protocol's.
    """

    def __init__(
        self,
        listener: socket.socket,
        protocol: Callable[[], asyncio.Protocol],
        crowded: Callable[[int], bool],
    ) -> None:
        self._listener = listener
        self._protocol = protocol
        self._crowded = crowded
        self._closed = False
        self._beginning: set[asyncio.Task[object]] = set()
        self._loop = asyncio.get_running_loop()
        self._listen()

    def close(self) -> None:
        """Takes no more."""
        self._closed = True
        self._loop.remove_reader(self._listener)

    def _listen(self) -> None:
        if not self._closed:
            self._loop.add_reader(self._listener, self._knocked)

    def _pause(self, seconds: float, then: Callable[[], None]) -> None:
        self._loop.remove_reader(self._listener)
        self._loop.call_later(seconds, then)

    def _knocked(self) -> None:
        if self._crowded(len(self._beginning)):
            self._pause(_POLITE, self._take_what_is_left)
        else:
            self._take()

    def _take_what_is_left(self) -> None:
        if not self._closed:
            self._listen()
            self._take()

    def _take(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return  # another process was quicker, or the client is gone
        except OSError:
            self._pause(_FULL, self._listen)
            return
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        task = self._loop.create_task(self._loop.connect_accepted_socket(self._protocol, connection))
        self._beginning.add(task)
        task.add_done_callback(self._beginning.discard)
