"""SPARQL 1.1 servers, each started on loopback: `oxigraph serve` and Virtuoso."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from gongkai.store import Remote

OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
VIRTUOSO = shutil.which("virtuoso-t")
CONFIGURATION = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = {sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {folder}/load
[HTTPServer]
ServerPort = {http}
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = 1000000
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: as its owner sees it; the folder from which it loads, if it does."""

    remote: Remote
    folder: Path | None = None

    @property
    def as_stranger(self) -> Remote:
        """The same without name and password."""
        return Remote(str(self.remote))

    @property
    def with_wrong_password(self) -> Remote:
        return Remote(urlsplit(str(self.remote))._replace(netloc=f"dba:wrong@{self._host}").geturl())

    @property
    def _host(self) -> str:
        return urlsplit(str(self.remote)).netloc


def free() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None, "the server ended"
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def oxigraph(place: Path) -> Iterator[Server]:
    if OXIGRAPH is None:
        pytest.skip("oxigraph (PyPI) is not installed")
    port = free()
    with running([OXIGRAPH, "serve", "--location", str(place / "data"), "--bind", f"127.0.0.1:{port}"], port):
        yield Server(Remote(f"http://127.0.0.1:{port}"))


@contextmanager
def virtuoso(place: Path) -> Iterator[Server]:
    if VIRTUOSO is None:
        pytest.skip("virtuoso-opensource (Debian) is not installed")
    sql, http = free(), free()
    (place / "load").mkdir()
    (place / "virtuoso.ini").write_text(CONFIGURATION.format(folder=place, sql=sql, http=http), "utf-8")
    with running([VIRTUOSO, "+foreground", "+configfile", str(place / "virtuoso.ini")], http):
        yield Server(Remote(f"http://dba:dba@127.0.0.1:{http}/sparql"), place / "load")


KINDS = {"oxigraph": oxigraph, "virtuoso": virtuoso}
