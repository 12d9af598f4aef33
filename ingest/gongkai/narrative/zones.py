"""Section five as pieces: what each states, and how its items are counted.

A piece is a sentence, or what a numeral begins. Announcements (存在的主要问题, 针对上述问题) and turns (下一步) say what is
stated from there on; a list that goes on after a turn (二是 behind 一是 …，我们将 …) goes on with what it was about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from gongkai.narrative.announcements import Announcements, Role
from gongkai.narrative.clauses import Clause, Mark
from gongkai.narrative.phrases import Phrases

_ALSO = frozenset({"同时", "此外", "另外", "另一方面", "其次", "再次"})
"""What a sentence may begin with before it begins."""
_TOPIC_ENDS = ("。", "\n", "：", ":")
_NAMED = {"issue": Role.SHORTCOMING, "remedy": Role.MEASURE}
"""The series whose numerals say what they count: 问题一, 措施一."""


@dataclass(slots=True)
class List:
    """Items that one series of numerals counts; `depth` is 1 for one that stands in no other."""

    series: str
    number: int
    role: Role | None
    depth: int


@dataclass(slots=True)
class Piece:
    """A stretch of one role."""

    role: Role | None
    of: List | None = None
    clauses: list[Clause] = field(default_factory=list)
    number: int = 0
    """Its place in the list, 0 where no numeral begins it."""
    heading: bool = False
    """Whether its numeral counts an announcement."""
    uncounted: bool = False
    """Whether it stands under a counted heading with no list: what it says is an item though others are counted."""

    @property
    def counted(self) -> bool:
        """Whether a numeral begins it, and it is no announcement."""
        return self.of is not None and not self.heading and bool(self.clauses)

    @property
    def depth(self) -> int:
        """How many lists it stands in, 0 where no numeral begins it."""
        return self.of.depth if self.of is not None else 0

    @property
    def text(self) -> str:
        """Its words, without stops."""
        return "，".join(c.text for c in self.clauses)


@dataclass(slots=True)
class Zone:
    """Pieces of one role that stand together."""

    role: Role
    pieces: list[Piece]
    inside: bool = False
    """Whether it stands inside an item of the zone before it."""


class Reader:
    """Reads clauses in order; what was announced and what is being counted tell what a clause states."""

    def __init__(self, phrases: Phrases, announcements: Announcements) -> None:
        self._phrases = phrases
        self._announcements = announcements
        self._role: Role | None = None
        self._lists: list[List] = []
        self._pieces: list[Piece] = []

    def zones(self, clauses: Iterable[Clause]) -> list[Zone]:
        """The zones of section five in order."""
        opens = True
        for clause in clauses:
            if clause.mark is not None:
                self._count(clause.mark)
            elif opens:
                self._begin()
            self._take(clause, opens=opens or clause.mark is not None)
            opens = clause.ends_sentence or (opens and self._only_leads(clause))
        self._settle()
        return list(_grouped(self._pieces))

    def _only_leads(self, clause: Clause) -> bool:
        """Whether a sentence begins behind a clause: 同时, 2031年."""
        return clause.text in _ALSO or self._phrases.names_year(clause.text)

    def _count(self, mark: Mark) -> None:
        """Goes on with a list, or begins one."""
        for i in reversed(range(len(self._lists))):
            known = self._lists[i]
            if known.series == mark.series and known.number < mark.number:
                del self._lists[i + 1 :]
                known.number = mark.number
                self._role = known.role
                self._begin(known)
                return
        same = [i for i, known in enumerate(self._lists) if known.series == mark.series]
        if same:
            del self._lists[same[0] :]
        self._role = _NAMED.get(mark.series, self._role)
        self._lists.append(List(mark.series, mark.number, self._role, len(self._lists) + 1))
        self._begin(self._lists[-1])

    def _begin(self, of: List | None = None) -> None:
        self._pieces.append(Piece(self._role, of, number=of.number if of is not None else 0))

    def _take(self, clause: Clause, *, opens: bool) -> None:
        piece = self._pieces[-1]
        counted = clause.mark is not None
        said = self._announcements.of(clause, self._role, opens=opens)
        if said is not None:
            if not counted and piece.of is None and self._announcements.looks_forward(clause.text):
                piece.clauses.clear()
            self._announced(said.role, clause)
            return
        turned = self._announcements.turn(clause.text, self._role)
        if turned is not None and not (counted and self._role is Role.SHORTCOMING):
            if self._role is not Role.MEASURE:
                self._role = Role.MEASURE
                self._begin()
            clause = _without(clause, turned)
        elif self._returns(clause, opens=opens):
            self._role = Role.SHORTCOMING
            self._begin()
        if self._phrases.names_year(clause.text) and not clause.ends_sentence:
            return
        if clause.text:
            self._pieces[-1].clauses.append(clause)
        elif not piece.clauses and counted:
            piece.heading = True

    def _announced(self, role: Role | None, clause: Clause) -> None:
        piece, counted = self._pieces[-1], clause.mark is not None
        piece.heading = counted or piece.heading
        if counted and self._role is None and self._announcements.names_work(clause.text):
            role = Role.DONE
        if role is None or role is self._role:
            if piece.clauses:
                piece.clauses[-1] = piece.clauses[-1]._replace(stop=clause.stop)
            return
        self._role = role
        if counted:
            piece.role = role
        self._begin()

    def _returns(self, clause: Clause, *, opens: bool) -> bool:
        """Whether a sentence behind uncounted measures states the next shortcoming, or the first of all."""
        if clause.mark is not None or not self._phrases.deficient(clause.text):
            return False
        if self._role is None or not opens:
            return self._role is None and self._pieces[-1].of is None
        before = next((p for p in reversed(self._pieces[:-1]) if p.clauses), None)
        uncounted = before is not None and before.of is None
        return (
            self._role is Role.MEASURE
            and uncounted
            and (self._phrases.falls_short(clause.text) or not self._phrases.acts(clause.text))
            and not self._phrases.adverbial(clause.text)
        )

    def _settle(self) -> None:
        """Gives each list the role of its items, whatever announced it, and drops what is empty."""
        for piece in self._pieces:
            self._name_topic(piece)
        for piece in _under_headings(self._pieces):
            piece.uncounted = True
        lists: dict[int, list[Piece]] = {}
        for piece in self._pieces:
            if piece.counted:
                lists.setdefault(id(piece.of), []).append(piece)
        for pieces in lists.values():
            role = self._voted(pieces)
            for piece in pieces:
                piece.role = role
        self._pieces = [p for p in self._pieces if p.clauses and p.role is not None]

    def _name_topic(self, piece: Piece) -> None:
        """Makes a heading of what only names a topic: （一）内容方面。"""
        if piece.counted and len(piece.clauses) == 1:
            only = piece.clauses[0]
            if only.stop in _TOPIC_ENDS and self._phrases.names_side(only.text):
                piece.heading = True
                piece.clauses.clear()

    def _voted(self, pieces: list[Piece]) -> Role | None:
        given = pieces[0].role
        if given is Role.DONE:
            return given
        wanting = sum(self._phrases.deficient(p.clauses[0].text) for p in pieces)
        acting = sum(
            self._phrases.acts(p.clauses[0].text) and not self._phrases.deficient(p.text) for p in pieces
        )
        if given is not Role.MEASURE and acting == len(pieces):
            return Role.MEASURE
        if given is None:
            return Role.SHORTCOMING if wanting > acting else Role.MEASURE if acting > wanting else None
        plain = all(
            self._phrases.deficient(p.clauses[0].text) and not self._phrases.acts(p.clauses[0].text)
            for p in pieces
        )
        return Role.SHORTCOMING if plain else given


def _without(clause: Clause, characters: int) -> Clause:
    return clause._replace(start=clause.start + characters, text=clause.text[characters:])


def _under_headings(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces under counted headings that no list follows."""
    waiting: list[Piece] = []
    listed = True
    for piece in pieces:
        if piece.heading:
            yield from waiting
            waiting, listed = [], False
        elif piece.counted:
            waiting, listed = [], True
        elif not listed:
            waiting.append(piece)
    yield from waiting


def _grouped(pieces: Sequence[Piece]) -> Iterator[Zone]:
    zones = [Zone(role, list(of)) for role, of in groupby(pieces, key=lambda p: p.role) if role is not None]
    lists = [next((p.of for p in reversed(z.pieces) if p.of is not None), None) for z in zones]
    inside = False
    for i, zone in enumerate(zones):
        if lists[i] is None and i > 0 and lists[i - 1] is not None:
            inside = inside if i + 1 == len(zones) else lists[i - 1] is lists[i + 1]
            zone.inside = inside
        yield zone
