from __future__ import annotations

import math
import os
import platform
import sys
import threading
from pathlib import Path

import pytest

from gongkai_api import system
from tests.api.test_serving import until

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives threads a priority")


@linux
@pytest.mark.parametrize("call", ["sched_setscheduler", "sched_setaffinity"])
def test_where_the_system_refuses_all_stays_as_it_is(monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    asked: list[int] = []

    def refuse(*arguments: object) -> None:
        asked.append(1)
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("gongkai_api.system._have_long_slices", lambda _: None)
    monkeypatch.setattr("gongkai_api.system.os.sched_setscheduler", lambda *_: None)
    monkeypatch.setattr("gongkai_api.system.os.sched_setaffinity", lambda *_: None)
    monkeypatch.setattr(f"gongkai_api.system.os.{call}", refuse)
    system.put_back(1)
    assert asked


@linux
def test_who_stands_back_leaves_a_processor_to_the_others() -> None:
    found: list[tuple[int, set[int]]] = []

    def stand_back() -> None:
        system.put_back(threading.get_native_id())
        found.append((os.sched_getscheduler(0), os.sched_getaffinity(0)))

    before = os.sched_getaffinity(0)
    thread = threading.Thread(target=stand_back)
    thread.start()
    thread.join()
    assert found == [(os.SCHED_IDLE, before - {min(before)} or before)]
    assert os.sched_getaffinity(os.getpid()) == before
    assert os.sched_getscheduler(os.getpid()) == os.SCHED_OTHER


@linux
@pytest.mark.skipif(
    tuple(map(int, platform.release().split(".")[:2])) < (6, 12), reason="slices can be set since Linux 6.12"
)
def test_who_stands_back_has_long_slices() -> None:
    found: list[str] = []

    def stand_back() -> None:
        system.put_back(threading.get_native_id())
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))  # of idle ones the kernel does not tell
        found.extend(
            Path(f"/proc/self/task/{threading.get_native_id()}/sched").read_text("ascii").splitlines()
        )

    thread = threading.Thread(target=stand_back)
    thread.start()
    thread.join()
    assert [line.split()[-1] for line in found if line.startswith("se.slice")] == ["100000000"]


@linux
def test_the_clock_of_a_thread_tells_what_it_worked_also_from_outside() -> None:
    clocks: list[int | None] = []
    go_on = threading.Event()

    def work() -> None:
        sum(range(1_000_000))
        clocks.append(system.own_clock())
        go_on.wait()

    thread = threading.Thread(target=work)
    thread.start()
    until(lambda: bool(clocks))
    assert 0 < system.processor_time(clocks[0]) < 10
    go_on.set()
    thread.join()


def test_where_there_is_no_clock_a_thread_worked_for_ever() -> None:
    assert system.processor_time(None) == math.inf
