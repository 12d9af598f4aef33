"""The short way: a GET that can be answered at once is read off the wire, answered, and never seen by the framework.

Between wire and application a framework costs more than a look-up, or an answer that is known. Whatever is unusual about a
request (a body, a header twice, another one behind it) takes the usual way, and so does what cannot be answered at once.
"""

from __future__ import annotations

import asyncio
import re
from functools import lru_cache
from typing import Any, cast

from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

from gongkai_api.attempt import Attempt, hand_on
from gongkai_api.messages import Answer, Headers, Request, Scope
from gongkai_api.service import Service, headers

_REQUEST = re.compile(rb"GET (/[\w./-]*)(?:\?([!\"$-~]*))? HTTP/1\.1\r\n([^\0]*\r\n)\r\n")
_HEADER = re.compile(rb"([\w-]+):([\t -~\x80-\xff]*)")
_LONGEST = 8192  # bytes of a request
_MOST = 64  # headers
_UNUSUAL = frozenset(
    (
        b"connection", b"content-length", b"expect", b"http2-settings", b"proxy-connection", b"trailer",
        b"transfer-encoding", b"upgrade", b"x-forwarded-for", b"x-forwarded-proto",
    )
)  # fmt: skip
"""Headers that the server below sees to."""


class Shortcut(HttpToolsProtocol):
    """The protocol of a connection, with the short way before the usual one."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._service = cast("Service", config.app)
        self._between = True
        """Whether all that came belongs to requests that came to their end."""
        self._attempt: Attempt | None = None
        """What was tried for the request that takes the usual way now."""

    def data_received(self, data: bytes) -> None:
        """Takes what the client sent."""
        answer = self._at_once(data) if len(data) <= _LONGEST and self._idle() else None
        if isinstance(answer, Answer):
            self.transport.write(self._written(answer))
            self.on_response_complete()
        else:
            self._attempt = answer
            super().data_received(data)
            self._attempt = None

    def on_message_begin(self) -> None:
        """A request begins."""
        self._between = False
        super().on_message_begin()
        hand_on(self._attempt, cast("Scope", self.scope))

    def on_message_complete(self) -> None:
        """A request has come to its end."""
        self._between = True
        super().on_message_complete()

    def _idle(self) -> bool:
        """Whether a request would be answered now, rather than in its turn or when the client takes more."""
        answered = self.cycle is None or self.cycle.response_complete
        return answered and self._between and not self.flow.write_paused and not self.transport.is_closing()

    def _at_once(self, data: bytes) -> Answer | Attempt | None:
        """The answer to a request, or what came of trying; None where it takes the usual way from the start."""
        match = _REQUEST.fullmatch(data)
        named = _named(match[3]) if match else None
        if match is None or named is None:
            return None
        path, query, _ = match.groups(b"")
        scheme, client = self.scheme or "http", self.client[0] if self.client else ""
        request = Request("GET", path.decode("ascii"), query, named, False, scheme, path, client)
        return self._service.at_once(request)

    def _written(self, answer: Answer) -> bytes:
        lines = [b"%b: %b\r\n" % header for header in (*self.server_state.default_headers, *headers(answer))]
        return b"".join((STATUS_LINE[answer.status], *lines, b"\r\n", answer.body))


@lru_cache(maxsize=128)
def _named(lines: bytes) -> Headers | None:
    """The headers of a request by name; None where one is unusual, or there are many."""
    if lines.count(b"\r\n") > _MOST:
        return None
    found: dict[bytes, bytes] = {}
    for line in lines.split(b"\r\n")[:-1]:
        match = _HEADER.fullmatch(line)
        name = match[1].lower() if match else b""
        if match is None or name in found or (name in _UNUSUAL and line.lower() != b"connection: keep-alive"):
            return None
        found[name] = match[2].strip(b" \t")
    return Headers(found.items())
