"""Lines that are the heading of a section: whatever numbers they carry, with text behind them, or misspelt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from gongkai.document import Span
from gongkai.folding import fold, without_ordinal
from gongkai.form import Form, Section
from gongkai.tables.labels import Labels

_SHORTEST_HEADING, _LONGEST_HEADING = 4, 45
_SIMILAR = 78  # percent; the headings of the form are less alike than this, misprints of one are more
_SIMILAR_NUMBERED = 74  # with the section's own number before it
_SUBORDINATE = re.compile(r"[（(]")
"""（一） numbers the parts of a section, which may be worded like a section."""
_BLANK = " \t\u3000\xa0"
_MARKUP = "#*_"
"""What Markdown sets before and after a heading."""
_LEADER = re.compile(r"(?:[.．·…•―—_-]{2,}|\s)\s*[0-9０-９]{1,3}\s*$")
"""Dots or space and the number of a page, as behind an entry of a table of contents."""
_LEAST_CONTENTS = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A heading; `taken` is the heading with the markup around it, which is no content of a section."""

    section: Section
    span: Span
    taken: Span


def candidates(lines: Sequence[Span], text: str, form: Form, labels: Labels) -> Iterator[Found]:
    """Lines that are a heading, or begin with one; for a section without any, the line most like its heading."""
    named = [(line, _heading(text, line, form, labels)) for line in lines]
    exact = _without_contents(_without_parts([f for _, f in named if f], text), text)
    yield from exact
    kept = set(exact)
    yield from _alike([line for line, f in named if f not in kept], exact, text, form)


def _alike(lines: Sequence[Span], exact: Sequence[Found], text: str, form: Form) -> Iterator[Found]:
    """For each section without a heading the line most like it; a line heads one section, rather that of its number."""
    best: dict[Span, tuple[bool, float, Section]] = {}
    for section in form.sections:
        if any(f.section == section for f in exact):
            continue
        likeness, line = max(
            ((_likeness(text[s.start : s.end], section), s) for s in lines), default=(0.0, Span(0, 0))
        )
        numbered = _numbered(text[line.start : line.end], section)
        enough = likeness >= (_SIMILAR_NUMBERED if numbered else _SIMILAR)
        if enough and (line not in best or best[line][:2] < (numbered, likeness)):
            best[line] = numbered, likeness, section
    yield from (Found(section, line, line) for line, (_, _, section) in best.items())


def _without_parts(found: Sequence[Found], text: str) -> list[Found]:
    """Without the parts of a section that are worded like one, unless the sections themselves are numbered in brackets."""
    bracketed = [f for f in found if _SUBORDINATE.match(text, f.span.start)]
    plain = [f for f in found if not _SUBORDINATE.match(text, f.span.start)]
    own = [f for f in bracketed if _numbered(text[f.span.start : f.span.end], f.section)]
    if len({f.section for f in own}) > len({f.section for f in plain}):
        return sorted((*plain, *own), key=lambda f: f.span)
    return plain


def _without_contents(found: Sequence[Found], text: str) -> list[Found]:
    """Without a table of contents: headings with nothing between them, most of which come again."""
    runs: list[list[Found]] = []
    for f in found:
        if runs and not _between(text, runs[-1][-1].span, f.span):
            runs[-1].append(f)
        else:
            runs.append([f])
    kept = []
    everywhere = Counter(f.section for f in found)
    for run in runs:
        here = Counter(f.section for f in run)
        again = sum(everywhere[f.section] > here[f.section] for f in run)
        if len(run) < _LEAST_CONTENTS or 2 * again < len(run):
            kept += run
    return kept


def _between(text: str, first: Span, second: Span) -> str:
    """What stands between two headings, the number of a page left out."""
    return _LEADER.sub("", text[first.end : second.start]).strip()


def _heading(text: str, line: Span, form: Form, labels: Labels) -> Found | None:
    words = text[line.start : line.end]
    if words.isdecimal():
        return None  # a cell on a line of its own, as most lines of many reports are
    start = line.start + len(words) - len(words.lstrip(_MARKUP + _BLANK))
    words = text[start : line.end].rstrip().rstrip(_MARKUP)
    if len(words) <= _LONGEST_HEADING:
        heading = _LEADER.sub("", words) if words[-1:].isdecimal() else words
        for wording in dict.fromkeys((words, heading, heading.lstrip("0123456789０１２３４５６７８９"))):
            for match in labels.find(wording):
                if isinstance(match.entry.part, Section):
                    return Found(match.entry.part, Span(start, start + len(heading)), line)
    return _leading(words, Span(start, line.end), form)


def _leading(words: str, line: Span, form: Form) -> Found | None:
    """A numbered heading with text behind it on the same line."""
    plain = without_ordinal(words)
    if plain is words or len(plain) < _SHORTEST_HEADING:
        return None
    for section in form.sections:
        for label in (section.label.official, *section.label.usual):
            if not plain.startswith(label):
                continue
            rest = plain[len(label) :]
            ends = rest[:1].isspace() or rest[:1] in "。：:"
            if ends and len(label) >= (_SHORTEST_HEADING if _numbered(words, section) else 6):
                span = Span(line.start, line.start + len(words) - len(rest))
                return Found(section, span, span)
    return None


def _numbered(words: str, section: Section) -> bool:
    """Whether a heading begins with the number of the section, however it is set."""
    numeral = fold(section.label.ordinal)
    return (
        re.match(rf"第?(?:{numeral}|{section.number})(?![一二三四五六七八九十\d])", fold(words)) is not None
    )


def _likeness(words: str, section: Section) -> float:
    """How like a heading of a section a short line is, in percent."""
    if len(words) > _LONGEST_HEADING:
        return 0.0
    words = words.strip()
    bare = without_ordinal(words)
    if bare is words or _SUBORDINATE.match(words) or words[-1:] in "。；;" or _LEADER.search(words):
        return 0.0
    plain = fold(bare)
    return max(fuzz.ratio(plain, fold(label)) for label in (section.label.official, *section.label.usual))
