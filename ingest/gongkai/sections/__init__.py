"""The six sections of a report: found by their headings, whatever numbers these carry, or by content where one is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    best: dict[int, list[Found]] = {}  # the best chain that ends with each section

    def worth(chain: list[Found]) -> tuple[int, int]:
        return len(chain), chain[-1].span.start

    for one in found:
        number = one.section.number
        before = max((c for n, c in best.items() if n < number), key=worth, default=[])
        best[number] = max([*before, one], best.get(number, [one]), key=worth)
    if not best:
        return [], ()
    chain = max(best.values(), key=worth)
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
