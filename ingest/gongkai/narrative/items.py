"""Shortcomings and the measures against them, as section five states them: one item each, by its leading phrase."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from gongkai.narrative.announcements import Role, announcements
from gongkai.narrative.clauses import Clause, Mark, clauses
from gongkai.narrative.leads import Leads
from gongkai.narrative.model import Measure, Shortcoming
from gongkai.narrative.pairs import Stated, paired
from gongkai.narrative.phrases import phrases
from gongkai.narrative.prose import Prose
from gongkai.narrative.zones import Piece, Reader, Zone

_SECTION = 5
_LONGEST_SECTION = 1200
"""Characters: a longer one may hold what stands before a lost heading."""
_SENTENCE = re.compile(r"[^。！!\n]+[。！!\n\s]*")
_FIRST = re.compile(r"一[是要]|[（(][一1][）)]|1[.．、]")

_OTHER_SECTION = re.compile(r"其[他它]需要?报告|收到和处理|主动公开政府信息情况")
"""A sentence that names another section lists them all, as a preface does."""


def items(
    prose: Prose, where: Iterable[tuple[int, int]] | None = None
) -> tuple[tuple[Shortcoming, ...], tuple[Measure, ...]]:
    """The shortcomings and the measures of a report, in the order of the text; `where` are its passages, if known."""
    stated = list(_stated(prose, passages(prose) if where is None else where))
    shortcomings = [item for group in stated if group.role is Role.SHORTCOMING for item in group.items]
    return (
        tuple(Shortcoming(prose.quote(i.start, i.end), i.theme) for i in shortcomings),
        tuple(
            Measure(prose.quote(i.start, i.end), i.theme, answers) for i, answers in paired(stated, phrases())
        ),
    )


def _stated(prose: Prose, where: Iterable[tuple[int, int]]) -> Iterator[Stated]:
    leads = Leads(prose.text, phrases())
    for start, end in where:
        told = tuple(_numbered(clauses(prose.text, start, end)))
        zones = Reader(phrases(), announcements()).zones(told)
        if not any(zone.role is Role.SHORTCOMING for zone in zones):
            yield from _gap(told, leads)
        for zone in zones:
            found = () if zone.role is Role.DONE else tuple(leads.of(zone))
            if found:
                yield Stated(zone.role, found)


def _numbered(told: Iterable[Clause]) -> Iterator[Clause]:
    """The clauses; a heading printed on its own and again before its text is once, and counts an item as a numeral does."""
    number = 0
    before: Clause | None = None
    for clause in told:
        mark = clause.mark
        if (
            before is not None
            and before.ends_sentence
            and clause.ends_sentence
            and before.text == clause.text
        ):
            number += 1
            mark = mark or before.mark or Mark("repeated", number)
        elif before is not None:
            yield before
        before = clause._replace(mark=mark)
    if before is not None:
        yield before


def _gap(told: Sequence[Clause], leads: Leads) -> Iterator[Stated]:
    """The distance from what is asked, where a text states no other shortcoming."""
    gap = next((c for c in told if announcements().names_gap(c.text)), None)
    if gap is not None:
        yield Stated(
            Role.SHORTCOMING,
            tuple(leads.of(Zone(Role.SHORTCOMING, [Piece(Role.SHORTCOMING, clauses=[gap])]))),
        )


def passages(prose: Prose) -> Iterator[tuple[int, int]]:
    """Where shortcomings and measures are stated: section five, or, its heading lost, from where they are announced."""
    sections = list(prose.passages())
    found = [(a, b) for number, a, b in sections if number == _SECTION and prose.text[a:b].strip()]
    for start, end in found:
        opening = _opening(prose.text, start, end) if end - start > _LONGEST_SECTION else None
        yield start if opening is None else opening, end
    for number, start, end in sections:
        if not found and number:
            yield from _unheaded(prose.text, start, end)


def _unheaded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands for section five in a section where it has no heading of its own line."""
    inside = announcements().heading_inside(text, start, end)
    if inside is not None:
        yield inside
        return
    headed = announcements().heading_of_line(text, start, end)
    opening = _opening(text, start, end) if headed is None else headed
    if opening is not None:
        yield opening, end
        return
    told: list[re.Match[str]] = []
    if announcements().are_left(text, start, end):
        told = [m for m in _SENTENCE.finditer(text, start, end) if announcements().tells_which(m[0])]
    if told:
        yield told[0].start(), _end_of_paragraphs(text, told[-1].end(), end)
        return
    plan = next(filter(None, map(partial(_plan, text, start), _SENTENCE.finditer(text, start, end))), None)
    if plan is not None:
        yield plan, _end_of_paragraphs(text, plan, end)


def _plan(text: str, start: int, sentence: re.Match[str]) -> int | None:
    """Where a list of what will be done is announced, in a paragraph that turns to what is ahead."""
    if not announcements().open_plan(sentence[0]):
        return None
    paragraph = text[max(start, text.rfind("\n", 0, sentence.start()) + 1) : sentence.end()]
    listed = _FIRST.search(sentence[0]) or _FIRST.match(text, sentence.end())
    return sentence.start() if listed and announcements().look_ahead(paragraph) else None


def _end_of_paragraphs(text: str, offset: int, end: int) -> int:
    """The end of the paragraph, or of those behind it that go on with measures."""
    if text[offset - 1] != "\n":
        offset = text.find("\n", offset, end) + 1 or end
    while offset < end:
        first = next(clauses(text, offset, end), None)
        if first is None or not announcements().turns(first):
            break
        offset = text.find("\n", offset, end) + 1 or end
    return offset


def _opening(text: str, start: int, end: int) -> int | None:
    """Where the last sentence begins that says that there are shortcomings and goes on to count them."""
    patterns = announcements()
    if not patterns.are_made(text, start, end):
        return None
    found = [
        m.start()
        for m in _SENTENCE.finditer(text, start, end)
        if patterns.open_section(m[0])
        and not _OTHER_SECTION.search(m[0])
        and (_FIRST.search(m[0]) or _FIRST.match(text, m.end()))
    ]
    return found[-1] if found else None
