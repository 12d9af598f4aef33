"""Scores against gold annotations: counts, so that those of many documents add up to a micro average."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some things are right; a thing may count half."""

    right: float = 0
    all: float = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.all + other.all)

    @property
    def value(self) -> float | None:
        """Between 0 and 1, or None of nothing."""
        return self.right / self.all if self.all else None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were matched, of those in the gold and of those given."""

    matched: int = 0
    gold: int = 0
    given: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.matched + other.matched, self.gold + other.gold, self.given + other.given)

    @property
    def precision(self) -> float | None:
        """The share of the given that is right, or None where nothing is given."""
        return self.matched / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """The share of the gold that was found, or None where the gold has nothing."""
        return self.matched / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both, or None where neither side has anything."""
        total = self.gold + self.given
        return 2 * self.matched / total if total else None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as in the gold; `gold` or `given` is empty where it has no counterpart."""

    aspect: str
    where: str
    gold: str
    given: str

    def __str__(self) -> str:
        where = f" {self.where}" if self.where else ""
        return f"{self.aspect}{where}: gold {self.gold or '–'} | given {self.given or '–'}"


@dataclass(frozen=True, slots=True)
class Score:
    """The counts of one document, or of several together."""

    source: str
    shares: Mapping[str, Share] = field(default_factory=dict)
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    invented: int = 0
    differences: tuple[Difference, ...] = ()
    failure: str | None = None
    """Why the document could not be read; then everything in it counts as not found."""

    def __add__(self, other: Score) -> Score:
        shares = {k: self.shares.get(k, Share()) + other.shares.get(k, Share()) for k in other.shares}
        tallies = {k: self.tallies.get(k, Tally()) + other.tallies.get(k, Tally()) for k in other.tallies}
        return Score(self.source, shares, tallies, self.invented + other.invented)
