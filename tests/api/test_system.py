from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from gongkai_api import system


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives threads a priority")
@pytest.mark.parametrize(
    ("call", "ask"), [("setpriority", system.put_back), ("sched_setscheduler", system.put_last)]
)
def test_where_the_system_refuses_all_stays_as_it_is(
    monkeypatch: pytest.MonkeyPatch, call: str, ask: Callable[[int], None]
) -> None:
    asked: list[int] = []

    def refuse(*arguments: object) -> None:
        asked.append(1)
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(f"gongkai_api.system.os.{call}", refuse)
    ask(1)
    assert asked
