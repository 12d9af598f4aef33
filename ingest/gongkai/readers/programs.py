"""Other programs that a reader calls: found where they are installed, and stopped where they take too long."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence

from gongkai.readers.raw import Raw


def program(raw: Raw, names: Sequence[str], need: str) -> str:
    """The path of the first of some programs that is installed; `need` says what for, and how to get it.

    Raises:
        UnreadableError: none is.
    """
    for name in names:
        if path := shutil.which(name):
            return path
    raise raw.unreadable(need)


def run(raw: Raw, command: Sequence[str], what: str, *, data: bytes = b"", seconds: int = 120) -> bytes:
    """What a program prints; `what` names it in messages.

    Raises:
        UnreadableError: it failed, or took longer than it may.
    """
    settings = {**os.environ, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=seconds, env=settings, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise raw.unreadable(f"{what} did not end within {seconds} seconds") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise raw.unreadable(f"{what} failed ({said[-1] if said else error.returncode})") from error
    except OSError as error:
        raise raw.unreadable(f"{what} could not be started ({error.strerror})") from error
    return done.stdout
