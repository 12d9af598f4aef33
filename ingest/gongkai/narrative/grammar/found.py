"""What the grammar finds, in offsets of the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from gongkai.narrative.model import Fact
from gongkai.narrative.quantities import Quantity
from gongkai.narrative.senses import Indicator


@dataclass(slots=True)
class Found:
    """A fact, with what the numbers behind it ask of it: what is counted, and the stretch that says so."""

    fact: Fact
    indicator: Indicator
    quantity: Quantity
    start: int
    end: int


class Count(NamedTuple):
    """A number of items published, whether or not an indicator counts them; `outlet` is "" where none is named."""

    found: Found | None
    value: Decimal
    unit: str | None
    outlet: str
    paragraph: int
    start: int


@dataclass(slots=True)
class Total:
    """A number that others may be parts of, and the groups of outlets that those parts name."""

    found: Found
    named: frozenset[str] = frozenset()
    """The outlets that the total itself names."""
    outlets: set[str] = field(default_factory=set)
    by_outlet: bool = False
    """Whether a part named its outlet itself."""
