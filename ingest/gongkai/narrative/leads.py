"""The leading phrases of what zones state: one for each item counted, else for each clause that stands by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from gongkai.narrative.announcements import Role
from gongkai.narrative.clauses import Clause
from gongkai.narrative.pairs import Item
from gongkai.narrative.phrases import Phrases
from gongkai.narrative.themes import theme
from gongkai.narrative.zones import Piece, Zone

_COLON = ("：", ":")
_SEMICOLON = ("；", ";")
_SECOND = 2
_LONGEST = 3
"""Clauses: what is wanting is said in the first ones, or nowhere."""
_DENIAL = "不"
"""What is denied behind 、 is denied of the subject before it: 不全面、不完整."""
_SUBJECT = 4
"""Characters that a thing wanting has at least, where 、 divides several."""


@dataclass(frozen=True, slots=True)
class Leads:
    """Finds leading phrases in a text."""

    text: str
    words: Phrases

    def of(self, zone: Zone) -> Iterator[Item]:
        """The items of a zone, in order."""
        zone = Zone(
            zone.role,
            list(takewhile(lambda p: not p.clauses or not self.words.closes(p.clauses[0].text), zone.pieces)),
            zone.inside,
        )
        counted = self._counted(zone)
        if not counted:
            yield from self._uncounted(zone.pieces, zone, whole=zone.inside)
            return
        for piece in zone.pieces:
            if any(piece is other for other in counted):
                lead = self._lead(piece.clauses, zone.role)
                yield from self._items([lead], zone.role, _all_said(piece, zone), counted=True)
            elif piece.uncounted:
                yield from self._uncounted([piece], zone, whole=True)

    def _uncounted(self, pieces: Sequence[Piece], zone: Zone, *, whole: bool) -> Iterator[Item]:
        """The items of pieces without numerals; `whole`: a sentence is one item, as it is where there are several."""
        groups = [
            (piece, list(group))
            for piece in pieces
            if not piece.heading and not self._is_footer(piece)
            for group in _divided(piece.clauses)
        ]
        together = {id(piece): sum(piece is other for other, _ in groups) for piece, _ in groups}
        for piece, group in groups:
            everything = "，".join(c.text for c in group)
            if zone.role is Role.SHORTCOMING:
                one = together[id(piece)] > 1 or (whole and not zone.inside)
                leads = list(self._wanting(group)) or self._beside(group, piece, whole=one)
            else:
                one = whole or len(groups) > 1
                leads = [self._lead(lead, zone.role) for lead in self._acting(group, whole=one)]
            yield from self._items(leads[:1] if one else leads, zone.role, everything)

    def _counted(self, zone: Zone) -> list[Piece]:
        """The pieces that numerals count, of the outer list; where one only names a topic, those counted inside it."""
        counted = [p for p in zone.pieces if p.counted]
        outer = min((p.depth for p in counted), default=0)
        chosen = _uncounted_first(zone.pieces)
        for i, piece in enumerate(counted):
            if piece.depth == outer:
                inner = list(_deeper(counted[i + 1 :], outer))
                chosen.extend([piece] if not inner or self._tells(piece, zone.role) else inner)
        return chosen

    def _is_footer(self, piece: Piece) -> bool:
        """Whether a line stands below the text: a date, a signature, the name of a menu."""
        only = piece.clauses[0]
        alone = len(piece.clauses) == 1 and piece.of is None and only.stop == "\n"
        return alone and not self.words.acts(only.text) and not self.words.deficient(only.text)

    def _tells(self, piece: Piece, role: Role) -> bool:
        if role is Role.SHORTCOMING:
            return self.words.deficient(piece.text)
        return self.words.acts(piece.clauses[0].text)

    def _lead(self, parts: Sequence[Clause], role: Role) -> Sequence[Clause]:
        return self._of_shortcoming(parts) if role is Role.SHORTCOMING else self._of_measure(parts)

    def _of_shortcoming(self, parts: Sequence[Clause]) -> Sequence[Clause]:
        """From the first clause that grants nothing to the first that says what is wanting."""
        start = next((i for i, c in enumerate(parts) if not self.words.concedes(c.text)), 0)
        for i in range(start, min(start + _LONGEST, len(parts))):
            if self.words.deficient(parts[i].text):
                return parts[start : i + 1]
        return parts[start : start + 1]

    def _of_measure(self, parts: Sequence[Clause]) -> Sequence[Clause]:
        """From the first clause to the first that does not only lead to another; what it answers is left out."""
        while len(parts) > 1 and self._is_aside(parts[0].text):
            parts = parts[1:]
        for i, part in enumerate(parts[:_LONGEST]):
            if not self.words.adverbial(part.text) or part.ends_sentence:
                return parts[: i + 1]
        return parts[:_LONGEST]

    def _beside(self, parts: Sequence[Clause], piece: Piece, *, whole: bool) -> Sequence[Sequence[Clause]]:
        """A group without a word of deficiency, where semicolons set it beside groups that have one."""
        words = self.words
        plain = [p for p in parts if not words.concedes(p.text) and not words.adverbial(p.text)]
        if not whole or not plain or words.acts(plain[0].text) or any(words.solved(p.text) for p in parts):
            return []
        return [plain[:1]] if words.deficient(piece.text) else []

    def _is_aside(self, text: str) -> bool:
        """Whether a clause only names the shortcoming that the measure behind it answers, or under whose lead."""
        if self.words.numbered_target(text) is not None or self.words.circumstance(text):
            return True
        return self.words.target(text) is not None and self.words.adverbial(text)

    def _wanting(self, parts: Sequence[Clause]) -> Iterator[Sequence[Clause]]:
        """The clauses of a sentence that say what is wanting, each with those that lead to it."""
        if self.words.explains(parts[0].text) or any(self.words.solved(part.text) for part in parts):
            return
        if parts[-1].text.endswith("等") and len(parts) > 1:
            yield from self._enumerated(parts)
            return
        later = [any(self.words.deficient(p.text) for p in parts[i + 1 :]) for i in range(len(parts))]
        parts = [
            p for p, more in zip(parts, later, strict=True) if not (more and self.words.gives_reason(p.text))
        ]
        leading: list[Clause] = []
        given = False
        for before, part in zip([None, *parts], parts, strict=False):
            if before is not None and self.words.goes_on(part.text):
                if not given:
                    yield [before, part]
                    given = True
                continue
            if not self.words.deficient(part.text) or self.words.concedes(part.text):
                leading = [*leading, part] if self.words.adverbial(part.text) else []
                continue
            yield from list(self._listed(part)) or [[*leading, part]]
            leading, given = [], True

    def _enumerated(self, parts: Sequence[Clause]) -> Iterator[Sequence[Clause]]:
        """The clauses of a list that 等 ends, each an item even where it has no word of deficiency."""
        first = next((i for i, p in enumerate(parts) if self.words.deficient(p.text)), len(parts))
        for part in parts[first:]:
            yield from list(self._listed(part)) or [[part]]

    def _listed(self, part: Clause) -> Iterator[Sequence[Clause]]:
        """The shortcomings that 、 divides in a clause, if each names its subject."""
        skipped, summed = self.words.lead_in(part.text), self.words.trailing(part.text)
        pieces = part.text[skipped : len(part.text) - summed].split("、")
        if len(pieces) == 1 or not all(map(self._stands_alone, pieces)):
            return
        start = part.start + skipped
        for piece in pieces:
            yield [Clause(start, start + len(piece), piece, "、")]
            start += len(piece) + 1

    def _stands_alone(self, piece: str) -> bool:
        """Whether one of several things that 、 divides says what is wanting, and of what."""
        words = self.words
        named = not piece.startswith(_DENIAL) and not words.goes_on(piece)
        return named and len(piece) >= _SUBJECT and words.deficient(piece)

    def _acting(self, parts: Sequence[Clause], *, whole: bool) -> Iterator[Sequence[Clause]]:
        """The clauses of a sentence that begin as a measure does and tell no mere effect, each with those that lead to it.

        Where none has a known verb, or `whole` says so, the sentence is one measure, if it reports nothing.
        """
        if len(parts) > 1 and parts[0].stop in _COLON and self.words.names_work(parts[0].text):
            parts = parts[1:]
        main = next((p for p in parts if not self.words.adverbial(p.text)), None)
        if whole and main is not None and not self._is_no_measure(main):
            yield parts
            return
        waiting: list[Clause] = []
        given = stated = False
        for part in parts:
            if self.words.hopes(part.text) or (stated and self.words.tells_outcome(part.text)):
                continue
            waiting.append(part)
            if self.words.adverbial(part.text) and not part.ends_sentence:
                continue
            stated = True
            if self.words.acts(part.text):
                yield waiting
                given = True
            waiting = []
        if not given and not any(map(self._is_no_measure, parts)):
            yield parts

    def _is_no_measure(self, part: Clause) -> bool:
        words, text = self.words, part.text
        return words.reports(text) or words.deficient(text) or words.hopes(text) or words.concedes(text)

    def _items(
        self, leads: Sequence[Sequence[Clause]], role: Role, everything: str, *, counted: bool = False
    ) -> Iterator[Item]:
        """Items by their leading clauses, without what only leads to them or sums them up."""
        for lead in leads:
            start, end = lead[0].start, lead[-1].end
            skipped = self.words.lead_in if role is Role.SHORTCOMING else self.words.subject
            start += skipped(self.text[start : lead[0].end])
            end -= self.words.trailing(self.text[start:end], of_list=role is Role.MEASURE)
            if end - start > 1:
                words = self.text[start:end]
                about = theme(words, everything if len(leads) == 1 else words)
                yield Item(start, end, words, everything, about, counted)


def _all_said(piece: Piece, zone: Zone) -> str:
    """What a counted piece says, and the sentences that go on with it."""
    following = zone.pieces[next(i for i, p in enumerate(zone.pieces) if p is piece) + 1 :]
    return "，".join(p.text for p in (piece, *takewhile(lambda p: p.of is None, following)))


def _uncounted_first(pieces: Sequence[Piece]) -> list[Piece]:
    """The first item of a list that begins with 二是: what stands before it, uncounted."""
    first = next((i for i, p in enumerate(pieces) if p.counted), 0)
    before = pieces[first - 1] if first > 0 and pieces[first].number == _SECOND else None
    return [before] if before is not None and before.clauses else []


def _deeper(pieces: Sequence[Piece], depth: int) -> Iterator[Piece]:
    """The pieces that stand inside the one before them."""
    for piece in pieces:
        if piece.depth <= depth:
            return
        yield piece


def _divided(parts: Sequence[Clause]) -> Iterator[Iterator[Clause]]:
    """What semicolons divide."""
    numbers, group = [], 0
    for part in parts:
        numbers.append(group)
        group += part.stop in _SEMICOLON
    for _, members in groupby(zip(numbers, parts, strict=True), key=lambda p: p[0]):
        yield (part for _, part in members)
