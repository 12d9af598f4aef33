"""The threads of a serving process."""

from __future__ import annotations

import queue
import threading

from gongkai_api.job import Job
from gongkai_api.turns import Turns

_STACK = 256 * 1024**2  # of address space: deeply nested queries recurse in the engine


class Crew:
    """So many threads that run one job after another, the other jobs waiting their turn.

    A job that takes long gives its place to the next: then its thread counts no more, and ends with it.
    """

    def __init__(self, size: int, places: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._jobs: set[Job] = set()
        self._turns = Turns(places, self._jobs.discard)
        self._threads = 0
        self._idle = 0
        self._handed: queue.SimpleQueue[Job] = queue.SimpleQueue()

    def jobs(self) -> list[Job]:
        """The jobs that run or wait."""
        with self._lock:
            return list(self._jobs)

    def add(self, job: Job) -> Job | None:
        """Has a job run in its turn. What there is no place for, this job or another, is given back."""
        with self._lock:
            self._jobs.add(job)
            if self._idle:
                # The thread is counted out at once, as it may wake up late: no job waits behind another for it.
                self._idle -= 1
            elif self._threads < self._size:
                self._spawn()
            else:
                refused = self._turns.add(job)
                if refused is not None:
                    self._jobs.discard(refused)
                return refused
        self._handed.put(job)
        return None

    def release(self, job: Job) -> None:
        """Gives the place of a job that takes long to the next one."""
        with self._lock:
            if job not in self._jobs or job.long or not job.begun:
                return
            job.long = True
            self._threads -= 1
            following = self._turns.take()
            if following is not None:
                self._spawn()
                self._handed.put(following)

    def demote(self, job: Job) -> None:
        """Has a job that takes long stand back behind others; its thread ends with it."""
        with self._lock:
            if job in self._jobs and job.long:
                job.demote()

    def _spawn(self) -> None:
        """Starts a thread with a stack that deep recursion does not exhaust."""
        self._threads += 1
        before = threading.stack_size(_STACK)
        try:
            threading.Thread(target=self._serve, name="query", daemon=True).start()
        finally:
            threading.stack_size(before)

    def _serve(self) -> None:
        job: Job | None = self._handed.get()
        while job is not None:
            job.run()
            job = self._following(job)

    def _following(self, done: Job) -> Job | None:
        """What a thread does next; None where its last job took long."""
        with self._lock:
            self._jobs.discard(done)
            if done.long:
                return None
            following = self._turns.take()
            if following is None:
                self._idle += 1
        return following or self._handed.get()
