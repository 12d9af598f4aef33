"""What a term counts in its window: words that several indicators share are told apart by channel, act and topic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gongkai.narrative.grammar.context import Window
from gongkai.narrative.grammar.found import Found
from gongkai.narrative.scene import Hit
from gongkai.narrative.senses import (
    CONSULTATION,
    MESSAGES,
    OUTREACH,
    PUBLICATION,
    REQUESTS,
    RESPONSE,
    Indicator,
)

_COORDINATED = re.compile(r"(?:[、和及与并且已后即]|以及|并且){1,2}")
_INFORMATION = frozenset("条则篇")
_ISSUE = "期"
_TALLY = re.compile(r"数量?(?:共|达|均|为|是|[：:])+$")
_IN_KINDS = re.compile(r"[\d一二三四五六七八九十]类")
"""Before documents of all kinds, which are items: 6类文件75条."""
_BY_WAY = re.compile("申请(?:方式|渠道)|提交方式")
_ANEW = "新收"
_WRITTEN_IN = frozenset({MESSAGES, CONSULTATION})
_REQUESTED = "申请"
_TAKEN = "被"
_NORMATIVE = ("规章", "规范性文件")
_UNPUBLISHED = frozenset({"remove", "draft"})
_WRITTEN = frozenset({"draft", "post"})
_ANSWERS = frozenset({"receive", "handle"})
_DISTRIBUTE = "distribute"
_MAKES_PUBLIC = frozenset({"publish", _DISTRIBUTE})
_GAZETTE = frozenset({"gazette"})
_UNNAMED = frozenset({"unnamed"})


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


def measured(indicator: Indicator, window: Window) -> bool:
    """Whether an indicator is counted in the measure word of the quantity; 数量为12 needs none, nor does 0."""
    if window.unit:
        return window.unit in indicator.measures
    if "" in indicator.measures or window.quantity.value == 0 or _TALLY.search(window.before):
        return True
    return indicator.family == PUBLICATION and _is_bare(window)


def _is_bare(window: Window) -> bool:
    """Whether a number stands right behind the things published, and is no year: 公布档案信息64，."""
    hits, value = window.left_hits, window.quantity.value
    if not hits or hits[-1].end != window.quantity.start or not hits[-1].sense.shares:
        return False
    return "publish" in window.acts and not 1900 < value < 2100


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
        written = (i for i in shares if i.through & window.kinds & words.channels.written)
        return kind if kind.indicators else Reading(tuple(written), hit)
    names = [i for i in sense.names if len(sense.names) == 1 or not _came_to_no_event(i, window)]
    for indicator in names:
        if measured(indicator, window) and in_topic(indicator, window):
            return _named(indicator, hit, window)
    return _shared(shares, hit, window)


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
    kind = _tells_kind(hit, window) or (window.unit in _INFORMATION and not hit.term.endswith(_NORMATIVE))
    if not window.context.part or total is None or not kind:
        return UNCOUNTED
    divided = total.found.indicator
    if not divided.in_kinds or total.found.quantity.measure != window.quantity.measure:
        return UNCOUNTED
    return published(window, hit) if divided.family == PUBLICATION else Reading((divided,), hit)


def published(window: Window, hit: Hit | None = None) -> Reading:
    """Where something was published: on the website, through new media, in the press; nothing where through several."""
    channels, outlets = window.context.scene.words.channels, window.outlets
    own: Sequence[Hit] | None = None
    if hit is not None and not outlets and "newMedia" in hit.sense.channels:
        own, outlets = (hit,), frozenset({"newMedia"})
    elif not window.channels and (taken := _taken_by(window)):
        own, outlets = taken, frozenset({"press"})
    if _is_undone(window, _UNPUBLISHED, hit) or (not outlets and _is_periodical(window)):
        return Reading((), hit, own)
    groups = channels.grouped(outlets) or {"website"}
    if len(groups) > 1 or "board" in groups:
        return Reading((), hit, own)
    indicator = channels.publications[groups.pop()]
    return Reading((indicator,) if measured(indicator, window) else (), hit, own)


def _taken_by(window: Window) -> Sequence[Hit]:
    """The media that took the items counted: 9篇稿件被柳汀报采用."""
    start = window.text.find(_TAKEN, window.quantity.end, window.right)
    return [h for h in window.right_hits if "press" in h.sense.channels] if start >= 0 else ()


def _is_periodical(window: Window) -> bool:
    """Whether issues of what is compiled, and not published, are told: 编发信息12期."""
    return window.unit == _ISSUE and "post" in window.acts and "publish" not in window.acts


def requests(window: Window) -> tuple[Indicator, ...]:
    """What was done with the requests counted: received and handled both where one number serves both."""
    words = window.context.scene.words
    by_act = words.acts.on_requests
    for act in words.acts.decisive:
        if act in window.acts and not _came_in_anew(window, act):
            return (by_act[act],)
    doing = [h for h in window.hits if "receive" in h.sense.acts or "handle" in h.sense.acts]
    counted = [by_act["receive" if "receive" in h.sense.acts else "handle"] for h in doing]
    if any(h.sense.acts >= _ANSWERS for h in doing):
        return by_act["receive"], by_act["handle"]
    if len({i.key for i in counted}) > 1:
        for one, two in pairwise(doing):
            if _COORDINATED.fullmatch(window.text, one.end, two.start):
                return by_act["receive"], by_act["handle"]
    total = window.context.total
    if not doing and window.context.part and total and total.found.indicator.family == REQUESTS:
        by_way = _BY_WAY.search(window.text, window.sentence.start, window.quantity.start)
        return (words.requests if by_way else total.found.indicator,)
    return (counted[0],) if counted else (words.requests,)


def _came_in_anew(window: Window, act: str) -> bool:
    """Whether requests came in beside those of the act: 上年结转之外新收7件."""
    done = max((h.end for h in window.left_hits if act in h.sense.acts), default=window.quantity.end)
    return any(h.start >= done and h.term.startswith(_ANEW) for h in window.left_hits)


def is_of_requests(window: Window, hit: Hit | None = None) -> bool:
    """Whether the number counts requests for information; 许可申请 and the like are other ones."""
    context = window.context
    if not measured(context.scene.words.requests, window):
        return False
    if hit is not None:
        if any(h.end == hit.start and h.sense.uncounted for h in window.hits):
            return False
        start = window.sentence.start if "receive" in window.acts else hit.start
        if context.scene.speaks_of("requests", start, hit.end):
            return True
    last = context.last
    if last is not None and last.indicator.family == REQUESTS:
        return True
    if last is not None and last.indicator.family == RESPONSE and context.totals:
        return any(t.found.indicator.family == REQUESTS for t in context.totals.values())
    return not (context.last is not None and window.goes_on) and window.speaks_of("requests")


def in_topic(indicator: Indicator, window: Window) -> bool:
    """Whether the passage is about what an indicator wants it to be about."""
    return not indicator.topics or indicator.outcome or any(map(window.speaks_of, indicator.topics))


def divides_documents(window: Window) -> bool:
    """Whether the sentence tells in what way documents drawn up are open: 制发公文30件，其中依申请公开2件."""
    if not window.acts.isdisjoint(_ANSWERS):
        return False
    hits = window.sentence.within(window.sentence.start, window.left)
    return any("draft" in h.sense.acts for h in hits)


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
    if named.undone_by and _is_undone(window, named.undone_by, hit):
        return Reading((), hit)
    of_all_kinds = _IN_KINDS.fullmatch(window.text, hit.start - 2, hit.start) is not None
    if named.posted and (of_all_kinds or window.outlets == {"newMedia"}):
        return published(window, hit)
    last = window.context.last if named.participants_of else None
    if last is not None and last.indicator.unattended and window.goes_on:
        return Reading((), hit)
    counted = _addressed(named, window) or (attending(window) if named.participants_of else None) or named
    return Reading((counted,) if measured(counted, window) else (), hit)


def _addressed(named: Indicator, window: Window) -> Indicator | None:
    """What comes in by the hotline or the mailbox that the clause names: 信箱转办件, 热线接受咨询."""
    if not named.addressed:
        return None
    channels = window.context.scene.words.channels
    own = {k for h in window.left_hits for k in h.sense.channels} & channels.written
    return None if own & named.through else next((channels.defaults[k] for k in sorted(own)), None)


def _is_undone(window: Window, undoing: frozenset[str], thing: Hit | None) -> bool:
    """Whether something was cleaned up, reviewed, reported upwards or only written, and not published."""
    acts = {a for h in window.left_hits if h is not thing for a in h.sense.acts}
    return bool(acts & undoing) and acts.isdisjoint(_MAKES_PUBLIC)


def _shared(shares: Sequence[Indicator], hit: Hit, window: Window) -> Meaning:
    families = {i.family for i in shares}
    if REQUESTS in families:
        if divides_documents(window) or (
            _is_undone(window, _WRITTEN, hit) and window.acts.isdisjoint(_ANSWERS)
        ):
            return Reading((), hit)
        return Reading(requests(window), hit) if is_of_requests(window, hit) else None
    if PUBLICATION in families:
        return None if _is_of_some_requests(window) else _item(shares, hit, window)
    if _is_item_of_list(shares, window):
        return published(window, hit)
    admitted = next((i for i in shares if _admitted(i, window)), None)
    return Reading((admitted,), hit) if admitted else None


def _is_of_some_requests(window: Window) -> bool:
    """Whether the information is what some of the requests counted before ask for: 其中3件为申请公开招生信息."""
    total = window.context.total
    if not window.context.part or total is None or window.outlets:
        return False
    if window.left_hits and _REQUESTED not in window.before:
        return False
    whole = total.found
    return whole.indicator.family == REQUESTS and whole.quantity.measure == window.quantity.measure


def _item(shares: Sequence[Indicator], hit: Hit, window: Window) -> Reading:
    """An item published or given out, or what people wrote by the way that is named: 回复留言板9条信息."""
    channels, outlets = window.context.scene.words.channels, window.outlets
    if _DISTRIBUTE in window.acts and window.acts.isdisjoint(_MAKES_PUBLIC - {_DISTRIBUTE}):
        for indicator in window.context.scene.words.fallbacks:
            if indicator.fallback == _DISTRIBUTE and measured(indicator, window):
                return Reading((indicator,), hit)
    if channels.publications["website"] not in shares and not outlets:
        return Reading((shares[0],), hit)
    written = sorted(window.kinds & channels.written)
    if written and not outlets and not window.acts.isdisjoint(_ANSWERS):
        counted = channels.defaults[written[0]]
        return Reading((counted,) if measured(counted, window) else (), hit)
    return published(window, hit)


def _is_item_of_list(shares: Sequence[Indicator], window: Window) -> bool:
    """Whether what people might write in by is a kind of items published: 公开信息90条，其中政策咨询10条."""
    total = window.context.total
    if not window.context.part or total is None or not window.acts.isdisjoint(_ANSWERS):
        return False
    whole = total.found
    alike = window.unit in _INFORMATION and whole.quantity.measure == window.unit
    written = any(i.family in _WRITTEN_IN for i in shares)
    return alike and whole.indicator.family == PUBLICATION and written


def _admitted(indicator: Indicator, window: Window) -> bool:
    """Whether channel and act allow an indicator: 诉求 come by a hotline, into a mailbox, or otherwise."""
    if indicator.through and not indicator.through & (window.kinds or _UNNAMED):
        return False
    last = window.context.last
    goes_on = last is not None and last.indicator.family == indicator.family and window.goes_on
    return goes_on or not indicator.acts or bool(indicator.acts & window.acts)
