"""Sections whose heading is lost but whose content stands: found by their table, their place, or their cues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.document import Span
from gongkai.form import Form, Section
from gongkai.report import SectionText


@dataclass(frozen=True, slots=True)
class Lost:
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
            cued = any(_has(words, cue, section.barriers) for cue in section.cues)
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


def _has(words: str, cue: str, barriers: tuple[str, ...]) -> bool:
    """Whether a line has a cue: 主要问题, and not 及时整改主要问题."""
    start = words.find(cue)
    while start >= 0:
        if not words.endswith(barriers, 0, start):
            return True
        start = words.find(cue, start + 1)
    return False


def _is_prose(words: str) -> bool:
    whole = len(words) >= 8 and words.rstrip().endswith("。")
    return whole or (len(words) >= 30 and any(mark in words for mark in "，。,;；、"))
