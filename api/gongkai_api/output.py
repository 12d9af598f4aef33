"""What a query writes on its thread, on its way to the client: held back at first, packed where the client takes it."""

from __future__ import annotations

import traceback
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from gongkai_api.messages import Answer, Pairs

_CHUNK = 256 * 1024
WORTH_PACKING = 1024  # bytes
PACKED: Pairs = (("content-encoding", "gzip"),)


class Ended(OSError):  # noqa: N818  nothing went wrong
    """Raised where a query writes, to end it."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is known when an answer begins; `whole` where the body is all of it."""

    status: int
    media_type: str
    headers: Pairs
    body: bytes
    whole: bool

    def answer(self) -> Answer:
        """The answer that it is where it is whole."""
        return Answer(self.status, self.media_type, self.body, self.headers)


class Channel(Protocol):
    """Where an output leads."""

    def wrote(self) -> None:
        """Hears that there is more to come; raises `Ended` where nobody wants it."""

    def begin(self, head: Head) -> None:
        """Takes the beginning of an answer; raises `Ended`."""

    def put(self, chunk: bytes | None) -> None:
        """Takes a chunk, or None for the end; raises `Ended`."""


class Output:
    """Where a query writes. The first chunk is held back, so that a failure before it can still be an error status."""

    def __init__(self, channel: Channel, chunk: int = _CHUNK) -> None:
        self._channel = channel
        self._chunk = chunk
        self._buffer = bytearray()
        self._sent = False
        self._packer: zlib._Compress | None = None
        self.status = 200
        self.media_type = ""
        self.headers: Pairs = ()
        self.unfinished: Pairs = ()
        """Headers of an answer that is not whole at once."""
        self.gzip = False
        """Whether the client takes gzip; what is short is sent as it is all the same."""
        self.keep: Callable[[Answer], None] | None = None
        """Who wants to keep an answer that is whole at once."""

    def write(self, data: bytes, /) -> int:
        """Takes bytes; raises `Ended` where the query is to end."""
        self._buffer += data
        self._channel.wrote()
        if len(self._buffer) >= self._chunk:
            self._push()
        return len(data)

    def flush(self) -> None:
        """Does nothing: chunks leave when they are full."""

    def finish(self) -> None:
        """Hands on what is left."""
        if self._sent:
            self._channel.put(self._taken() + (self._packer.flush() if self._packer else b""))
            self._channel.put(None)
        else:
            self._begin(whole=True)

    def _push(self) -> None:
        if self._sent:
            self._channel.put(self._taken())
        else:
            self._sent = True
            self._begin(whole=False)

    def _begin(self, *, whole: bool) -> None:
        if self.gzip and len(self._buffer) >= WORTH_PACKING:
            self._packer = _packer()
            self.headers = (*self.headers, *PACKED)
        if not whole:
            self.headers = (*self.headers, *self.unfinished)
        body = self._taken()
        if whole and self._packer:
            body += self._packer.flush()
        head = Head(self.status, self.media_type, self.headers, body, whole)
        if whole and self.keep:
            self.keep(head.answer())
        self._channel.begin(head)

    def _taken(self) -> bytes:
        """What was held back so far, packed where it is to be."""
        chunk = bytes(self._buffer)
        self._buffer.clear()
        return self._packer.compress(chunk) if self._packer else chunk


def packed(data: bytes) -> bytes:
    """Data as gzip."""
    packer = _packer()
    return packer.compress(data) + packer.flush()


def _packer() -> zlib._Compress:
    return zlib.compressobj(3, zlib.DEFLATED, 31)


Work: TypeAlias = Callable[[Output], None]


def let_go(error: BaseException) -> None:
    """Lets go of what the frames of an error hold: results of the engine must end on the thread that made them."""
    seen: BaseException | None = error
    while seen is not None:
        traceback.clear_frames(seen.__traceback__)
        seen = seen.__cause__ or seen.__context__
