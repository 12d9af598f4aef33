"""The rules of the grammar, each a way to tell what a number counts; the first that settles it decides."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from gongkai.narrative.grammar.context import Window
from gongkai.narrative.grammar.meaning import (
    UNCOUNTED,
    Meaning,
    Reading,
    attending,
    fits,
    in_topic,
    is_of_requests,
    measured,
    published,
    requests,
    resolve,
)
from gongkai.narrative.scene import Hit
from gongkai.narrative.senses import PUBLICATION, REQUESTS

_THING_BEHIND = frozenset(
    "个名位家种类项"
)  # measure words that want their thing behind them, where words follow
_OCCASION = frozenset({*"次场期轮个版", "场次"})
_LIST = re.compile(r"[、，,和及]")
_INFORMATION = frozenset("条则篇")
_LONGEST_KIND = 16
_ANSWERED_THROUGH = frozenset({"website", "platform", "newMedia"})
_ANSWERS = frozenset({"receive", "handle"})
_GRANTED = re.compile(r"(?<!主动)公开$")
_NOUN = re.compile(r"(?!等)[\w“《]")
_PREDICATE = re.compile(
    r"共|累计|同步|转发|摆放|悬挂|投放|举办|召开|属于|全部|建成|设立|予以|进行|开展|均|被|已|并|向|在"
)
_AND = re.compile(r"[、和及与]|以及|并")
_STOP = re.compile(r"[，,。；;：:]")
_ONE = "一"
_EACH_OF_THEM = "分别"
_NAMING = 9  # as many rules name a thing; a bare 一 counts only what is named
_IDIOM = re.compile(r"[不也都]")
_ISSUE = "期"
_SOME = "批"  # 一批 is some, and no number
_LISTING = "、和及并"
_LONGEST_LIST = 12
_SEVERAL = 2


def shares_respectively(window: Window) -> Meaning:
    """One of several shares told respectively: 回复率、满意率分别为100%和98.4%."""
    if window.unit != "%":
        return None
    text, end = window.text, window.context.end
    follows = window.goes_on and _LIST.fullmatch(text, end, window.quantity.start) and text[end] not in "，,"
    start = window.context.scene.clause_start(end - 1) if follows else window.left
    told = text.find(_EACH_OF_THEM, start, window.quantity.start)
    if told < 0:
        return None
    things = [h for h in window.sentence.within(start, told) if h.sense.counted or h.sense.uncounted]
    place = sum(c in "%％" for c in text[told : window.quantity.start])
    return resolve(things[place], window) if place < len(things) else None


def decide(window: Window) -> tuple[Reading, str, float]:
    """What a number counts, the name of the rule that told it, and how far that is to be trusted."""
    quantity = window.quantity
    if window.unit in _THING_BEHIND and _NOUN.match(window.text, quantity.end, window.right):
        readings = (rule(window) for rule in (governing_act, thing_behind, participants))
        return next((r for r in readings if r and r.indicators), UNCOUNTED), "thing-behind", 0.9
    rules = RULES
    start, end = quantity.number
    if end - start == 1 and window.text[start] == _ONE:
        vague = window.unit == _SOME or _IDIOM.match(window.text, quantity.end)
        rules = () if vague else RULES[:_NAMING]
    for name, confidence, rule in rules:
        meaning = rule(window)
        if meaning is not None:
            return meaning, name, confidence
    return UNCOUNTED, "", 0.0


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
    channels, told = context.pending[:1], context.last.indicator
    if told.family != PUBLICATION:
        return Reading((told,), channels=channels)
    return published(window.through(channels))._replace(channels=channels)


def governing_act(window: Window) -> Meaning:
    """An act whose object is counted: 解读《…》等文件3份, 11次解读相关政策, 就4项政策征求意见."""
    words = window.context.scene.words
    governing = window.acts & words.acts.governing
    if not governing:
        return None
    for hit in window.hits:
        done = governing & hit.sense.acts
        for indicator in words.indicators.values() if done else ():
            if done & indicator.acts and measured(indicator, window):
                return Reading((indicator,), hit)
    return None


def answered_through(window: Window) -> Meaning:
    """What people wrote in by, where it is answered and not named: 网站、微博共办理66件，民声网24件."""
    messages = window.context.scene.words.channels.defaults["messaging"]
    if not measured(messages, window):
        return None
    hit = next((h for h in reversed(window.left_hits) if h.sense.channels & _ANSWERED_THROUGH), None)
    if hit is None or not window.is_filler(hit.end, window.quantity.start):
        return None
    last = window.context.last
    goes_on = window.goes_on and last is not None and last.fact.rule == "answered-through"
    answered = any(h.sense.acts & _ANSWERS for h in window.left_hits if h.start >= hit.end)
    return Reading((messages,), hit) if (answered or goes_on) and not is_of_requests(window) else None


def thing_before(window: Window) -> Meaning:
    """The thing right before the number: 发布信息12条."""
    return _nearest(window, window.left_hits, window.quantity.start)


def thing_behind(window: Window) -> Meaning:
    """The last thing of the words right behind the number: 6次政府信息依申请公开申请."""
    if not window.right_hits:
        return None
    predicate = _PREDICATE.search(window.text, window.quantity.end + 1, window.right)
    end = predicate.start() if predicate else window.right
    found: Meaning = None
    for hit in window.right_hits:
        if hit.end > end:
            continue
        sense = hit.sense
        if sense.uncounted or "remove" in sense.acts or "board" in sense.channels:
            return found or UNCOUNTED
        if found is not None and found.indicators and "publish" in sense.acts:
            return found
        found = (resolve(hit, window) if sense.counted else None) or found
    return found


def clause_before(window: Window) -> Meaning:
    """The thing that ends the clause before, where the number's own clause says nothing: 发布政策解读，共20篇."""
    context, end = window.context, window.left - 1
    if not window.is_filler(window.left, window.quantity.start):
        return None
    if end < max(context.end, window.sentence.start) or window.text[end] not in "，,：:":
        return None
    start = max(context.end, context.scene.clause_start(end))
    return _nearest(window, window.sentence.within(start, end), end)


def act_on_requests(window: Window) -> Meaning:
    """What was done with requests: 办结12件, 上年结转3件."""
    if not is_of_requests(window):
        return None
    acts = window.context.scene.words.acts
    if not window.acts.isdisjoint(acts.on_requests):
        return Reading(requests(window))
    goes_on = window.context.last is not None and window.goes_on
    outcome = next((acts.outcomes[act] for act in window.acts if act in acts.outcomes), None)
    return Reading((outcome,)) if outcome and (goes_on or _GRANTED.search(window.before)) else None


def measure_word(window: Window) -> Meaning:
    """A measure word that tells enough where channel or act fit: 转人工坐席90通, 在10个工作日内答复."""
    for indicator in window.context.scene.words.telling.get(window.unit, ()):
        if indicator.through & window.kinds or fits(indicator, window):
            return Reading((indicator,))
    return None


def channel(window: Window) -> Meaning:
    """A channel alone: 微博12984条, 受理市长热线816件."""
    defaults = window.context.scene.words.channels.defaults
    for hit in reversed(window.left_hits):
        if not window.is_filler(hit.end, window.quantity.start):
            return None
        if "board" in hit.sense.channels:
            return UNCOUNTED
        for indicator in (defaults[kind] for kind in sorted(hit.sense.channels) if kind in defaults):
            if measured(indicator, window):
                if indicator.family == PUBLICATION:
                    return published(window)._replace(anchor=hit)
                return Reading((indicator,) if len(window.outlets) < _SEVERAL else (), hit)
    return None


def participants(window: Window) -> Meaning:
    """People in what was counted before: 培训3期，136人参加."""
    people = attending(window) if window.goes_on else None
    if people is None:
        return None
    attendance = window.context.scene.words.attendance
    alone = window.is_filler(window.left, window.quantity.start)
    return Reading((people,)) if alone or attendance.search(window.text, window.left, window.right) else None


def withdrawn(window: Window) -> Meaning:
    """Requests withdrawn, wherever the clause says so: 11件经沟通由申请人撤回."""
    if "withdraw" not in window.acts or "handle" in window.acts or not is_of_requests(window):
        return None
    return Reading(requests(window))


def verdict(window: Window) -> Meaning:
    """A result of the reviews or lawsuits counted before: 维持5件、纠正1件, 其中5件维持."""
    context = window.context
    total = context.total.found.indicator if context.total else None
    if total is None or not total.with_verdicts or not measured(total, window):
        return None
    verdicts, alone = context.scene.words.verdicts, not window.before.strip("其中")
    if not verdicts.search(window.text, window.left, window.right if alone else window.quantity.start):
        return None
    return Reading((total,), opens=True)


def listed(window: Window) -> Meaning:
    """One of several kinds of items whose list goes on: 财政信息4条，人事信息10条，规划2条."""
    last = window.context.last
    if last is None or not window.goes_on or window.acts or window.unit not in _INFORMATION:
        return None
    if last.indicator.family != PUBLICATION or last.quantity.measure != window.unit:
        return None
    if not 0 < len(window.before.strip("，、 ")) <= _LONGEST_KIND:
        return None
    if not window.outlets and _divides(window):
        return Reading((last.indicator,))
    return published(window)


def of_form(window: Window) -> Meaning:
    """The interpretations of one form, of those counted before: 采用图解方式的5个."""
    last, total = window.context.last, window.context.total
    if last is None or not window.goes_on or not last.indicator.in_forms:
        return None
    if last.quantity.measure != window.quantity.measure:
        return None
    if not window.context.scene.words.forms.search(window.before):
        return None
    return Reading(
        (last.indicator,), opens=total is not None and window.quantity.value < total.found.quantity.value
    )


def part_of_total(window: Window) -> Meaning:
    """A part that names no thing of its own counts what its total counts: 其中市级47期."""
    context, words = window.context, window.context.scene.words
    if (
        not context.part
        or context.total is None
        or context.total.found.quantity.measure != window.quantity.measure
    ):
        return None
    if not window.before.strip() and window.text[window.quantity.end] not in "为是":
        return None
    indicator = context.total.found.indicator
    if indicator.family == REQUESTS:
        if any("submission" in h.sense.channels for h in window.hits):
            return Reading((words.requests,))
        return Reading((indicator,)) if _divides(window) else UNCOUNTED
    return published(window) if indicator in words.channels.publications.values() else Reading((indicator,))


def act(window: Window) -> Meaning:
    """Something published, given out or reached whose name the vocabulary lacks."""
    acts = {a for h in window.left_hits for a in h.sense.acts}
    last = window.context.last
    if not acts and last is not None and last.fact.rule == "act":
        goes_on = not _STOP.search(window.text, last.end, window.quantity.start)
        return Reading((last.indicator,)) if goes_on else None
    for indicator in window.context.scene.words.fallbacks:
        if indicator.fallback in acts and measured(indicator, window):
            if indicator.fallback == "post" and window.outlets != {"newMedia"}:
                continue
            if (
                indicator.participants_of
                and window.goes_on
                and last
                and last.indicator.family != indicator.family
            ):
                return None
            if indicator.fallback != "publish":
                return Reading((indicator,)) if in_topic(indicator, window) else UNCOUNTED
            answered = not window.acts.isdisjoint(("receive", "handle"))
            return None if answered or window.unit in _OCCASION else published(window)
    return None


RULES: tuple[tuple[str, float, Callable[[Window], Meaning]], ...] = (
    ("respectively", 0.9, respectively),
    ("shares", 0.9, shares_respectively),
    ("governing-act", 0.9, governing_act),
    ("withdrawn", 0.9, withdrawn),
    ("verdict", 0.9, verdict),
    ("answered-through", 0.85, answered_through),
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


def _nearest(window: Window, hits: Sequence[Hit], end: int) -> Meaning:
    """The thing right before `end`, nothing but filling words or the rest of a list between."""
    for i in range(len(hits) - 1, -1, -1):
        hit = hits[i]
        if window.unit == _ISSUE and window.text[hit.end] == "》" and not hit.sense.names:
            return UNCOUNTED  # a periodical that is no gazette: 编发《档案信息》12期
        if not window.is_filler(hit.end, end):
            listed = (
                window.text[hit.end] in _LISTING and end - hit.end <= _LONGEST_LIST and i == len(hits) - 1
            )
            meaning = resolve(hit, window) if listed and hit.sense.counted else None
            return meaning._replace(anchor=None) if meaning else None
        if hit.sense.uncounted and _reaches_behind(hits[i + 1 :], window):
            return None
        meaning = resolve(hit, window) if hit.sense.counted or hit.sense.uncounted else None
        if meaning is not None:
            return _with_others(hits[:i], hit, meaning, window)
    return None


def _reaches_behind(between: Sequence[Hit], window: Window) -> bool:
    """Whether an act between a thing and a number takes its object behind the number: 从各渠道收到3条申请."""
    return any("receive" in h.sense.acts for h in between) and any(h.sense.counted for h in window.right_hits)


def _with_others(before: Sequence[Hit], hit: Hit, meaning: Reading, window: Window) -> Reading:
    """Two things that one number counts: both where it is a share or zero, a mixture where both were published."""
    if not before or before[-1].end == hit.start or len(meaning.indicators) != 1:
        return meaning
    if not _AND.fullmatch(window.text, before[-1].end, hit.start):
        return meaning
    first = meaning.indicators[0]
    kin = [i for h in before for i in h.sense.names if i.family == first.family and measured(i, window)]
    if kin and first not in hit.sense.names and not _STOP.search(window.text, before[0].end, hit.start):
        return meaning._replace(indicators=(kin[0],))
    sense = before[-1].sense
    other = resolve(before[-1], window) if sense.counted or sense.uncounted else None
    if other is None or not other.indicators or other.indicators[0] is first:
        return meaning
    second = other.indicators[0]
    if first.family == second.family == PUBLICATION:
        website = window.context.scene.words.channels.publications["website"]
        return meaning._replace(indicators=(website,))
    both = window.unit == "%" or window.quantity.value == 0
    return meaning._replace(indicators=(second, first)) if both else meaning


def _divides(window: Window) -> bool:
    """Whether the number is one place's, one organ's, or of one kind of applicants."""
    words, before = window.context.scene.words, window.before
    return words.bodies.at(before, len(before)) is not None or words.applicants.search(before) is not None
