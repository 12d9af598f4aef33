"""Prose for tests: one section, as if a report held no more."""

from __future__ import annotations

from dataclasses import replace

from gongkai.narrative.prose import Prose, prose
from tests.narrative.texts import report


def section_five(text: str) -> Prose:
    """A text as section five of a whole report, as a reader gives it."""
    return prose(report("本年度主动公开政府信息。", text))


def in_section(number: int, text: str) -> Prose:
    """A text as the prose of a section, and nothing else; short lines, and those that end a sentence, are paragraphs."""
    lines = text.splitlines()
    starts: list[int] = []
    origins: list[int] = []
    words = ""
    offset = 0
    for line in lines:
        body = line.strip()
        if body:
            starts.append(len(words))
            origins.append(offset + line.index(body))
            words += body
            if body[-1] in "。：:；;.！" or len(body) < 24:
                starts.append(len(words))
                origins.append(offset + len(line))
                words += "\n"
        offset += len(line) + 1
    return replace(
        Prose.of(words),
        source=text + "\n",
        starts=tuple(starts) or (0,),
        origins=tuple(origins) or (0,),
        sections=((0, number),),
    )
