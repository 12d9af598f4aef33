from __future__ import annotations

import asyncio
import queue
import threading
import time
from typing import Any

import pytest

from gongkai_api.execution import Job, Output, Pool
from gongkai_api.messages import Message
from gongkai_api.settings import Limits


class Sleepy(queue.Queue[Job]):
    """Whoever takes from it needs a while to wake up, as on a busy machine."""

    def get(self, *arguments: Any, **named: Any) -> Job:
        taken = super().get(*arguments, **named)
        time.sleep(0.02)
        return taken


async def silent() -> Message:
    """A client that stays and says nothing more."""
    word: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
    return await word


def test_no_query_waits_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two that come while one thread stands idle, each goes on while the other works."""
    monkeypatch.setattr("gongkai_api.execution.queue.SimpleQueue", Sleepy)
    second = threading.Event()

    def wait(output: Output) -> None:
        output.write(b"met" if second.wait(2) else b"alone")

    def come(output: Output) -> None:
        second.set()
        output.write(b"come")

    async def both() -> list[bytes]:
        pool = Pool(Limits())
        await pool.start(lambda _: None, silent).head
        await asyncio.sleep(0.1)
        first = pool.start(wait, silent)
        await asyncio.sleep(0.01)
        jobs = first, pool.start(come, silent)
        return [(await job.head).body for job in jobs]

    assert asyncio.run(both()) == [b"met", b"come"]
