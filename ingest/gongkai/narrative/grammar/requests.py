"""Which numbers count requests for information, and what was done with those requests."""

from __future__ import annotations

import re
from itertools import pairwise

from gongkai.narrative.grammar.found import Total
from gongkai.narrative.grammar.measuring import measured
from gongkai.narrative.grammar.window import Window
from gongkai.narrative.scene import Hit
from gongkai.narrative.senses import REQUESTS, RESPONSE, Indicator

ANSWERS = frozenset({"receive", "handle"})
"""The acts on what came in."""
_DRAWN_UP = frozenset({"draft", "issue"})
_COORDINATED = re.compile(r"(?:[、和及与并且已后即]|以及|并且){0,2}")
_BY_WAY = re.compile("申请(?:方式|渠道)|提交方式")
_BY_OPENNESS = re.compile(r"主动公开(?:的|类|文件|公文)?\d+[件份篇]、依申请公开")
"""Begins a list of documents by how they are open."""
_ANEW = "新收"
_REQUESTED = "申请"
_OPENING = re.compile(
    r"(?:20\d\d年度?|今年以来|今年|本年度?|年内|全年|[我本](?:机关|单位|部门|[省市县区州旗厅局委办院镇乡]|街道)|共计?|累计|[，\s])*"
)
"""What may begin a paragraph without telling what it is about."""
_OTHER_BUSINESS = re.compile(r"[（(]?[一二三四五六七八九十\d](?!.*(?:信息|政务)公开).*")
"""A numbered heading that turns to something else."""
_MADE_PUBLIC = re.compile("(?<!主动)公开(?:政府)?信息$")


def requests(window: Window) -> tuple[Indicator, ...]:
    """What was done with the requests counted: received and handled both where one number serves both."""
    words = window.context.scene.words
    by_act = words.acts.on_requests
    for act in words.acts.decisive:
        if act in window.acts and not _came_in_anew(window, act):
            return (by_act[act],)
    doing = [h for h in window.hits if "receive" in h.sense.acts or "handle" in h.sense.acts]
    counted = [by_act["receive" if "receive" in h.sense.acts else "handle"] for h in doing]
    if any(h.sense.acts >= ANSWERS for h in doing):
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
    if "assist" in window.acts or not measured(context.scene.words.requests, window):
        return False
    if hit is not None:
        if any(h.end == hit.start and h.sense.uncounted for h in window.hits):
            return False
        start = window.sentence.start if "receive" in window.acts else hit.start
        if context.scene.speaks_of("requests", start, hit.end) or _opens_bare(window, hit):
            return True
    last = context.last
    if last is not None and last.indicator.family == REQUESTS:
        return True
    if last is not None and last.indicator.family == RESPONSE and context.totals:
        return any(t.found.indicator.family == REQUESTS for t in context.totals.values())
    return not (context.last is not None and window.goes_on) and window.speaks_of("requests")


def _opens_bare(window: Window, hit: Hit) -> bool:
    """Whether a paragraph begins with applications received, and nothing says for what: 全年新收申请7件.

    In a report on disclosure these are requests for information, but below a heading on another thing.
    """
    scene, start = window.context.scene, window.sentence.paragraph
    act = next((h for h in window.left_hits if h.end == hit.start and "receive" in h.sense.acts), None)
    if hit.term != _REQUESTED or act is None or not _OPENING.fullmatch(scene.text, start, act.start):
        return False
    return _OTHER_BUSINESS.fullmatch(scene.text, *scene.heading(start)) is None


def divides_documents(window: Window) -> bool:
    """Whether the sentence tells in what way documents drawn up are open: 制发公文30件，其中依申请公开2件."""
    if not window.acts.isdisjoint(ANSWERS):
        return False
    start = window.sentence.start
    if _BY_OPENNESS.search(window.text, start, window.quantity.start):
        return True
    hits = window.sentence.within(start, window.left)
    return any(not h.sense.acts.isdisjoint(_DRAWN_UP) for h in hits)


def documents_drawn_up(window: Window) -> Indicator | None:
    """What counts the documents made public of those drawn up: 制发公文90件，其中主动公开80件."""
    if not divides_documents(window):
        return None
    hits = window.sentence.within(window.sentence.start, window.left)
    return next((i for h in hits for i in h.sense.names if "draft" in i.undone_by), None)


def said_again(window: Window) -> bool:
    """Whether requests told before are told again: 上述7件申请, 这7件申请."""
    return window.before.endswith(window.context.scene.words.cues["anaphora"])


def is_of_some_requests(window: Window) -> bool:
    """Whether the information is what some of the requests counted before ask for: 其中4件为申请公开修志信息."""
    total = window.context.total
    if not window.context.part or total is None or window.outlets:
        return False
    if window.left_hits and _REQUESTED not in window.before:
        return False
    return _may_be_divided(total, window)


def divides_requests(window: Window) -> bool:
    """Whether a list of what requests were about or came to is open: 收到申请9件，其中咨询2件, which no one wrote in."""
    total = window.context.total
    if not window.context.part or total is None or window.channels or not window.acts.isdisjoint(ANSWERS):
        return False
    return _may_be_divided(total, window)


def _may_be_divided(total: Total, window: Window) -> bool:
    """Whether a total is of requests, told in the measure word of the number."""
    whole = total.found
    return whole.indicator.family == REQUESTS and whole.quantity.measure == window.quantity.measure


def granted_of_requests(window: Window) -> Indicator | None:
    """What counts requests granted, where a list of their outcomes tells what was made public: 其中，依法公开信息5件."""
    context, granted = window.context, window.context.scene.words.acts.outcomes.get("publish")
    if not context.part or context.total is None or context.last is None or window.outlets:
        return None
    whole = context.total.found
    alike = whole.quantity.measure == window.unit and window.quantity.value <= whole.quantity.value
    listed = whole.indicator.family == context.last.indicator.family == REQUESTS
    made_public = _REQUESTED not in window.before and _MADE_PUBLIC.search(window.before)
    return granted if alike and listed and made_public else None
