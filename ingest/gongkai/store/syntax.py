"""What the engine says of text that is no SPARQL, in words for people."""

from __future__ import annotations

import re

from gongkai.errors import QueryError

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_CLASS = re.compile(r"\[(?:'[^']*'|[^\]'])*\]")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^,\s][^,]*')
_KEYWORD = re.compile(r"[A-Za-z][A-Za-z0-9_]+")
_SHOWN = 8
_LONG = 8  # letters of the words that the engine tries first: they tell nothing of what is wrong


def explain(error: Exception, text: str) -> QueryError:
    """A syntax error of the engine in a text, as a QueryError with line and column.

    The engine lists every token that could stand at the furthest place it reached, character classes among
    them; its own sentences ("Variables are not allowed in INSERT DATA") are the more telling ones.
    """
    match = _PLACE.match(str(error))
    if match is None:
        return QueryError(str(error))
    start = end = offset(text, int(match[1]), int(match[2]))
    tokens = [token.strip() for token in _TOKEN.findall(_CLASS.sub("", match[3])) if token.strip(" |\n")]
    sentences = [token for token in tokens if " " in token and not token.startswith('"')]
    words = [token for token in tokens if _KEYWORD.fullmatch(token)]
    if sentences:
        hint = "; ".join(sentences)
    elif tokens and len(words) == len(tokens):
        # Of keywords it names the longest that it looked for, at the place where that would have ended.
        start = max(0, end - min(map(len, words)))
        hint = f"expected {words[0]}" if len(words[0]) < _LONG and len(words) == 1 else "not understood"
        hint += f": {' '.join(text[start:end].split())}"
    elif tokens:
        more = " …" if len(tokens) > _SHOWN else ""
        hint = "expected " + " or ".join(token.strip('"') or token for token in tokens[:_SHOWN]) + more
    else:
        hint = "not understood"
    line, column = place(text, start)
    return QueryError(f"line {line}, column {column}: {hint}", line, column)


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of an offset in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def offset(text: str, line: int, column: int) -> int:
    """The offset of a line and a column, both from 1."""
    return sum(len(row) + 1 for row in text.split("\n")[: line - 1]) + column - 1
