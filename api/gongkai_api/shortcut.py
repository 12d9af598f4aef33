"""The short way: a GET that can be answered at once is read off the wire, answered, and never seen by the framework.

Between wire and application a framework costs more than a look-up, or an answer that is known. Whatever is unusual about a
request (a body, a header twice, another one behind it) takes the usual way. A query is begun on the short way; where it
takes long, fails, or has much to say, the usual way goes on with it.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE
from uvicorn.server import ServerState

from gongkai_api.attempt import Attempt, hand_on
from gongkai_api.messages import Answer, ClientGone, Headers, Message, Pairs, Request, Scope
from gongkai_api.output import Head
from gongkai_api.patience import Patient
from gongkai_api.service import Service, has_body, headers

_REQUEST = re.compile(rb"GET (/[\w./-]*)(?:\?([!\"$-~]*))? HTTP/1\.1")
_HEADER = re.compile(rb"([\w-]+):([\t -~\x80-\xff]*)")
_LONGEST = 8192  # bytes of a request
_MOST = 64  # headers
_ADDRESS = 65_535  # bytes of an address, all that the parser takes
_UNUSUAL = frozenset(
    (
        b"connection", b"content-length", b"expect", b"http2-settings", b"proxy-connection", b"trailer",
        b"transfer-encoding", b"upgrade", b"x-forwarded-for", b"x-forwarded-proto",
    )
)  # fmt: skip
"""Headers that the server below sees to."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A request whose query is under way."""

    data: bytes
    request: Request
    attempt: Attempt


class Shortcut(Patient):
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
        self._attempt: Attempt | None = None
        """What was tried for the request that takes the usual way now."""
        self._waiting: _Waiting | None = None
        self._heard = 0.0
        """When the client last sent something."""
        self.url = b""  # what the server below notes of an address

    def data_received(self, data: bytes) -> None:
        """Takes what the client sent."""
        self._heard = self.loop.time()
        if self._waiting is not None:
            self._go_the_usual_way()
        request = self._request(data) if len(data) <= _LONGEST and self._idle() else None
        found = self._service.at_once(request, self._listen) if request else None
        if isinstance(found, Answer):
            self._send(found)
        elif request and found and found.job:
            self._waiting = _Waiting(data, request, found)
            found.job.head.add_done_callback(self._headed)
        else:
            self._received(data, found)

    def _received(self, data: bytes, attempt: Attempt | None) -> None:
        self._attempt = attempt
        super().data_received(data)
        self._attempt = None

    def _headed(self, head: asyncio.Future[Head]) -> None:
        """The beginning of an answer is there, or what came instead."""
        failed = head.exception() is not None
        if self._waiting is None:
            return
        if failed or self._service.telemetry.closing or not head.result().whole:
            self._go_the_usual_way()
            return
        answer = head.result().answer()
        self._over(answer)
        self._send(answer)

    async def _listen(self) -> Message:
        """Asked once a query takes long."""
        self._go_the_usual_way()
        await asyncio.sleep(0)  # the usual way has begun after it, and what is asked next is the client
        return {"type": "http.request"}

    def _go_the_usual_way(self) -> None:
        """Leaves the query that is under way, if any, to the usual way."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._received(waiting.data, waiting.attempt)

    def _over(self, answer: Answer | None) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._service.finished(waiting.request, waiting.attempt, answer)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        if self._waiting is not None and self._waiting.attempt.job is not None:
            self._waiting.attempt.job.end(ClientGone())
        self._over(None)
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answers what cannot be read as HTTP; an address that is too long by its own name (RFC 9110, 15.5.15)."""
        if len(self.url) <= _ADDRESS:
            super().send_400_response(msg)
            return
        told = f"the address may have {_ADDRESS} bytes; send what is longer by POST\n".encode()
        closing = (("connection", "close"),)
        self.transport.write(self._written(Answer(414, "text/plain; charset=utf-8", told, closing)))
        self.transport.close()

    def shutdown(self) -> None:
        """Takes no more requests."""
        self._go_the_usual_way()
        super().shutdown()

    def _send(self, answer: Answer) -> None:
        self.transport.write(self._written(answer))
        if self.timeout_keep_alive_task is None:
            self.on_response_complete()

    def timeout_keep_alive_handler(self) -> None:
        """Hangs up where nothing was asked for long; setting the clock anew each time costs too much."""
        left = self._heard + self.timeout_keep_alive - self.loop.time()
        if left <= 0:
            super().timeout_keep_alive_handler()
        else:
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        hand_on(self._attempt, cast("Scope", self.scope))

    def late(self, now: float) -> bool:
        """Whether its client is late; one whose query is under way is not."""
        return self._waiting is None and super().late(now)

    def _idle(self) -> bool:
        """Whether a request would be answered now, rather than in its turn or when the client takes more."""
        answered = self.cycle is None or self.cycle.response_complete
        return answered and self.between and not self.flow.write_paused and not self.transport.is_closing()

    def _request(self, data: bytes) -> Request | None:
        """The request that these bytes are, where there is nothing special about it."""
        line, _, lines = data.partition(b"\r\n")
        match, named = _REQUEST.fullmatch(line), _named(lines)
        if match is None or named is None:
            return None
        path, query = match.groups(b"")
        scheme, client = self.scheme or "http", self.client[0] if self.client else ""
        return Request("GET", path.decode("ascii"), query, named, False, scheme, path, client)

    def _written(self, answer: Answer) -> bytes:
        dated = [b"%b: %b\r\n" % header for header in self.server_state.default_headers]
        length = b"content-length: %d\r\n" % len(answer.body) if has_body(answer.status) else b""
        head = _head(answer.status, answer.media_type, answer.headers)
        return b"".join((head, *dated, length, b"\r\n", answer.body))


@lru_cache(maxsize=128)
def _head(status: int, media_type: str, named: Pairs) -> bytes:
    """The head of an answer, but for what differs each time."""
    return STATUS_LINE[status] + b"".join(b"%b: %b\r\n" % line for line in headers(status, media_type, named))


@lru_cache(maxsize=128)
def _named(lines: bytes) -> Headers | None:
    """The headers of a request that ends with them by name; None where one is unusual, or there are many."""
    sent, end, rest = lines.partition(b"\r\n\r\n")
    if rest or not end or sent.count(b"\r\n") >= _MOST:
        return None
    found: dict[bytes, bytes] = {}
    for line in sent.split(b"\r\n"):
        match = _HEADER.fullmatch(line)
        name = match[1].lower() if match else b""
        if match is None or name in found or (name in _UNUSUAL and line.lower() != b"connection: keep-alive"):
            return None
        found[name] = match[2].strip(b" \t")
    return Headers(found.items())
