"""The generation that readers should use now, opened anew whenever the pointer moves."""

from __future__ import annotations

import os
import threading
import time

from gongkai.errors import StoreError
from gongkai.store.interface import Generation, Location, Remote

_SECONDS = 5  # for which what a server says of itself holds


class Latest:
    """Follows the pointer of a store. For a folder asking costs one `stat`; a server is asked once in a while."""

    def __init__(self, location: Location) -> None:
        self._location = location
        self._pointer = "" if isinstance(location, Remote) else str(location / "current")
        self._lock = threading.Lock()
        self._seen: tuple[object, Generation] | None = None

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

    @property
    def immutable(self) -> bool:
        """Whether what it hands out stays as it is; asking costs nothing."""
        return not isinstance(self._location, Remote)

    def _stamp(self) -> object:
        if isinstance(self._location, Remote):
            return int(time.monotonic() / _SECONDS)
        try:
            status = os.stat(self._pointer)  # noqa: PTH116  asked for each query, and a Path takes longer than the system
        except OSError as error:
            msg = f"{self._location} holds no published store: run `gongkai ingest PATH --store {self._location}`"
            raise StoreError(msg) from error
        return status.st_ino, status.st_mtime_ns
