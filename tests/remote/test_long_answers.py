"""Long answers of a server are read as they are needed, and one that breaks off is none."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai.errors import StoreError
from gongkai.store import Generation, Remote
from gongkai_api import Settings, create_app
from gongkai_api.settings import Limits
from tests.api.client import serving

SOLUTIONS = "SELECT ?o { ?s ?p ?o }"
GRAPH = "CONSTRUCT WHERE { ?s ?p ?o }"
_ROW = b'{"o": {"type": "literal", "value": "%07d"}}'
_TRIPLE = b'<http://e/s> <http://e/p> "%07d" .\n'


@contextmanager
def server(rows: int | None, *, breaks: bool = False) -> Iterator[Remote]:
    """A server whose answers to our queries have so many rows, or rows without end."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.close_connection = True
            query = self.rfile.read(int(self.headers["content-length"])).decode()
            graph = "CONSTRUCT" in query
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            kind = "n-triples" if graph else "sparql-results+json"
            self.send_header("Content-Type", f"application/{kind}")
            self.end_headers()
            try:
                for chunk in (
                    triples() if graph else solutions() if "%3Fo+%7B" in query else (self._nothing(query),)
                ):
                    self.wfile.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
                if not breaks or ("SELECT+%3Fo" not in query and not graph):
                    self.wfile.write(b"0\r\n\r\n")
            except OSError:
                pass  # who has enough goes

        @staticmethod
        def _nothing(query: str) -> bytes:
            return (
                b'{"head": {}, "boolean": true}'
                if "ASK" in query
                else b'{"head":{"vars":["g","t"]},"results":{"bindings":[]}}'
            )

        def log_message(self, *_: object) -> None:
            pass

    def numbers() -> Iterator[int]:
        return iter(range(rows)) if rows is not None else itertools.count()

    def solutions() -> Iterator[bytes]:
        yield b'{"head":{"vars":["o"]},"results":{"bindings":[' + _ROW % 0
        for number in numbers():
            yield b"," + _ROW % number
        if not breaks:
            yield b"]}}"

    def triples() -> Iterator[bytes]:
        for number in numbers():
            yield _TRIPLE % number

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield Remote(f"http://127.0.0.1:{http.server_port}", seconds=5)
    finally:
        http.shutdown()
        http.server_close()


@pytest.mark.parametrize("query", [SOLUTIONS, GRAPH])
def test_an_answer_without_end_has_a_beginning(query: str) -> None:
    with server(None) as remote:
        found = Generation.current(remote).query(query)
        assert not isinstance(found, ox.QueryBoolean)
        assert len(list(itertools.islice(found, 100_000))) == 100_000
        del found


@pytest.mark.parametrize("query", [SOLUTIONS, GRAPH])
def test_a_long_answer_comes_whole(query: str) -> None:
    with server(60_000) as remote:
        found = Generation.current(remote).query(query)
        assert not isinstance(found, ox.QueryBoolean)
        assert len(list(found)) in (60_000, 60_001)


@pytest.mark.parametrize("query", [SOLUTIONS, GRAPH])
def test_a_long_answer_that_breaks_off_is_none(query: str) -> None:
    with server(60_000, breaks=True) as remote:
        found = Generation.current(remote).query(query)
        assert not isinstance(found, ox.QueryBoolean)
        with pytest.raises(StoreError, match="broke off"):
            list(found)


def test_no_thread_waits_longer_for_a_server_than_a_query_may_take(tmp_path: Path) -> None:
    remote = Remote("http://localhost:1", seconds=600)
    assert Settings(remote, limits=Limits(seconds=7)).source == Remote("http://localhost:1", seconds=7)
    assert Settings(remote).location == remote, "what is written may take its time"
    assert Settings(tmp_path).source == tmp_path


@pytest.mark.parametrize(("query", "form"), [(SOLUTIONS, "csv"), (GRAPH, "ntriples")])
def test_the_service_passes_it_on_as_it_comes(query: str, form: str) -> None:
    with server(200_000) as remote, serving(create_app(Settings(remote))) as client:
        reply = client(
            "POST", f"/sparql?format={form}", query.encode(), Content_Type="application/sparql-query"
        )
        assert reply.status == 200, reply.text
        assert len(reply.body.splitlines()) >= 200_000
