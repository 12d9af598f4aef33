"""Several serving processes on one socket.

A query that runs away cannot be interrupted inside its process. So the process that holds one stops taking requests
while a fresh one takes its place, answers what it still has to answer, and is gone when the query's time is up. Since it
takes nothing new for so long, nothing else is lost with it.
"""

from __future__ import annotations

import socket

from gongkai_api.settings import Settings
from gongkai_api.supervisor import Supervisor

_BACKLOG = 2048


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


def serve(settings: Settings, listener: socket.socket, processes: int) -> None:
    """Serves a store on a socket until SIGTERM or SIGINT.

    Raises:
        StoreError: nothing was published in the store.
    """
    Supervisor(settings, listener, processes).run()
