"""Look-ups: queries that cannot run away, because what they do is what they write. They are answered without a thread.

One triple pattern with a known term reads one range of an index, and each triple there is a row. So a limit of what may
be written is a limit of time.
"""

from __future__ import annotations

import re
from types import TracebackType

from gongkai_api.messages import Answer
from gongkai_api.output import Ended, Head, Output, Work, let_go

_LITTLE = 16 * 1024
_LONGEST = 2000  # characters
_IRI = r"<[^<>\"{}|^`\\\s]*>"
_VARIABLE = r"[?$][A-Za-z_]\w*"
_TERM = rf"{_IRI}|[A-Za-z][\w-]*:[\w-]+|{_VARIABLE}"
_LOOKUP = re.compile(
    rf"\s*(?:PREFIX\s+[\w-]*:\s*{_IRI}\s*)*SELECT\s*(?:\*\s*|(?:{_VARIABLE}\s*)+)(?:WHERE\s*)?"
    rf"\{{\s*({_TERM})\s+({_TERM}|a)\s+({_TERM})\s*\.?\s*\}}\s*(?:LIMIT\s+[0-9]+\s*)?",
    re.IGNORECASE | re.ASCII,
)


def is_lookup(text: str) -> bool:
    """Whether a query is a look-up: one pattern, no variable twice, at least one term that is none."""
    found = _LOOKUP.fullmatch(text) if len(text) < _LONGEST else None
    if found is None:
        return False
    variables = [term[1:] for term in found.groups() if term[0] in "?$"]
    return len(variables) < 3 and len(set(variables)) == len(variables)


def at_once(work: Work) -> Answer | None:
    """The answer of a piece of work; None where it would be long."""
    channel = _Whole()
    output = Output(channel, _LITTLE)
    with _LettingGo():
        work(output)
        output.finish()
    return channel.answer


class _Whole:
    """Takes whole answers only."""

    ended = False
    answer: Answer | None = None

    def begin(self, head: Head) -> None:
        if not head.whole:
            raise Ended
        self.answer = Answer(head.status, head.media_type, head.body, head.headers)

    def put(self, _: bytes | None) -> None:
        raise Ended


class _LettingGo:
    """Keeps nothing that an error holds; what was `Ended` is no error."""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None
    ) -> bool:
        if error is not None:
            let_go(error)
        return isinstance(error, Ended)
