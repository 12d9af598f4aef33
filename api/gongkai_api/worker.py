"""One serving process: what runs in the child of the supervisor."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import time
from dataclasses import dataclass
from functools import partial

import uvicorn
import uvloop

from gongkai_api.acceptor import Acceptor
from gongkai_api.app import create_app
from gongkai_api.board import Board, Slot
from gongkai_api.execution import Relief
from gongkai_api.patience import Patient
from gongkai_api.service import Service
from gongkai_api.settings import Settings
from gongkai_api.shortcut import Shortcut

ALIVE, DRAINING = b".", b"d"  # what a process says to its supervisor
_BEAT = 1.0  # seconds between signs of life
_SETTLED = 0.3  # seconds until one that takes no more connections has heard what the last of them asks
_LOOK = 0.05


@dataclass(frozen=True, slots=True)
class Worker:
    """A serving process, number `slot` among its kind; it speaks into `pipe`, and ends when `life` does."""

    settings: Settings
    listener: socket.socket
    board: Board
    slot: int
    pipe: int
    life: int

    def run(self) -> None:
        """Serves, and never returns: nothing of the supervisor may run on in its child."""
        status = 1
        try:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(self._serve())
            status = 0
        finally:
            os._exit(status)

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        leaving = _Leaving(self.settings.limits.seconds, self.pipe, self.board.slot(self.slot))
        app = create_app(self.settings, Relief(leaving.drain, leaving.end), self.board, self.slot)
        _hear_of_failures_only()
        app.telemetry.event("worker_starts")
        config = uvicorn.Config(
            app,
            http=Shortcut,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=int(self.settings.limits.seconds) + 5,
        )
        config.load()
        server = _Server(config)
        protocol = partial(Shortcut, config, server.server_state, {})
        server.acceptor = Acceptor(self.listener, protocol, partial(self._crowded, server))
        leaving.of(app, server)
        loop.add_reader(self.life, lambda: setattr(server, "should_exit", True))
        loop.add_signal_handler(signal.SIGUSR1, app.pool.end_all)
        self._beat(loop, server, leaving)
        await server.serve(sockets=[])

    def _crowded(self, server: uvicorn.Server, beginning: int) -> bool:
        """Whether another process has fewer connections.

        One more is no crowd: one that was just closed may still be counted, and to wait costs more than to be fair.
        """
        own = len(server.server_state.connections) + beginning
        self.board.slot(self.slot).connections(own)
        return own > self.board.fewest() + 1

    def _beat(self, loop: asyncio.AbstractEventLoop, server: uvicorn.Server, leaving: _Leaving) -> None:
        os.write(self.pipe, ALIVE)
        for connection in tuple(server.server_state.connections):
            assert isinstance(connection, Patient)
            connection.see_to(loop.time())
        if not leaving.draining:  # connections also close, which nobody else counts
            self.board.slot(self.slot).connections(len(server.server_state.connections))
        loop.call_later(_BEAT, self._beat, loop, server, leaving)


class _Server(uvicorn.Server):
    """A server that takes its connections from an acceptor."""

    acceptor: Acceptor

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Takes no more connections, and waits for those that it has."""
        self.acceptor.close()
        await super().shutdown(sockets)


class _Leaving:
    """How a serving process goes: it stops taking connections, answers those it has, and is gone."""

    def __init__(self, seconds: float, pipe: int, slot: Slot) -> None:
        self._slot = slot
        self._seconds = seconds
        self._pipe = pipe
        self._since = 0.0
        self._lost = False

    def of(self, app: Service, server: _Server) -> None:
        """Says whose leaving it is."""
        self._app = app
        self._server = server

    @property
    def draining(self) -> bool:
        """Whether it takes no more connections."""
        return bool(self._since)

    def drain(self) -> None:
        """Takes no more connections; those that stay open are closed with their next answer, or when they idle."""
        if self.draining:
            return
        self._since = time.monotonic()
        os.write(self._pipe, DRAINING)
        self._slot.leave()
        self._server.acceptor.close()
        self._app.telemetry.closing = True
        self._look()

    def end(self) -> None:
        """A thread is lost to a query that cannot be ended: goes as soon as nobody waits for an answer."""
        self._lost = True
        self.drain()

    def _look(self) -> None:
        """Goes once it can. At the latest when all that it took has had its time: it took nothing since it drains."""
        draining = time.monotonic() - self._since
        settled = draining > _SETTLED  # what was accepted last has been read by then
        idle = not self._server.server_state.connections or (self._lost and not self._app.active)
        if (settled and idle) or (self._lost and draining > self._seconds):
            os._exit(0)
        asyncio.get_running_loop().call_later(_LOOK, self._look)


def _hear_of_failures_only() -> None:
    """Has the server log what fails in it. What is no HTTP is no news; of an answer cut short `service` says why."""
    logger = logging.getLogger("uvicorn.error")
    logger.setLevel(logging.ERROR)
    logger.addFilter(lambda record: record.exc_info is not None)
