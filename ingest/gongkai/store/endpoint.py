"""A client of SPARQL 1.1 servers: the protocol, and what servers do in their own way."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from urllib.parse import SplitResult, unquote, urlencode, urlsplit

from gongkai.errors import QueryError, StoreError
from gongkai.store.interface import Remote

DATA = "https://w3id.org/gongkai/data"
"""The graph that holds everything on a server that has no default graph of its own (Virtuoso)."""

_RESULTS = "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.8"
_PROBE = "<urn:gongkai:probe> <urn:gongkai:probe> <urn:gongkai:probe>"
_PLACE = re.compile(r"(?:line |at )(\d+)[:,](?:\s*column )?\s*(\d+)")
_FROM = re.compile(r"\bfrom\b", re.IGNORECASE)
_SECONDS = 600
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server takes queries and updates; `virtuoso` says that it has no default graph of its own."""

    queries: str
    updates: str | None
    virtuoso: bool
    _opener: urllib.request.OpenerDirector

    @classmethod
    def find(cls, remote: Remote, *, writing: bool = False) -> Endpoint:
        """The endpoints of a server, at the address or below it.

        Raises:
            StoreError: nothing there answers queries, or takes updates where that is asked for.
        """
        parts = urlsplit(remote.url)
        opener = _opener(parts)
        url = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl().rstrip("/")
        for address in (url, f"{url}/query", f"{url}/sparql"):
            found = cls(address, None, virtuoso=False, _opener=opener)
            try:
                with found.ask("ASK { ?s ?p ?o }") as answer:
                    if "sparql-results" not in answer.headers.get("content-type", ""):
                        continue
                    virtuoso = "Virtuoso" in answer.headers.get("server", "")
            except (StoreError, QueryError):
                continue
            found = cls(address, None, virtuoso, opener)
            return found._writing(url, secured=parts.username is not None) if writing else found
        msg = f"{_public(remote)}: no SPARQL endpoint answers there, nor at …/query or …/sparql below it"
        raise StoreError(msg)

    def ask(
        self, text: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> HTTPResponse:
        """The answer to a query; read it, and close it.

        Raises:
            QueryError: the server does not understand the query.
            StoreError: it cannot be reached, or does not answer.
        """
        if self.virtuoso and not default_graphs and not named_graphs and _FROM.search(text) is None:
            default_graphs = (DATA,)
        pairs = [("query", text), *(("default-graph-uri", graph) for graph in default_graphs)]
        pairs += [("named-graph-uri", graph) for graph in named_graphs]
        headers = {"Accept": _RESULTS, "Content-Type": "application/x-www-form-urlencoded"}
        answer = self._send(self.queries, urlencode(pairs).encode(), headers)
        if "X-SPARQL-MaxRows" in answer.headers:
            answer.close()
            limit = answer.headers["X-SPARQL-MaxRows"]
            msg = f"{self.queries} cuts answers at {limit} rows; raise its limit (Virtuoso: ResultSetMaxRows)"
            raise StoreError(msg)
        return answer

    def update(self, text: str, *, plain: bool = False) -> None:
        """Runs an update; a `plain` one names no graph where it means the default graph.

        Raises:
            QueryError: the server does not understand it.
            StoreError: it cannot be reached, or refuses.
        """
        assert self.updates is not None
        if self.virtuoso and plain:
            text = f"DEFINE input:default-graph-uri <{DATA}>\n{text}"
        self._send(
            self.updates, text.encode(), {"Content-Type": "application/sparql-update; charset=utf-8"}
        ).close()

    def _writing(self, url: str, *, secured: bool) -> Endpoint:
        """The same with the address that takes updates."""
        beside = self.queries.rpartition("/")[0]
        candidates = [f"{beside}/sparql-auth"] if self.virtuoso and secured else []
        candidates += [f"{url}/update", f"{beside}/update", self.queries]
        reasons = []
        for address in dict.fromkeys(candidates):
            found = Endpoint(self.queries, address, self.virtuoso, self._opener)
            try:
                found.update(f"DELETE DATA {{ GRAPH <urn:gongkai:probe> {{ {_PROBE} }} }}")
            except (StoreError, QueryError) as error:
                reasons.append(str(error))
            else:
                return found
        msg = f"{self.queries} takes no updates from us: {'; '.join(reasons)}"
        raise StoreError(msg)

    def _send(self, address: str, body: bytes, headers: dict[str, str]) -> HTTPResponse:
        request = urllib.request.Request(address, body, headers, method="POST")  # noqa: S310  only http and https get here
        try:
            answer = self._opener.open(request, timeout=_SECONDS)
        except urllib.error.HTTPError as error:
            reason = " ".join(error.read(2000).decode("utf-8", "replace").split())
            if error.code in (400, 500) and ("compiler" in reason or error.code == 400):
                raise _query_error(reason) from error
            msg = f"{address} answers {error.code}: {reason[:500]}"
            raise StoreError(msg) from error
        except (OSError, HTTPException) as error:
            msg = f"{address} cannot be reached: {getattr(error, 'reason', error)}"
            raise StoreError(msg) from error
        assert isinstance(answer, HTTPResponse)
        return answer


def _opener(parts: SplitResult) -> urllib.request.OpenerDirector:
    """Opens addresses, with the name and password of the address where it has them."""
    handlers: list[urllib.request.BaseHandler] = []
    if parts.hostname in _LOOPBACK:
        handlers.append(urllib.request.ProxyHandler({}))
    if parts.username is not None:
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        where = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/"
        known.add_password(None, where, unquote(parts.username), unquote(parts.password or ""))
        handlers += [urllib.request.HTTPDigestAuthHandler(known), urllib.request.HTTPBasicAuthHandler(known)]
    return urllib.request.build_opener(*handlers)


def _query_error(reason: str) -> QueryError:
    place = _PLACE.search(reason)
    line, column = (int(place[1]), int(place[2])) if place else (None, None)
    return QueryError(reason[:500], line, column)


def _public(remote: Remote) -> str:
    """The address without name and password."""
    parts = urlsplit(remote.url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
