"""A handler that is asked before the usual way is taken: what came of it is not to be found twice."""

from __future__ import annotations

import time
from types import TracebackType

from gongkai_api.job import Job
from gongkai_api.messages import Answer, Scope
from gongkai_api.output import Work, let_go

_KEY = "gongkai.attempt"


class Attempt:
    """What came of asking: an answer, the work of finding one, or what was raised, a mistake of ours as well."""

    __slots__ = ("_raised", "found", "job", "started")

    def __init__(self) -> None:
        self.started = time.perf_counter()
        self.found: Answer | Work | None = None
        self.job: Job | None = None
        """The work under way."""
        self._raised: Exception | None = None

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None
    ) -> bool:
        if isinstance(error, Exception):
            let_go(error)
            self._raised = error
        return isinstance(error, Exception)

    def result(self) -> Answer | Work:
        """What was found.

        Raises:
            Exception: whatever the handler raised.
        """
        if self._raised is not None:
            raise self._raised
        assert self.found is not None
        return self.found


def hand_on(attempt: Attempt | None, scope: Scope) -> None:
    """Leaves an attempt with its request, for `made`."""
    if attempt is not None:
        scope["state"][_KEY] = attempt


def made(scope: Scope) -> Attempt | None:
    """The attempt that was made to answer a request."""
    found = scope.get("state", {}).get(_KEY)
    return found if isinstance(found, Attempt) else None
