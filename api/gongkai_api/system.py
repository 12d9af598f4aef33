"""What the operating system tells of threads and processes, and what it is asked for. Elsewhere than on Linux: nothing."""

from __future__ import annotations

import contextlib
import math
import os
import sys
from pathlib import Path


def put_back(thread: int) -> None:
    """Has a thread of this process stand back for good: the first processor is closed to it, and on the others almost all
    goes to those who want it too.

    Priority alone is not enough. Who wakes up on a processor that even the last of all has taken may wait there for the
    next tick of the scheduler; on one that is free, nobody waits. Where the system refuses, nothing.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, thread, 19)
            first, *others = sorted(os.sched_getaffinity(0))
            os.sched_setaffinity(thread, others or (first,))


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
