"""Prose for tests: one section, as if a report held no more."""

from __future__ import annotations

from dataclasses import replace

from gongkai.narrative.prose import Prose


def section_five(text: str) -> Prose:
    """A text as the prose of section five; lines that go on are joined."""
    return in_section(5, text)


def in_section(number: int, text: str) -> Prose:
    """A text as the prose of a section."""
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
    prose = Prose.of(words)
    return replace(
        prose,
        source=text + "\n",
        starts=tuple(starts) or (0,),
        origins=tuple(origins) or (0,),
        sections=((0, number),),
    )
