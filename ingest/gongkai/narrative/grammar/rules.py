"""The rules of the grammar, each a way to tell what a number counts; the first that settles it decides."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from gongkai.narrative.grammar.context import Window
from gongkai.narrative.grammar.found import BY_OUTLET
from gongkai.narrative.grammar.meaning import (
    Meaning,
    fits,
    in_topic,
    is_of_requests,
    measured,
    published,
    requests,
    resolve,
)
from gongkai.narrative.scene import Hit
from gongkai.narrative.vocabulary import Indicator

_THING_BEHIND = frozenset(
    "个名位家种类"
)  # measure words that want their thing behind them, where words follow
_OCCASION = frozenset({*"次场期轮个版", "场次"})
_GOVERNING = frozenset({"interpret", "consult", "serve", "train", "report"})
_LIST = re.compile(r"[、，,和及]")
_REVIEWS = frozenset({"reconsiderations", "litigations"})
_INFORMATION = frozenset("条则篇")
_LONGEST_KIND = 16
_GRANTED = re.compile(r"(?<!主动)公开$")
_NOUN = re.compile(r"[\w“《]")
_PREDICATE = re.compile(r"属于|全部|建成|设立|予以|进行|开展|均|被|已|并|向|在")
_AND = re.compile(r"[、和及与]|以及|并")
_STOP = re.compile(r"[，,。；;：:]")
_ONE = "一"
_NAMING = 7  # as many rules name a thing; a bare 一 counts only what is named
_IDIOM = re.compile(r"[不也都]")
_LONGEST_LIST = 12


def respectively(window: Window) -> Meaning:
    """The next of several numbers told respectively: 微信、微博分别发布信息40条、30条."""
    context = window.context
    if (
        not context.pending
        or context.last is None
        or context.last.quantity.measure != window.quantity.measure
    ):
        return None
    if not _LIST.fullmatch(window.text, context.last.quantity.end, window.quantity.start):
        return None
    window.channels = context.pending[:1]
    context.pending = context.pending[1:]
    return published(window)


def decide(window: Window) -> tuple[list[Indicator], str, float]:
    """What a number counts, the name of the rule that told it, and how far that is to be trusted."""
    if window.quantity.measure in _THING_BEHIND and _NOUN.match(
        window.text, window.quantity.end, window.right
    ):
        counted = governing_act(window) or thing_behind(window) or participants(window)
        return counted or [], "thing-behind", 0.9
    rules = RULES
    if window.text[slice(*window.quantity.number)] == _ONE:
        rules = () if _IDIOM.match(window.text, window.quantity.end) else RULES[:_NAMING]
    for name, confidence, rule in rules:
        meaning = rule(window)
        if meaning is not None:
            return meaning, name, confidence
    return [], "", 0.0


def governing_act(window: Window) -> Meaning:
    """An act whose object is counted: 解读《…》等文件3份, 11次解读相关政策, 就4项政策征求意见."""
    governing = window.acts & _GOVERNING
    if not governing:
        return None
    for hit in (*window.left_hits, *window.right_hits):
        for indicator in _indicators(window):
            if governing & hit.sense.acts & indicator.acts and measured(indicator, window):
                window.anchor = hit
                return [indicator]
    return None


def thing_before(window: Window) -> Meaning:
    """The thing right before the number: 发布信息12条."""
    return _nearest(window, window.left_hits, window.quantity.start)


def thing_behind(window: Window) -> Meaning:
    """The last thing of the words right behind the number: 6次政府信息依申请公开申请."""
    predicate = _PREDICATE.search(window.text, window.quantity.end + 1, window.right)
    end = predicate.start() if predicate else window.right
    found: Meaning = None
    for hit in (h for h in window.right_hits if h.end <= end):
        if hit.sense.uncounted or "remove" in hit.sense.acts or "board" in hit.sense.channels:
            return found or []
        if found and "publish" in hit.sense.acts:
            return found
        meaning = resolve(hit, window) if hit.sense.counted else None
        if meaning is not None:
            window.anchor, found = hit, meaning
    return found


def clause_before(window: Window) -> Meaning:
    """The thing that ends the clause before, where the number's own clause says nothing: 发布政策解读，共20篇."""
    context, end = window.context, window.left - 1
    if not window.is_filler(window.left, window.quantity.start):
        return None
    if end < max(context.end, window.sentence) or window.text[end] not in "，,：:":
        return None
    start = max(context.end, context.scene.clause_start(end))
    return _nearest(window, context.scene.within(start, end), end)


def act_on_requests(window: Window) -> Meaning:
    """What was done with requests: 办结12件, 上年结转3件."""
    if not is_of_requests(window):
        return None
    if window.acts & {"receive", "handle", "carry", "withdraw"}:
        return requests(window)
    goes_on = window.context.last is not None and window.goes_on
    if "publish" in window.acts and (goes_on or _GRANTED.search(window.before)):
        return [window.context.scene.words.indicators["applications-granted"]]
    return None


def measure_word(window: Window) -> Meaning:
    """A measure word that tells enough where channel or act fit: 转人工坐席90通, 在10个工作日内答复."""
    for indicator in _indicators(window):
        if window.quantity.measure in indicator.telling and (
            indicator.through & window.kinds or fits(indicator, window)
        ):
            return [indicator]
    return None


def channel(window: Window) -> Meaning:
    """A channel alone: 微博12984条, 受理市长热线816件."""
    for hit in reversed(window.left_hits):
        if not window.is_filler(hit.end, window.quantity.start):
            return None
        if "board" in hit.sense.channels:
            return []
        defaults = window.context.scene.words.defaults
        for indicator in (defaults[kind] for kind in sorted(hit.sense.channels) if kind in defaults):
            if measured(indicator, window):
                window.anchor = hit
                if indicator.family == "publication":
                    return published(window)
                return [indicator] if len(window.outlets) < 2 else []
    return None


def participants(window: Window) -> Meaning:
    """People in what was counted before: 培训3期，136人参加."""
    last = window.context.last
    if last is None or not window.goes_on:
        return None
    alone = window.is_filler(window.left, window.quantity.start)
    attendance = window.context.scene.words.attendance
    if not alone and not attendance.search(window.text, window.left, window.right):
        return None
    people = (i for i in _indicators(window) if i.participants_of == last.indicator.key)
    return next(([i] for i in people if measured(i, window)), None)


def withdrawn(window: Window) -> Meaning:
    """Requests withdrawn, wherever the clause says so: 11件经沟通由申请人撤回."""
    if "withdraw" not in window.acts or not is_of_requests(window):
        return None
    return requests(window) if "handle" not in window.acts else None


def verdict(window: Window) -> Meaning:
    """A result of the reviews or lawsuits counted before: 维持5件、纠正1件."""
    context = window.context
    total = context.total.found.indicator if context.total else None
    if total is None or total.family not in _REVIEWS or not measured(total, window):
        return None
    if not context.scene.words.verdicts.search(window.before):
        return None
    context.part = True
    return [total]


def listed(window: Window) -> Meaning:
    """One of several kinds of items whose list goes on: 财政信息4条，人事信息10条，规划2条."""
    context = window.context
    last = context.last
    if last is None or not window.goes_on or window.acts or window.quantity.measure not in _INFORMATION:
        return None
    if last.indicator.family != "publication" or last.quantity.measure != window.quantity.measure:
        return None
    if not 0 < len(window.before.strip("，、 ")) <= _LONGEST_KIND:
        return None
    return published(window)


def of_form(window: Window) -> Meaning:
    """The interpretations of one form, of those counted before: 采用图解方式的5个."""
    context, last = window.context, window.context.last
    if last is None or not window.goes_on or last.indicator.key != "policy-interpretations":
        return None
    if last.quantity.measure != window.quantity.measure or not context.scene.words.forms.search(
        window.before
    ):
        return None
    context.part = context.total is not None and window.quantity.value < context.total.found.quantity.value
    return [last.indicator]


def part_of_total(window: Window) -> Meaning:
    """A part that names no thing of its own counts what its total counts: 其中市级47期."""
    context = window.context
    if (
        not context.part
        or context.total is None
        or context.total.found.quantity.measure != window.quantity.measure
    ):
        return None
    if not window.before.strip() and window.text[window.quantity.end] not in "为是":
        return None
    indicator = context.total.found.indicator
    if indicator.family == "requests":
        if any("submission" in h.sense.channels for h in window.hits):
            return [context.scene.words.indicators["applications-received"]]
        return [indicator] if _divides(window) else []
    return published(window) if indicator.key in BY_OUTLET.values() else [indicator]


def act(window: Window) -> Meaning:
    """Something published, given out or reached whose name the vocabulary lacks."""
    acts = {a for h in window.left_hits for a in h.sense.acts}
    last = window.context.last
    if not acts and last is not None and last.rule == "act":
        return [last.indicator] if not _STOP.search(window.text, last.end, window.quantity.start) else None
    for indicator in _indicators(window):
        if indicator.fallback in acts and measured(indicator, window):
            if indicator.fallback == "post" and window.outlets != {"newMedia"}:
                continue
            if indicator.fallback != "publish":
                return [indicator] if in_topic(indicator, window) else []
            return None if window.quantity.measure in _OCCASION else published(window)
    return None


RULES: tuple[tuple[str, float, Callable[[Window], Meaning]], ...] = (
    ("respectively", 0.9, respectively),
    ("governing-act", 0.9, governing_act),
    ("withdrawn", 0.9, withdrawn),
    ("verdict", 0.9, verdict),
    ("thing-before", 0.95, thing_before),
    ("thing-behind", 0.9, thing_behind),
    ("clause-before", 0.85, clause_before),
    ("act-on-requests", 0.9, act_on_requests),
    ("measure-word", 0.85, measure_word),
    ("channel", 0.85, channel),
    ("participants", 0.85, participants),
    ("form", 0.85, of_form),
    ("part-of-total", 0.85, part_of_total),
    ("listed", 0.75, listed),
    ("act", 0.75, act),
)
"""Name, confidence and rule, in the order in which they are asked."""


def _indicators(window: Window) -> tuple[Indicator, ...]:
    return tuple(window.context.scene.words.indicators.values())


def _nearest(window: Window, hits: Sequence[Hit], end: int) -> Meaning:
    """The thing right before `end`, nothing but filling words or the rest of a list between."""
    for i in range(len(hits) - 1, -1, -1):
        hit = hits[i]
        if not window.is_filler(hit.end, end):
            listed = (
                window.text[hit.end] in "、和及" and end - hit.end <= _LONGEST_LIST and i == len(hits) - 1
            )
            return resolve(hit, window) if listed and hit.sense.counted else None
        meaning = resolve(hit, window) if hit.sense.counted or hit.sense.uncounted else None
        if meaning is not None:
            window.anchor = hit
            return _with_others(hits[:i], hit, meaning, window)
    return None


def _with_others(
    before: Sequence[Hit], hit: Hit, meaning: list[Indicator], window: Window
) -> list[Indicator]:
    """Two things that one number counts: both where it is a share or zero, a mixture where both were published."""
    if not before or len(meaning) != 1 or not _AND.fullmatch(window.text, before[-1].end, hit.start):
        return meaning
    first = meaning[0]
    kin = [i for h in before for i in h.sense.names if i.family == first.family and measured(i, window)]
    if kin and first not in hit.sense.names and not _STOP.search(window.text, before[0].end, hit.start):
        return kin[:1]
    sense = before[-1].sense
    others = (resolve(before[-1], window) if sense.counted or sense.uncounted else None) or meaning
    if others[0].key == first.key:
        return meaning
    if first.family == others[0].family == "publication":
        return [window.context.scene.words.indicators["website-items"]]
    both = window.quantity.unit == "%" or window.quantity.value == 0
    return [others[0], first] if both else meaning


def _divides(window: Window) -> bool:
    """Whether the number is one place's, one organ's, or of one kind of applicants."""
    words = window.context.scene.words
    before = window.before
    return words.bodies.at(before, len(before)) is not None or words.applicants.search(before) is not None
