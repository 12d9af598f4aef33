"""The six sections of a report: found by their headings, whatever numbers these carry, or by content where one is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from gongkai.document import Document, Span, Table
from gongkai.folding import fold, without_ordinal
from gongkai.form import Form, Section
from gongkai.report import SectionText
from gongkai.tables.labels import Labels

_LONGEST_HEADING = 45
_SIMILAR = 78  # percent; the headings of the form are less alike than this, misprints of one are more
_SUBORDINATE = re.compile(r"\s*[（(]")
"""（一） numbers the parts of a section, which may be worded like a section."""


@dataclass(frozen=True, slots=True)
class _Found:
    section: Section
    span: Span


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections in the order of the document; `misplaced` are those that stand out of the form's order."""

    found: tuple[SectionText, ...]
    misplaced: tuple[int, ...]

    @property
    def headed(self) -> tuple[SectionText, ...]:
        """Those that have a heading."""
        return tuple(s for s in self.found if s.heading is not None)


def sections(
    document: Document, extent: Span, form: Form, labels: Labels, regions: Mapping[str, Span]
) -> Sections:
    """The sections of a report that stands in `extent`; `regions` are the places of its tables."""
    lines = list(_lines(document, extent))
    candidates = sorted(_candidates(lines, document.text, form, labels), key=lambda f: f.span)
    chosen, misplaced = _ordered(candidates)
    texts = _with_content(chosen, extent)
    return Sections(tuple(_Lost(lines, document.text, extent, form, regions).added_to(texts)), misplaced)


def _lines(document: Document, extent: Span) -> Iterator[Span]:
    """The lines outside tables."""
    for block in document.blocks:
        if not isinstance(block, Table) and extent.overlaps(block.span):
            yield block.span


def _candidates(lines: Sequence[Span], text: str, form: Form, labels: Labels) -> Iterator[_Found]:
    """Lines that are a heading, or begin with one; for a section without any, the line most like its heading."""
    exact = [f for line in lines if (f := _heading(text, line, form, labels))]
    yield from exact
    for section in form.sections:
        if any(f.section == section for f in exact):
            continue
        best = max(((_likeness(text[s.start : s.end], section), s) for s in lines), default=(0.0, Span(0, 0)))
        if best[0] >= _SIMILAR:
            yield _Found(section, best[1])


def _heading(text: str, line: Span, form: Form, labels: Labels) -> _Found | None:
    words = text[line.start : line.end].strip()
    start = text.index(words, line.start) if words else line.start
    if _SUBORDINATE.match(words):
        return None
    if len(words) > _LONGEST_HEADING:
        return _leading(words, start, form)
    section = next((m.entry.part for m in labels.find(words) if isinstance(m.entry.part, Section)), None)
    if section is not None:
        return _Found(section, Span(start, start + len(words)))
    return _leading(words, start, form)


def _leading(words: str, start: int, form: Form) -> _Found | None:
    """A numbered heading with text behind it on the same line."""
    plain = without_ordinal(words)
    if plain is words:
        return None
    for section in form.sections:
        for label in (section.label.official, *section.label.usual):
            rest = plain[len(label) :]
            if len(label) >= 6 and plain.startswith(label) and (rest[:1].isspace() or rest[:1] in "。：:"):
                return _Found(section, Span(start, start + len(words) - len(rest)))
    return None


def _likeness(words: str, section: Section) -> float:
    """How like a heading of a section a short line is, in percent."""
    if len(words) > _LONGEST_HEADING:
        return 0.0
    words = words.strip()
    bare = without_ordinal(words)
    if bare is words or _SUBORDINATE.match(words) or words[-1:] in "。；;":
        return 0.0
    plain = fold(bare)
    return max(fuzz.ratio(plain, fold(label)) for label in (section.label.official, *section.label.usual))


def _ordered(candidates: Sequence[_Found]) -> tuple[list[_Found], tuple[int, ...]]:
    """The longest chain of headings in the form's order, the later one where two do; the others' last place."""
    best: list[tuple[int, list[_Found]]] = []
    for found in candidates:
        before = max(
            (b for b in best if b[1][-1].section.number < found.section.number),
            key=lambda b: (b[0], b[1][-1].span.start),
            default=(0, []),
        )
        best.append((before[0] + 1, [*before[1], found]))
    if not best:
        return [], ()
    chain = max(best, key=lambda b: (b[0], b[1][-1].span.start))[1]
    numbers = {f.section.number for f in chain}
    others = {f.section.number: f for f in candidates if f.section.number not in numbers}
    return sorted((*chain, *others.values()), key=lambda f: f.span), tuple(sorted(others))


def _with_content(chosen: Sequence[_Found], extent: Span) -> list[SectionText]:
    starts = [f.span.start for f in chosen]
    return [
        SectionText(f.section, f.span, Span(f.span.end, end))
        for f, end in zip(chosen, [*starts[1:], extent.end], strict=False)
    ]


@dataclass(frozen=True, slots=True)
class _Lost:
    """Finds the sections whose heading is lost but whose content stands: by its table, its place, or its cues."""

    lines: Sequence[Span]
    text: str
    extent: Span
    form: Form
    regions: Mapping[str, Span]

    def added_to(self, known: list[SectionText]) -> list[SectionText]:
        """The sections known and those found, in the order of the document."""
        for section in self.form.sections:
            if all(t.section != section for t in known):
                start = self._start(section, known)
                known = known if start is None else self._insert(known, section, start)
        return sorted(known, key=lambda t: t.content)

    def _start(self, section: Section, known: Sequence[SectionText]) -> int | None:
        if section.table is not None:
            region = self.regions.get(section.table)
            return region.start if region else None
        return self._prose_before(known) if section.number == 1 else self._cue(section, known)

    def _prose_before(self, known: Sequence[SectionText]) -> int | None:
        """Prose before all else is the overview."""
        end = min(
            [_begin(t) for t in known] + [r.start for r in self.regions.values()], default=len(self.text)
        )
        return next((s.start for s in self.lines if s.end <= end and _is_prose(self._words(s))), None)

    def _cue(self, section: Section, known: Sequence[SectionText]) -> int | None:
        """The first line with a cue, after the tables and the sections before it and before those after it."""
        ends = [
            t.heading.end if t.heading else t.content.start
            for t in known
            if t.section.number < section.number
        ]
        after = max([*ends, *(r.end for r in self.regions.values())], default=self.extent.start)
        before = min((_begin(t) for t in known if t.section.number > section.number), default=self.extent.end)
        for line in self.lines:
            words = self._words(line)
            cued = any(cue in words for cue in section.cues)
            if cued and after <= line.start < before and not self._announces(words):
                return line.start
        return None

    def _announces(self, words: str) -> bool:
        """Whether a line lists the sections, as the preface of a report does."""
        named = (s for s in self.form.sections if any(w in words for w in (s.label.official, *s.label.usual)))
        return len(list(named)) > 2

    def _insert(self, known: list[SectionText], section: Section, start: int) -> list[SectionText]:
        """Adds a section without heading; what it begins in ends there."""
        end = min((b for t in known if (b := _begin(t)) > start), default=self.extent.end)
        cut = [
            SectionText(t.section, t.heading, Span(t.content.start, start))
            if t.content.start < start < t.content.end
            else t
            for t in known
        ]
        return [*cut, SectionText(section, None, Span(start, max(start, end)))]

    def _words(self, line: Span) -> str:
        return self.text[line.start : line.end]


def _begin(text: SectionText) -> int:
    return text.heading.start if text.heading else text.content.start


def _is_prose(words: str) -> bool:
    return len(words) >= 30 and any(mark in words for mark in "，。,;；、")


def in_order(texts: Sequence[SectionText]) -> bool:
    """Whether the sections stand in the form's order (rule S2)."""
    return all(a.section.number < b.section.number for a, b in pairwise(texts))
