"""A server on a thread and a client next to the wire: what is sent is what the test says, byte for byte."""

from __future__ import annotations

import asyncio
import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import uvicorn

from gongkai_api.service import Service
from gongkai_api.shortcut import Shortcut


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    def column(self, name: str) -> list[str]:
        """The values of a variable in JSON results."""
        return [row[name]["value"] for row in self.json["results"]["bindings"] if name in row]


@dataclass(frozen=True, slots=True)
class Client:
    """Sends requests, a connection each."""

    port: int

    def __call__(self, method: str, path: str, body: bytes = b"", /, **headers: str) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body or None, named)
            response = connection.getresponse()
            received = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, received, response.read())
        finally:
            connection.close()

    def query(self, text: str, **headers: str) -> Reply:
        return self("GET", f"/sparql?query={quote(text, safe='')}", b"", **headers)


@contextmanager
def serving(app: Service, protocol: type[asyncio.Protocol] = Shortcut) -> Iterator[Client]:
    """The application on a free port, as long as the context lasts."""
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, http=protocol, log_level="critical", lifespan="off", ws="none"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.005)
        yield Client(server.servers[0].sockets[0].getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(10)
