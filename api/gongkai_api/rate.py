"""How often one client may ask: a bucket of tokens for each."""

from __future__ import annotations

import time
from collections import OrderedDict

_CLIENTS = 10_000  # that are remembered; who was forgotten begins with a full bucket
_BURST = 10.0  # seconds' worth of requests that may come at once


class Rate:
    """Lets each client ask so many times a second on average."""

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def exhausted(self, client: str) -> bool:
        """Whether there is no token for a client now; none is taken."""
        if not self._limit or client not in self._buckets:
            return False
        return self._filled(client, time.monotonic()) < 1

    def wait(self, client: str) -> float:
        """Takes a token; the seconds until there is one, 0 where there was."""
        if not self._limit:
            return 0.0
        now = time.monotonic()
        tokens = self._filled(client, now)
        self._buckets.pop(client, None)  # who asked last is forgotten last
        self._buckets[client] = (tokens - 1 if tokens >= 1 else tokens, now)
        if len(self._buckets) > _CLIENTS:
            self._buckets.popitem(last=False)
        return 0.0 if tokens >= 1 else (1 - tokens) / self._limit

    def _filled(self, client: str, now: float) -> float:
        """The tokens of a client now."""
        most = max(self._limit * _BURST, 1.0)
        tokens, then = self._buckets.get(client, (most, now))
        return min(tokens + (now - then) * self._limit, most)
