from __future__ import annotations

import asyncio
import threading
import time

import pytest

from gongkai_api import execution
from gongkai_api.crew import Crew
from gongkai_api.execution import Pool, Relief
from gongkai_api.job import Job
from gongkai_api.messages import ClientGone, Message
from gongkai_api.output import Output, Work
from gongkai_api.problems import Problem
from gongkai_api.settings import Limits


async def silent() -> Message:
    """A client that stays and says nothing more."""
    word: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
    return await word


async def gone() -> Message:
    """A client that went away."""
    return {"type": "http.disconnect"}


def nothing(_: Output) -> None:
    pass


def start(pool: Pool, work: Work, client: str = "a") -> Job:
    return pool.start(work, client, silent)


class Gate:
    """Work that goes on when it is let."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.passed: list[str] = []

    def work(self, name: str) -> Work:
        def pass_through(output: Output) -> None:
            assert self.open.wait(20)
            self.passed.append(name)
            output.write(name.encode())

        return pass_through


def test_no_query_waits_for_another() -> None:
    """Of two that come while one thread stands idle, each goes on while the other works."""
    second = threading.Event()

    def wait(output: Output) -> None:
        output.write(b"met" if second.wait(5) else b"alone")

    def come(output: Output) -> None:
        second.set()
        output.write(b"come")

    async def both() -> list[bytes]:
        pool = Pool(Limits())
        await start(pool, nothing).head
        await asyncio.sleep(0.05)
        jobs = start(pool, wait), start(pool, come)
        return [(await job.head).body for job in jobs]

    assert asyncio.run(both()) == [b"met", b"come"]


def test_more_than_run_at_once_wait_and_clients_take_turns() -> None:
    gate = Gate()

    async def many() -> None:
        pool = Pool(Limits(running=1))
        jobs = [start(pool, gate.work(name), name[0]) for name in ("a1", "a2", "a3", "b1", "a4", "b2")]
        gate.open.set()
        for job in jobs:
            await job.head

    asyncio.run(many())
    assert gate.passed == ["a1", "a2", "b1", "a3", "b2", "a4"]


def test_where_no_place_is_left_who_asked_most_is_refused() -> None:
    gate = Gate()

    async def crowd() -> list[str]:
        pool = Pool(Limits(running=1, waiting=2))
        jobs = {name: start(pool, gate.work(name), name[0]) for name in ("a1", "a2", "a3", "b1", "a4")}
        gate.open.set()
        found = await asyncio.gather(*(job.head for job in jobs.values()), return_exceptions=True)
        refused = dict(zip(jobs, found, strict=True))
        for problem in (refused["a3"], refused["a4"]):
            assert isinstance(problem, Problem)
            assert (problem.status, problem.headers) == (503, (("retry-after", "1"),))
        return [name for name, answer in refused.items() if not isinstance(answer, Problem)]

    assert asyncio.run(crowd()) == ["a1", "a2", "b1"]


def test_a_query_that_ended_while_it_waited_is_forgotten() -> None:
    gate = Gate()

    async def left() -> list[Job]:
        crew = Crew(1, 9)
        loop = asyncio.get_running_loop()
        first, second = (Job(gate.work(name), name, silent, loop) for name in "ab")
        for job in (first, second):
            assert crew.add(job) is None
        second.end(ClientGone())
        gate.open.set()
        await first.head
        assert isinstance(second.head.exception(), ClientGone)
        for _ in range(200):
            if crew.jobs():
                await asyncio.sleep(0.01)
        return crew.jobs()

    assert asyncio.run(left()) == []
    assert gate.passed == ["a"]


def test_a_query_that_takes_long_makes_room_for_the_next() -> None:
    gate = Gate()

    def answer(output: Output) -> None:
        output.write(b"short")

    async def both() -> bytes:
        pool = Pool(Limits(running=1))
        long = start(pool, gate.work("long"))
        body = (await start(pool, answer).head).body
        assert not long.head.done()
        gate.open.set()
        await long.head
        return body

    assert asyncio.run(both()) == b"short"


def test_of_too_many_that_take_long_the_one_with_a_slow_client_goes() -> None:
    gate = Gate()

    def flood(output: Output) -> None:
        while True:
            output.write(bytes(1 << 16))

    async def both() -> None:
        pool = Pool(Limits(long=1))
        flooding = start(pool, flood)
        await flooding.head
        working = start(pool, gate.work("working"))
        while not flooding.ended:
            await asyncio.sleep(0.01)
        with pytest.raises(Problem, match="too many run"):
            await flooding.next()
        gate.open.set()
        await working.head

    asyncio.run(both())


def test_at_the_time_limit_the_client_is_told_and_the_thread_stops() -> None:
    stopped = threading.Event()

    def write(output: Output) -> None:
        try:
            while True:
                output.write(b"x")
                time.sleep(0.001)
        finally:
            stopped.set()

    async def late() -> None:
        with pytest.raises(Problem, match=r"0\.3 seconds, the limit"):
            await start(Pool(Limits(seconds=0.3)), write).head

    asyncio.run(late())
    assert stopped.wait(5)


@pytest.mark.parametrize(
    ("size", "pause", "drained"), [(1 << 16, 0.001, []), (1, 0.001, []), (1, 1.3, []), (0, 0.0, ["drain"])]
)
def test_only_for_what_works_in_silence_a_process_stops_taking_requests(
    size: int, pause: float, drained: list[str]
) -> None:
    """What writes, be it little, is ended where it writes, and what gets no processor is not to blame.

    What works and says nothing can only be ended with its process.
    """
    asked: list[str] = []

    def work(output: Output) -> None:
        end = time.monotonic() + (2 if size else 30)
        while time.monotonic() < end and not asked:
            busy = time.thread_time() + 0.3
            while time.thread_time() < busy:
                sum(range(10_000))
                if size:
                    output.write(bytes(size))
            time.sleep(pause)

    async def run() -> None:
        job = start(Pool(Limits(), Relief(drain=lambda: asked.append("drain"))), work)
        head = await job.head
        while not head.whole and await job.next() is not None:
            pass

    asyncio.run(run())
    assert asked == drained


def test_a_client_that_goes_ends_its_query() -> None:
    gate = Gate()

    async def leave() -> None:
        with pytest.raises(ClientGone):
            await Pool(Limits()).start(gate.work("left"), "a", gone).head
        gate.open.set()

    asyncio.run(leave())


def test_a_page_that_nobody_waits_for_is_no_reason_to_end_its_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What counts is its work; on a busy machine that may take long.
    monkeypatch.setattr(execution, "_SLOW", 60.0)
    asked: list[str] = []
    done = threading.Event()

    def page(_: Output) -> None:
        while time.thread_time() < 0.4:
            sum(range(10_000))
        done.set()

    async def leave() -> None:
        pool = Pool(Limits(), Relief(end=lambda: asked.append("end")))
        with pytest.raises(ClientGone):
            await pool.start(page, "a", gone).head
        assert await asyncio.to_thread(done.wait, 60)

    asyncio.run(leave())
    assert not asked


def test_a_failure_reaches_the_client() -> None:
    def fail(_: Output) -> None:
        raise ZeroDivisionError

    async def failing() -> None:
        pool = Pool(Limits())
        with pytest.raises(ZeroDivisionError):
            await start(pool, fail).head
        assert (await start(pool, nothing).head).whole

    asyncio.run(failing())
