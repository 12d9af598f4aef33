"""What the operating system tells of threads and processes, and what it is asked for. Elsewhere than on Linux: nothing."""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import platform
import struct
import sys
import threading
import time
from pathlib import Path

_SCHED_SETATTR = {"x86_64": 314, "aarch64": 274, "riscv64": 274}
_ATTRIBUTES = struct.Struct("=IIQiIQQQ")  # size, policy, flags, nice, priority, runtime, deadline, period
_SLICE = 100_000_000  # nanoseconds, the longest that Linux gives


def put_back(thread: int) -> None:
    """Has a thread of this process stand back for good: it runs where nobody else wants to, never on the first processor.

    Idle priority (`SCHED_IDLE`) alone is not enough. Of several such threads on a processor, one that has waited for longer
    than a slice of time is due, and who wakes up there has to wait for it, for a tick of the scheduler or two. Where slices
    are much longer than a tick, that is rare. Where the system refuses any of it, nothing.
    """
    if sys.platform == "linux":
        _have_long_slices(thread)
        with contextlib.suppress(OSError):
            os.sched_setscheduler(thread, os.SCHED_IDLE, os.sched_param(0))
        with contextlib.suppress(OSError):
            first, *others = sorted(os.sched_getaffinity(0))
            os.sched_setaffinity(thread, others or (first,))


def _have_long_slices(thread: int) -> None:
    """Sets the slice of a thread by sched_setattr(2), for which Python has no name; before Linux 6.12 only nice 19."""
    number = _SCHED_SETATTR.get(platform.machine())
    if number is not None:
        attributes = _ATTRIBUTES.pack(_ATTRIBUTES.size, os.SCHED_OTHER, 0, 19, 0, _SLICE, 0, 0)
        ctypes.CDLL(None).syscall(number, thread, attributes, 0)


def own_clock() -> int | None:
    """The clock of the processor time of the calling thread; None where the system has none."""
    if sys.platform != "linux":
        return None
    return time.pthread_getcpuclockid(threading.get_ident())


def processor_time(clock: int | None) -> float:
    """Seconds for which a thread had a processor, by its clock; endless where the system does not say."""
    if clock is None:
        return math.inf
    try:
        return time.clock_gettime(clock)
    except OSError:  # the thread is gone
        return math.inf


def memory() -> int:
    """Bytes of memory that this process holds for itself (without files it maps); 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()
    except OSError:
        return 0
    return (int(pages[1]) - int(pages[2])) * os.sysconf("SC_PAGE_SIZE")
