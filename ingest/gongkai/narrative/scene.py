"""What the grammar looks at: the terms of a text, its clauses and sentences, the topic of each paragraph.

Built once for a text; every question after that is a bisection.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from dataclasses import dataclass

from gongkai.narrative.vocabulary import Sense, Vocabulary

_STOPS = "，,；;。！!？?：:\n（）()"
_GROUP_OR_STOP = re.compile(
    rf"《[^《》\n]{{1,80}}》|“[^“”\n]{{1,60}}”|（[^（）\n]{{1,40}}）|\([^()\n]{{1,40}}\)|[{_STOPS}]"
)
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"[。！!？?\n]")
_HEADING = re.compile(r"[^，。；\n]{2,30}")
_LONGEST_HEADING = 20
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """A term where it stands."""

    start: int
    end: int
    term: str
    sense: Sense


@dataclass(frozen=True, slots=True)
class Scene:
    """A text as the grammar sees it; offsets are those of the text."""

    text: str
    words: Vocabulary
    hits: tuple[Hit, ...]
    starts: tuple[int, ...]
    stops: tuple[int, ...]
    closed: tuple[tuple[int, int], ...]
    """Titles, quotations and brackets without numbers: they do not end a clause."""
    sentences: tuple[int, ...]
    boundaries: Container[int]
    """Where words begin or end."""

    def within(self, start: int, end: int) -> tuple[Hit, ...]:
        """The terms that lie in a stretch."""
        found = self.hits[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return found if not found or found[-1].end <= end else found[:-1]

    def clause_start(self, offset: int) -> int:
        """Where the clause of an offset begins."""
        i = bisect_left(self.stops, offset)
        return self.stops[i - 1] + 1 if i else 0

    def clause_end(self, offset: int) -> int:
        """Where the clause of an offset ends."""
        i = bisect_left(self.stops, offset)
        return self.stops[i] if i < len(self.stops) else len(self.text)

    def sentence_start(self, offset: int) -> int:
        """Where the sentence of an offset begins."""
        i = bisect_left(self.sentences, offset)
        return self.sentences[i - 1] + 1 if i else 0

    def sentence_end(self, offset: int) -> int:
        """Where the sentence of an offset ends."""
        i = bisect_left(self.sentences, offset)
        return self.sentences[i] if i < len(self.sentences) else len(self.text)

    def paragraph_start(self, offset: int) -> int:
        """Where the paragraph of an offset begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def heading(self, paragraph: int) -> tuple[int, int]:
        """The line that heads a paragraph, or the beginning of the numbered one above it; empty where there is none."""
        end = paragraph - 1
        while end > 0:
            start = self.paragraph_start(end)
            if _HEADING.fullmatch(self.text, start, end):
                return start, end
            if self.text[start] in "（(":
                return start, min(end, start + _LONGEST_HEADING)
            end = start - 1
        return 0, 0

    def bracketed(self, offset: int) -> bool:
        """Whether an offset lies inside brackets that hold no number."""
        i = bisect_right(self.closed, (offset, len(self.text))) - 1
        return i >= 0 and offset < self.closed[i][1] and self.text[self.closed[i][0]] in "（("

    def quoted(self, offset: int) -> bool:
        """Whether an offset lies inside a title or a quotation."""
        i = bisect_right(self.closed, (offset, len(self.text))) - 1
        return i >= 0 and offset < self.closed[i][1] and self.text[self.closed[i][0]] in "《“"

    def speaks_of(self, topic: str, start: int, end: int) -> bool:
        """Whether a stretch has a cue of a topic."""
        return self.words.topics[topic].search(self.text, start, end) is not None


def _hits(text: str, words: Vocabulary, boundaries: Container[int]) -> Iterator[Hit]:
    """The terms of a text, the longest at each place, none overlapping."""
    match = words.terms.search(text)
    while match:
        start, end = match.span()
        if end - start > _SHORT or not _crosses(text, start, end, boundaries):
            yield Hit(start, end, match[0], words.senses[match[0]])
        else:
            end = start + 1
        match = words.terms.search(text, end)


def _crosses(text: str, start: int, end: int, boundaries: Container[int]) -> bool:
    """Whether a short term is made of pieces of two words, as 来信 in 未来信息 is."""
    if not text[start:end].isalpha() or not any(i in boundaries for i in range(start + 1, end)):
        return False
    return start not in boundaries or end not in boundaries


def scene(text: str, words: Vocabulary, boundaries: Container[int]) -> Scene:
    """The scene of a text; `boundaries` are the offsets at which a word begins or ends."""
    hits = tuple(_hits(text, words, boundaries))
    stops: list[int] = []
    closed: list[tuple[int, int]] = []
    for match in _GROUP_OR_STOP.finditer(text):
        if len(match[0]) == 1:
            stops.append(match.start())
        elif match[0][0] in "《“" or not _DIGIT.search(match[0]):
            closed.append(match.span())
        else:
            stops.extend(i for i in range(*match.span()) if text[i] in _STOPS)
    inside = frozenset(i for a, b in closed for i in range(a, b))
    return Scene(
        text,
        words,
        hits,
        tuple(h.start for h in hits),
        tuple(stops),
        tuple(closed),
        tuple(m.start() for m in _SENTENCE.finditer(text) if m.start() not in inside),
        boundaries,
    )
