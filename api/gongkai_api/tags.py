"""Entity tags: what a client has already is not sent again (RFC 9110, 8.8.3 and 13.1.2)."""

from __future__ import annotations

import zlib

from gongkai.store import Generation
from gongkai_api.messages import Pairs, Request


def tag(generation: Generation, request: Request, form: str | None) -> str:
    """The tag of an answer that changes with the store only; "" where the store may change at any time.

    It differs for whatever else the answer depends on: the format asked for, and what the client accepts.
    """
    if not generation.immutable:
        return ""
    apart = zlib.crc32("|".join((*request.headers.wishes, form or "")).encode())
    return f'"{generation.id}.{apart:08x}"'


def holds(request: Request, own: str) -> bool:
    """Whether the client has the answer of a tag already; tags are compared weakly."""
    given = request.header("if-none-match")
    return bool(own and given) and own in {part.strip().removeprefix("W/") for part in given.split(",")}


def kept(own: str) -> Pairs:
    """The headers for those who keep the answer."""
    return (("etag", own), ("cache-control", "no-cache")) if own else ()
