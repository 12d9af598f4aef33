"""What can be set of the service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from gongkai.iris import DEFAULT_BASE
from gongkai.store import Location, Remote
from gongkai_api.dumps import Dumps

VERSION = "0.1.0"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use; where it would use more it is ended, and the client is told why."""

    seconds: float = 30.0
    rows: int = 10_000_000
    memory: int = 2 * 1024**3
    """Bytes that a serving process may hold while queries run."""
    text: int = 1024**2
    """Bytes of a query or an update."""
    body: int = 64 * 1024**2
    """Bytes of a document to check or a graph to store."""
    running: int = 32
    """Short queries that a serving process runs at once; more wait their turn."""
    long: int = 64
    """Queries that take more than a moment, beside the short ones; where there are more, one has to go."""
    waiting: int = 2000
    """Queries that wait their turn in a serving process; one more is answered 503."""

    @property
    def told(self) -> str:
        """The limits at which a long answer may break off, as a dictionary of RFC 9651 (3.2)."""
        return f"rows={self.rows}, seconds={self.seconds:.3f}"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of the service. `location` is the folder of a store, or a server."""

    location: Location
    base: str = DEFAULT_BASE
    """Where the names of agencies and reports begin: what is below it is found here."""
    limits: Limits = Limits()
    write_token: str = ""
    """What a client that writes sends as Bearer; writing is off without one."""
    checker: Callable[[bytes, str, str], bytes] | None = None
    """Checks a document (see `check.Checker`): the one thing here that reads documents, so it comes from outside."""
    services: frozenset[str] = frozenset()
    """Endpoints that SERVICE may call."""
    publisher: str = "gongkai"
    """Who publishes the data, as the catalogue names them; `publisher_iri` where they have one."""
    publisher_iri: str = ""
    contact: str = ""
    """Where to ask about the data: an IRI, such as mailto:…; left out of the catalogue where there is none."""
    licence: str = "https://creativecommons.org/licenses/by/4.0/"
    """The IRI of the licence of the data."""
    dumps: Dumps | None = None
    """Where dumps of the store are to be had, for the catalogue."""
    rate: float = 0.0
    """Requests a second that one client may send to one process, on average; 0 for no limit."""
    access_log: Path | None = None
    """Where each request is noted, a line of JSON each; /dev/stdout is a file, too."""

    @property
    def source(self) -> Location:
        """The store to read; a server may take as long to answer as a query may."""
        if isinstance(self.location, Remote):
            return replace(self.location, seconds=self.limits.seconds)
        return self.location
