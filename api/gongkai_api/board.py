"""Counters that several serving processes share: a piece of memory with a slot for each, written by one and read by all."""

from __future__ import annotations

import mmap
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

ROUTES = ("sparql", "update", "graphs", "api", "data")
STATUSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
BOUNDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
EVENTS = ("ended_by_time", "ended_by_memory", "ended_by_client", "worker_starts", "worker_drains")

_PER_ROUTE = len(STATUSES) + len(BOUNDS) + 2  # statuses; buckets and the one without bound; microseconds
_STARTS = {route: number * _PER_ROUTE for number, route in enumerate(ROUTES)}
_COUNTERS = len(ROUTES) * _PER_ROUTE + len(EVENTS)
_SLOT = _COUNTERS + 1  # and one more than the connections that are open, while it takes any


class Board:
    """The counters of all processes; make it before they are forked."""

    def __init__(self, processes: int = 1) -> None:
        self._memory = mmap.mmap(-1, processes * _SLOT * 8)
        self._counts = memoryview(self._memory).cast("Q")
        self._processes = processes

    def slot(self, process: int) -> Slot:
        """Where one process counts."""
        return Slot(self._counts[process * _SLOT : (process + 1) * _SLOT])

    def fewest(self) -> int:
        """The open connections of that process which has the fewest, of those that take any."""
        return min((count for count in self._counts[_COUNTERS::_SLOT] if count), default=1) - 1

    def exposition(self) -> Iterator[str]:
        """All counters as Prometheus reads them (text format 0.0.4)."""
        total = [sum(self._counts[i::_SLOT]) for i in range(_SLOT)]
        yield "# TYPE gongkai_requests_total counter\n"
        for number, route in enumerate(ROUTES):
            for offset, status in enumerate(STATUSES):
                count = total[number * _PER_ROUTE + offset]
                yield f'gongkai_requests_total{{route="{route}",status="{status}"}} {count}\n'
        yield "# TYPE gongkai_request_seconds histogram\n"
        for number, route in enumerate(ROUTES):
            yield from _histogram(
                route, total[number * _PER_ROUTE + len(STATUSES) : (number + 1) * _PER_ROUTE]
            )
        for offset, event in enumerate(EVENTS):
            yield f"# TYPE gongkai_{event}_total counter\n"
            yield f"gongkai_{event}_total {total[len(ROUTES) * _PER_ROUTE + offset]}\n"
        taking = [count for count in self._counts[_COUNTERS::_SLOT] if count]
        yield "# TYPE gongkai_workers gauge\n"
        yield f"gongkai_workers {len(taking)}\n"
        yield "# TYPE gongkai_connections gauge\n"
        yield f"gongkai_connections {sum(taking) - len(taking)}\n"


def _histogram(route: str, counts: list[int]) -> Iterator[str]:
    running = 0
    for bound, count in zip((*map(str, BOUNDS), "+Inf"), counts, strict=False):
        running += count
        yield f'gongkai_request_seconds_bucket{{route="{route}",le="{bound}"}} {running}\n'
    yield f'gongkai_request_seconds_sum{{route="{route}"}} {counts[-1] / 1e6}\n'
    yield f'gongkai_request_seconds_count{{route="{route}"}} {running}\n'


@dataclass(frozen=True, slots=True)
class Slot:
    """The counters of one process."""

    _counts: memoryview

    def request(self, route: str, status: int, seconds: float) -> None:
        """Counts an answered request."""
        start = _STARTS[route]
        self._counts[start + min(status // 100, 5) - 1] += 1
        self._counts[start + len(STATUSES) + bisect_left(BOUNDS, seconds)] += 1
        self._counts[start + _PER_ROUTE - 1] += int(seconds * 1e6)

    def event(self, name: str) -> None:
        """Counts one of `EVENTS`."""
        self._counts[len(ROUTES) * _PER_ROUTE + EVENTS.index(name)] += 1

    def connections(self, count: int) -> None:
        """Tells how many connections are open."""
        self._counts[_COUNTERS] = count + 1

    def leave(self) -> None:
        """Tells that no more connections are taken."""
        self._counts[_COUNTERS] = 0
