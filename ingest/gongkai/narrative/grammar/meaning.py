"""What a term counts in its window: words that several indicators share are told apart by channel, act and topic."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.narrative.grammar.found import UNCOUNTED, Found, Meaning, Reading
from gongkai.narrative.grammar.measuring import INFORMATION, measured
from gongkai.narrative.grammar.publishing import given_out, is_undone, published
from gongkai.narrative.grammar.requests import (
    ANSWERS,
    divides_documents,
    divides_requests,
    granted_of_requests,
    is_of_requests,
    is_of_some_requests,
    requests,
    said_again,
)
from gongkai.narrative.grammar.window import Window
from gongkai.narrative.scene import Hit
from gongkai.narrative.senses import (
    CONSULTATION,
    HOTLINE,
    MESSAGES,
    OUTREACH,
    PUBLICATION,
    REQUESTS,
    Indicator,
)

_IN_KINDS = re.compile(r"[\d一二三四五六七八九十]类")
"""Before documents of all kinds, which are items: 6类文件75条."""
_WRITTEN_IN = frozenset({MESSAGES, CONSULTATION})
NORMATIVE = ("规章", "规范性文件")
_MATTERS = "事项"
_OF_RULES = (*NORMATIVE, "有效", "失效", "废止")
"""What the tables count of rules, and whether these are in force, is no kind of information."""
_WRITTEN = frozenset({"draft", "post"})
_GAZETTE = frozenset({"gazette"})
_UNNAMED = frozenset({"unnamed"})


def resolve(hit: Hit, window: Window) -> Meaning:
    """What a number counts whose thing is a term."""
    sense, words = hit.sense, window.context.scene.words
    if (part := _as_part(hit, window)) is not None:
        return part
    shares = [i for i in sense.shares if measured(i, window)]
    if shares and window.channels and window.kinds == _GAZETTE:
        gazette = tuple(i for i in shares if i.through == _GAZETTE)
        if gazette:
            return Reading(gazette, hit)
    if sense.uncounted:
        kind = _of_kind(hit, window)
        if not kind.indicators and _is_made_public(hit, window):
            return published(window, hit)
        written = (i for i in shares if i.through & window.kinds & words.channels.written)
        return kind if kind.indicators else Reading(tuple(written), hit)
    names = [i for i in sense.names if len(sense.names) == 1 or not _came_to_no_event(i, window)]
    for indicator in names:
        if (measured(indicator, window) or _is_posted(indicator, hit, window)) and in_topic(
            indicator, window
        ):
            return _named(indicator, hit, window)
    return _shared(shares, hit, window)


def _is_made_public(thing: Hit, window: Window) -> bool:
    """Whether what is else no information was made public, and is an item so: 公示行政处罚9件, 行政确认2件."""
    website, last = window.context.scene.words.channels.publications["website"], window.context.last
    if website not in thing.sense.shares or (window.before.endswith(_MATTERS) and window.unit in _MATTERS):
        return False  # 许可事项9项 tells how many there are
    goes_on = last is not None and last.indicator is website and last.quantity.measure == window.unit
    return (goes_on and window.goes_on) or any("publish" in h.sense.acts for h in window.left_hits)


def _is_posted(indicator: Indicator, hit: Hit, window: Window) -> bool:
    """Whether what may be among the items published is told in their measure word: 意见征集9条, 发布征求意见9条.

    Where the term is an act, its object is counted, unless it was published: 征集意见9条 are opinions.
    """
    if not indicator.published or window.unit not in INFORMATION:
        return False
    return not hit.sense.acts or "publish" in window.acts


def _came_to_no_event(people: Indicator, window: Window) -> bool:
    """Whether people only asked, and came to no publicity event: 政务大厅接受咨询900人次."""
    if people.family != OUTREACH or not people.participants_of or attending(window) is people:
        return False
    return not window.speaks_of("publicity")


def _as_part(hit: Hit, window: Window) -> Reading | None:
    """What a list divides by form or by kind, where a term tells the form or kind of a member."""
    context, last = window.context, window.context.last
    forms = context.scene.words.forms
    if last is not None and last.indicator.in_forms and _is_next_form(hit, last, window):
        return Reading((last.indicator,), hit)
    if not context.part or context.total is None:
        return None
    total = context.total.found.indicator
    by_form = total.in_forms and forms.fullmatch(hit.term)
    by_kind = total.in_kinds and total.family != PUBLICATION and _tells_kind(hit, window)
    if not by_form and not by_kind:
        return None
    return Reading((total,), hit) if by_form or measured(total, window) else UNCOUNTED


def _tells_kind(hit: Hit, window: Window) -> bool:
    """Whether a term names a kind of something: 咨询类."""
    return "类" in (hit.term[-1], window.text[hit.end])


def _is_next_form(hit: Hit, last: Found, window: Window) -> bool:
    """Whether a list of interpretations by form goes on with a term: 制作图解15张、动漫视频3个."""
    if not window.goes_on or not window.context.scene.words.forms.fullmatch(hit.term):
        return False
    return window.text[last.quantity.end] == "、" and window.left <= last.quantity.end + 1


def _of_kind(hit: Hit, window: Window) -> Reading:
    """What a list divides, where a member is a kind of it that counts as nothing by itself: 其中行政许可类97条."""
    total = window.context.total
    kind = _tells_kind(hit, window) or (window.unit in INFORMATION and not hit.term.endswith(_OF_RULES))
    if not window.context.part or total is None or not kind:
        return UNCOUNTED
    divided = total.found.indicator
    if not divided.in_kinds or total.found.quantity.measure != window.quantity.measure:
        return UNCOUNTED
    return published(window, hit) if divided.family == PUBLICATION else Reading((divided,), hit)


def in_topic(indicator: Indicator, window: Window) -> bool:
    """Whether the passage is about what an indicator wants it to be about."""
    return not indicator.topics or indicator.outcome or any(map(window.speaks_of, indicator.topics))


def fits(indicator: Indicator, window: Window) -> bool:
    """Whether the acts at hand and the topic are those of an indicator."""
    return bool(indicator.acts & window.acts) and in_topic(indicator, window)


def attending(window: Window) -> Indicator | None:
    """What counts the people in what was counted before, in the measure word of the quantity."""
    last = window.context.last
    if last is None:
        return None
    people = window.context.scene.words.participants.get(last.indicator.key, ())
    return next((i for i in people if measured(i, window)), None)


def _named(named: Indicator, hit: Hit, window: Window) -> Meaning:
    """What a term names by itself; people who took part are those of what was counted before."""
    if named.outcome and (divides_documents(window) or not is_of_requests(window)):
        return None if hit.sense.acts else Reading((), hit)
    if named.undone_by and is_undone(window, named.undone_by, hit):
        return Reading((), hit)
    if named.posted and (given := given_out(window)) is not None:
        return Reading((given,), hit)
    of_all_kinds = _IN_KINDS.fullmatch(window.text, hit.start - 2, hit.start) is not None
    if named.posted and (of_all_kinds or window.outlets == {"newMedia"}):
        return published(window, hit)
    last = window.context.last if named.participants_of else None
    if last is not None and last.indicator.unattended and window.goes_on:
        return Reading((), hit)
    counted = (
        _addressed(named, hit, window) or (attending(window) if named.participants_of else None) or named
    )
    counts = measured(counted, window) or _is_posted(counted, hit, window)
    return Reading((counted,) if counts else (), hit)


def _addressed(named: Indicator, hit: Hit, window: Window) -> Indicator | None:
    """What comes in by the hotline or the mailbox that the clause names: 信箱转办件, 热线接受咨询."""
    if not named.addressed:
        return None
    last = window.context.last
    written = last is not None and last.indicator.family == MESSAGES and window.goes_on
    if last and written and named.family == HOTLINE and _is_answered(hit, window):
        return last.indicator  # 收到留言60条，电话答复15条
    channels = window.context.scene.words.channels
    own = {k for h in window.left_hits for k in h.sense.channels} & channels.written
    return None if own & named.through else next((channels.defaults[k] for k in sorted(own)), None)


def _is_answered(hit: Hit, window: Window) -> bool:
    """Whether a term is the way in which something was answered: 电话答复."""
    return any(h.start == hit.end and "handle" in h.sense.acts for h in window.left_hits)


def _shared(shares: Sequence[Indicator], hit: Hit, window: Window) -> Meaning:
    families = {i.family for i in shares}
    if REQUESTS in families:
        unanswered = window.acts.isdisjoint(ANSWERS)
        if divides_documents(window) or (
            unanswered and (is_undone(window, _WRITTEN, hit) or said_again(window))
        ):
            return Reading((), hit)
        return Reading(requests(window), hit) if is_of_requests(window, hit) else None
    if PUBLICATION in families:
        if (granted := granted_of_requests(window)) is not None:
            return Reading((granted,), hit)
        return None if is_of_some_requests(window) else _item(shares, hit, window)
    if _is_item_of_list(shares, window):
        return published(window, hit)
    admitted = next((i for i in shares if _admitted(i, window)), None)
    if admitted is not None and admitted.family == CONSULTATION:
        admitted = _written_by_channel(window) or admitted
    return Reading(() if divides_requests(window) else (admitted,), hit) if admitted else None


def _written_by_channel(window: Window) -> Indicator | None:
    """What counts opinions that came in by a hotline or the like, and not in a call for comment: 热线接收投诉及建议90条."""
    channels = window.context.scene.words.channels
    kind = next(iter(sorted(window.kinds & channels.written)), None)
    return channels.defaults[kind] if kind and measured(channels.defaults[kind], window) else None


def _item(shares: Sequence[Indicator], hit: Hit, window: Window) -> Reading:
    """An item published or given out, or what people wrote by the way that is named: 回复留言板9条信息."""
    channels, outlets = window.context.scene.words.channels, window.outlets
    if (given := given_out(window)) is not None:
        return Reading((given,), hit)
    if channels.publications["website"] not in shares and not outlets:
        if "issue" in hit.sense.acts:
            return published(window, hit) if "publish" in window.acts else UNCOUNTED
        return Reading((shares[0],), hit)
    posts = channels.publications["newMedia"]
    named = next((h for h in window.left_hits if posts in h.sense.names and h.end == hit.start), None)
    if named is not None and all(h.end <= window.left for h in window.channels):
        return Reading((posts,) if measured(posts, window) else (), named, ())  # 微信信息发布量90条
    written = sorted(window.kinds & channels.written)
    if written and not outlets and not window.acts.isdisjoint(ANSWERS):
        counted = channels.defaults[written[0]]
        return Reading((counted,) if measured(counted, window) else (), hit)
    return published(window, hit)


def _is_item_of_list(shares: Sequence[Indicator], window: Window) -> bool:
    """Whether what people might write in by is a kind of items published: 公开信息90条，其中政策咨询10条."""
    total = window.context.total
    if not window.context.part or total is None or not window.acts.isdisjoint(ANSWERS):
        return False
    whole = total.found
    alike = window.unit in INFORMATION and whole.quantity.measure == window.unit
    written = any(i.family in _WRITTEN_IN for i in shares)
    return alike and whole.indicator.family == PUBLICATION and written


def _admitted(indicator: Indicator, window: Window) -> bool:
    """Whether channel and act allow an indicator: 诉求 come by a hotline, into a mailbox, or otherwise."""
    if indicator.through and not indicator.through & (window.kinds or _UNNAMED):
        return False
    if len(indicator.through) == 1 and window.of_several_ways:
        return False
    last = window.context.last
    goes_on = last is not None and last.indicator.family == indicator.family and window.goes_on
    return goes_on or not indicator.acts or bool(indicator.acts & window.acts)
