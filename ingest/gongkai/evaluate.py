"""Scores what was extracted against gold annotations, by the section Scoring of their guide.

The extraction is a parameter: any function from a file to its text and annotation can be measured.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import TypeVar

from gongkai import goldfile
from gongkai.errors import GongkaiError
from gongkai.goldfile import Annotation, Cells, FactEntry
from gongkai.scores import Difference, Score, Share, Tally

T = TypeVar("T")

ATTRIBUTES = ("unit", "bound", "channel", "previous", "part")
NOT_DUE = ("title-missing", "section-missing", "table-missing")  # of an excerpt


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an extraction makes of a file: the text, in which quotes have their place, and the annotation."""

    text: str
    annotation: Annotation


Extract = Callable[[Path], Extraction]


def fold(text: str) -> str:
    """The text without white space, full-width forms as half-width ones; each character for itself.

    So a part of a text folds to a part of the folded text.
    """
    folded = (unicodedata.normalize("NFKC", c) for c in text)
    return "".join(c for form in folded for c in form if not c.isspace())


def pairs(gold_folder: Path, source_folders: Sequence[Path]) -> Iterator[tuple[Annotation, Path]]:
    """The gold annotations below a folder, each with its source; those whose source is nowhere are left out.

    Raises:
        UnreadableError: a file of the gold folder is not in the format of the guide.
    """
    sources = {
        file.name: file for folder in reversed(source_folders) for file in folder.rglob("*") if file.is_file()
    }
    for file in sorted(gold_folder.rglob("*.json")):
        gold = goldfile.read(file)
        if gold.source in sources:
            yield gold, sources[gold.source]


def evaluate(cases: Iterable[tuple[Annotation, Path]], extract: Extract) -> Iterator[Score]:
    """The score of each document; one that cannot be read scores as one in which nothing was found."""
    for gold, source in cases:
        try:
            extraction = extract(source)
        except GongkaiError as error:
            yield score(gold, Extraction("", Annotation(gold.source)), failure=str(error))
        else:
            yield score(gold, extraction)


def total(scores: Iterable[Score]) -> Score:
    """All scores together: micro averages."""
    return reduce(Score.__add__, scores, Score("total"))


def score(gold: Annotation, extraction: Extraction, failure: str | None = None) -> Score:
    """The score of one document."""
    given = extraction.annotation
    differences: list[Difference] = []
    cells, invented = _cells(gold, given, differences)
    facts, attributes = _facts(gold.facts, given.facts, fold(extraction.text), differences)
    return Score(
        gold.source,
        {"cells": cells, **_identity(gold, given if failure is None else None, differences), **attributes},
        {
            "facts": facts,
            "problems": _texts("problem", gold.problems, given.problems, differences),
            "measures": _texts("measure", gold.measures, given.measures, differences),
            "documents": _texts("document", gold.documents, given.documents, differences),
            "anomalies": _anomalies(gold, given, differences),
        },
        invented,
        tuple(differences),
        failure,
    )


def _cells(gold: Annotation, given: Annotation, differences: list[Difference]) -> tuple[Share, int]:
    """The share of given gold cells that are equal, and the number of invented ones; no null tables."""
    right = all_ = invented = 0
    for key, table in gold.tables.items():
        if table is None:
            continue
        for where, expected, found in _aligned(table, given.tables[key] or {}):
            all_ += expected is not None
            right += expected is not None and expected == found
            invented += expected is None and found is not None
            if expected != found:
                aspect = "invented cell" if expected is None else "cell"
                differences.append(Difference(aspect, f"{key}/{where}", _text(expected), _text(found)))
    return Share(right, all_), invented


def _aligned(
    gold: Mapping[str, Cells], given: Mapping[str, Cells]
) -> Iterator[tuple[str, object | None, object | None]]:
    """Each place of a table that either side has, with both values."""
    for row in dict.fromkeys((*gold, *given)):
        left, right = gold.get(row, ()), given.get(row, ())
        for i in range(max(len(left), len(right))):
            yield (
                f"{row}[{i}]",
                left[i] if i < len(left) else None,
                right[i] if i < len(right) else None,
            )


def _identity(gold: Annotation, given: Annotation | None, differences: list[Difference]) -> dict[str, Share]:
    weights = {
        "agency": 1.0 if gold.agency_stated else 0.5,
        "division": 1.0,
        "year": 1.0,
        "published": 1.0,
        "form": 1.0,
        "fee_charged": 1.0,
    }
    shares = {}
    for name, weight in weights.items():
        expected, found = getattr(gold, name), getattr(given, name, None)
        right = given is not None and expected == found
        shares[name] = Share(weight * right, weight)
        if not right:
            differences.append(Difference(name, "", _text(expected), _text(found)))
    return shares


def _facts(
    gold: Sequence[FactEntry], given: Sequence[FactEntry], text: str, differences: list[Difference]
) -> tuple[Tally, dict[str, Share]]:
    places = {f.quote: _places(fold(f.quote), text) for f in (*gold, *given)}

    def same(left: FactEntry, right: FactEntry) -> bool:
        return (left.indicator, left.value) == (right.indicator, right.value) and _together(
            left.quote, right.quote, places
        )

    matched = matching(gold, given, same)
    attributes = {name: Share() for name in ATTRIBUTES}
    for i, j in matched:
        for name in ATTRIBUTES:
            expected, found = getattr(gold[i], name), getattr(given[j], name)
            attributes[name] += Share(expected == found, 1)
            if expected != found:
                where = f"of {gold[i].indicator} {gold[i].value} “{gold[i].quote}”"
                differences.append(Difference(name, where, _text(expected), _text(found)))
    _unmatched("fact", [_told(f) for f in gold], [_told(f) for f in given], matched, differences)
    return Tally(len(matched), len(gold), len(given)), attributes


def _places(quote: str, text: str) -> list[tuple[int, int]]:
    """Where a quote stands, both folded."""
    found = []
    start = text.find(quote)
    while quote and start >= 0:
        found.append((start, start + len(quote)))
        start = text.find(quote, start + 1)
    return found


def _together(left: str, right: str, places: Mapping[str, list[tuple[int, int]]]) -> bool:
    """Whether two quotes overlap in the text; where it lacks one, one must contain the other."""
    if not places[left] or not places[right]:
        return _contained(left, right)
    return any(a < d and c < b for a, b in places[left] for c, d in places[right])


def _contained(left: str, right: str) -> bool:
    a, b = fold(left), fold(right)
    return bool(a and b) and (a in b or b in a)


def _texts(aspect: str, gold: Sequence[str], given: Sequence[str], differences: list[Difference]) -> Tally:
    matched = matching(gold, given, _contained)
    _unmatched(aspect, gold, given, matched, differences)
    return Tally(len(matched), len(gold), len(given))


def _anomalies(gold: Annotation, given: Annotation, differences: list[Difference]) -> Tally:
    """Anomalies as whole strings. Of an excerpt no missing part is due: one reported is not judged."""
    reported = [a for a in given.anomalies if not (gold.excerpt and a.split(":")[0] in NOT_DUE)]
    matched = matching(gold.anomalies, reported, str.__eq__)
    _unmatched("anomaly", gold.anomalies, reported, matched, differences)
    return Tally(len(matched), len(gold.anomalies), len(reported))


def matching(gold: Sequence[T], given: Sequence[T], same: Callable[[T, T], bool]) -> list[tuple[int, int]]:
    """A largest set of pairs (gold, given) that are the same, none used twice; equal ones are tried first.

    Source: augmenting paths of a bipartite graph (Kuhn).
    """
    edges = [
        sorted((j for j, b in enumerate(given) if same(a, b)), key=lambda j: given[j] != a) for a in gold
    ]
    taken: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j in edges[i]:
            if j not in tried:
                tried.add(j)
                if j not in taken or place(taken[j], tried):
                    taken[j] = i
                    return True
        return False

    for i in range(len(gold)):
        place(i, set())
    return sorted((i, j) for j, i in taken.items())


def _unmatched(
    aspect: str,
    gold: Sequence[str],
    given: Sequence[str],
    matched: Sequence[tuple[int, int]],
    differences: list[Difference],
) -> None:
    """Notes what either side has alone."""
    left, right = {i for i, _ in matched}, {j for _, j in matched}
    differences.extend(Difference(aspect, "", g, "") for i, g in enumerate(gold) if i not in left)
    differences.extend(Difference(aspect, "", "", g) for j, g in enumerate(given) if j not in right)


def _told(fact: FactEntry) -> str:
    return f"{fact.indicator} {fact.value} “{fact.quote}”"


def _text(value: object) -> str:
    return "" if value is None else str(value)
