"""How long a connection waits for a request that does not come: connections are what a server has a limited number of.

Below it uvicorn ends those that idle after an answer, and the pool of queries those that take no answer.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

PATIENCE = 30.0  # seconds for the head of a request; as many for its body, and more the more of it comes
_SLOWEST = 1000  # bytes of a body that come in a second


class Patient(HttpToolsProtocol):
    """The protocol of a connection that says when its client is late."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.between = True
        """Whether all that came belongs to requests that came to their end."""
        self._due = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there."""
        super().connection_made(transport)
        self._due = self.loop.time() + PATIENCE

    def on_message_begin(self) -> None:
        """A request begins."""
        self.between = False
        self._due = self.loop.time() + PATIENCE
        super().on_message_begin()

    def on_body(self, body: bytes) -> None:
        """A part of a body came."""
        self._due = min(self._due + len(body) / _SLOWEST, self.loop.time() + PATIENCE)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """A request has come to its end."""
        self.between = True
        super().on_message_complete()

    def late(self, now: float) -> bool:
        """Whether nothing goes on but waiting for the client, and that for too long. `now` is the time of the loop."""
        if now < self._due or self.timeout_keep_alive_task is not None or self.pipeline:
            return False
        return (
            self.cycle is None or self.cycle.response_complete or (not self.between and self.cycle.more_body)
        )

    def see_to(self, now: float) -> None:
        """Closes the connection where its client is late (RFC 9110, 15.5.9)."""
        if self.late(now) and not self.transport.is_closing():
            if not self.between and (self.cycle is None or not self.cycle.response_started):
                self.transport.write(
                    b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
                )
            self.transport.close()
