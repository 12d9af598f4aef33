"""What the grammar reads and finds, in offsets of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from gongkai.narrative.model import Fact
from gongkai.narrative.quantities import Quantity
from gongkai.narrative.scene import Hit
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


class Reading(NamedTuple):
    """What a number was read to count: several indicators where it serves several, none where no indicator counts it."""

    indicators: tuple[Indicator, ...]
    anchor: Hit | None = None
    """The term that told it."""
    channels: Sequence[Hit] | None = None
    """The channels in force, where they are others than the window's."""
    opens: bool | None = None
    """Whether a list of parts is open from it on; None: as it was before."""


UNCOUNTED = Reading(())

Meaning = Reading | None
"""None where nothing is settled."""
