"""The six sections of a report: found by their headings, whatever numbers these carry, or by content where one is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.document import Document, Span
from gongkai.form import Form
from gongkai.report import SectionText
from gongkai.sections.headings import Found, candidates
from gongkai.sections.lost import Lost
from gongkai.tables.labels import Labels


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
    lines = [line for line in document.lines() if extent.overlaps(line)]
    found = sorted(candidates(lines, document.text, form, labels), key=lambda f: f.span)
    chosen, misplaced = _ordered(found)
    texts = _with_content(chosen, found, extent)
    return Sections(tuple(Lost(lines, document.text, extent, form, regions).added_to(texts)), misplaced)


def _ordered(found: Sequence[Found]) -> tuple[list[Found], tuple[int, ...]]:
    """The longest chain of headings in the form's order, the later one where two do; the others' last place."""
    best: list[tuple[int, list[Found]]] = []
    for one in found:
        before = max(
            (b for b in best if b[1][-1].section.number < one.section.number),
            key=lambda b: (b[0], b[1][-1].span.start),
            default=(0, []),
        )
        best.append((before[0] + 1, [*before[1], one]))
    if not best:
        return [], ()
    chain = max(best, key=lambda b: (b[0], b[1][-1].span.start))[1]
    numbers = {f.section.number for f in chain}
    others = {f.section.number: f for f in found if f.section.number not in numbers}
    return sorted((*chain, *others.values()), key=lambda f: f.span), tuple(sorted(others))


def _with_content(chosen: Sequence[Found], found: Sequence[Found], extent: Span) -> list[SectionText]:
    """Each section from its heading to the next; the last one ends where headings come again, as over tables set apart."""
    last = chosen[-1].span if chosen else extent
    again = min((f.taken.start for f in found if f.span.start > last.start), default=extent.end)
    ends = [*(f.taken.start for f in chosen[1:]), again]
    return [
        SectionText(f.section, f.span, Span(f.taken.end, end)) for f, end in zip(chosen, ends, strict=False)
    ]


def in_order(texts: Sequence[SectionText]) -> bool:
    """Whether the sections stand in the form's order (rule S2)."""
    return all(a.section.number < b.section.number for a, b in pairwise(texts))
