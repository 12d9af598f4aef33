"""The line in which queries wait for a thread when many come at once."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable

from gongkai_api.job import Job


class Turns:
    """Clients take turns, and the jobs of each come in their order: one that asks much delays the others little.

    A job that nobody waits for any more has no turn; `forget` is told of it.
    """

    def __init__(self, places: int, forget: Callable[[Job], None] = lambda _: None) -> None:
        self._places = places
        self._forget = forget
        self._taken = 0
        self._lines: OrderedDict[str, deque[Job]] = OrderedDict()

    def add(self, job: Job) -> Job | None:
        """Adds a job. The one that there is no place for then, the last of the longest line, is given back."""
        line = self._lines.setdefault(job.client, deque())
        line.append(job)
        if self._taken < self._places:
            self._taken += 1
            return None
        longest = max(self._lines, key=lambda client: len(self._lines[client]))
        refused = self._lines[longest].pop()
        if not self._lines[longest]:
            del self._lines[longest]
        return refused

    def take(self) -> Job | None:
        """The job whose turn it is, if anybody still waits for it."""
        while self._lines:
            client, line = self._lines.popitem(last=False)
            job = line.popleft()
            if line:  # its client is now the last of those who wait
                self._lines[client] = line
            self._taken -= 1
            if not job.ended:
                return job
            self._forget(job)
        return None
