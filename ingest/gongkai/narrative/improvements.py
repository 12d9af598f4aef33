"""Shortcomings and the measures against them, as section five states them: one item each, by its leading phrase.

The text is read as stretches that state the one or the other; words such as 存在的问题 and 下一步 turn it. Where a stretch
counts its items (一是 …), these are the items; else each sentence or clause that stands by itself is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.narrative.model import Measure, Shortcoming
from gongkai.narrative.prose import Prose
from gongkai.narrative.vocabulary import Vocabulary

_ORDINALS = "一二三四五六七八九十"
_BEGIN = r"(?:(?<=[\n。；;：:，,])|^)"
_ENUMERATOR = re.compile(
    rf"(?P<is>[{_ORDINALS}]是(?!否))|(?P<nth>{_BEGIN}第[{_ORDINALS}](?:[,，、：:]|是|点)+)|(?P<wide>[（(][{_ORDINALS}]{{1,3}}[）)]、?)"
    rf"|(?P<bracket>{_BEGIN}[（(]?\d{{1,2}}[）)])|(?P<digit>{_BEGIN}\d{{1,2}}[.．、](?!\d))|(?P<circle>[①-⑩])"
    rf"|(?P<order>{_BEGIN}(?:首先|其次|再次|再者|最后)[是，,、]?)|(?P<comma>{_BEGIN}[{_ORDINALS}]{{1,2}}、)"
)
_FIRST = re.compile(r"[（(]?[一1①]|第一|首先")
_SENTENCE_END = re.compile(r"[。！!\n；;]")
_CLAUSE_END = re.compile(r"[，,。；;：:！!\n]")
_COLON = re.compile(r"\s*[：:]")
_STATED = re.compile(
    r"(?:存在|还有|仍有|有)[^。\n]{0,30}(?:问题|不足|差距|短板)[^。\n]{0,20}[。：:，,]?"
    r"\s*(?:一是|（一）|\(一\)|1[.．、])"
)
_YEAR_PLAN = re.compile(r"20\d\d年(?:度)?[，,]?(?:我[^，。,]{1,4}|本[^，。,]{1,4})?(?:将|要|着重|计划)")
_SUBJECT = re.compile(
    r"[，,：:\s]*(?:是|同时|此外|另外|并且|并|问题)?[，,]?(?:20\d\d年(?:度)?[，,]?)?"
    r"(?:(?:我|本)(?:局|委|厅|市|县|区|镇|乡|办|街道|街|单位|部门|机关|省|州|旗|院|处)|我们)?(?:将|要|还将|也将)?(?:进一步(?=做好以下))?"
)
_REPORTED = re.compile(r"目前|截至|以上|确保")
_HEADING = 22
_NEAR = 8
_SHORTEST = 6
_LONG_ZONE = 1200


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch that may be an item; `kind` is that of its enumerator, "" without one."""

    start: int
    end: int
    kind: str = ""
    first: bool = False


@dataclass(slots=True)
class _Stretch:
    """Pieces that state shortcomings, or measures."""

    measures: bool
    pieces: list[_Piece] = field(default_factory=list)


def improvements(prose: Prose, words: Vocabulary) -> tuple[tuple[Shortcoming, ...], tuple[Measure, ...]]:
    """The shortcomings and the measures of a report.

    `answers` links a measure to its shortcoming only where both stand in one item.
    """
    shortcomings: list[Shortcoming] = []
    measures: list[Measure] = []
    for start, end in _zones(prose):
        zone = _Zone(prose.text, words, start, end)
        stretches = list(zone.stretches())
        inline = not any(s.measures for s in stretches)
        for stretch in stretches:
            for piece, limit in zone.items(stretch):
                span = zone.lead(piece)
                if span is None:
                    continue
                theme = _theme(prose.text[slice(*span)], words)
                if stretch.measures:
                    measures.append(Measure(prose.quote(*span), theme))
                    continue
                shortcomings.append(Shortcoming(prose.quote(*span), theme))
                answer = zone.answer(piece, limit) if inline else None
                if answer:
                    words_of = prose.text[slice(*answer)]
                    measures.append(
                        Measure(prose.quote(*answer), _theme(words_of, words), len(shortcomings) - 1)
                    )
    return tuple(shortcomings), tuple(measures)


def _zones(prose: Prose) -> Iterator[tuple[int, int]]:
    """Where shortcomings may be stated: section five, or, without one, where a list of them begins."""
    zones = [
        (start, end)
        for number, start, end in prose.passages()
        if number == 5 and prose.text[start:end].strip()
    ]
    if not zones:
        stated = list(_STATED.finditer(prose.text))
        zones = [(stated[-1].start(), _section_end(prose, stated[-1].start()))] if stated else []
    for start, end in zones:
        stated = list(_STATED.finditer(prose.text, start, end)) if end - start > _LONG_ZONE else []
        yield (stated[-1].start() if stated else start), end


def _section_end(prose: Prose, offset: int) -> int:
    return next(end for _, start, end in prose.passages() if start <= offset < end)


def _theme(text: str, words: Vocabulary) -> str | None:
    """The theme most of whose words stand in a text; the first in the order of the vocabulary where two do."""
    counts = [(sum(len(w) for w in theme.words if w in text), theme.key) for theme in words.themes]
    best = max(counts, key=lambda c: c[0], default=(0, ""))
    return best[1] if best[0] else None


class _Zone:
    """Section five, taken apart."""

    def __init__(self, text: str, words: Vocabulary, start: int, end: int) -> None:
        self.text = text
        self.words = words
        self.start = start
        self.end = end

    def stretches(self) -> Iterator[_Stretch]:
        """What is said of shortcomings and what of measures, in turn."""
        stretch: _Stretch | None = None
        for piece in self._pieces():
            turned, rest = self._turn(piece, stretch)
            if turned is not None:
                if stretch is not None and stretch.pieces:
                    yield stretch
                stretch = _Stretch(turned)
                if rest is not None and self.text[rest.start : rest.end].strip(" ：:，,"):
                    stretch.pieces.append(rest)
                continue
            if stretch is None:
                stretch = self._first(piece)
            if stretch is not None:
                stretch.pieces.append(piece)
        if stretch is not None and stretch.pieces:
            yield stretch

    def _first(self, piece: _Piece) -> _Stretch | None:
        """What a section states that opens nothing by words; praise before the first shortcoming states neither."""
        if self.words.deficiency.search(self.text, piece.start, piece.end):
            return _Stretch(False)
        return _Stretch(True) if piece.kind else None

    def items(self, stretch: _Stretch) -> Iterator[tuple[_Piece, int]]:
        """The items of a stretch, each with the end of what belongs to it."""
        counted = [p for p in stretch.pieces if p.kind]
        leaves = [
            p
            for i, p in enumerate(counted)
            if not (i + 1 < len(counted) and counted[i + 1].kind != p.kind and counted[i + 1].first)
        ]
        if leaves:
            ends = [*(p.start for p in leaves[1:]), stretch.pieces[-1].end]
            yield from zip(leaves, ends, strict=True)
            return
        pieces = [p for p in stretch.pieces if not _REPORTED.match(self.text, p.start)]
        if stretch.measures:
            yield from ((p, p.end) for p in pieces)
            return
        for piece in pieces:
            clauses = [
                c for c in self._clauses(piece) if self.words.deficiency.search(self.text, c.start, c.end)
            ]
            yield from ((c, c.end) for c in (clauses if len(pieces) == 1 else clauses[:1]))

    def lead(self, piece: _Piece) -> tuple[int, int] | None:
        """The leading phrase of an item."""
        subject = _SUBJECT.match(self.text, piece.start, piece.end)
        start = subject.end() if subject else piece.start
        end = _CLAUSE_END.search(self.text, min(start + _SHORTEST, piece.end), piece.end)
        stop = end.start() if end else piece.end
        while stop > start and self.text[stop - 1] in "。；;，, \n等":
            stop -= 1
        return (start, stop) if stop - start > 1 else None

    def answer(self, piece: _Piece, limit: int) -> tuple[int, int] | None:
        """The measure that stands in the item of a shortcoming: …不够，我们进一步加强…."""
        turn = self.words.resolve.search(self.text, piece.start, limit)
        return self.lead(_Piece(turn.end(), limit)) if turn else None

    def _pieces(self) -> Iterator[_Piece]:
        """The sentences, and what each enumerator begins."""
        marks = list(_ENUMERATOR.finditer(self.text, self.start, self.end))
        cuts = {m.start(): m for m in marks}
        ends = sorted(
            {*(m.end() for m in _SENTENCE_END.finditer(self.text, self.start, self.end)), *cuts, self.end}
        )
        start = self.start
        for end in ends:
            mark = cuts.get(start)
            body = mark.end() if mark else start
            if self.text[body:end].strip("。；;\n 　"):
                yield _Piece(
                    body, end, (mark.lastgroup or "") if mark else "", bool(mark and _FIRST.match(mark[0]))
                )
            elif mark and mark.end() < end:
                yield _Piece(body, end, mark.lastgroup or "")
            start = end

    def _turn(self, piece: _Piece, stretch: _Stretch | None) -> tuple[bool | None, _Piece | None]:
        """Whether a piece turns to measures (True) or to shortcomings (False), and what is left of it behind the words."""
        plan = _YEAR_PLAN.match(self.text, piece.start, piece.end)
        opening, measures = self._opening(piece, self.words.measures_opening), True
        if opening is None and plan is not None and not piece.kind:
            opening = plan
        if opening is None:
            opening, measures = self._opening(piece, self.words.shortcomings), False
        if opening is None:
            return None, None
        end = opening.end()
        colon = self.text.find("：", end, piece.end), self.text.find(":", end, piece.end)
        after = [c + 1 for c in colon if c >= 0]
        if after and min(after) - end < 40:
            end = min(after)
        elif stretch is not None and stretch.pieces and stretch.measures == measures and not piece.kind:
            return None, None
        return measures, _Piece(end, piece.end) if end < piece.end else None

    def _opening(self, piece: _Piece, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The last of the opening words of a piece, where they stand so as to open something."""
        found = list(pattern.finditer(self.text, piece.start, piece.end))
        if not found:
            return None
        near = found[0].start() - piece.start <= _NEAR
        heading = piece.end - piece.start <= _HEADING and not self.words.deficiency.fullmatch(found[-1][0])
        colon = any(_COLON.match(self.text, m.end()) for m in found)
        if piece.kind:
            return found[-1] if near and (heading or colon) else None
        return found[-1] if near or heading or colon or pattern is self.words.shortcomings else None

    def _clauses(self, piece: _Piece) -> Iterator[_Piece]:
        start = piece.start
        for end in (
            *(m.end() for m in re.finditer(r"[，,]", self.text[piece.start : piece.end])),
            piece.end - piece.start,
        ):
            if piece.start + end > start:
                yield _Piece(start, piece.start + end)
            start = piece.start + end
