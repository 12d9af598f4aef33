"""What goes wrong with a server is said: what was seen, where, what to do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from gongkai.errors import StoreError
from gongkai.store import Generation, Remote, Writer
from tests.remote.conftest import told
from tests.remote.servers import KINDS, Server, free

JSON = "application/sparql-results+json"


@contextmanager
def answering(status: int, body: bytes = b"", *, length: int = -1, **headers: str) -> Iterator[Remote]:
    """A server that answers everything so; nothing at all with status 0."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            if status == 0:
                over.wait(10)
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body) if length < 0 else length))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield Remote(f"http://127.0.0.1:{server.server_port}", seconds=0.5)
    finally:
        over.set()
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "body", "headers", "said"),
    [
        (
            401,
            b"",
            {"WWW_Authenticate": 'Basic realm="x"'},
            r"does not let us in \(401 Basic realm=.x.\): give a name and pass",
        ),
        (403, b"no", {}, r"does not permit this \(403: no\); grant the right there, or give a name"),
        (404, b"<p>no such page</p>", {}, r"no SPARQL endpoint at \S+, nor at .* answers 404: no such page"),
        (503, b"busy", {}, r"answers 503: busy"),
        (200, b"<p>hello</p>", {"Content_Type": "text/html"}, r"answers a query in text/html"),
        (200, b"not json", {"Content_Type": JSON}, r"the server's answer cannot be read"),
        (
            200,
            b"{}",
            {"Content_Type": JSON, "X_SPARQL_MaxRows": "10"},
            r"cuts answers at 10 rows; raise its limit",
        ),
        (0, b"", {}, r"did not answer within 0.5 seconds; ask for less"),
    ],
)
def test_an_answer_that_is_none(status: int, body: bytes, headers: dict[str, str], said: str) -> None:
    with answering(status, body, length=-1, **headers) as remote, pytest.raises(StoreError, match=said):
        Generation.current(remote)


def test_an_answer_that_breaks_off() -> None:
    with (
        answering(200, b'{"head": ', length=1000, Content_Type=JSON) as remote,
        pytest.raises(StoreError, match="broke off"),
    ):
        Generation.current(remote)


def test_a_row_that_cannot_be_read() -> None:
    body = (
        b'{"head": {"vars": ["g", "t"]}, "results": {"bindings": [{"g": {"type": "uri", "value": "a b"}}]}}'
    )
    with (
        answering(200, body, Content_Type=JSON) as remote,
        pytest.raises(StoreError, match="the server's answer cannot be read"),
    ):
        Generation.current(remote)


def test_an_answer_that_breaks_off_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[HTTPResponse] = []
    close = HTTPResponse.close

    def noted(self: HTTPResponse) -> None:
        closed.append(self)
        close(self)

    def fail(*_: object) -> bytes:
        raise ConnectionResetError

    monkeypatch.setattr(HTTPResponse, "close", noted)
    monkeypatch.setattr(HTTPResponse, "read", fail)
    with (
        answering(200, b"{}", Content_Type=JSON) as remote,
        pytest.raises(StoreError) as caught,
    ):
        Generation.current(remote)
    assert closed
    assert caught.tb  # which holds the answer, so that no collection of garbage closed it


def test_a_way_of_signing_in_that_is_not_known() -> None:
    with answering(401, WWW_Authenticate="Bearer") as remote:
        named = Remote(remote.url.replace("http://", "http://name:secret@"))
        with pytest.raises(StoreError, match=r"does not let us in \(401 Bearer\)") as caught:
            Generation.current(named)
    assert "secret" not in str(caught.value)
    assert "secret" not in repr(named)


def test_nobody_there() -> None:
    with pytest.raises(
        StoreError, match=r"cannot be reached .* is the address right, and the server running"
    ):
        Generation.current(Remote(f"http://127.0.0.1:{free()}"))


def test_bulk_is_for_servers(tmp_path: Path) -> None:
    told("ingest", tmp_path, "--store", tmp_path / "store", "--bulk", tmp_path, status=2)


@pytest.mark.slow
def test_a_stranger_may_not_write(tmp_path: Path) -> None:
    with KINDS["virtuoso"](tmp_path) as server:
        with pytest.raises(StoreError, match=r"takes no updates from us: .* does not permit this .* grant"):
            Writer.open(server.as_stranger)
        with pytest.raises(StoreError, match=r"sparql-auth does not let us in \(401 Digest"):
            Writer.open(server.with_wrong_password)
        forbidden = Remote(server.remote.url, bulk=Path("/etc"))
        with pytest.raises(StoreError, match=r"--bulk wants a folder that we may write|DirsAllowed"):
            Writer.open(forbidden)


@pytest.mark.slow
def test_a_wrong_path_is_told(server: Server) -> None:
    with pytest.raises(StoreError, match=r"no SPARQL endpoint at .*/nowhere"):
        Generation.current(Remote(urlsplit(str(server.remote))._replace(path="/nowhere").geturl()))
