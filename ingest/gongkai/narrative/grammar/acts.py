"""Rules by what is done, through what, and in which measure word, where the clause names no thing."""

from __future__ import annotations

import re

from gongkai.narrative.grammar.found import UNCOUNTED, Meaning, Reading
from gongkai.narrative.grammar.meaning import fits, in_topic
from gongkai.narrative.grammar.measuring import ISSUE, measured
from gongkai.narrative.grammar.publishing import published
from gongkai.narrative.grammar.requests import ANSWERS, documents_drawn_up, is_of_requests, requests
from gongkai.narrative.grammar.things import STOP
from gongkai.narrative.grammar.window import Window
from gongkai.narrative.senses import PUBLICATION

_OCCASION = frozenset({*"次场期轮个版", "场次"})
_OBJECT = re.compile("对|针对|就|围绕")
_ANSWERED_THROUGH = frozenset({"website", "platform", "newMedia"})
_GRANTED = re.compile(r"(?<!主动)公开$")
_ALL = re.compile("(?:申请)?(?:均|全部|都|皆)")
_ISSUED = re.compile("发布|公布|公开")
_SEVERAL = 2


def governing_act(window: Window) -> Meaning:
    """An act whose object is counted: 解读《…》等文件3份, 6次解读渔业政策, 就4项政策征求意见."""
    words = window.context.scene.words
    governing = window.acts & words.acts.governing
    if not governing:
        return None
    if (held := _held(window)) is not None:
        return held
    for hit in window.hits:
        done = governing & hit.sense.acts
        for indicator in words.indicators.values() if done else ():
            if done & indicator.acts and measured(indicator, window):
                return Reading((indicator,), hit)
    return None


def _held(window: Window) -> Meaning:
    """What was held, right behind the number, where the act only tells what for: 1次发布会对工作进行解读."""
    thing = window.right_hits[0] if window.right_hits else None
    if (
        thing is None
        or thing.start != window.quantity.end
        or window.unit not in _OCCASION
        or thing.sense.acts
    ):
        return None
    held = (i for i in thing.sense.names if i.family != PUBLICATION and measured(i, window))
    return next((Reading((i,), thing) for i in held), None)


def interpreted(window: Window) -> Meaning:
    """Documents that are interpreted: 对3份文件开展图文解读."""
    if not _OBJECT.match(window.text, window.left):
        return None
    for hit in window.right_hits:
        for indicator in hit.sense.names:
            if indicator.in_forms and measured(indicator, window):
                return Reading((indicator,), hit)
    return None


def answered_through(window: Window) -> Meaning:
    """What people wrote in by, where it is answered and not named: 微博、网站共回复51件，鹭鸣平台13件."""
    messages = window.context.scene.words.channels.defaults["messaging"]
    if not measured(messages, window) or "hotline" in window.kinds:
        return None
    hit = next((h for h in reversed(window.left_hits) if h.sense.channels & _ANSWERED_THROUGH), None)
    if hit is None or not window.is_filler(hit.end, window.quantity.start):
        return None
    last = window.context.last
    goes_on = window.goes_on and last is not None and last.fact.rule == "answered-through"
    answered = any(h.sense.acts & ANSWERS for h in window.left_hits if h.start >= hit.end)
    return Reading((messages,), hit) if (answered or goes_on) and not is_of_requests(window) else None


def act_on_requests(window: Window) -> Meaning:
    """What was done with requests: 办结12件, 上年结转3件."""
    if not is_of_requests(window):
        return None
    acts = window.context.scene.words.acts
    if not window.acts.isdisjoint(acts.on_requests):
        return Reading(requests(window))
    goes_on = window.context.last is not None and window.goes_on
    outcome = next((acts.outcomes[act] for act in window.acts if act in acts.outcomes), None)
    if outcome is not None and goes_on and window.outlets:
        return UNCOUNTED  # what the website shows already is not granted: 网站上早已公开1例
    return Reading((outcome,)) if outcome and (goes_on or _GRANTED.search(window.before)) else None


def outcome_of_all(window: Window) -> Meaning:
    """The outcome of all requests that were dealt with: 办结的6件都属于本机关不掌握."""
    if not window.before.endswith("的") or not _ALL.match(window.text, window.quantity.end):
        return None
    for hit in window.right_hits:
        outcome = next((i for i in hit.sense.names if i.outcome), None)
        if outcome is not None and is_of_requests(window):
            return Reading((outcome,), hit)
    return None


def withdrawn(window: Window) -> Meaning:
    """Requests withdrawn, wherever the clause says so: 11件经沟通由申请人撤回."""
    if "withdraw" not in window.acts or "handle" in window.acts or not is_of_requests(window):
        return None
    return Reading(requests(window))


def of_documents(window: Window) -> Meaning:
    """The documents made public of those drawn up: 制发公文90件，其中主动公开80件."""
    if "publish" not in window.acts or window.channels:
        return None
    documents = documents_drawn_up(window)
    return Reading((documents,)) if documents is not None and measured(documents, window) else None


def measure_word(window: Window) -> Meaning:
    """A measure word that tells enough where channel or act fit: 转人工坐席90通, 在10个工作日内答复."""
    for indicator in window.context.scene.words.telling.get(window.unit, ()):
        if indicator.through & window.kinds or fits(indicator, window):
            return Reading((indicator,))
    return None


def channel(window: Window) -> Meaning:
    """A channel alone: 微博730条, 接听镇长热线52件."""
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


def _is_of_normative(window: Window) -> bool:
    """Whether normative documents counted before were published: 印发规范性文件3件，主动公开3件."""
    before, quantity = window.context.normative, window.quantity
    if before is None or not window.goes_on or before.measure != quantity.measure or window.channels:
        return False
    return quantity.value <= before.value and all(
        h.sense.acts and not h.sense.counted for h in window.left_hits
    )


def act(window: Window) -> Meaning:
    """Something published, given out or reached whose name the vocabulary lacks."""
    acts = {a for h in window.left_hits for a in h.sense.acts}
    last = window.context.last
    if not acts and last is not None and last.fact.rule == "act":
        goes_on = not STOP.search(window.text, last.end, window.quantity.start)
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
            if _is_of_normative(window):
                return UNCOUNTED
            issued = window.unit == ISSUE and _ISSUED.search(window.before)
            return None if answered or (window.unit in _OCCASION and not issued) else published(window)
    return None
