"""In which measure words an indicator is counted."""

from __future__ import annotations

import re

from gongkai.narrative.grammar.window import Window
from gongkai.narrative.senses import PUBLICATION, Indicator

INFORMATION = frozenset("条则篇")
"""Measure words of pieces of information."""
ISSUE = "期"
_TALLY = re.compile(r"数量?(?:共|达|均|为|是|[：:])+$")


def measured(indicator: Indicator, window: Window) -> bool:
    """Whether an indicator is counted in the measure word of the quantity; 数量为12 needs none, nor does 0."""
    if window.unit:
        return window.unit in indicator.measures
    if "" in indicator.measures or window.quantity.value == 0 or _TALLY.search(window.before):
        return True
    return indicator.family == PUBLICATION and _is_bare(window)


def _is_bare(window: Window) -> bool:
    """Whether a number stands behind the things published, and is no year: 公布档案信息64，公布档案信息共64，."""
    hits, value = window.left_hits, window.quantity.value
    if not hits or not hits[-1].sense.shares or not window.is_filler(hits[-1].end, window.quantity.start):
        return False
    return "publish" in window.acts and not 1900 < value < 2100
