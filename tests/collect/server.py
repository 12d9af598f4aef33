"""A host on this machine that says what it was asked."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(slots=True)
class Answer:
    """What the host gives for a path; the first of `troubles` are told instead, one at a time."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    troubles: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Host:
    """A host: its answers by path, the requests that it got, and its address."""

    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    address: str = ""

    def asked(self) -> list[str]:
        """The paths asked for, without robots.txt."""
        return [path for path, _ in self.requests if path != "/robots.txt"]

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        """What to give, by the conditions of a request."""
        self.requests.append((path, headers))
        found = self.answers.get(path, Answer(status=404))
        if found.troubles:
            return Answer(status=found.troubles.pop(0), headers={"Retry-After": "7"})
        tag = f'"{hashlib.sha256(found.body).hexdigest()[:8]}"'
        if found.status == 200 and headers.get("if-none-match") == tag:
            return Answer(status=304)
        return Answer(found.body, found.status, {**found.headers, "ETag": tag})


@contextmanager
def running(host: Host) -> Iterator[Host]:
    """The host while it serves."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = host.answer(self.path, {k.lower(): v for k, v in self.headers.items()})
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        host.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield host
        server.shutdown()
        thread.join()
