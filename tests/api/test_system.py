from __future__ import annotations

import os
import sys
import threading

import pytest

from gongkai_api import system

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives threads a priority")


@linux
@pytest.mark.parametrize("call", ["setpriority", "sched_setaffinity"])
def test_where_the_system_refuses_all_stays_as_it_is(monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    asked: list[int] = []

    def refuse(*arguments: object) -> None:
        asked.append(1)
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("gongkai_api.system.os.setpriority", lambda *_: None)
    monkeypatch.setattr("gongkai_api.system.os.sched_setaffinity", lambda *_: None)
    monkeypatch.setattr(f"gongkai_api.system.os.{call}", refuse)
    system.put_back(1)
    assert asked


@linux
def test_who_stands_back_leaves_a_processor_to_the_others() -> None:
    found: list[tuple[int, set[int]]] = []

    def stand_back() -> None:
        system.put_back(threading.get_native_id())
        found.append((os.getpriority(os.PRIO_PROCESS, threading.get_native_id()), os.sched_getaffinity(0)))

    before = os.sched_getaffinity(0)
    thread = threading.Thread(target=stand_back)
    thread.start()
    thread.join()
    assert found == [(19, before - {min(before)} or before)]
    assert os.sched_getaffinity(os.getpid()) == before
