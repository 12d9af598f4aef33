"""Runs queries in threads beside the event loop, and ends them at their limits.

The engine lets go of the interpreter while it works, so the event loop stays responsive. It cannot be interrupted from
outside; but it writes through an `Output` of ours, and an `Output` that raises ends it. A query that writes nothing (a
count over a cross product) can only be ended together with its process: `Pool` has it stand back at once, and
asks to be relieved (`Relief.drain`) when it seems to run away, and to be ended (`Relief.end`) at the limit.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from gongkai_api import system
from gongkai_api.crew import Crew
from gongkai_api.job import Job
from gongkai_api.messages import ClientGone, Receive
from gongkai_api.output import Work
from gongkai_api.problems import overloaded
from gongkai_api.settings import Limits

_TICK = 0.025
_LONG = 0.05  # seconds until a query makes room for short ones
_SUSPECT = 1.0  # seconds without a word until its process takes no more requests, a quarter of them worked
_SLOW = 5.0  # seconds after which a process is given up even where a busy machine is to blame
_STALLED = 60.0  # seconds that a client may take nothing
_NOTICE = 0.05  # seconds of a processor that an ended query may need to notice


@dataclass(frozen=True, slots=True)
class Relief:
    """What a serving process can ask of whoever runs it; without a supervisor nothing happens."""

    drain: Callable[[], None] = lambda: None
    end: Callable[[], None] = lambda: None


class Pool:
    """Starts queries, and keeps the clock over them."""

    def __init__(
        self, limits: Limits, relief: Relief | None = None, count: Callable[[str], None] = lambda _: None
    ) -> None:
        self._limits = limits
        self._count = count
        self._relief = relief or Relief()
        self._crew = Crew(limits.running, limits.waiting)
        self._ticking = False
        self._draining = False

    def start(self, work: Work, client: str, listen: Receive) -> Job:
        """Starts a piece of work; call from the event loop. Where it takes long, `listen` tells when the client goes.

        Where many run already it waits its turn. Where no place to wait is left, it ends with 503, or another one does
        whose client has more of them waiting.
        """
        loop = asyncio.get_running_loop()
        job = Job(work, client, listen, loop)
        refused = self._crew.add(job)
        if refused is not None:
            refused.end(overloaded(f"{self._limits.waiting} queries wait already; try again in a moment"))
        if not self._ticking:
            self._ticking = True
            loop.call_later(_TICK, self._tick, loop)
        return job

    def end_all(self) -> None:
        """Ends every query that takes long: others need what it holds."""
        for job in self._crew.jobs():
            if job.long:
                self._make_room(job)

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        """Looks after the queries; runs only while there are any."""
        now = time.monotonic()
        jobs = self._crew.jobs()
        for job in jobs:
            if now - job.arrived > _LONG:
                self._look_after(job, now)
        long = [job for job in jobs if job.long]
        if long and system.memory() > self._limits.memory:
            for job in long:
                self._end(
                    job, "memory", "the query needs more memory than a query may use; ask for less at once"
                )
        living = [job for job in long if not job.ended]
        if len(living) > self._limits.long:
            self._make_room(max(living, key=lambda job: (job.stalled(now), now - job.begun)))
        self._ticking = bool(jobs)
        if self._ticking:
            loop.call_later(_TICK, self._tick, loop)

    def _look_after(self, job: Job, now: float) -> None:
        """Sees to a query that runs or waits for more than a moment."""
        if job.listener is None:
            job.listener = asyncio.get_running_loop().create_task(_listen(job))
        if job.begun:
            self._watch(job, now)
        if job.busy(now) > self._limits.seconds:
            limit = f"{self._limits.seconds:g} seconds"
            self._end(job, "time", f"the query was ended after {limit}, the limit; ask for less")

    def _watch(self, job: Job, now: float) -> None:
        """Sees that a running query disturbs nobody, and that it is gone when it should be."""
        ran = now - job.begun
        if ran > _LONG:
            self._crew.release(job)
        worked = job.worked()
        if worked > _LONG:
            self._crew.demote(job)
        silent = job.silent(now)  # what writes is ended where it writes
        runs_away = silent > _SUSPECT and job.worked_silently() > _SUSPECT / 4
        if not self._draining and (runs_away or silent > _SLOW):
            self._draining = True
            self._count("worker_drains")
            self._relief.drain()
        if job.stalled(now) > _STALLED:
            self._end(job, "client", "the client took nothing for too long")
        if job.ended:
            # A page that nobody waits for any more is soon done: a new process would take longer to begin.
            job.last = job.last or max(worked + _NOTICE, _SUSPECT)
            if worked > job.last or now - job.ended_at > _SLOW:
                self._relief.end()

    def _make_room(self, job: Job) -> None:
        self._end(job, "time", "the query was ended because too many run; try again later, or ask for less")

    def _end(self, job: Job, cause: str, reason: str) -> None:
        if not job.ended:
            self._count(f"ended_by_{cause}")
            job.end(overloaded(reason))


async def _listen(job: Job) -> None:
    """Waits for the client to go; what it asked for is then of no use."""
    while (await job.listen())["type"] != "http.disconnect":
        pass
    job.end(ClientGone())
