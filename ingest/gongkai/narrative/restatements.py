"""Numbers that restate a cell of a table: 制发规范性文件9件. They are no facts of the narrative; rules compare them.

The words for rows and columns stand in `narrative.ttl` (gk:TableWording).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from gongkai.narrative.model import Restatement
from gongkai.narrative.prose import Prose
from gongkai.narrative.quantities import Quantity
from gongkai.narrative.scene import Scene
from gongkai.narrative.tries import Endings, trie
from gongkai.narrative.vocabulary import vocabulary
from gongkai.turtle import GK, SKOS, ontology

_START, _END = attrgetter("start"), attrgetter("end")
_PARTICLES = "的了"
_LIST = re.compile(r"[，,、及和与并]{0,2}")


@dataclass(frozen=True, slots=True)
class _Wording:
    rows: re.Pattern[str]
    row_of: Mapping[str, str]
    columns: Endings
    column_of: Mapping[str, str]
    apart: re.Pattern[str]
    """Words that say that a number is not the year's, or of a part only."""


@cache
def _wording() -> _Wording:
    graph, words = ontology("narrative"), vocabulary()
    row_of: dict[str, str] = {}
    column_of: dict[str, str] = {}
    for concept in graph.subjects(GK + "TableWording"):
        labels = graph.values(concept, SKOS + "altLabel", "zh")
        row_of |= {label: row for row in graph.values(concept, GK + "row") for label in labels}
        column_of |= {label: column for column in graph.values(concept, GK + "column") for label in labels}
    apart = trie([*words.cues["earlierYear"], *words.cues["cumulative"]])
    return _Wording(
        re.compile(trie(row_of)),
        row_of,
        Endings.of(column_of),
        column_of,
        re.compile(f"{words.limits.pattern}|{words.opening.pattern}|{apart}"),
    )


def restatements(scene: Scene, quantities: Sequence[Quantity], prose: Prose) -> Iterator[Restatement]:
    """The numbers that say what a row has in a column, in the order of the text."""
    words, done = _wording(), 0
    for named in words.rows.finditer(scene.text):
        i = _counting(scene, quantities, named)
        if i is None or i < done:
            continue
        start = named.start() if quantities[i].start > named.start() else quantities[i].start
        column = _column(scene.text, start)
        while column is not None and i < len(quantities):
            yield _restatement(scene, quantities[i], prose, (words.row_of[named[0]], column), named.span())
            done = i + 1
            column, i = _next(scene, quantities, i), done


def _counting(scene: Scene, quantities: Sequence[Quantity], named: re.Match[str]) -> int | None:
    """The place of the number that counts a thing: behind it, with filling words between, or right before it."""
    i = bisect_left(quantities, named.end(), key=_START)
    if i < len(quantities):
        stretch = named.end(), quantities[i].start
        if stretch[0] == stretch[1] or scene.words.filler.fullmatch(scene.text, *stretch):
            return i
    return i - 1 if i and quantities[i - 1].end == named.start() else None


def _column(text: str, end: int) -> str | None:
    """The column that the words before a thing or number speak of: 现行有效的."""
    while text[end - 1 : end] in _PARTICLES and end:
        end -= 1
    told = _wording().columns.at(text, end)
    return _wording().column_of[told] if told else None


def _next(scene: Scene, quantities: Sequence[Quantity], i: int) -> str | None:
    """The column of the number right behind, where it goes on with the same row: 制发5件、废止3件."""
    if i + 1 == len(quantities):
        return None
    start, end = quantities[i].end, quantities[i + 1].start
    told = _wording().columns.at(scene.text, end)
    goes_on = told is not None and _LIST.fullmatch(scene.text, start, end - len(told))
    return _wording().column_of[told] if told and goes_on else None


def _restatement(
    scene: Scene, quantity: Quantity, prose: Prose, cell: tuple[str, str], named: tuple[int, int]
) -> Restatement:
    start = scene.clause_start(min(quantity.start, named[0]) if named[1] > quantity.start else quantity.start)
    before = scene.text[scene.sentence_start(quantity.start) : quantity.start]
    return Restatement(
        *cell,
        quantity.value,
        quantity.unit,
        prose.quote(start, max(quantity.end, named[1] if named[0] >= quantity.end else 0)),
        prose.span(*quantity.number),
        quantity.bound is None and not _wording().apart.search(before),
    )
