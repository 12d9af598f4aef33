"""Several reports in one file: where each begins. A file with one report is one part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gongkai.document import Document, Span
from gongkai.form import Section
from gongkai.identity import is_title
from gongkai.identity.folded import WIDTH
from gongkai.tables.labels import labels

_LEAST = 500
"""Fewer code points between two first sections are a table of contents."""
_LINES_OF_TITLE = 12


def split(document: Document) -> tuple[Document, ...]:
    """The parts of a document that carry a report each, in order; the document itself where it carries one."""
    begins = list(_begins(document, list(document.lines())))
    if not begins:
        return (document,)
    bounds = [0, *begins, len(document.text)]
    return tuple(document.part(i, Span(a, b)) for i, (a, b) in enumerate(pairwise(bounds), start=1))


def _begins(document: Document, lines: Sequence[Span]) -> Iterator[int]:
    """Where the second report and those after it begin: at the title above its first section."""
    seen: dict[int, int] = {}
    for index, line in enumerate(lines):
        number = _section(document[line])
        if number is None:
            continue
        if number == 1 and seen and max(seen) >= 4 and line.start - seen.get(1, line.start) >= _LEAST:
            seen = {}
            yield _title_above(document, lines[max(0, index - _LINES_OF_TITLE) : index], line).start
        seen.setdefault(number, line.start)


def _section(words: str) -> int | None:
    if words.lstrip()[:1] in "（(":
        return None
    return next(
        (m.entry.part.number for m in labels().find(words) if isinstance(m.entry.part, Section)), None
    )


def _title_above(document: Document, lines: Sequence[Span], heading: Span) -> Span:
    """The first of the lines above that reads like a title, with none that ends a sentence between."""
    found = heading
    for line in reversed(lines):
        words = document[line].strip().translate(WIDTH)
        if is_title(words):
            found = line
        elif words.endswith(("。", ";")) and found is not heading:
            break
    return found
