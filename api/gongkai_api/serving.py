"""Several serving processes on one socket, and the supervisor that replaces them.

A query that runs away cannot be interrupted inside its process. So the process that holds one stops taking requests
while a fresh one takes its place, answers what it still has to answer, and is gone when the query's time is up. Since it
takes nothing new for so long, nothing else is lost with it.

The supervisor holds no store, no threads and no event loop: forking it is cheap and safe at any time.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import selectors
import signal
import socket
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import uvicorn

from gongkai.queries.vocabulary import vocabulary
from gongkai.store import Generation
from gongkai_api import isolation
from gongkai_api.app import Service, create_app
from gongkai_api.board import Board
from gongkai_api.execution import Relief
from gongkai_api.isolation import Isolated
from gongkai_api.settings import Settings

_BACKLOG = 2048
_BEAT = 1.0  # seconds between signs of life
_DEAF = 10.0  # seconds without one after which a process is ended
_SETTLED = (
    0.3  # seconds after which a process that takes no more connections has heard what the last one asks
)
_LOOK = 0.05
_PATIENCE = 10.0  # seconds that processes may take to stop
_HURRY = 1.0  # a process that lived less long than this is replaced with a delay
_STOPPING = (signal.SIGTERM, signal.SIGINT)
_DRAINING, _ALIVE = b"d", b"."


@dataclass(slots=True)
class _Worker:
    pid: int
    slot: int
    pipe: int
    born: float = field(default_factory=time.monotonic)
    heard: float = field(default_factory=time.monotonic)
    draining: bool = False


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one.

    Raises:
        OSError: the address is taken, or not ours.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    listener.listen(_BACKLOG)
    listener.setblocking(False)
    listener.set_inheritable(True)
    return listener


class Supervisor:
    """Keeps a number of serving processes on a socket."""

    def __init__(self, settings: Settings, listener: socket.socket, processes: int) -> None:
        self._settings = settings
        self._listener = listener
        self._processes = processes
        self._spare = (
            processes * 4
        )  # processes that may be draining at once; the oldest goes when there are more
        self._board = Board(processes * 12)
        self._workers: dict[int, _Worker] = {}
        self._selector = selectors.DefaultSelector()
        self._life, self._alive = os.pipe()  # children read the end of it when the supervisor is gone
        self._stopping = False
        self._helper = 0
        self._help: Callable[[], int] | None = None
        self._not_before = 0.0

    def run(self) -> None:
        """Serves until SIGTERM or SIGINT.

        Raises:
            StoreError: nothing was published in the store.
        """
        Generation.current_id(self._settings.location)
        with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
            self._isolate(Path(folder))
            self._keep()

    def _keep(self) -> None:
        vocabulary()  # read once, before the first fork
        gc.freeze()  # what is here now is shared by all children, and the collector should not touch it
        for number in _STOPPING:
            signal.signal(number, self._stop)
        while not self._stopping:
            self._fill()
            self._listen(0.2)
            self._end_the_deaf()
            self._keep_helper()
        self._shut_down()

    def _isolate(self, folder: Path) -> None:
        """Starts the process that checks documents, and has the others ask it."""
        checker, limits = self._settings.checker, self._settings.limits
        if checker is None:
            return
        path = folder / "check"
        listener = isolation.bind(path)
        self._settings = replace(self._settings, checker=Isolated(path, limits))

        def child() -> None:
            os.close(self._alive)
            isolation.help_checking(listener, checker, limits, self._life)

        self._help = lambda: self._forked(child)

    def _keep_helper(self) -> None:
        if self._help is not None and (not self._helper or os.waitpid(self._helper, os.WNOHANG)[0]):
            self._helper = self._help()

    def _stop(self, *_: object) -> None:
        self._stopping = True

    def _fill(self) -> None:
        """Forks until as many processes take requests as there should be."""
        taking = sum(not worker.draining for worker in self._workers.values())
        if time.monotonic() < self._not_before:
            return
        for _ in range(self._processes - taking):
            self._fork()
        draining = [worker for worker in self._workers.values() if worker.draining]
        if len(draining) > self._spare:
            os.kill(min(draining, key=lambda worker: worker.born).pid, signal.SIGUSR1)

    def _fork(self) -> None:
        used = {worker.slot for worker in self._workers.values()}
        slot = next(number for number in range(len(used) + 1) if number not in used)
        reading, writing = os.pipe()

        def child() -> None:
            os.close(reading)
            os.close(self._alive)
            _Process(self._settings, self._listener, self._board, slot, writing, self._life).run()

        pid = self._forked(child)
        os.close(writing)
        worker = _Worker(pid, slot, reading)
        self._workers[pid] = worker
        self._selector.register(reading, selectors.EVENT_READ, worker)

    @staticmethod
    def _forked(child: Callable[[], None]) -> int:
        """The id of a new process that does what is said and ends with it."""
        # A signal that came to the child before it has its own handlers would run into those of the supervisor.
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
        pid = os.fork()
        if pid == 0:
            for number in _STOPPING:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
            try:
                child()
            finally:
                os._exit(1)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
        return pid

    def _listen(self, seconds: float) -> None:
        """Hears the signs of life, of draining and of the end."""
        for key, _ in self._selector.select(seconds):
            worker: _Worker = key.data
            said = os.read(worker.pipe, 1024)
            worker.heard = time.monotonic()
            if _DRAINING in said:
                worker.draining = True
            if not said:
                self._bury(worker)

    def _bury(self, worker: _Worker) -> None:
        self._selector.unregister(worker.pipe)
        os.close(worker.pipe)
        os.waitpid(worker.pid, 0)
        del self._workers[worker.pid]
        if time.monotonic() - worker.born < _HURRY:
            self._not_before = time.monotonic() + _HURRY

    def _end_the_deaf(self) -> None:
        now = time.monotonic()
        for worker in self._workers.values():
            if now - worker.heard > _DEAF:
                os.kill(worker.pid, signal.SIGKILL)

    def _shut_down(self) -> None:
        self._listener.close()
        if self._helper:
            os.kill(self._helper, signal.SIGKILL)
            os.waitpid(self._helper, 0)
        for worker in self._workers.values():
            os.kill(worker.pid, signal.SIGTERM)
        deadline = time.monotonic() + _PATIENCE
        while self._workers and time.monotonic() < deadline:
            self._listen(0.1)
        for worker in list(self._workers.values()):
            os.kill(worker.pid, signal.SIGKILL)
            self._bury(worker)


@dataclass(frozen=True, slots=True)
class _Process:
    """One serving process: what runs in the child."""

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
            with asyncio.Runner(loop_factory=_loop_factory()) as runner:
                runner.run(self._serve())
            status = 0
        finally:
            os._exit(status)

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        leaving = _Leaving(self.settings.limits.seconds, self.pipe)
        app = create_app(self.settings, Relief(leaving.drain, leaving.end), self.board, self.slot)
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # what is no HTTP is no news
        app.telemetry.event("worker_starts")
        config = uvicorn.Config(
            app,
            http="httptools",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            backlog=_BACKLOG,
            timeout_graceful_shutdown=int(self.settings.limits.seconds) + 5,
        )
        server = uvicorn.Server(config)
        leaving.of(app, server)
        loop.add_reader(self.life, lambda: setattr(server, "should_exit", True))
        loop.add_signal_handler(signal.SIGUSR1, app.pool.end_all)
        self._beat(loop)
        await server.serve(sockets=[self.listener])

    def _beat(self, loop: asyncio.AbstractEventLoop) -> None:
        os.write(self.pipe, _ALIVE)
        loop.call_later(_BEAT, self._beat, loop)


class _Leaving:
    """How a serving process goes: it stops taking connections, answers those it has, and is gone."""

    def __init__(self, seconds: float, pipe: int) -> None:
        self._seconds = seconds
        self._pipe = pipe
        self._since = 0.0
        self._lost = False

    def of(self, app: Service, server: uvicorn.Server) -> None:
        """Says whose leaving it is."""
        self._app = app
        self._server = server

    def drain(self) -> None:
        """Takes no more connections; those that stay open are closed with their next answer, or when they idle."""
        if self._since:
            return
        self._since = time.monotonic()
        os.write(self._pipe, _DRAINING)
        for listening in self._server.servers:
            listening.close()
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


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The event loop of uvloop where it is installed."""
    try:
        import uvloop  # noqa: PLC0415  optional, and not for every system
    except ImportError:
        return None
    return uvloop.new_event_loop


def serve(settings: Settings, listener: socket.socket, processes: int) -> None:
    """Serves a store on a socket until SIGTERM or SIGINT.

    Raises:
        StoreError: nothing was published in the store.
    """
    Supervisor(settings, listener, processes).run()
