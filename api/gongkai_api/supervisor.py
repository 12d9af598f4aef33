"""Keeps serving processes on a socket, and replaces those that go.

The supervisor holds no store, no threads and no event loop: forking it is cheap and safe at any time.
"""

from __future__ import annotations

import gc
import os
import selectors
import signal
import socket
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from gongkai.queries.vocabulary import ranges, vocabulary
from gongkai.store import Generation
from gongkai_api import isolation
from gongkai_api.board import Board
from gongkai_api.isolation import Isolated
from gongkai_api.settings import Settings
from gongkai_api.worker import DRAINING, Worker

_DEAF = 10.0  # seconds without a sign of life after which a process is ended
_PATIENCE = 10.0  # seconds that processes may take to stop
_HURRY = 1.0  # a process that lived less long than this is replaced with a delay
_STOPPING = (signal.SIGTERM, signal.SIGINT)


@dataclass(slots=True)
class _Child:
    pid: int
    slot: int
    pipe: int
    born: float = field(default_factory=time.monotonic)
    heard: float = field(default_factory=time.monotonic)
    draining: bool = False


class Supervisor:
    """Keeps a number of serving processes on a socket."""

    def __init__(self, settings: Settings, listener: socket.socket, processes: int) -> None:
        self._settings = settings
        self._listener = listener
        self._processes = processes
        self._spare = processes * 4  # that may be draining at once; the oldest goes when there are more
        self._board = Board(processes * 12)
        self._workers: dict[int, _Child] = {}
        self._dying: list[int] = []
        """Processes that said their last, and are perhaps not quite gone."""
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
        for read in (vocabulary, ranges):
            read()  # once, before the first fork
        gc.freeze()  # what is here now is shared by all children, and the collector should not touch it
        for number in _STOPPING:
            signal.signal(number, self._stop)
        while not self._stopping:
            self._forget_the_dead()
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
            Worker(self._settings, self._listener, self._board, slot, writing, self._life).run()

        pid = self._forked(child)
        os.close(writing)
        worker = _Child(pid, slot, reading)
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
            worker: _Child = key.data
            said = os.read(worker.pipe, 1024)
            worker.heard = time.monotonic()
            if DRAINING in said:
                worker.draining = True
            if not said:
                self._bury(worker)

    def _bury(self, worker: _Child) -> None:
        self._selector.unregister(worker.pipe)
        os.close(worker.pipe)
        self._dying.append(worker.pid)
        self._board.slot(worker.slot).leave()
        del self._workers[worker.pid]
        if time.monotonic() - worker.born < _HURRY:
            self._not_before = time.monotonic() + _HURRY

    def _end_the_deaf(self) -> None:
        now = time.monotonic()
        for worker in self._workers.values():
            if now - worker.heard > _DEAF:
                os.kill(worker.pid, signal.SIGKILL)

    def _forget_the_dead(self) -> None:
        """Takes leave of processes without waiting: on a busy machine their last threads may be long in going."""
        self._dying = [pid for pid in self._dying if not os.waitpid(pid, os.WNOHANG)[0]]

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
        for pid in self._dying:
            os.waitpid(pid, 0)
