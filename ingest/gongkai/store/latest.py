"""The generation that readers should use now, opened anew whenever the pointer moves."""

from __future__ import annotations

import threading
from pathlib import Path

from gongkai.errors import StoreError
from gongkai.store.generation import Generation


class Latest:
    """Follows the pointer of a store. Asking costs one `stat`; safe from many threads."""

    def __init__(self, location: Path) -> None:
        self._location = location
        self._pointer = location / "current"
        self._lock = threading.Lock()
        self._seen: tuple[tuple[int, int], Generation] | None = None

    def generation(self) -> Generation:
        """The current generation. What was handed out before stays good for those who hold it.

        Raises:
            StoreError: nothing was published, or it cannot be opened.
        """
        seen = self._seen
        if seen is not None and seen[0] == self._stamp():
            return seen[1]
        with self._lock:
            # The stamp is taken first: a pointer that moves in between is noticed by the next caller.
            stamp = self._stamp()
            if self._seen is None or self._seen[0] != stamp:
                self._seen = (stamp, Generation.current(self._location))
            return self._seen[1]

    def _stamp(self) -> tuple[int, int]:
        try:
            status = self._pointer.stat()
        except OSError as error:
            msg = f"{self._location} holds no published store: run `gongkai ingest PATH --store {self._location}`"
            raise StoreError(msg) from error
        return status.st_ino, status.st_mtime_ns
