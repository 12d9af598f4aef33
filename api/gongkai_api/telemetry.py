"""What is noted of each request: counters, and a line of JSON where an access log is wanted."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from gongkai_api.board import Board
from gongkai_api.messages import Message, Request, Send

GONE = 499
"""What is noted where the client went before there was an answer."""
_SHOWN = 2000  # characters of a query string that are noted
_ROUTES = {"/sparql": "sparql", "/sparql/": "sparql", "/update": "update", "/graphs": "graphs"}


class Telemetry:
    """The counters and the log of one process."""

    def __init__(self, board: Board | None = None, slot: int = 0, log: Path | None = None) -> None:
        self.board = board or Board()
        self._slot = self.board.slot(slot)
        self.closing = False
        """Whether connections are to be closed with their next answer."""
        self._log = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640) if log else None

    def event(self, name: str) -> None:
        """Counts an event of `board.EVENTS`."""
        self._slot.event(name)

    def answered(self, request: Request, outcome: Outcome) -> None:
        """Notes an answered request."""
        seconds = time.perf_counter() - outcome.started
        outcome.status = outcome.status or 500  # nobody answered, so that the server below had to
        self._slot.request(_route(request.path), outcome.status, seconds)
        if self._log is not None:
            # A line is written at once, so that the lines of several processes do not mix.
            os.write(self._log, _line(request, outcome, seconds))


@dataclass(slots=True)
class Outcome:
    """What a client got."""

    status: int = 0
    bytes: int = 0
    complete: bool = False
    reason: str = ""
    """Why it is not what was asked for."""
    started: float = field(default_factory=time.perf_counter)


class Tally(Outcome):
    """Counts what passes to a client, and says good-bye where the connection is to be closed."""

    __slots__ = ("_send", "_telemetry")

    def __init__(self, send: Send, telemetry: Telemetry) -> None:
        super().__init__()
        self._send = send
        self._telemetry = telemetry

    async def __call__(self, message: Message) -> None:
        """Passes a message on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            if self._telemetry.closing:
                message["headers"] = [*message["headers"], (b"connection", b"close")]
        elif message["type"] == "http.response.body":
            self.bytes += len(message.get("body", b""))
            self.complete = not message.get("more_body", False)
        await self._send(message)


def _route(path: str) -> str:
    known = _ROUTES.get(path)
    if known is not None:
        return known
    if path.startswith("/graphs/"):
        return "graphs"
    return "api" if path.startswith("/api/") else "data"


def _line(request: Request, outcome: Outcome, seconds: float) -> bytes:
    entry = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "client": request.client,
        "method": request.method,
        "path": request.path,
        "query": request.query.decode("latin-1")[:_SHOWN],
        "status": outcome.status,
        "complete": outcome.complete,
        "bytes": outcome.bytes,
        "seconds": round(seconds, 6),
        "agent": request.header("user-agent"),
    }
    if outcome.reason:
        entry["reason"] = outcome.reason
    return json.dumps(entry, ensure_ascii=False).encode() + b"\n"
