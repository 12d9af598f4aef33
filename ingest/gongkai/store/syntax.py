"""What the engine says of text that is no SPARQL, in words for people."""

from __future__ import annotations

import re

from gongkai.errors import QueryError

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_CLASS = re.compile(r"\[(?:'[^']*'|[^\]'])*\]")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^,\s][^,]*')
_SHOWN = 8


def explain(error: Exception) -> QueryError:
    """A syntax error of the engine as a QueryError with line and column.

    The engine lists every token that could stand at the furthest place it reached, character classes among
    them; its own sentences ("Variables are not allowed in INSERT DATA") are the more telling ones.
    """
    match = _PLACE.match(str(error))
    if match is None:
        return QueryError(str(error))
    line, column = int(match[1]), int(match[2])
    tokens = [token.strip() for token in _TOKEN.findall(_CLASS.sub("", match[3])) if token.strip(" |\n")]
    sentences = [token for token in tokens if " " in token and not token.startswith('"')]
    if sentences:
        hint = "; ".join(sentences)
    elif tokens:
        more = " …" if len(tokens) > _SHOWN else ""
        hint = "expected " + " or ".join(token.strip('"') or token for token in tokens[:_SHOWN]) + more
    else:
        hint = "not understood"
    return QueryError(f"line {line}, column {column}: {hint}", line, column)
