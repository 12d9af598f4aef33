"""Virtuoso's bulk loader: reads files of N-Quads itself, many times as fast as updates are.

It is called over SPARQL as the database's administrator, and reads a folder that stands under `DirsAllowed` in its settings
(http://vos.openlinksw.com/owiki/wiki/VOS/VirtBulkRDFLoader).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from gongkai.errors import GongkaiError, StoreError
from gongkai.store.endpoint import Endpoint

_MARK = "urn:gongkai:bulk"


@dataclass(frozen=True, slots=True)
class BulkLoader:
    """Loads statements through a folder that we write and the server reads."""

    endpoint: Endpoint
    folder: Path

    @classmethod
    def of(cls, endpoint: Endpoint, folder: Path) -> BulkLoader:
        """The bulk loader of a server.

        Raises:
            StoreError: it has none that we may use.
        """
        if not endpoint.virtuoso:
            msg = f"{endpoint.queries} is no Virtuoso, which --bulk is for; leave the option away"
            raise StoreError(msg)
        assert endpoint.updates is not None
        loader = cls(replace(endpoint, queries=endpoint.updates), folder.absolute())
        loader.load("urn:gongkai:probe", ())
        return loader

    def load(self, graph: str, lines: Iterable[str]) -> None:
        """Adds statements (`<s> <p> <o>` without the stop) to a graph, on the server's disk when this returns.

        Raises:
            StoreError: the folder cannot be written, or the server did not read all of it.
        """
        mark = f"<{_MARK}> <{_MARK}> <{_MARK}:{secrets.token_hex(8)}>"
        file = self.folder / f"gongkai-{secrets.token_hex(8)}.nq"
        try:
            with file.open("w", encoding="utf-8") as output:
                output.writelines(f"{line} <{graph}> .\n" for line in lines)
                output.write(f"{mark} <{_MARK}> .\n")
            self._call(f"sql:ld_dir('{self.folder}', '{file.name}', '{graph}')")
            self._call("sql:rdf_loader_run()")
            self._call("bif:exec('checkpoint')")  # the loader writes no transaction log
        except OSError as error:
            msg = f"{file}: {error.strerror}; --bulk wants a folder that we may write and the server read"
            raise StoreError(msg) from error
        finally:
            file.unlink(missing_ok=True)
        # It stops silently at what it cannot read: the last line is there only if all others are.
        if (
            b"true"
            not in self.endpoint.ask(f"ASK {{ GRAPH <{_MARK}> {{ {mark} }} }}", (_MARK,), (_MARK,)).body
        ):
            msg = f"Virtuoso did not load {file}: may it read there, or does its disk lack room? See DB.DBA.LOAD_LIST"
            raise StoreError(msg)
        self.endpoint.update(f"DELETE DATA {{ GRAPH <{_MARK}> {{ {mark} }} }}")

    def _call(self, function: str) -> None:
        try:
            self.endpoint.ask(f"SELECT ({function} AS ?done) {{ }}")
        except GongkaiError as error:
            msg = (
                f"Virtuoso does not run {function}: {error}. The bulk loader wants its administrator in the address"
                f" (http://dba:PASSWORD@HOST…), and {self.folder} under DirsAllowed in virtuoso.ini"
            )
            raise StoreError(msg) from error
