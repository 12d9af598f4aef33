"""Look-ups: queries that cannot run away, because what they do is what they write. They are answered without a thread.

One triple pattern reads one range of an index, and each triple there is a row. So a limit of what may be written is a limit
of time.
"""

from __future__ import annotations

import re

from gongkai.store import Results
from gongkai_api.formats import Format
from gongkai_api.output import Ended
from gongkai_api.problems import Problem
from gongkai_api.writing import Counter, write

_LITTLE = 16 * 1024
_BARE = 400  # characters: an answer without rows is shorter, but for one to dozens of variables
_IRI = r"<[^<>\"{}|^`\\\s]*>"
_VARIABLE = r"[?$][A-Za-z_]\w*"
_TERM = rf"{_IRI}|[A-Za-z][\w-]*:[\w-]+|{_VARIABLE}"
_LOOKUP = re.compile(
    rf"\s*(?:PREFIX\s+[\w-]*:\s*{_IRI}\s*)*SELECT\s*(?:\*\s*|(?:{_VARIABLE}\s*)+)(?:WHERE\s*)?"
    rf"\{{\s*({_TERM})\s+({_TERM}|a)\s+({_TERM})\s*(?:\.\s*)?\}}\s*(?:LIMIT\s+[0-9]+\s*)?",
    re.IGNORECASE | re.ASCII,
)


def is_lookup(text: str) -> bool:
    """Whether a query is a look-up: one pattern, no variable twice."""
    found = _LOOKUP.fullmatch(text)
    if found is None:
        return False
    variables = [term[1:] for term in found.groups() if term[0] in "?$"]
    return len(set(variables)) == len(variables)


def short(results: Results, form: Format, rows: int) -> bytes | None:
    """The answer to a look-up in a format that writes one row after the other; None where it is too long."""
    sink = _Little()
    counted = sink if rows > _LITTLE else Counter(sink, form, rows)  # a row takes a byte at least
    try:
        write(results, form, counted)
    except (Ended, Problem):
        return None
    return sink.written


def is_empty(body: bytes) -> bool:
    """Whether an answer of one format or another has no row: of JSON, XML, and lines below a head."""
    if len(body) > _BARE:
        return False
    return b'"bindings":[]' in body or b"<results></results>" in body or body.count(b"\n") == 1


class _Little:
    """Takes a little, and ends what writes more."""

    __slots__ = ("written",)

    def __init__(self) -> None:
        self.written = b""

    def write(self, data: bytes, /) -> int:
        self.written += data
        if len(self.written) > _LITTLE:
            raise Ended
        return len(data)

    def flush(self) -> None:
        pass
