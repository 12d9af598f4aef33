"""Shares that the text works out of its own numbers: 收到申请80件，其中网上提交20件，占25%. A rule recomputes them.

The words that state a share stand in `narrative.ttl`. What a share is of, the text seldom says: it is taken for the first
number of the paragraph before it, or sum of two, that gives the share; where none does, for the number it stands behind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import combinations
from operator import attrgetter

from gongkai.narrative.model import Share
from gongkai.narrative.prose import Prose
from gongkai.narrative.quantities import Quantity
from gongkai.narrative.scene import Scene
from gongkai.narrative.vocabulary import vocabulary

_START = attrgetter("start")
_ROUNDED = 1  # of a hundred: what rounding may hide
_LABEL = r"[^，,；;：:。\d]{0,24}"


def shares(scene: Scene, quantities: Sequence[Quantity], prose: Prose) -> Iterator[Share]:
    """The shares whose part and whole the text gives as exact numbers, in the order of the text."""
    wholes: dict[int, Quantity] = {}
    for i in range(1, len(quantities)):
        part, share = quantities[i - 1], quantities[i]
        if share.unit != "%" or not _is_stated(scene.text, part, share):
            continue
        before = wholes.get(i - 2) if i > 1 else None
        nearest = before or (quantities[i - 2] if i > 1 else None)
        if nearest is None or not _joined(scene.text, quantities[i - 2], part, listed=before is not None):
            continue
        if nearest.measure != part.measure or nearest.bound is not None or nearest.value < part.value:
            continue
        wholes[i] = nearest
        first = scene.clause_start(part.start) if before else nearest.start
        yield Share(
            part.value,
            _whole(scene, quantities[: i - 1], part, share, nearest),
            share.value,
            prose.quote(first, share.end),
        )


def _is_stated(text: str, part: Quantity, share: Quantity) -> bool:
    exact = part.bound is None and share.bound is None
    words = _wording()[0]
    return exact and part.unit not in ("%", None) and bool(words.fullmatch(text, part.end, share.start))


def _joined(text: str, before: Quantity, part: Quantity, *, listed: bool) -> bool:
    """Whether a part follows its whole, or the share of another part of it, with nothing but its name between."""
    _, opened, next_ = _wording()
    return bool((next_ if listed else opened).fullmatch(text, before.end, part.start))


def _whole(
    scene: Scene, before: Sequence[Quantity], part: Quantity, share: Quantity, nearest: Quantity
) -> Decimal:
    first = bisect_left(before, scene.paragraph_start(part.start), key=_START)
    values = [q.value for q in reversed(before[first:]) if q.measure == part.measure]
    candidates = [nearest.value, *values, *(a + b for a, b in combinations(values, 2))]
    fitting = (v for v in candidates if v and abs(100 * part.value / v - share.value) <= _ROUNDED)
    return next(fitting, nearest.value)


@cache
def _wording() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands between a part and its share, between a whole and its part, and between a share and the next part."""
    stated, opening = vocabulary().shares.pattern, vocabulary().opening.pattern
    return (
        re.compile(rf"[，,、（(]?(?:{stated})"),
        re.compile(rf"[，,；;。：:]?{_LABEL}(?:{opening})[，,：:]?{_LABEL}|[，,]?{_LABEL}"),
        re.compile(rf"[）)]?[，,；;、。]?{_LABEL}"),
    )
