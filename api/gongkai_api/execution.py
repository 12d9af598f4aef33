"""Runs queries in threads beside the event loop, streams what they write, and ends them at their limits.

The engine lets go of the interpreter while it works, so the event loop stays responsive. It cannot be interrupted from
outside; but it writes through an `Output` of ours, and an `Output` that raises ends it. A query that writes nothing (a
count over a cross product) can only be ended together with its process: `Pool` gives it a low priority at once, asks
to be relieved (`Relief.drain`) when it seems to run away, and to be ended (`Relief.end`) at the limit.
"""

from __future__ import annotations

import asyncio
import math
import os
import queue
import sys
import threading
import time
import traceback
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from gongkai_api.messages import ClientGone, Pairs, Receive
from gongkai_api.problems import overloaded
from gongkai_api.settings import Limits

_CHUNK = 64 * 1024
_WORTH_PACKING = 1024
_AHEAD = 16  # chunks that may wait for a slow client: one megabyte
_TICK = 0.05
_DEMOTED = 0.1  # seconds until a query makes room for small ones
_SUSPECT = 1.0  # seconds until its process takes no more requests
_SLOW = 5.0  # seconds after which it does so even where a busy machine is to blame
_STALLED = 60.0  # seconds that a client may take nothing
_DYING = 0.2  # seconds that an ended query may take to notice
_STACK = 256 * 1024**2  # of address space: deeply nested queries recurse in the engine


class Ended(OSError):  # noqa: N818  nothing went wrong
    """Raised where a query writes, to end it."""


@dataclass(frozen=True, slots=True)
class Relief:
    """What a serving process can ask of whoever runs it; without a supervisor nothing happens."""

    drain: Callable[[], None] = lambda: None
    end: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Head:
    """What is known when an answer begins; `whole` where the body is all of it."""

    status: int
    media_type: str
    headers: Pairs
    body: bytes
    whole: bool


class Output:
    """Where a query writes. The first chunk is held back, so that a failure before it can still be an error status."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._buffer = bytearray()
        self._sent = False
        self._packer: zlib._Compress | None = None
        self.status = 200
        self.media_type = ""
        self.headers: Pairs = ()
        self.gzip = False
        """Whether the client takes gzip; what is short is sent as it is all the same."""

    def write(self, data: bytes, /) -> int:
        """Takes bytes; raises `Ended` where the query is to end."""
        self._buffer += data
        if len(self._buffer) >= _CHUNK:
            self._push()
        elif self._job.ended:
            raise Ended
        return len(data)

    def flush(self) -> None:
        """Does nothing: chunks leave when they are full."""

    def finish(self) -> None:
        """Hands on what is left."""
        if self._sent:
            self._job.put(self._taken() + (self._packer.flush() if self._packer else b""))
            self._job.put(None)
        else:
            self._begin(whole=True)

    def _push(self) -> None:
        if self._sent:
            self._job.put(self._taken())
        else:
            self._sent = True
            self._begin(whole=False)

    def _begin(self, *, whole: bool) -> None:
        if self.gzip and len(self._buffer) >= _WORTH_PACKING:
            self._packer = zlib.compressobj(3, zlib.DEFLATED, 31)
            self.headers = (*self.headers, ("content-encoding", "gzip"))
        body = self._taken()
        if whole and self._packer:
            body += self._packer.flush()
        self._job.begin(Head(self.status, self.media_type, self.headers, body, whole))

    def _taken(self) -> bytes:
        """What was held back so far, packed where it is to be."""
        chunk = bytes(self._buffer)
        self._buffer.clear()
        return self._packer.compress(chunk) if self._packer else chunk


Work = Callable[[Output], None]


class Job:
    """A query under way, between the thread that runs it and the event loop that answers."""

    __slots__ = (
        "_arrival", "_chunks", "_failure", "_loop", "_slots", "begun_at", "blocked", "demoted", "ended", "ended_at", "head",
        "listen", "listener", "stalled_since", "started", "thread", "work",
    )  # fmt: skip

    def __init__(self, work: Work, listen: Receive, loop: asyncio.AbstractEventLoop) -> None:
        self.work = work
        self.listen = listen
        self.listener: asyncio.Task[None] | None = None
        self.head: asyncio.Future[Head] = loop.create_future()
        self.started = time.monotonic()
        self.thread = 0
        self.begun_at = 0.0
        """Seconds for which its thread had worked for others before."""
        self.blocked = 0.0
        self.stalled_since = 0.0
        self.demoted = False
        self.ended = False
        self.ended_at = 0.0
        self._loop = loop
        self._chunks: deque[bytes | None] = deque()
        self._slots = threading.Semaphore(_AHEAD)
        self._arrival = asyncio.Event()
        self._failure: Exception | None = None

    # --- on the thread ---

    def begin(self, head: Head) -> None:
        """Hands over the beginning of the answer."""
        if self.ended:
            raise Ended
        self._loop.call_soon_threadsafe(self._begin, head)

    def put(self, chunk: bytes | None) -> None:
        """Hands over a chunk, or None for the end; waits while the client is behind."""
        if not self._slots.acquire(blocking=False):
            self.stalled_since = time.monotonic()
            self._slots.acquire()
            self.blocked += time.monotonic() - self.stalled_since
            self.stalled_since = 0.0
        if self.ended:
            raise Ended
        self._loop.call_soon_threadsafe(self._arrive, chunk)

    def fail(self, error: Exception) -> None:
        """Hands over a failure."""
        self._loop.call_soon_threadsafe(self._fail, error)

    # --- on the event loop ---

    def busy(self, now: float) -> float:
        """Seconds for which the query worked rather than waited for its client."""
        waiting = now - self.stalled_since if self.stalled_since else 0.0
        return now - self.started - self.blocked - waiting

    def end(self, reason: Exception) -> None:
        """Ends the query: the client gets the reason, the thread stops where it writes next."""
        if not self.ended:
            self.ended = True
            self.ended_at = time.monotonic()
            self._slots.release()
            self._fail(reason)

    def worked(self) -> float:
        """Seconds for which the query had a processor; endless where the system does not say."""
        return _processor_time(self.thread) - self.begun_at

    async def next(self) -> bytes | None:
        """The next chunk; None at the end.

        Raises:
            Exception: what the query failed with; what was sent is then no complete answer.
        """
        while not self._chunks:
            if self._failure is not None:
                raise self._failure
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


class Pool:
    """The threads of a serving process, and the clock over their queries."""

    def __init__(
        self, limits: Limits, relief: Relief | None = None, count: Callable[[str], None] = lambda _: None
    ) -> None:
        self._limits = limits
        self._count = count
        self._relief = relief or Relief()
        self._waiting: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._idle = 0
        self._lock = threading.Lock()
        self._jobs: set[Job] = set()
        self._ticking = False
        self._draining = False

    def start(self, work: Work, listen: Receive) -> Job:
        """Starts a piece of work; call from the event loop. Where it takes long, `listen` tells when the client goes.

        Raises:
            Problem: 503, too many run already.
        """
        if len(self._jobs) >= self._limits.running:
            raise overloaded(f"{self._limits.running} queries are running; try again in a moment")
        loop = asyncio.get_running_loop()
        job = Job(work, listen, loop)
        self._jobs.add(job)
        if not self._claim():
            self._spawn()
        self._waiting.put(job)
        if not self._ticking:
            self._ticking = True
            loop.call_later(_TICK, self._tick, loop)
        return job

    def end_all(self) -> None:
        """Ends every query that takes long: others need what it holds."""
        now = time.monotonic()
        for job in self._jobs.copy():
            if now - job.started > _DEMOTED:
                self._end(
                    job, "time", "the query was ended because too many run; try again later, or ask for less"
                )

    def _end(self, job: Job, cause: str, reason: str) -> None:
        if not job.ended:
            self._count(f"ended_by_{cause}")
            job.end(overloaded(reason))

    def _claim(self) -> bool:
        """Takes an idle thread for a job; counts it out at once, as it may wake up late: no job waits for another."""
        with self._lock:
            found = self._idle > 0
            self._idle -= found
        return found

    def _spawn(self) -> None:
        """Starts a thread with a stack that deep recursion does not exhaust."""
        with self._lock:
            before = threading.stack_size(_STACK)
            try:
                threading.Thread(target=self._serve, name="query", daemon=True).start()
            finally:
                threading.stack_size(before)

    def _serve(self) -> None:
        """What a thread does: one job after another, until one of them cost it its priority."""
        native = threading.get_native_id()
        while True:
            job = self._waiting.get()
            job.begun_at = time.thread_time()
            job.thread = native
            _run(job)
            self._jobs.discard(job)
            if job.demoted:
                return
            with self._lock:
                self._idle += 1

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        """Looks after the running queries; runs only while there are any."""
        now = time.monotonic()
        jobs = [job for job in self._jobs.copy() if now - job.started > _DEMOTED]
        for job in jobs:
            self._look_after(job, now)
        if jobs and _memory() > self._limits.memory:
            for job in jobs:
                self._end(
                    job, "memory", "the query needs more memory than a query may use; ask for less at once"
                )
        self._ticking = bool(self._jobs)
        if self._ticking:
            loop.call_later(_TICK, self._tick, loop)

    def _look_after(self, job: Job, now: float) -> None:
        busy = job.busy(now)
        if busy > _DEMOTED and not job.demoted and job.thread:
            job.demoted = True
            _lower_priority(job.thread)
        if job.listener is None:
            job.listener = asyncio.get_running_loop().create_task(_listen(job))
        if busy > _SUSPECT and not self._draining and (busy > _SLOW or job.worked() > _SUSPECT / 2):
            self._draining = True
            self._count("worker_drains")
            self._relief.drain()
        if busy > self._limits.seconds:
            limit = f"{self._limits.seconds:g} seconds"
            self._end(job, "time", f"the query was ended after {limit}, the limit; ask for less")
        if job.stalled_since and now - job.stalled_since > _STALLED:
            self._end(job, "client", "the client took nothing for too long")
        dying = now - job.ended_at if job.ended else 0.0
        if dying > _SLOW or (dying > _DYING and job.worked() > _SUSPECT / 2):
            self._relief.end()


async def _listen(job: Job) -> None:
    """Waits for the client to go; what it asked for is then of no use."""
    while (await job.listen())["type"] != "http.disconnect":
        pass
    job.end(ClientGone())


def _run(job: Job) -> None:
    output = Output(job)
    with _Handover(job):
        job.work(output)
        output.finish()


@dataclass(frozen=True, slots=True)
class _Handover:
    """Hands whatever a job raises to the event loop, which tells the client: a thread has nobody above it."""

    job: Job

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None
    ) -> bool:
        if isinstance(error, Exception) and not isinstance(error, Ended):
            _let_go(error)
            self.job.fail(error)
        return isinstance(error, Exception)


def _let_go(error: BaseException) -> None:
    """Lets go of what the frames of an error hold: results of the engine must end on the thread that made them."""
    seen: BaseException | None = error
    while seen is not None:
        traceback.clear_frames(seen.__traceback__)
        seen = seen.__cause__ or seen.__context__


def _lower_priority(thread: int) -> None:
    """Small queries go first from now on. Linux knows a priority for each thread; elsewhere nothing is changed."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, thread, 19)


def _processor_time(thread: int) -> float:
    """Seconds for which a thread had a processor; endless where the system does not say."""
    try:
        fields = (
            Path(f"/proc/self/task/{thread}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        )
    except OSError:
        return math.inf
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory() -> int:
    """Bytes of memory that this process holds for itself (without files it maps); 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()
    except OSError:
        return 0
    return (int(pages[1]) - int(pages[2])) * os.sysconf("SC_PAGE_SIZE")
