"""Who may write, and how a write reaches the store: whole, published before it is acknowledged."""

from __future__ import annotations

import hmac
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from gongkai.errors import BusyError, QueryError, StoreError
from gongkai.store import Location, Writer
from gongkai_api.messages import Request
from gongkai_api.problems import Problem, bad_request, overloaded

T = TypeVar("T")
_LOG = logging.getLogger("gongkai_api")
_WAIT = 10.0  # seconds for another writer to finish


@dataclass(frozen=True, slots=True)
class Writing:
    """Writing to the store, for those who know the token."""

    location: Location
    token: str
    _one: threading.Lock = field(default_factory=threading.Lock)

    def allow(self, request: Request) -> None:
        """Lets a request pass that may write.

        Raises:
            Problem: 403, writing is off; 401, no token or a wrong one (RFC 6750, 3.1).
        """
        if not self.token:
            raise Problem(403, "writing is off: the service was started without GONGKAI_WRITE_TOKEN")
        scheme, _, given = request.header("authorization").partition(" ")
        if not given or scheme.lower() != "bearer":
            raise Problem(401, "send the token as Authorization: Bearer …", (("www-authenticate", "Bearer"),))
        if not hmac.compare_digest(given.strip().encode("latin-1", "replace"), self.token.encode()):
            raise Problem(401, "the token is wrong", (("www-authenticate", 'Bearer error="invalid_token"'),))

    def run(self, change: Callable[[Writer], T]) -> T:
        """Makes a change and publishes it; blocks, so call it from a thread.

        Raises:
            Problem: 400, the change is no SPARQL; 503, another writer is at work, or the store cannot be written.
        """
        try:
            with self._one, Writer.open(self.location, wait=_WAIT) as writer:
                return change(writer)
        except BusyError as error:
            raise overloaded("the store is being written; try again later", after=10) from error
        except StoreError as error:
            _LOG.error("%s", error)  # it names paths of the machine
            raise overloaded(
                "the store cannot be written at the moment; nothing was changed", after=60
            ) from error
        except QueryError as error:
            raise bad_request(str(error), error.line, error.column) from error
