"""The generations of a store as folders: a checkpoint by hard links is made for each, and old ones go."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

import pyoxigraph as ox

from gongkai.store.disk import sync, taken

_KEPT = 3  # generations besides those in use


def checkpoint(store: ox.Store, folder: Path, number: int) -> str:
    """Writes what a store holds as a generation into the folder of generations; gives its name.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    # The random part keeps ETags apart where somebody deletes a store and makes another in its place.
    name = f"g{number:06d}-{secrets.token_hex(4)}"
    passing = folder / f"{name}.tmp"
    store.backup(str(passing))
    (folder / f"{name}.lock").touch()
    passing.rename(folder / name)
    sync(folder)
    return name


def prune(folder: Path, current: str) -> None:
    """Deletes all but the last few generations, never one that a reader holds.

    Raises:
        OSError: the folder cannot be written.
    """
    for leftover in folder.glob("*.tmp"):
        shutil.rmtree(leftover)
    names = sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name != current)
    for name in names[: -_KEPT + 1]:
        lock_path = folder / f"{name}.lock"
        with lock_path.open("a", encoding="ascii") as lock:
            if taken(lock):
                for beside in ("json", "sqlite"):
                    (folder / f"{name}.{beside}").unlink(missing_ok=True)
                shutil.rmtree(folder / name)
                lock_path.unlink()
