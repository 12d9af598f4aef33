"""A client of SPARQL 1.1 servers: the protocol, and what servers do in their own way."""

from __future__ import annotations

import io
import re
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http.client import HTTPException, HTTPMessage, HTTPResponse, IncompleteRead, InvalidURL
from itertools import pairwise
from typing import IO, cast
from urllib.parse import SplitResult, unquote, urlencode, urlsplit

from gongkai.errors import QueryError, StoreError
from gongkai.sparql import Token, declared, expanded, tokens
from gongkai.store.interface import Remote

DATA = "https://w3id.org/gongkai/data"
"""The graph that holds everything on a server that has no default graph of its own (Virtuoso)."""

_SOLUTIONS = "application/sparql-results+json"
_GRAPH = "application/n-triples, text/turtle;q=0.8"
_PROBE = "<urn:gongkai:probe> <urn:gongkai:probe> <urn:gongkai:probe>"
_PLACE = re.compile(r"(?:line |at )(\d+)[:,](?:\s*column )?\s*(\d+)|line (\d+):")
_HELD = 1024**2  # bytes of an answer: what is longer is read as it is asked for
_SHOWN = 500  # characters of what a server says
_TAG = re.compile(r"<[^<>]*>")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_SIGN_IN = "give a name and password that it takes in the address: http://NAME:PASSWORD@HOST…"


class RefusedError(StoreError):
    """A server answers, but not with what was asked for; `permission` says that we lack the right."""

    def __init__(self, message: str, *, permission: bool = False) -> None:
        super().__init__(message)
        self.permission = permission


class Rest:
    """What is left of a long answer, read as it is asked for; the connection is closed when nobody holds it any more."""

    __slots__ = ("_address", "_answer", "_held", "_seconds")

    def __init__(self, held: bytes, answer: HTTPResponse, address: str, seconds: float) -> None:
        self._held = io.BytesIO(held)
        self._answer = answer
        self._address = address
        self._seconds = seconds

    def read(self, size: int) -> bytes:
        """Some bytes, none at the end.

        Raises:
            StoreError: the answer broke off.
        """
        try:
            return self._held.read(size) or _read(self._answer, size)
        except (OSError, HTTPException) as error:
            raise StoreError(_trouble(self._address, error, self._seconds)) from error

    def __del__(self) -> None:
        self._answer.close()


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer of a server: its `body`, or the `rest` of a long one, from its beginning on."""

    media_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...]
    rest: Rest | None = None

    @property
    def content(self) -> bytes | IO[bytes]:
        """What parsers read; once only."""
        return self.body if self.rest is None else cast("IO[bytes]", self.rest)  # they call nothing but read

    def header(self, name: str) -> str:
        """The value of a header (its name in lower case); empty where there is none."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server takes queries and updates; `virtuoso` says that it has no default graph of its own."""

    queries: str
    updates: str | None
    virtuoso: bool
    seconds: float
    """How long it may take to answer."""
    _opener: urllib.request.OpenerDirector

    @classmethod
    def find(cls, remote: Remote, *, writing: bool = False) -> Endpoint:
        """The endpoints of a server, at the address or below it.

        Raises:
            StoreError: nothing there answers queries, or takes updates where that is asked for.
        """
        parts = urlsplit(remote.url)
        opener, url = _opener(parts), str(remote)
        reasons: dict[str, bool] = {}
        for address in (url, f"{url}/query", f"{url}/sparql"):
            found = cls(address, None, virtuoso=False, seconds=remote.seconds, _opener=opener)
            try:
                reply = found.ask("ASK { ?s ?p ?o }")
            except (RefusedError, QueryError) as error:
                reasons[str(error)] = isinstance(error, RefusedError) and error.permission
                continue
            if reply.media_type != _SOLUTIONS:
                reasons[f"{address} answers a query in {reply.media_type}"] = False
                continue
            found = replace(found, virtuoso="Virtuoso" in reply.header("server"))
            return found._writing(url, signed_in=parts.username is not None) if writing else found
        msg = f"no SPARQL endpoint at {url}, nor at …/query or …/sparql below it: {_most_telling(reasons)}"
        raise StoreError(msg)

    def ask(self, text: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> Reply:
        """The answer to a query.

        Raises:
            QueryError: the server does not understand the query.
            StoreError: it cannot be reached, does not answer, or not with all rows.
        """
        found = tokens(text)
        words = [token.text.lower() for token in found if token.kind == "word"]
        if self.virtuoso and not default_graphs and not named_graphs and "from" not in words:
            default_graphs, named_graphs = (DATA,), _graphs_named(found)
        pairs = [("query", text), *(("default-graph-uri", graph) for graph in default_graphs)]
        pairs += [("named-graph-uri", graph) for graph in named_graphs]
        headers = {"Accept": _accepted(words), "Content-Type": "application/x-www-form-urlencoded"}
        reply = self._send(self.queries, urlencode(pairs).encode(), headers)
        limit = reply.header("x-sparql-maxrows")
        if limit:
            msg = f"{self.queries} cuts answers at {limit} rows; raise its limit (Virtuoso: ResultSetMaxRows)"
            raise StoreError(msg)
        return reply

    def update(self, text: str, *, plain: bool = False) -> None:
        """Runs an update; a `plain` one names no graph where it means the default graph.

        Raises:
            QueryError: the server does not understand it.
            StoreError: it cannot be reached, or refuses.
        """
        assert self.updates is not None
        if self.virtuoso and plain:
            text = f"DEFINE input:default-graph-uri <{DATA}>\n{text}"
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        self._send(self.updates, text.encode(), headers)

    def _writing(self, url: str, *, signed_in: bool) -> Endpoint:
        """The same with the address that takes updates."""
        beside = self.queries.rpartition("/")[0]
        candidates = [f"{beside}/sparql-auth"] if self.virtuoso and signed_in else []
        candidates += [f"{url}/update", f"{beside}/update", self.queries]
        reasons: dict[str, bool] = {}
        for address in dict.fromkeys(candidates):
            found = replace(self, updates=address)
            try:
                found.update(f"DELETE DATA {{ GRAPH <urn:gongkai:probe> {{ {_PROBE} }} }}")
            except (RefusedError, QueryError) as error:
                reasons[str(error)] = isinstance(error, RefusedError) and error.permission
            else:
                return found
        msg = f"{self.queries} takes no updates from us: {_most_telling(reasons)}"
        raise StoreError(msg)

    def _send(self, address: str, body: bytes, headers: dict[str, str]) -> Reply:
        request = urllib.request.Request(address, body, headers, method="POST")  # noqa: S310  only http and https get here
        try:
            answer = self._opener.open(request, timeout=self.seconds)
            told = tuple((name.lower(), value) for name, value in answer.headers.items())
            rest = None
            try:
                held = _read(answer, _HELD)
                if len(held) == _HELD:
                    rest = Rest(held, answer, address, self.seconds)
            finally:
                if rest is None:
                    answer.close()
            return Reply(answer.headers.get_content_type(), b"" if rest else held, told, rest)
        except urllib.error.HTTPError as error:
            with error:
                said = _short(error.read(4000).decode("utf-8", "replace"))
                said = error.headers.get("www-authenticate", said) if error.code == 401 else said
            raise _refusal(address, error.code, said) from error
        except (OSError, HTTPException) as error:
            raise StoreError(_trouble(address, error, self.seconds)) from error


def _read(answer: HTTPResponse, size: int) -> bytes:
    """So many bytes of an answer, fewer at its end.

    Raises:
        IncompleteRead: it ends before its end, which the standard library lets pass where a length was told.
    """
    found = answer.read(size)
    if len(found) < size and answer.length:
        raise IncompleteRead(found, answer.length)
    return found


def _graphs_named(found: list[Token]) -> tuple[str, ...]:
    """The graphs that GRAPH names: beside a default graph, Virtuoso wants to be told of them."""
    known = declared(found)
    named = [expanded(after, known) for before, after in pairwise(found) if before.is_word("graph")]
    return tuple(graph for graph in named if graph) if all(named) else ()


def _accepted(words: Sequence[str]) -> str:
    """What a query is answered in: Virtuoso gives solutions where a graph is asked for, if it may."""
    form = next((word for word in words if word in ("select", "ask", "construct", "describe")), "select")
    return _GRAPH if form in ("construct", "describe") else _SOLUTIONS


def _most_telling(reasons: Mapping[str, bool]) -> str:
    """Of several addresses that were tried: a right that we lack says more than a page that is not there."""
    return max(reasons, key=lambda reason: reasons[reason])


def _short(said: str) -> str:
    """What a server says of an error, without tags, and without the query that Virtuoso repeats."""
    text = _TAG.sub(" ", said).partition("SPARQL query:")[0]
    return " ".join(text.split())[:_SHOWN]


def _refusal(address: str, status: int, said: str) -> RefusedError | QueryError:
    """What is wrong where a server answers with an error status."""
    if status == 401:
        return RefusedError(f"{address} does not let us in (401 {said}): {_SIGN_IN}", permission=True)
    if status == 403 or "No permission" in said:
        msg = f"{address} does not permit this ({status}: {said}); grant the right there, or {_SIGN_IN}"
        return RefusedError(msg, permission=True)
    if status == 400 or (status == 500 and "compiler" in said):
        place = _PLACE.search(said)
        line, column = (int(place[1] or place[3]), int(place[2] or 1)) if place else (None, None)
        return QueryError(said, line, column)
    return RefusedError(f"{address} answers {status}: {said}")


def _trouble(address: str, error: Exception, seconds: float) -> str:
    """What is wrong where no answer came, or not a whole one."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return f"{address} did not answer within {seconds:g} seconds; ask for less, or look what it is doing"
    if isinstance(error, InvalidURL):
        return f"{address} is no address: {error}"
    if isinstance(error, HTTPException):
        return f"the answer of {address} broke off: {error}"
    return f"{address} cannot be reached ({reason}); is the address right, and the server running?"


class _OtherSchemes(urllib.request.BaseHandler):
    """Lets nobody see a demand for a way of signing in that the handlers of the standard library raise at."""

    handler_order = 100

    def http_error_401(
        self,
        request: urllib.request.Request,
        answer: HTTPResponse,
        status: int,
        reason: str,
        headers: HTTPMessage,
    ) -> None:
        if headers.get("www-authenticate", "").partition(" ")[0].lower() not in ("basic", "digest"):
            raise urllib.error.HTTPError(request.full_url, status, reason, headers, answer)


def _opener(parts: SplitResult) -> urllib.request.OpenerDirector:
    """Opens addresses, with the name and password of the address where it has them."""
    handlers: list[urllib.request.BaseHandler] = []
    if parts.hostname in _LOOPBACK:
        handlers.append(urllib.request.ProxyHandler({}))
    if parts.username is not None:
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        where = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/"
        known.add_password(None, where, unquote(parts.username), unquote(parts.password or ""))
        handlers += [
            _OtherSchemes(),
            urllib.request.HTTPDigestAuthHandler(known),
            urllib.request.HTTPBasicAuthHandler(known),
        ]
    return urllib.request.build_opener(*handlers)
