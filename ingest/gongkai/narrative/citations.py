"""Laws, rules, notices and plans that the text cites by title, with the numbers of documents behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gongkai.narrative.model import Citation
from gongkai.narrative.prose import Prose
from gongkai.narrative.wording import alternatives, wording

_MARK = re.compile(r"[《》]")
_YEAR = r"[〔\[［【﹝(（]\d{4}[〕\]］】﹞)）]"
_NUMBER = re.compile(
    rf"》?\s?[（(]?\s?([^（）()《》，,。；\s]{{1,20}}{_YEAR}第?\d{{1,4}}号|[^（）()《》，,。；\s]{{2,12}}令第?\d{{1,4}}号)"
)
_VERSION = re.compile(r"[（(](?:试行|暂行|修订|修正|草案|征求意见稿|参考|[\d\-—－–~～至年版修订]+)[）)]$")
_DRAFTED = re.compile(r"(?:编制|起草|草拟)(?:了|的)?《$")
_CONSULTED = re.compile(r"》[^。；《]{0,16}征求[^。；，]{0,6}意见")
"""A draft that the public is consulted on is relied on by no one yet."""
_ALIAS = re.compile(r"》[^《》。]*(?:简|下)称[：:]?《$")
"""What a title given whole just before is called from there on."""
_CLOSING = "〉>＞"
_BRACKETS = str.maketrans("[［【﹝(（]］】﹞)）", "〔〔〔〔〔〔〕〕〕〕〕〕")
_MARKS = str.maketrans("<>＜＞《》()", "〈〉〈〉〈〉（）")
_LONGEST = 120
_GENERAL = re.compile(r"(?:关于|印发|转发|贯彻)")
"""A title that begins so names no issuer: only its number tells it from another agency's."""


@dataclass(frozen=True, slots=True)
class _Title:
    start: int
    end: int
    text: str


def citations(prose: Prose) -> tuple[Citation, ...]:
    """The documents cited, each once, at its first place; a short form only where no longer title stands."""
    first: dict[str, _Title] = {}
    titles = [(_folded(title.text), title) for title in _titles(prose.text)]
    aliases = {name for name, t in titles if _ALIAS.search(prose.text, max(0, t.start - 40), t.start)}
    for name, title in titles:
        if name not in first and name not in aliases and _is_document(title, prose.text):
            first[name] = title
    return tuple(
        Citation(
            prose.printed(t.start, t.end).replace("\n", ""),
            prose.quote(t.start, t.end),
            _number(prose.text, t.end),
        )
        for name, t in first.items()
        if not any(name != other and other.endswith(name) for other in first)
    )


def identity(citation: Citation) -> str:
    """What a document is known by in every report that cites it.

    A known document by its official title; else, where the title names no issuer, by its number if that is given; else by
    the title, brackets and blanks folded.
    """
    title = _folded(citation.title)
    if title in _known():
        return _known()[title]
    if citation.number is not None and _GENERAL.match(title):
        return re.sub(r"\s", "", citation.number).translate(_BRACKETS)
    return title


def act(citation: Citation) -> str | None:
    """The IRI of a known document in the law as data (`ontology/law.ttl`)."""
    return wording().acts.get(identity(citation))


def _folded(title: str) -> str:
    """
    >>> _folded("关于印发 <工作要点> 的通知")
    '关于印发〈工作要点〉的通知'
    """
    return "".join(title.split()).translate(_MARKS)


@cache
def _known() -> dict[str, str]:
    """The official title of known documents, by each of their names."""
    return {name: names[0] for names in wording().known for name in names}


@cache
def _kind() -> re.Pattern[str]:
    return re.compile(rf"{alternatives(wording().documents)}$")


@cache
def _unlike() -> re.Pattern[str]:
    return re.compile(rf"{wording().any_of('notDocument')}|{wording().any_of('ownPublication')}$")


@cache
def _outlet() -> re.Pattern[str]:
    return re.compile(rf"》(?:等|系列|这一|主题|专题|特色|电视|广播|宣传)?{wording().any_of('outletCue')}")


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


def _is_document(title: _Title, text: str) -> bool:
    name = _VERSION.sub("", title.text.rstrip(_CLOSING))
    if not _kind().search(name) or _unlike().search(name):
        return False
    drafted = _DRAFTED.search(text, max(0, title.start - 6), title.start)
    return not (drafted and _CONSULTED.match(text, title.end)) and not _outlet().match(text, title.end)


def _number(text: str, end: int) -> str | None:
    """The number of a document in the brackets right behind its title: 国办公开办函〔2021〕30号."""
    number = _NUMBER.match(text, end)
    return number[1] if number else None
