"""A small report around rendered tables: title, six sections, a sentence each. The agency does not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape

from gongkai.form import Form, Section
from tests.render.grid import Sheet
from tests.render.layouts import Layout

AGENCY = "澜望市档案局"
PROSE = {
    1: "本机关围绕查档服务公开信息，办事指南随改随更。",
    5: "目录更新有时滞后。今后改为每月核对一次。",
    6: "本年度没有收取信息处理费。",
}


def title(year: int) -> str:
    """The title line."""
    return f"{AGENCY}{year}年政府信息公开工作年度报告"


Block = tuple[int, str]
"""Level of a heading, or 0 for what is none; its text."""


def _block(section: Section, tables: dict[str, str]) -> Block:
    return 0, tables[section.table] if section.table else PROSE[section.number]


def in_order(form: Form, tables: dict[str, str]) -> Iterator[Block]:
    """As the form sets it."""
    for section in form.sections:
        yield 2, section.label.printed
        yield _block(section, tables)


def unnumbered(form: Form, tables: dict[str, str]) -> Iterator[Block]:
    """Headings without their numbers."""
    for section in form.sections:
        yield 2, section.label.official
        yield _block(section, tables)


def usual_names(form: Form, tables: dict[str, str]) -> Iterator[Block]:
    """Headings in another usual wording."""
    for section in form.sections:
        yield 2, section.label.ordinal + (*section.label.usual, section.label.official)[0]
        yield _block(section, tables)


def numbered_twice(form: Form, tables: dict[str, str]) -> Iterator[Block]:
    """The number of a section printed twice."""
    for section in form.sections:
        yield 2, section.label.ordinal + section.label.printed
        yield _block(section, tables)


def tables_after(form: Form, tables: dict[str, str]) -> Iterator[Block]:
    """Six sections of prose, then the tables under 一, 二, 三 again."""
    for section in form.sections:
        yield 2, section.label.printed
        yield 0, PROSE.get(section.number, "详见附表。")
    yield 2, "附表"
    for ordinal, section in zip("一二三", (s for s in form.sections if s.table), strict=True):
        yield 2, f"{ordinal}、{section.label.official}"
        yield _block(section, tables)


Arrangement = Callable[[Form, dict[str, str]], Iterator[Block]]

ARRANGEMENTS: dict[str, Arrangement] = {
    "in-order": in_order,
    "unnumbered": unnumbered,
    "usual-names": usual_names,
    "numbered-twice": numbered_twice,
    "tables-after": tables_after,
}


def report(
    form: Form, printed: Iterable[Sheet], layout: Layout, year: int, arrangement: Arrangement = in_order
) -> bytes:
    """A whole report as UTF-8 bytes of the layout's kind of document."""
    tables = {sheet.key: layout.set(sheet) for sheet in printed}
    return _DOCUMENTS[layout.kind]([(1, title(year)), *arrangement(form, tables)]).encode()


def _text(blocks: list[Block]) -> str:
    return "\n".join(text for _, text in blocks) + "\n"


def _markdown(blocks: list[Block]) -> str:
    return "\n\n".join("#" * level + " " * bool(level) + text for level, text in blocks) + "\n"


def _html(blocks: list[Block]) -> str:
    def block(level: int, text: str) -> str:
        if level:
            return f"<h{level}>{escape(text)}</h{level}>"
        return text if text.startswith("<table>") else f"<p>{escape(text)}</p>"

    body = "\n".join(block(level, text) for level, text in blocks)
    return f'<!doctype html>\n<html><head><meta charset="utf-8"></head><body>\n{body}\n</body></html>\n'


_DOCUMENTS = {"text": _text, "markdown": _markdown, "html": _html}
