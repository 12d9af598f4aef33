"""What the grammar looks at: the terms of a text, its clauses and sentences, the topic of each paragraph.

Built once for a text, with one mark where clauses end and one where sentences do, which is found quickest.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.narrative.boundaries import Boundaries
from gongkai.narrative.model import made
from gongkai.narrative.senses import Sense
from gongkai.narrative.vocabulary import Vocabulary

_STOPS = "，,；;。！!？?：:（）()"
"""Where clauses end, beside the ends of paragraphs."""
_SENTENCE_STOPS = "。！!？?"
_GROUP = re.compile(
    r"[《“（(](?:(?<=《)[^《》\n]{1,80}》|(?<=“)[^“”\n]{1,60}”|(?<=（)[^（）\n]{1,40}）|(?<=\()[^()\n]{1,40}\))"
)
"""One class of characters comes first, which is found quickest."""
_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百千万]+余?[条件份篇次场期人名起宗]")
_NOTE = "注"
"""Begins a remark in brackets, whatever numbers it has."""
_NUMBERED = re.compile("[（(][一二三四五六七八九十]")
_HEADING = re.compile(r"[^，。；\n]{2,30}")
_BETWEEN_NAMES = ("", "、")
_LONGEST_HEADING = 20


class Hit(NamedTuple):
    """A term where it stands."""

    start: int
    end: int
    term: str
    sense: Sense


class Sentence(NamedTuple):
    """A sentence: where it and its paragraph begin, and its terms."""

    start: int
    end: int
    paragraph: int
    hits: Sequence[Hit]

    def within(self, start: int, end: int) -> list[Hit]:
        """The terms that lie in a stretch of it."""
        return [h for h in self.hits if start <= h.start and h.end <= end]


@dataclass(frozen=True, slots=True)
class Scene:
    """A text as the grammar sees it; offsets are those of the text."""

    text: str
    words: Vocabulary
    boundaries: Boundaries
    clauses: str
    """The text with a line feed where a clause ends, of the same length but for the last one."""
    sentences: str
    """The same for sentences."""
    quotes: tuple[int, ...]
    """Where titles and quotations begin and end, in turn: they do not end a clause."""
    brackets: tuple[int, ...]
    """Where brackets without numbers begin and end, which do not end one either."""

    def sentence(self, offset: int) -> Sentence:
        """The sentence of an offset, with its terms."""
        start, end = self.sentence_start(offset), self.sentence_end(offset)
        hits = self._without_verbs(_hits(self.text, start, end, self.words, self.boundaries))
        if "”" in self.text[start:end]:
            hits = self._without_names(hits)
        return Sentence(start, end, self.paragraph_start(start), hits)

    def _without_verbs(self, hits: list[Hit]) -> list[Hit]:
        """The terms without those that would end the name of an outlet, but are part of another word, or a verb."""
        if not any(h.sense.ends_name for h in hits):
            return hits
        publishing = {h.start for h in hits if "publish" in h.sense.acts}
        words = self.boundaries
        return [
            h
            for h in hits
            if not h.sense.ends_name or (h.end in publishing and h.start in words and h.end in words)
        ]

    def _without_names(self, hits: list[Hit]) -> list[Hit]:
        """The terms without those inside the name of an account: “柳汀政府网”微信公众号, 微信公众号“柳汀政府网”."""
        text = self.text
        media = [h for h in hits if "newMedia" in h.sense.channels]
        behind = {h.start for h in media if text[h.start - 1] == "”"}
        before = {h.end for h in media if text[h.end : h.end + 1] == "“"}
        if not behind and not before:
            return hits
        names: list[tuple[int, int]] = []
        for a, b in reversed([*zip(self.quotes[::2], self.quotes[1::2], strict=True)]):
            listed = (
                bool(names) and text[b : names[-1][0]] in _BETWEEN_NAMES
            )  # “柳汀图书馆”“柳汀府网”微信公众号
            if a in before or b in behind or listed:
                names.append((a, b))
        return [h for h in hits if not any(a < h.start < b for a, b in names)]

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Where the clause of a stretch begins and ends."""
        return self.clauses.rfind("\n", 0, start) + 1, self.clauses.find("\n", end)

    def clause_start(self, offset: int) -> int:
        """Where the clause of an offset begins."""
        return self.clauses.rfind("\n", 0, offset) + 1

    def clause_end(self, offset: int) -> int:
        """Where the clause of an offset ends."""
        return self.clauses.find("\n", offset)

    def sentence_start(self, offset: int) -> int:
        """Where the sentence of an offset begins."""
        return self.sentences.rfind("\n", 0, offset) + 1

    def sentence_end(self, offset: int) -> int:
        """Where the sentence of an offset ends."""
        return self.sentences.find("\n", offset)

    def paragraph_start(self, offset: int) -> int:
        """Where the paragraph of an offset begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def heading(self, paragraph: int) -> tuple[int, int]:
        """The line that heads a paragraph, or the beginning of the numbered one above it; empty where there is none.

        A paragraph that is numbered itself stands beside the numbered one above it.
        """
        end, numbered = paragraph - 1, _NUMBERED.match(self.text, paragraph) is not None
        while end > 0:
            start = self.paragraph_start(end)
            if _HEADING.fullmatch(self.text, start, end):
                return start, end
            if self.text[start] in "（(" and not numbered:
                return start, min(end, start + _LONGEST_HEADING)
            end = start - 1
        return 0, 0

    def speaks_of(self, topic: str, start: int, end: int) -> bool:
        """Whether a stretch has a cue of a topic."""
        return self.words.topics[topic].search(self.text, start, end) is not None


def scene(text: str, words: Vocabulary, boundaries: Boundaries) -> Scene:
    """The scene of a text; `boundaries` are the offsets at which a word begins or ends."""
    quotes: list[int] = []
    brackets: list[int] = []

    def blank(group: re.Match[str]) -> str:
        start, end = group.span()
        if text[start] in "《“":
            quotes.extend((start, end))
        elif text[start + 1] in _NOTE or not _NUMBER.search(text, start, end):
            brackets.extend((start, end))
        else:  # clauses end in it, but no sentence does
            return _replaced(group[0], _SENTENCE_STOPS, "，")
        return " " * (end - start)

    clauses = _GROUP.sub(blank, text) + "\n"
    return Scene(
        text,
        words,
        boundaries,
        _replaced(clauses, _STOPS, "\n"),
        _replaced(clauses, _SENTENCE_STOPS, "\n"),
        tuple(quotes),
        tuple(brackets),
    )


def _replaced(text: str, marks: str, by: str) -> str:
    """A text with one mark for all of some."""
    for mark in marks:
        text = text.replace(mark, by)
    return text


def inside(edges: Sequence[int], offset: int) -> bool:
    """Whether an offset lies in one of some stretches, of which the beginnings and ends are given in turn.

    >>> inside((2, 4, 4, 5), 1), inside((2, 4, 4, 5), 4), inside((2, 4, 4, 5), 5)
    (False, True, False)
    """
    return bisect_right(edges, offset) % 2 == 1


def _hits(text: str, start: int, end: int, words: Vocabulary, boundaries: Boundaries) -> list[Hit]:
    """The terms of a stretch, the longest at each place, none overlapping.

    A term of two characters that is made of pieces of two words is none: 来信 in 未来信息.
    """
    hits: list[Hit] = []
    meanings, crosses = words.meanings, boundaries.crosses
    for number, first, last in words.index.find_matches_as_indexes(text[start:end]):
        term, sense = meanings[number]
        first, last = start + first, start + last  # noqa: PLW2901 (offsets of the whole text)
        if sense.short and crosses(first, last):
            return hits + _hits(text, first + 1, end, words, boundaries)
        hits.append(made(Hit, (first, last, term, sense)))
    return hits
