"""A query under way, between the thread that runs it and the event loop that answers."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from types import TracebackType

from gongkai_api import system
from gongkai_api.messages import Receive
from gongkai_api.output import Ended, Head, Output, Work, let_go

_AHEAD = 4  # chunks that may wait for a slow client: one megabyte


class Job:
    """A piece of work for a client. What it writes leaves in chunks, no faster than the client takes them."""

    __slots__ = (
        "_arrival", "_blocked", "_chunks", "_clock", "_demoted", "_failure", "_loop", "_slots", "_stalled_at", "_thread",
        "_work", "_worked_before", "_worked_then", "_wrote_at", "arrived", "begun", "client", "ended", "ended_at", "head",
        "last", "listen", "listener", "long",
    )  # fmt: skip

    def __init__(self, work: Work, client: str, listen: Receive, loop: asyncio.AbstractEventLoop) -> None:
        self.client = client
        self.listen = listen
        """Tells when the client goes."""
        self.listener: asyncio.Task[None] | None = None
        self.head: asyncio.Future[Head] = loop.create_future()
        self.arrived = time.monotonic()
        self.begun = 0.0
        """When its thread took it up; 0 while it waits for its turn."""
        self.long = False
        """Whether it lost its place among the short ones."""
        self.ended = False
        self.ended_at = 0.0
        self.last = 0.0
        """What it may have `worked` when it is gone at the latest, once it was ended."""
        self._work = work
        self._thread = 0
        self._clock: int | None = None
        self._worked_before = 0.0
        self._worked_then = 0.0
        self._wrote_at = 0.0
        self._blocked = 0.0
        self._demoted = False
        self._stalled_at = 0.0
        self._loop = loop
        self._chunks: deque[bytes | None] = deque()
        self._slots = threading.Semaphore(_AHEAD)
        self._arrival = asyncio.Event()
        self._failure: Exception | None = None

    # --- on the thread ---

    def run(self) -> None:
        """Does the work, and hands over what it writes or what it fails with."""
        self._clock = system.own_clock()
        self._worked_before = self._worked_then = time.thread_time()
        self._thread = threading.get_native_id()
        self.begun = time.monotonic()
        output = Output(self)
        with _Handover(self):
            self._work(output)
            output.finish()

    def wrote(self) -> None:
        """Notes that the query comes forward; raises `Ended` where it is to end."""
        if self.ended:
            raise Ended
        self._wrote_at = time.monotonic()
        self._worked_then = time.thread_time()

    def begin(self, head: Head) -> None:
        """Hands over the beginning of the answer."""
        self.wrote()
        self._loop.call_soon_threadsafe(self._begin, head)

    def put(self, chunk: bytes | None) -> None:
        """Hands over a chunk, or None for the end; waits while the client is behind."""
        if not self._slots.acquire(blocking=False):
            self._stalled_at = time.monotonic()
            self._slots.acquire()
            self._blocked += time.monotonic() - self._stalled_at
            self._stalled_at = 0.0
        self.wrote()
        self._loop.call_soon_threadsafe(self._arrive, chunk)

    def fail(self, error: Exception) -> None:
        """Hands over a failure."""
        self._loop.call_soon_threadsafe(self._fail, error)

    # --- on the event loop ---

    def busy(self, now: float) -> float:
        """Seconds since it came, without those for which it waited for its client."""
        return now - self.arrived - self._blocked - self.stalled(now)

    def stalled(self, now: float) -> float:
        """Seconds for which its client has taken nothing, though there is something."""
        since = self._stalled_at
        return now - since if since else 0.0

    def silent(self, now: float) -> float:
        """Seconds for which it has run and written nothing, though its client would take it."""
        return 0.0 if self._stalled_at else now - max(self.begun, self._wrote_at)

    def worked(self) -> float:
        """Seconds for which the query had a processor; endless where the system does not say."""
        return system.processor_time(self._clock) - self._worked_before if self.begun else 0.0

    def worked_silently(self) -> float:
        """Those of them since it last wrote."""
        return system.processor_time(self._clock) - self._worked_then if self.begun else 0.0

    def demote(self) -> None:
        """Lets others on the machine go first from now on."""
        if not self._demoted:
            self._demoted = True
            system.put_back(self._thread)

    def end(self, reason: Exception) -> None:
        """Ends the query: the client gets the reason, the thread stops where it writes next."""
        if not self.ended:
            self.ended = True
            self.ended_at = time.monotonic()
            self._slots.release()
            self._fail(reason)

    async def next(self) -> bytes | None:
        """The next chunk; None at the end.

        Raises:
            Exception: what the query failed with; what was sent is then no complete answer.
        """
        while not self._chunks and self._failure is None:
            self._arrival.clear()
            await self._arrival.wait()
        if self._failure is not None:
            raise self._failure
        chunk = self._chunks.popleft()
        self._slots.release()
        return chunk

    def _begin(self, head: Head) -> None:
        if not self.head.done():
            self.head.set_result(head)

    def _arrive(self, chunk: bytes | None) -> None:
        self._chunks.append(chunk)
        self._arrival.set()

    def _fail(self, error: Exception) -> None:
        if not self.head.done():
            self.head.set_exception(error)
        elif self._failure is None:
            self._failure = error
            self._arrival.set()


class _Handover:
    """Hands whatever a job raises to the event loop, which tells the client: a thread has nobody above it."""

    __slots__ = ("_job",)

    def __init__(self, job: Job) -> None:
        self._job = job

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None
    ) -> bool:
        if isinstance(error, Exception) and not isinstance(error, Ended):
            let_go(error)
            self._job.fail(error)
        return isinstance(error, Exception)
