"""The line in which queries wait for a thread when many come at once."""

from __future__ import annotations

from collections import OrderedDict, deque

from gongkai_api.job import Job


class Turns:
    """Clients take turns, and the jobs of each come in their order: one that asks much delays the others little."""

    def __init__(self, places: int) -> None:
        self._places = places
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
        return self._drawn(longest, -1)

    def take(self) -> Job | None:
        """The job whose turn it is, if anybody still waits for it."""
        while self._lines:
            job = self._drawn(next(iter(self._lines)), 0)
            self._taken -= 1
            if not job.ended:
                return job
        return None

    def _drawn(self, client: str, place: int) -> Job:
        """Takes a job of a client, and puts the client at the end of those who wait."""
        line = self._lines.pop(client)
        job = line[place]
        del line[place]
        if line:
            self._lines[client] = line
        return job
