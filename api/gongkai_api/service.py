"""A FastAPI application with raw routes of its own: what speed counts for passes by the framework."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from gongkai.errors import StoreError
from gongkai_api import messages
from gongkai_api.attempt import Attempt, made
from gongkai_api.contract import contract
from gongkai_api.errorpage import render
from gongkai_api.execution import Pool
from gongkai_api.job import Job
from gongkai_api.messages import (
    Answer,
    ClientGone,
    Malformed,
    Pairs,
    Receive,
    Request,
    Scope,
    Send,
    TooLarge,
)
from gongkai_api.output import Head, Work
from gongkai_api.problems import Problem, method_not_allowed, overloaded
from gongkai_api.rate import Rate
from gongkai_api.settings import VERSION
from gongkai_api.telemetry import GONE, Outcome, Tally, Telemetry

_LOG = logging.getLogger("gongkai_api")
_CORS: Pairs = (
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", "ETag, Location, Retry-After, X-Gongkai-Limits, X-Gongkai-Warning"),
)
_PREFLIGHT: Pairs = (
    (
        "access-control-allow-headers",
        "Accept, Accept-Language, Authorization, Content-Disposition, Content-Type, If-Match, If-None-Match",
    ),
    ("access-control-max-age", "86400"),
)

_FRAMEWORK = frozenset(("/openapi.json",))
Handler = Callable[[Request, bytes], Answer | Work]


@dataclass(frozen=True, slots=True)
class Route:
    """A raw route: what answers it, the methods it knows, and how large a body may be."""

    handler: Handler
    methods: str = "GET, HEAD, OPTIONS"
    limit: int = 0
    swift: bool = False
    """Whether it tells quickly what of a GET it does not answer at once, so that it may be asked on the event loop."""

    def takes(self, method: str) -> bool:
        """Whether it knows a method."""
        return method in self.methods.split(", ")


class Service(FastAPI):
    """A FastAPI application that answers its raw routes itself.

    A route whose path ends in a slash takes in all addresses below it.
    """

    def __init__(self, pool: Pool, telemetry: Telemetry, rate: float) -> None:
        super().__init__(title="gongkai", version=VERSION, docs_url=None, redoc_url=None)
        self.add_middleware(CORSMiddleware, allow_origins=["*"])
        self.pool = pool
        self.telemetry = telemetry
        self._raw: dict[str, Route] = {}
        self._below: list[tuple[str, Route]] = []
        self.otherwise: Route | None = None
        """What answers addresses that are no route's."""
        self._rate = Rate(rate)
        self.active = 0
        """Requests that wait for their answer."""

    def openapi(self) -> dict[str, Any]:
        """The service in OpenAPI."""
        return dict(contract(self.title, self.version))

    def add(self, path: str, route: Route, *, alone: bool = False) -> None:
        """Adds a raw route; `alone` keeps one whose path ends in a slash to that very path."""
        if path.endswith("/") and path != "/" and not alone:
            self._below.append((path, route))
        else:
            self._raw[path] = route

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        tally = Tally(send, self.telemetry)
        request = Request.of(scope)
        attempt = made(scope)
        if attempt is not None:
            tally.started = attempt.started
        if attempt is None or attempt.job is None:
            self.active += 1
        try:
            route = self._route(request.path)
            if route is None:
                await super().__call__(scope, receive, tally)
            else:
                await self._tell(route, request, receive, tally, attempt)
        finally:
            self.active -= 1
            self.telemetry.answered(request, tally)

    def at_once(self, request: Request, listen: Receive) -> Answer | Attempt | None:
        """The answer to a GET without a body where there is nothing to wait for.

        Otherwise the attempt, perhaps with a job under way, which `finished` or the usual way goes on with; None where no
        attempt was made. `listen` is asked where the job takes long.
        """
        route = self._route(request.path)
        if route is None or not route.swift or request.method != "GET":
            return None
        if self.telemetry.closing or self._rate.exhausted(request.client):
            return None
        attempt = Attempt()
        with attempt:
            attempt.found = route.handler(request, b"")
        found = attempt.found
        if found is None:
            return attempt
        self._rate.wait(request.client)
        if isinstance(found, Answer):
            self._note(request, attempt, found)
            return found
        self.active += 1
        attempt.job = self.pool.start(found, request.client, listen)
        return attempt

    def finished(self, request: Request, attempt: Attempt, answer: Answer | None) -> None:
        """A job that `at_once` began is done, or nobody waits for it any more."""
        self.active -= 1
        self._note(request, attempt, answer)

    def _note(self, request: Request, attempt: Attempt, answer: Answer | None) -> None:
        if answer is None:
            outcome = Outcome(GONE, started=attempt.started)
        else:
            outcome = Outcome(answer.status, len(answer.body), True, "", attempt.started)
        self.telemetry.answered(request, outcome)

    async def _tell(
        self, route: Route, request: Request, receive: Receive, send: Tally, attempt: Attempt | None
    ) -> None:
        """Answers a raw route, and tells what went wrong; an answer that has begun is left without its end."""
        try:
            if attempt is None or attempt.job is None:
                self._admit(request)
            await self._answer(route, request, receive, send, attempt)
        except ClientGone:
            send.status = send.status or GONE
        except (Problem, Malformed, TooLarge, StoreError) as error:
            problem = _problem(error)
            send.reason = problem.reason
            if send.status:
                _LOG.warning("an answer was cut short: %s", problem.reason)
            else:
                await _send(send, request, render(problem, request))

    def _admit(self, request: Request) -> None:
        """Turns away a client that asks too often, or has too much to say of itself (RFC 6585, 4 and 5)."""
        wait = self._rate.wait(request.client)
        if wait:
            after = str(math.ceil(wait))
            raise Problem(429, f"too many requests; try again in {after} s", (("retry-after", after),))
        if request.headers.too_large:
            raise Problem(431, f"the headers may have {messages.HEADERS} bytes")

    def _route(self, path: str) -> Route | None:
        """The raw route of a path."""
        found = self._raw.get(path)
        if found is not None or path in _FRAMEWORK:
            return found
        return next((route for prefix, route in self._below if path.startswith(prefix)), self.otherwise)

    async def _answer(
        self, route: Route, request: Request, receive: Receive, send: Send, attempt: Attempt | None
    ) -> None:
        if attempt is not None and attempt.job is not None:
            attempt.job.listen = receive
            await _stream(attempt.job, request, send)
            return
        if request.method == "OPTIONS":
            allowed = (("allow", route.methods), ("access-control-allow-methods", route.methods))
            await _send(send, request, Answer(204, "", b"", (*allowed, *_PREFLIGHT)))
            return
        if not route.takes(request.method):
            raise method_not_allowed(route.methods)
        body = b"" if request.method in ("GET", "HEAD") else await _sent(request, receive, route.limit)
        found = attempt.result() if attempt else route.handler(request, body)
        if isinstance(found, Answer):
            await _send(send, request, found)
        else:
            await _stream(self.pool.start(found, request.client, receive), request, send)


async def _sent(request: Request, receive: Receive, limit: int) -> bytes:
    """The body of a request, which is read as it stands (RFC 9110, 15.5.16)."""
    if request.header("content-encoding").lower() not in ("", "identity"):
        raise Problem(415, "send the body without Content-Encoding", (("accept-encoding", "identity"),))
    return await messages.body(receive, limit)


async def _stream(job: Job, request: Request, send: Send) -> None:
    """Sends what a job writes. A job that fails half-way leaves the answer without its end: nobody can take it as whole."""
    try:
        head = await job.head
        if head.whole or request.http10:
            await _send(send, request, head.answer() if head.whole else await _gathered(head, job))
            return
        await _begin(send, head)
        await send({"type": "http.response.body", "body": head.body, "more_body": True})
        while request.method != "HEAD" and (chunk := await job.next()) is not None:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        job.end(ClientGone())


async def _gathered(head: Head, job: Job) -> Answer:
    """The whole answer: HTTP/1.0 has no chunks, so one that is cut short would look complete there."""
    chunks = [head.body]
    while (chunk := await job.next()) is not None:
        chunks.append(chunk)
    return Answer(head.status, head.media_type, b"".join(chunks), head.headers)


async def _begin(send: Send, head: Head) -> None:
    named = headers(head.status, head.media_type, head.headers)
    await send({"type": "http.response.start", "status": head.status, "headers": named})


async def _send(send: Send, request: Request, answer: Answer) -> None:
    named = headers(answer.status, answer.media_type, answer.headers)
    if has_body(answer.status):
        named = (*named, (b"content-length", b"%d" % len(answer.body)))
    await send({"type": "http.response.start", "status": answer.status, "headers": named})
    body = b"" if request.method == "HEAD" else answer.body
    await send({"type": "http.response.body", "body": body})


def has_body(status: int) -> bool:
    """Whether an answer has a body, be it empty (RFC 9110, 6.4.1)."""
    return status not in (204, 304)


def headers(status: int, media_type: str, named: Pairs) -> tuple[tuple[bytes, bytes], ...]:
    """The headers of an answer, but for its length."""
    typed = (("content-type", media_type),) if media_type and has_body(status) else ()
    return _encoded((*typed, *named, *_CORS))


@lru_cache(maxsize=128)
def _encoded(named: Pairs) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in named)


def _problem(error: Problem | Malformed | TooLarge | StoreError) -> Problem:
    """What the client is told of an error; that of a store goes to the log: it names paths of the machine."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, StoreError):
        _LOG.error("%s", error)
        return overloaded("the store cannot be read at the moment", after=5)
    return Problem(413 if isinstance(error, TooLarge) else 400, str(error))
