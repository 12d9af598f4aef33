"""The folder of a store as files: the writer's lock, durable writes, and what a failing disk means."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from gongkai.errors import BusyError, StoreError

_PAUSE = 0.05


def locked(location: Path, wait: float) -> IO[str]:
    """Takes the writer's lock and signs it; the system lets go of it however the process ends.

    Raises:
        BusyError: another process still holds it after `wait` seconds.
    """
    lock = (location / "writer.lock").open("a+", encoding="utf-8")
    deadline = time.monotonic() + wait
    while not taken(lock):
        if time.monotonic() >= deadline:
            lock.seek(0)
            holder = lock.read().strip() or "another process"
            lock.close()
            msg = f"{location} is being written by {holder}: wait until it has finished, or end it"
            raise BusyError(msg)
        time.sleep(_PAUSE)
    lock.truncate(0)
    lock.write(f"process {os.getpid()} (since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC)\n")
    lock.flush()
    return lock


def taken(lock: IO[str]) -> bool:
    """Takes a lock for itself; False where somebody else holds it, or a share in it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def write_durably(path: Path, text: str) -> None:
    """Writes a small file so that readers see the old or the new content, also after a power cut."""
    passing = path.with_suffix(".tmp")
    with passing.open("w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    passing.replace(path)
    sync(path.parent)


def sync(folder: Path) -> None:
    """Makes the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def explained(location: Path) -> Iterator[None]:
    """Turns failures of disk, RocksDB and SQLite into a StoreError that says what to do."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        text = str(error)
        full = "No space left" in text or "disk is full" in text or "disk full" in text.lower()
        advice = "make room (readers go on as before)" if full else "see that the folder can be written"
        msg = f"{location}: cannot write the store ({text}): {advice}"
        raise StoreError(msg) from error
