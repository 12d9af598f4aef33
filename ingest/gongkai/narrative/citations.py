"""Laws, rules, notices and plans that the text cites by title, with the numbers of documents behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.narrative.model import Citation
from gongkai.narrative.prose import Prose
from gongkai.narrative.vocabulary import Vocabulary

_MARK = re.compile(r"[《》]")
_NUMBER = re.compile(
    r"[（(]([^（）()《》，,。]{1,20}[〔\[［【(（]\d{4}[〕\]］】)）]第?\d+号|[^（）()《》]{2,12}令第?\d+号)"
)
_VERSION = re.compile(r"[（(](?:试行|暂行|修订|修正|草案|征求意见稿|[\d\-—－~～至年版]+)[）)]$")
_DRAFTED = re.compile(r"(?:编制|起草)$")
_OWN_REPORT = re.compile(r"年度报告$|年报$|工作报告$")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class _Title:
    start: int
    end: int
    text: str


def citations(prose: Prose, words: Vocabulary) -> tuple[Citation, ...]:
    """The documents cited, each once, at its first place; a short form only where no longer title stands."""
    first: dict[str, _Title] = {}
    for title in _titles(prose.text):
        if _is_document(title, prose.text, words):
            first.setdefault(title.text, title)
    return tuple(
        Citation(t.text, prose.quote(t.start, t.end), _number(prose.text, t.end + 1))
        for t in first.values()
        if not any(t.text != other and t.text in other for other in first)
    )


def _titles(text: str) -> Iterator[_Title]:
    """What stands in 《》, the outermost where they are nested."""
    depth = start = 0
    for mark in _MARK.finditer(text):
        if mark[0] == "《":
            if depth == 0 or mark.start() - start > _LONGEST:
                depth, start = 0, mark.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0 and 1 < mark.start() - start <= _LONGEST:
                yield _Title(start, mark.start(), text[start : mark.start()].replace("\n", ""))


def _is_document(title: _Title, text: str, words: Vocabulary) -> bool:
    name = _VERSION.sub("", title.text)
    if not words.document_end.search(name) or words.no_document.search(name):
        return False
    return not (_OWN_REPORT.search(name) or _DRAFTED.search(text, max(0, title.start - 5), title.start - 1))


def _number(text: str, end: int) -> str | None:
    """The number of a document in the brackets right behind its title: 国办公开办函〔2021〕30号."""
    number = _NUMBER.match(text, end)
    return number[1] if number else None
