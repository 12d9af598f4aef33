"""The rules of the grammar, each a way to tell what a number counts; the first that settles it decides."""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.narrative.grammar.acts import (
    act,
    act_on_requests,
    answered_through,
    channel,
    governing_act,
    interpreted,
    measure_word,
    of_documents,
    outcome_of_all,
    withdrawn,
)
from gongkai.narrative.grammar.following import (
    answered,
    in_two_measures,
    listed,
    of_account,
    of_form,
    of_kind,
    over_the_years,
    part_of_total,
    participants,
    respectively,
    verdict,
)
from gongkai.narrative.grammar.found import UNCOUNTED, Meaning, Reading
from gongkai.narrative.grammar.things import clause_before, shares_respectively, thing_before, thing_behind
from gongkai.narrative.grammar.window import Window

_THING_BEHIND = frozenset("个名位家种类项")
"""Measure words that want their thing behind them, where words follow."""
_NOUN = re.compile(r"(?![等并且])[\w“《]")
_ONE = "一"
_IDIOM = re.compile(r"[不也都]")
_DENIED = re.compile("没有|未|无")
"""Before a bare 一: 没有发生一起诉讼 tells of none."""
_SOME = "批"  # 一批 is some, and no number


def decide(window: Window) -> tuple[Reading, str, float]:
    """What a number counts, the name of the rule that told it, and how far that is to be trusted."""
    quantity = window.quantity
    if window.unit in _THING_BEHIND and _NOUN.match(window.text, quantity.end, window.right):
        readings = (rule(window) for rule in (governing_act, interpreted, thing_behind, participants))
        return next((r for r in readings if r and r.indicators), UNCOUNTED), "thing-behind", 0.9
    rules = RULES
    start, end = quantity.number
    if end - start == 1 and window.text[start] == _ONE:
        vague = (
            window.unit == _SOME or _IDIOM.match(window.text, quantity.end) or _DENIED.search(window.before)
        )
        rules = () if vague else _NAMING
    for name, confidence, rule in rules:
        meaning = rule(window)
        if meaning is not None:
            return meaning, name, confidence
    return UNCOUNTED, "", 0.0


Rules = tuple[tuple[str, float, Callable[[Window], Meaning]], ...]

_NAMING: Rules = (
    ("respectively", 0.9, respectively),
    ("shares", 0.9, shares_respectively),
    ("governing-act", 0.9, governing_act),
    ("interpreted", 0.85, interpreted),
    ("outcome-of-all", 0.9, outcome_of_all),
    ("withdrawn", 0.9, withdrawn),
    ("verdict", 0.9, verdict),
    ("kind", 0.85, of_kind),
    ("answered-through", 0.85, answered_through),
    ("of-account", 0.85, of_account),
    ("thing-before", 0.95, thing_before),
    ("thing-behind", 0.9, thing_behind),
    ("clause-before", 0.85, clause_before),
)
"""The rules that name a thing; a bare 一 counts only what is named."""
RULES: Rules = (
    *_NAMING,
    ("act-on-requests", 0.9, act_on_requests),
    ("answered", 0.85, answered),
    ("over-the-years", 0.85, over_the_years),
    ("of-documents", 0.85, of_documents),
    ("measure-word", 0.85, measure_word),
    ("channel", 0.85, channel),
    ("participants", 0.85, participants),
    ("two-measures", 0.85, in_two_measures),
    ("form", 0.85, of_form),
    ("part-of-total", 0.85, part_of_total),
    ("listed", 0.75, listed),
    ("act", 0.75, act),
)
"""Name, confidence and rule, in the order in which they are asked."""
