"""Rules by the thing that a clause names: before the number, behind it, or in the clause before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gongkai.narrative.grammar.context import RESPECTIVELY
from gongkai.narrative.grammar.found import UNCOUNTED, Meaning, Reading
from gongkai.narrative.grammar.meaning import resolve
from gongkai.narrative.grammar.measuring import ISSUE, measured
from gongkai.narrative.grammar.publishing import published
from gongkai.narrative.grammar.window import Window
from gongkai.narrative.scene import Hit
from gongkai.narrative.senses import PUBLICATION

LIST = re.compile(r"[、，,和及]")
_PREDICATE = re.compile(
    r"共|累计|同步|转发|摆放|悬挂|投放|举办|召开|属于|全部|建成|设立|予以|进行|开展|均|被|已|未|没有|并|向|在(?!线)"
)
_AND = re.compile(r"[、和及与]|以及|并")
STOP = re.compile(r"[，,。；;：:]")
_EACH = "各"
CLASSIFIERS = frozenset("个家")
"""Measure words of what stands right behind them."""
_LEVEL = "级"
"""Ends what says of which level a thing is: 3个县级专栏."""
_INFORMATION_PUBLISHED = frozenset({"信息发布", "信息公开"})
_INFORMATION = "信息"
_BRACKET = "（("
_BEFORE = "，,：:" + _BRACKET
"""What may stand between a clause and the number that it tells of."""
_LISTING = "、和及并"
_LONGEST_LIST = 12


def shares_respectively(window: Window) -> Meaning:
    """One of several shares told respectively: 回复率、满意率分别为100%和98.4%."""
    if window.unit != "%":
        return None
    text, end = window.text, window.context.end
    follows = window.goes_on and LIST.fullmatch(text, end, window.quantity.start) and text[end] not in "，,"
    start = window.context.scene.clause_start(end - 1) if follows else window.left
    told = text.find(RESPECTIVELY, start, window.quantity.start)
    if told < 0:
        return None
    things = [h for h in window.sentence.within(start, told) if h.sense.counted or h.sense.uncounted]
    place = sum(c in "%％" for c in text[told : window.quantity.start])
    return resolve(things[min(place, len(things) - 1)], window) if things else None


def thing_before(window: Window) -> Meaning:
    """The thing right before the number: 发布信息12条."""
    return _nearest(window, window.left_hits, window.quantity.start)


def thing_behind(window: Window) -> Meaning:
    """The last thing of the words right behind the number: 6份信息公开申请."""
    if not window.right_hits:
        return None
    predicate = _PREDICATE.search(window.text, window.quantity.end + 1, window.right)
    following = window.context.next_start(window.quantity)
    end = min(predicate.start() if predicate else window.right, following)
    found: Meaning = None
    for hit in window.right_hits:
        sense = hit.sense
        of_next = following < window.right and _is_of_next(hit, following, window)
        if hit.end > end or (of_next and not _is_classed(hit, window)):
            continue  # of another predicate, or of the number behind it
        if found is None and _is_of_bodies(hit, window):
            return UNCOUNTED
        if sense.uncounted and any(h.start == hit.end and h.sense.counted for h in window.right_hits):
            continue  # 行政许可 in 9条行政许可信息
        if sense.uncounted or "remove" in sense.acts or "board" in sense.channels:
            return found or UNCOUNTED
        if found is not None and found.indicators and "publish" in sense.acts:
            return found
        found = (resolve(hit, window) if sense.counted else None) or found
    return found


def _is_of_next(hit: Hit, following: int, window: Window) -> bool:
    """Whether a thing is what the number behind it counts, and no other thing stands nearer: 3天办理申请7件."""
    if not window.is_filler(hit.end, following):
        return False
    return not any(h.sense.counted and hit.end < h.start and h.end <= following for h in window.right_hits)


def _is_classed(hit: Hit, window: Window) -> bool:
    """Whether a number tells how many there are of a thing that does something: 8个政务新媒体发布信息90条.

    Where their names stand before it, it only sums them up: 微信、微博两个平台发布信息90条.
    """
    if hit.start != window.quantity.end or window.unit not in CLASSIFIERS or not hit.sense.names:
        return False
    return not window.left_hits or window.left_hits[-1].end < window.quantity.start


def _is_of_bodies(hit: Hit, window: Window) -> bool:
    """Whether places or organs are counted, whose thing a term only is: 9个乡镇权责清单."""
    if window.unit not in CLASSIFIERS or hit.start == window.quantity.end:
        return False
    body = window.context.scene.words.bodies.at(window.text, hit.start)
    return body is not None and body != _LEVEL


def clause_before(window: Window) -> Meaning:
    """The thing that ends the clause before, where the number's own clause says nothing: 发布政策解读，共20篇."""
    context, end = window.context, window.left - 1
    if not window.is_filler(window.left, window.quantity.start):
        return None
    if end < max(context.end, window.sentence.start) or window.text[end] not in _BEFORE:
        return None
    start = context.scene.clause_start(end)
    if context.last is not None and context.last.quantity.end > start:
        return None  # what stands behind a number is that number's thing: 6封申请撤回，12封均已办结
    hits = window.sentence.within(max(context.end, start), end)
    acts = window.acts.union(*[h.sense.acts for h in hits])
    whole = replace(window, left_hits=[*hits, *window.left_hits], acts=acts)
    return _nearest(whole, hits, end) or _published_there(whole, hits, end)


def _published_there(window: Window, hits: Sequence[Hit], end: int) -> Meaning:
    """What an outlet published, or has in brackets: 在公众号发布，共37条, 公众号（37条）."""
    if not hits or not window.outlets or not window.is_filler(hits[-1].end, end):
        return None
    told = hits[-1].sense.kinds if window.text[end] in _BRACKET else "publish" in hits[-1].sense.acts
    return published(window)._replace(anchor=hits[-1]) if told else None


def _nearest(window: Window, hits: Sequence[Hit], end: int) -> Meaning:
    """The thing right before `end`, nothing but filling words or the rest of a list between."""
    last = window.context.last
    for i in range(len(hits) - 1, -1, -1):
        hit = hits[i]
        if last is not None and hit.end <= last.end:
            return None  # it stands behind the number before and is that number's: 7件行政复议、8件行政诉讼
        if window.unit == ISSUE and window.text[hit.end] == "》" and not hit.sense.names:
            return UNCOUNTED  # a periodical that is no gazette: 编发《档案信息》12期
        if not window.is_filler(hit.end, end):
            listed = (
                window.text[hit.end] in _LISTING and end - hit.end <= _LONGEST_LIST and i == len(hits) - 1
            )
            meaning = resolve(hit, window) if listed and hit.sense.counted else None
            return _among_others(meaning, window)._replace(anchor=None) if meaning else None
        if hit.sense.uncounted and _reaches_behind(hits[i + 1 :], window):
            return None
        if hit.sense.uncounted and _is_of_what_is_published(hits[i + 1 :], hit):
            continue
        if hit.sense.acts and hit.sense.counted and _has_object(hit, hits[:i], window):
            continue
        if hit.term == _INFORMATION and _is_named_before(hits[:i], hit, window):
            continue
        meaning = resolve(hit, window) if hit.sense.counted or hit.sense.uncounted else None
        if meaning is not None:
            return _with_others(hits[:i], hit, meaning, window)
    return None


def _among_others(meaning: Reading, window: Window) -> Reading:
    """Of something published in a list whose other members no term names, the mixture: 政策解读及落实情况12条."""
    told = meaning.indicators[:1]
    mixture = [i for i in told if i.family == PUBLICATION and not i.channel_from]
    return published(window) if mixture else meaning


def _is_of_what_is_published(behind: Sequence[Hit], hit: Hit) -> bool:
    """Whether a term only says of what the information is that was published: 行政处罚信息发布35条."""
    return bool(behind) and behind[0].start == hit.end and behind[0].term in _INFORMATION_PUBLISHED


def _is_named_before(before: Sequence[Hit], hit: Hit, window: Window) -> bool:
    """Whether what was published as information is named before the act: 政策解读发布信息9条."""
    if len(before) < 2 or before[-1].end != hit.start or "publish" not in before[-1].sense.acts:
        return False
    thing = before[-2]
    named = not thing.sense.kinds and thing.end == before[-1].start
    return named and any(i.family == PUBLICATION and measured(i, window) for i in thing.sense.names)


def _has_object(act: Hit, before: Sequence[Hit], window: Window) -> bool:
    """Whether what was done, which may count by itself, has its thing right before it or behind the number: 图解推送9期."""
    if any(h.sense.names and not h.sense.kinds and h.end <= window.right for h in window.right_hits):
        return True
    if not before or not before[-1].sense.names or before[-1].sense.kinds:
        return False
    return window.is_filler(before[-1].end, act.start)


def _reaches_behind(between: Sequence[Hit], window: Window) -> bool:
    """Whether an act between a thing and a number takes its object behind the number: 由窗口收到8条申请."""
    return any("receive" in h.sense.acts for h in between) and any(h.sense.counted for h in window.right_hits)


def _with_others(before: Sequence[Hit], hit: Hit, meaning: Reading, window: Window) -> Reading:
    """Two things that one number counts: both where it is a share or zero, a mixture where both were published."""
    if not before or before[-1].end == hit.start or len(meaning.indicators) != 1:
        return meaning
    if not _AND.fullmatch(window.text, before[-1].end, hit.start):
        return meaning
    first = meaning.indicators[0]
    kin = [i for h in before for i in h.sense.names if i.family == first.family and measured(i, window)]
    if kin and first not in hit.sense.names and not STOP.search(window.text, before[0].end, hit.start):
        return meaning._replace(indicators=(kin[0],))
    sense = before[-1].sense
    other = resolve(before[-1], window) if sense.counted or sense.uncounted else None
    if other is None or not other.indicators or other.indicators[0] is first:
        return meaning
    second = other.indicators[0]
    each = window.before.endswith(_EACH)
    if not each and first.family == second.family == PUBLICATION:
        website = window.context.scene.words.channels.publications["website"]
        return meaning._replace(indicators=(website,))
    both = each or window.unit == "%" or window.quantity.value == 0
    return meaning._replace(indicators=(second, first)) if both else meaning
