"""What the operating system tells of threads and processes, and what it is asked for. Elsewhere than on Linux: nothing."""

from __future__ import annotations

import contextlib
import math
import os
import sys
from pathlib import Path


def put_back(thread: int) -> None:
    """Has a thread of this process stand back: others get almost all of a processor that they want too.

    Where the system refuses, nothing.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, thread, 19)


def put_last(thread: int) -> None:
    """Has a thread work only where nobody else wants the processor. Whoever wakes up goes first, at once.

    Where the system refuses, nothing.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.sched_setscheduler(thread, os.SCHED_IDLE, os.sched_param(0))


def processor_time(thread: int) -> float:
    """Seconds for which a thread of this process had a processor; endless where the system does not say."""
    try:
        text = Path(f"/proc/self/task/{thread}/stat").read_text("utf-8", "replace")
    except OSError:
        return math.inf
    fields = text.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory() -> int:
    """Bytes of memory that this process holds for itself (without files it maps); 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()
    except OSError:
        return 0
    return (int(pages[1]) - int(pages[2])) * os.sysconf("SC_PAGE_SIZE")
