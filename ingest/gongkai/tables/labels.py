"""The labels of the form as a dictionary: which part of the form a piece of text names, and how well.

The words are those of `ontology/form.ttl`; here is only how they are compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from gongkai.folding import fold, without_ordinal, without_remark
from gongkai.form import Column, Heading, Label, Row, Section, forms

_REMEMBERED = 4096
_SHORTEST_OTHER = 4
"""A shorter text is no label of its own."""


class Fit(IntEnum):
    """How a text agrees with a label, the better the higher."""

    SIMILAR = 1  # a character lost, doubled or wrong
    PARTIAL = 2  # its beginning, cut off
    DEVIATING = 3  # a wording that is known and is not the form's
    USUAL = 4
    OFFICIAL = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of the form that a label can name; `table` is "" for a section."""

    table: str
    part: Row | Column | Heading | Section

    @property
    def key(self) -> str:
        """The key of the part."""
        return str(self.part.number) if isinstance(self.part, Section) else self.part.key


@dataclass(frozen=True, slots=True)
class Match:
    """An entry and how well it fits."""

    entry: Entry
    fit: Fit


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """The labels of all versions of the form, folded.

    Answers are remembered: reports print the same few hundred labels again and again.
    """

    exact: dict[str, tuple[Match, ...]]
    of_table: dict[str, tuple[tuple[str, Entry, Fit], ...]]
    """For each table its folded wordings, for comparison by similarity; headings are not compared."""
    headings: dict[str, tuple[str, ...]]
    """For each table its folded headings."""
    openings: frozenset[str]
    """Folded labels that only a table of the form prints."""
    side_by_side: frozenset[str]
    """Tables whose rows stand side by side, below heads of their own."""

    @lru_cache(maxsize=_REMEMBERED)  # noqa: B019 – there is one dictionary in a process
    def find(self, text: str) -> tuple[Match, ...]:
        """What a whole cell or line names, by a wording that the ontology knows."""
        found = self._whole(text)
        if not found and (label := without_remark(text)):
            found = self._whole(label)
        return found

    def _whole(self, text: str) -> tuple[Match, ...]:
        found = self.exact.get(fold(text))
        if found is None and (plain := without_ordinal(text)) is not text:
            found = self.exact.get(fold(plain))
        return found or ()

    @lru_cache(maxsize=_REMEMBERED)  # noqa: B019
    def similar(self, text: str, table: str) -> Match | None:
        """What part of a table a damaged label most probably names; None where two are as likely, or none is."""
        folded = fold(without_ordinal(text))
        if len(folded) < 3:
            return None
        best: list[tuple[int, Entry]] = []
        for label, entry, _ in self.of_table[table]:
            slips = _slips(folded, label)
            if slips is not None:
                best.append((slips, entry))
        return _clear(best)

    @lru_cache(maxsize=_REMEMBERED)  # noqa: B019
    def partial(self, text: str, table: str) -> Match | None:
        """The label whose beginning the text ends with, or which it holds among other words."""
        folded = fold(text)
        best: tuple[int, Match] | None = None
        for label, entry, fit in self.of_table[table]:
            length = _tail(folded, label)
            if length and (best is None or length > best[0]):
                best = (length, Match(entry, fit if length == len(label) else Fit.PARTIAL))
        return best[1] if best else None

    @lru_cache(maxsize=_REMEMBERED)  # noqa: B019
    def is_strange(self, text: str, table: str) -> bool:
        """Whether a text is neither a label or a heading of a table, nor a damaged one, nor a piece of one."""
        folded = fold(without_ordinal(text))
        words = (*(label for label, _, _ in self.of_table[table]), *self.headings[table])
        return not self.find(text) and not any(
            folded in word or _slips(folded, word) is not None for word in words
        )

    def has_part(self, text: str, table: str) -> bool:
        """Whether a text may be a piece of a label of a table, which a layout has torn."""
        folded = fold(text)
        return len(folded) < _SHORTEST_OTHER or any(folded in label for label, _, _ in self.of_table[table])


def _slips(text: str, label: str) -> int | None:
    """How many characters of a label are wrong in a text; None for more than one in three of a short one, or than three."""
    allowed = 1 if len(label) < 6 else 2 if len(label) < 12 else 3
    distance = Levenshtein.distance(text, label, score_cutoff=allowed)
    return distance if distance <= allowed else None


def _clear(found: list[tuple[int, Entry]]) -> Match | None:
    if not found:
        return None
    found.sort(key=lambda f: f[0])
    first = found[0]
    rivals = {e.key for d, e in found if d == first[0]}
    return Match(first[1], Fit.SIMILAR) if len(rivals) == 1 else None


def _tail(text: str, label: str) -> int:
    """How much of a label's beginning stands at the end of a text, or the whole of it anywhere; 0 where too little."""
    if len(label) >= 4 and label in text:
        return len(label)
    least = max(4, len(label) // 3)
    for length in range(min(len(label) - 1, len(text)), least - 1, -1):
        if text.endswith(label[:length]):
            return length
    return 0


@cache
def labels() -> Labels:
    """The dictionary, built once from the ontology."""
    exact: dict[str, dict[Entry, Match]] = {}
    of_table: dict[str, dict[str, tuple[Entry, Fit]]] = {}
    headings: dict[str, tuple[str, ...]] = {
        table.key: tuple(fold(h.label.official) for h in table.headings)
        for version in forms()
        for table in version.tables
    }
    openings: dict[str, set[str]] = {}
    telling: set[str] = set()

    def add(entry: Entry, label: Label) -> None:
        telling.update({fold(label.official)} if label.telling else ())
        for fit, wording in _wordings(label):
            for text in (wording, label.ordinal + wording):
                folded = fold(text)
                known = exact.setdefault(folded, {})
                if entry not in known or known[entry].fit < fit:
                    known[entry] = Match(entry, fit)
                if entry.table:
                    openings.setdefault(folded, set()).add(entry.table)
            if entry.table and not isinstance(entry.part, Heading):
                of_table.setdefault(entry.table, {}).setdefault(fold(wording), (entry, fit))

    for version in forms():
        for section in version.sections:
            add(Entry("", section), section.label)
        for table in version.tables:
            parts: tuple[Row | Column | Heading, ...] = (
                *table.rows,
                *table.collapsed,
                *table.columns,
                *table.headings,
            )
            for part in parts:
                add(Entry(table.key, part), part.label)
    return Labels(
        {k: tuple(v.values()) for k, v in exact.items()},
        {k: tuple((label, *known) for label, known in v.items()) for k, v in of_table.items()},
        headings,
        frozenset(k for k, tables in openings.items() if len(tables) == 1 and (k in telling or _long(k))),
        frozenset(t.key for version in forms() for t in version.tables if t.side_by_side),
    )


def _wordings(label: Label) -> tuple[tuple[Fit, str], ...]:
    return (
        (Fit.OFFICIAL, label.official),
        *((Fit.USUAL, w) for w in label.usual),
        *((Fit.DEVIATING, w) for w in label.deviating),
    )


def _long(folded: str) -> bool:
    """Whether a label is long enough that prose and navigation do not use it by chance."""
    return len(folded) >= 7 or folded.startswith("第二十条")
