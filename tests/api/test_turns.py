from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from gongkai_api.job import Job
from gongkai_api.messages import ClientGone, Message
from gongkai_api.turns import Turns


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    yield made
    made.close()


async def listen() -> Message:
    return {"type": "http.disconnect"}


def job(client: str, loop: asyncio.AbstractEventLoop) -> Job:
    return Job(lambda _: None, client, listen, loop)


def drawn(turns: Turns) -> list[Job]:
    return list(iter(turns.take, None))


def test_clients_take_turns(loop: asyncio.AbstractEventLoop) -> None:
    turns = Turns(9)
    a, b, c, d = (job(client, loop) for client in "aaba")
    assert [turns.add(one) for one in (a, b, c, d)] == [None] * 4
    assert drawn(turns) == [a, c, b, d]
    assert turns.take() is None


def test_the_last_of_the_longest_line_has_no_place(loop: asyncio.AbstractEventLoop) -> None:
    turns = Turns(2)
    a, b, c, d = (job(client, loop) for client in "aaba")
    assert [turns.add(one) for one in (a, b, c, d)] == [None, None, b, d]
    assert sorted(map(id, drawn(turns))) == sorted(map(id, (a, c)))


def test_a_place_that_was_left_is_free_again(loop: asyncio.AbstractEventLoop) -> None:
    turns = Turns(1)
    a, b = job("a", loop), job("a", loop)
    for one in (a, b):
        assert turns.add(one) is None
        assert turns.take() is one


def test_a_client_that_went_has_no_turn_and_is_forgotten(loop: asyncio.AbstractEventLoop) -> None:
    forgotten: list[Job] = []
    turns = Turns(9, forgotten.append)
    a, b = job("a", loop), job("b", loop)
    turns.add(a)
    turns.add(b)
    a.end(ClientGone())
    assert a.head.exception() is not None
    assert drawn(turns) == [b]
    assert forgotten == [a]


def test_who_is_refused_keeps_the_turn(loop: asyncio.AbstractEventLoop) -> None:
    turns = Turns(3)
    a, b, c, d = (job(client, loop) for client in "aaba")
    assert [turns.add(one) for one in (a, b, c, d)] == [None, None, None, d]
    assert drawn(turns) == [a, c, b]


def test_a_line_that_lost_its_only_job_is_gone(loop: asyncio.AbstractEventLoop) -> None:
    turns = Turns(1)
    a, b = job("a", loop), job("b", loop)
    assert [turns.add(one) for one in (a, b)] == [None, a]
    assert drawn(turns) == [b]
