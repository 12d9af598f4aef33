"""The application: raw routes for SPARQL, where speed counts, inside a FastAPI application for all the rest."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import FastAPI

from gongkai.errors import StoreError
from gongkai.store import Latest
from gongkai_api import graphs, messages
from gongkai_api.execution import Head, Job, Pool, Relief, Work
from gongkai_api.graphs import Graphs
from gongkai_api.messages import (
    Answer,
    ClientGone,
    Malformed,
    Message,
    Pairs,
    Receive,
    Request,
    Scope,
    Send,
    TooLarge,
)
from gongkai_api.problems import Problem, bad_request, method_not_allowed, overloaded, render
from gongkai_api.settings import Settings
from gongkai_api.sparql import Sparql
from gongkai_api.update import Update
from gongkai_api.writes import Writing

_LOG = logging.getLogger("gongkai_api")
_CORS: Pairs = (
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", "ETag, Location, Retry-After, X-Gongkai-Warning"),
)
_PREFLIGHT: Pairs = (
    ("access-control-allow-headers", "Accept, Accept-Language, Authorization, Content-Type, If-None-Match"),
    ("access-control-max-age", "86400"),
)

Handler = Callable[[Request, bytes], Answer | Work]


@dataclass(frozen=True, slots=True)
class Route:
    """A raw route: what answers it, the methods it knows, and how large a body may be."""

    handler: Handler
    methods: str
    limit: int


class Service(FastAPI):
    """A FastAPI application that answers its raw routes itself."""

    def __init__(self, pool: Pool, raw: dict[str, Route]) -> None:
        super().__init__(title="gongkai", version="0.1.0", docs_url=None, redoc_url=None)
        self.pool = pool
        self.raw = raw

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        route = self._route(scope["path"]) if scope["type"] == "http" else None
        if route is None:
            await super().__call__(scope, receive, send)
            return
        request = Request.of(scope)
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._answer(route, request, receive, sending)
        except ClientGone:
            pass
        except (Problem, Malformed, TooLarge, StoreError) as error:
            problem = _problem(error)
            if begun:
                _LOG.warning("an answer was cut short: %s", problem.reason)
            else:
                await _send(send, request, render(problem, request))

    def _route(self, path: str) -> Route | None:
        """The raw route of a path; graphs may have addresses of their own below /graphs/."""
        found = self.raw.get(path)
        if found is None and path.startswith("/graphs/"):
            return self.raw["/graphs"]
        return found

    async def _answer(self, route: Route, request: Request, receive: Receive, send: Send) -> None:
        if request.method == "OPTIONS":
            allowed = (("allow", route.methods), ("access-control-allow-methods", route.methods))
            await _send(send, request, Answer(204, "", b"", (*allowed, *_PREFLIGHT)))
            return
        if request.method not in route.methods.split(", "):
            raise method_not_allowed(route.methods)
        body = b"" if request.method in ("GET", "HEAD") else await messages.body(receive, route.limit)
        found = route.handler(request, body)
        if isinstance(found, Answer):
            await _send(send, request, found)
        else:
            await _stream(self.pool.start(found, receive), request, send)


async def _stream(job: Job, request: Request, send: Send) -> None:
    """Sends what a job writes. A job that fails half-way leaves the answer without its end: nobody can take it as whole."""
    try:
        head = await job.head
        if head.whole or request.http10:
            await _send(send, request, await _gathered(head, job))
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
    body = head.body
    if not head.whole:
        chunks = [body]
        while (chunk := await job.next()) is not None:
            chunks.append(chunk)
        body = b"".join(chunks)
    return Answer(head.status, head.media_type, body, head.headers)


async def _begin(send: Send, head: Head) -> None:
    headers = (("content-type", head.media_type), *head.headers, *_CORS)
    await send({"type": "http.response.start", "status": head.status, "headers": _encoded(headers)})


async def _send(send: Send, request: Request, answer: Answer) -> None:
    headers: Pairs = (*answer.headers, *_CORS)
    if answer.status not in (204, 304):
        headers = (("content-type", answer.media_type), ("content-length", str(len(answer.body))), *headers)
    await send({"type": "http.response.start", "status": answer.status, "headers": _encoded(headers)})
    body = b"" if request.method == "HEAD" else answer.body
    await send({"type": "http.response.body", "body": body})


def _encoded(headers: Pairs) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]


def _problem(error: Problem | Malformed | TooLarge | StoreError) -> Problem:
    """What the client is told of an error; that of a store goes to the log: it names paths of the machine."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, StoreError):
        _LOG.error("%s", error)
        return overloaded("the store cannot be read at the moment", after=5)
    return Problem(413 if isinstance(error, TooLarge) else 400, str(error))


def create_app(settings: Settings, relief: Relief | None = None) -> Service:
    """The service over a store.

    Raises:
        StoreError: nothing was published there.
    """
    latest = Latest(settings.location)
    latest.generation()
    writing = Writing(settings.location, settings.write_token)
    sparql = Sparql(latest, settings.limits, settings.services, _no_description, lambda _: ())
    raw = {
        "/sparql": Route(sparql.handle, "GET, HEAD, POST, OPTIONS", settings.limits.text),
        "/update": Route(Update(writing, settings.services).handle, "POST, OPTIONS", settings.limits.body),
        "/graphs": Route(Graphs(latest, writing).handle, graphs.METHODS, settings.limits.body),
    }
    raw["/sparql/"] = raw["/sparql"]
    return Service(Pool(settings.limits, relief or Relief()), raw)


def _no_description(_: Request) -> Answer:
    raise bad_request("give a query: /sparql?query=…")
