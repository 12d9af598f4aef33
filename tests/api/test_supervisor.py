from __future__ import annotations

import os
import selectors
import subprocess
import time
from pathlib import Path

from gongkai_api import Settings, serving
from gongkai_api.supervisor import Supervisor, _Child


def test_nobody_waits_for_a_process_that_is_long_in_going(location: Path) -> None:
    with serving.bind("127.0.0.1", 0) as listener, subprocess.Popen(["sleep", "3"]) as process:
        supervisor = Supervisor(Settings(location), listener, 1)
        reading, writing = os.pipe()
        child = _Child(process.pid, 0, reading)
        supervisor._workers[process.pid] = child
        supervisor._selector.register(reading, selectors.EVENT_READ, child)
        os.close(writing)  # it has said its last
        began = time.monotonic()
        supervisor._listen(1)
        supervisor._forget_the_dead()
        assert time.monotonic() - began < 2
        assert (supervisor._workers, supervisor._dying) == ({}, [process.pid])
        while supervisor._dying and time.monotonic() - began < 20:
            supervisor._forget_the_dead()
            time.sleep(0.05)
        assert supervisor._dying == []
