"""Entity tags: what a client has already is not sent again (RFC 9110, 8.8.3 and 13.1.2)."""

from __future__ import annotations

import zlib
from functools import lru_cache

from gongkai.store import Generation
from gongkai_api.messages import Pairs, Request
from gongkai_api.settings import VERSION


def tag(generation: Generation, request: Request, form: str | None) -> str:
    """The tag of an answer that changes with the store only; "" where the store may change at any time.

    It differs for whatever else the answer depends on: the format asked for, what the client accepts, the version of
    the program. It is weak, since a workbook has its time in it.
    """
    return _tag(generation.id, (VERSION, *request.headers.wishes, form or "")) if generation.immutable else ""


def strong(generation: Generation, request: Request, form: str | None) -> str:
    """The same of an answer that is equal to the byte, which a client may also make its writes depend on."""
    return tag(generation, request, form).removeprefix("W/")


@lru_cache(maxsize=128)
def _tag(state: str, by: tuple[str, ...]) -> str:
    return f'W/"{state}.{zlib.crc32("|".join(by).encode()):08x}"'


def holds(request: Request, own: str) -> bool:
    """Whether the client has the answer of a tag already; tags are compared weakly, and * is any."""
    given = request.headers.held
    if not own or not given:
        return False
    return given == "*" or _opaque(own) in map(_opaque, given.split(","))


def changed(request: Request, held: Generation | None) -> bool:
    """Whether what a write depends on does not hold (RFC 9110, 13.1.1 and 13.1.2).

    `held` is the generation that holds what is written to; None where there is nothing yet.
    """
    wanted, unwanted = request.header("if-match").strip(), request.header("if-none-match").strip()
    return bool(wanted and not _among(wanted, held)) or bool(unwanted and _among(unwanted, held))


def _among(given: str, held: Generation | None) -> bool:
    """Whether one of these strong tags is of a generation, in whatever format; * is any generation."""
    if held is None or given == "*":
        return held is not None
    return any(one.strip().startswith(f'"{held.id}.') for one in given.split(","))


def _opaque(given: str) -> str:
    """A tag without what says that it is weak."""
    return given.strip().removeprefix("W/")


def kept(own: str) -> Pairs:
    """The headers for those who keep the answer."""
    return (("etag", own), ("cache-control", "no-cache")) if own else ()
