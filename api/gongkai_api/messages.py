"""Requests and answers as values, next to the wire: what the fast paths use in place of the framework's."""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias
from urllib.parse import quote, unquote_to_bytes

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Pairs: TypeAlias = tuple[tuple[str, str], ...]


_PARAMETERS = 1000
HEADERS = 16 * 1024
"""Bytes of headers that are read."""
_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")
_SENT = "".join(map(chr, range(0x21, 0x7F)))  # what stays as it was sent: all but raw octets beyond ASCII


class ClientGone(Exception):  # noqa: N818  nobody is left to be told
    """The client closed the connection."""


class TooLarge(Exception):  # noqa: N818
    """The body is larger than it may be."""


class Malformed(Exception):  # noqa: N818
    """Parameters that are no UTF-8, or not percent-encoded as they should be."""


class Headers:
    """The headers of a request by their names, with what is derived from them: a client sends the same ones each time.

    Of one that is sent several times the values stand side by side, with commas (RFC 9110, 5.3).
    They do not change: requests that were sent the same headers share them.
    """

    def __init__(self, sent: Iterable[tuple[bytes, bytes]] = ()) -> None:
        pairs = tuple(sent)
        self.too_large = sum(len(name) + len(value) for name, value in pairs) > HEADERS
        """Whether they are more than are read: none of them is kept."""
        self._sent = {} if self.too_large else dict(pairs)
        if len(self._sent) < len(pairs) and not self.too_large:
            self._sent = {name: b", ".join(v for n, v in pairs if n == name) for name in self._sent}

    @cached_property
    def wishes(self) -> tuple[str, ...]:
        """What a client wishes for: formats, codings, languages."""
        return tuple(map(self.text, ("accept", "accept-encoding", "accept-language")))

    @cached_property
    def held(self) -> str:
        """The entity tags of what a client has already."""
        return self.text("if-none-match").strip()

    @cached_property
    def host(self) -> str:
        """The host that was asked; one that cannot be is passed over."""
        host = self.text("host")
        return host if _HOST.fullmatch(host) else "localhost"

    def text(self, name: str) -> str:
        """A header, or ""."""
        return self._sent.get(name.encode(), b"").decode("latin-1")


@dataclass(frozen=True, slots=True)
class Request:
    """A request without its body."""

    method: str
    path: str
    query: bytes
    headers: Headers
    http10: bool
    scheme: str = "http"
    raw_path: bytes = b""
    """The path as it was sent: an IRI may itself hold percent-encoded octets."""
    client: str = ""
    """The address of the client."""

    @classmethod
    def of(cls, scope: Scope) -> Request:
        """The request of an ASGI scope."""
        return cls(
            scope["method"],
            scope["path"],
            scope["query_string"],
            Headers(scope["headers"]),
            scope.get("http_version") == "1.0",
            scope.get("scheme", "http"),
            quote((scope.get("raw_path") or scope["path"].encode()).partition(b"?")[0], safe=_SENT).encode(
                "ascii"
            ),
            scope["client"][0] if scope.get("client") else "",
        )

    @property
    def origin(self) -> str:
        """Scheme and host of the address asked for, without a slash at the end."""
        return self.url.removesuffix(self.raw_path.decode("ascii"))

    @property
    def url(self) -> str:
        """The address asked for, without its query: what relative IRIs are resolved against (RFC 3986, 5.1.3)."""
        return f"{self.scheme}://{self.headers.host}{self.raw_path.decode('ascii')}"

    def header(self, name: str) -> str:
        """A header, or ""."""
        return self.headers.text(name)

    def parameters(self) -> Pairs:
        """The parameters of the query string, decoded exactly once.

        Raises:
            Malformed: they are no UTF-8.
        """
        return decode(self.query)

    def parameter(self, name: str) -> str | None:
        """The last value of a parameter of the query string; None where there is none. Raises as `parameters` does."""
        return dict(self.parameters()).get(name)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    status: int
    media_type: str
    body: bytes
    headers: Pairs = ()


def decode(form: bytes) -> Pairs:
    """Parameters of `application/x-www-form-urlencoded`, decoded exactly once: a percent-encoded IRI inside one stays so.

    Raises:
        Malformed: they are no UTF-8, or too many.
    """
    pairs = form.split(b"&", _PARAMETERS) if form else []
    if len(pairs) > _PARAMETERS or not form.isascii():
        msg = f"the parameters are not percent-encoded, or more than {_PARAMETERS}"
        raise Malformed(msg)
    halves = [pair.partition(b"=") for pair in pairs if pair]
    try:
        return tuple([(_unquoted(name), _unquoted(value)) for name, _, value in halves])
    except UnicodeDecodeError as error:
        msg = "the parameters are not percent-encoded UTF-8"
        raise Malformed(msg) from error


def _unquoted(text: bytes) -> str:
    spaced = text.replace(b"+", b" ")
    if b"%" not in spaced:
        return spaced.decode()
    # Quoted-printable (RFC 2045, 6.7) is the same with another sign, and decoded in less than half the time. What it
    # reads otherwise, a sign without its digits, becomes shorter by another number of octets; but for ends of lines.
    found = a2b_qp(spaced.replace(b"=", b"=3D").replace(b"%", b"="))
    plain = len(found) == len(spaced) - 2 * spaced.count(b"%") and b"\n" not in spaced and b"\r" not in spaced
    return (found if plain else unquote_to_bytes(spaced)).decode()


async def body(receive: Receive, limit: int) -> bytes:
    """The body of a request.

    Raises:
        TooLarge: it has more bytes than the limit.
        ClientGone: the client went away.
    """
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            msg = f"the body may have {limit} bytes"
            raise TooLarge(msg)
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)
