"""What a term counts in its window: words that several indicators share are told apart by channel, act and topic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gongkai.narrative.grammar.context import Window
from gongkai.narrative.grammar.found import BY_OUTLET, grouped
from gongkai.narrative.scene import Hit
from gongkai.narrative.vocabulary import Indicator

Meaning = list[Indicator] | None
"""The indicators a number counts; [] where it counts what no indicator does, None where nothing is settled."""

_WRITTEN_TO = frozenset({"mailbox", "messaging"})
_DIVIDED = frozenset({"publication", "hotline", "messages"})
_UNDOING = {"policy-documents": {"draft"}, "materials-distributed": {"remove"}}
"""Acts that do not make public, or give out, what they are done to."""
_COORDINATED = re.compile(r"(?:[、和及与并且已后即]|以及|并且){1,2}")


def measured(indicator: Indicator, window: Window) -> bool:
    """Whether an indicator is counted in the measure word of the quantity."""
    return (window.quantity.measure or "") in indicator.measures


def resolve(hit: Hit, window: Window) -> Meaning:
    """What a number counts whose thing is a term."""
    words = window.context.scene.words
    if window.context.part_of("policy-interpretations") and words.forms.fullmatch(hit.term):
        return [words.indicators["policy-interpretations"]]
    shares = [i for i in hit.sense.shares if measured(i, window)]
    gazette = [i for i in shares if i.through == {"gazette"}]
    if gazette and window.kinds == {"gazette"}:
        return gazette
    if hit.sense.uncounted:
        return _of_kind(hit, window) or [i for i in shares if i.through & window.kinds & _WRITTEN_TO]
    named = [i for i in hit.sense.names if measured(i, window) and in_topic(i, window)]
    return _named(named, hit, window) if named else _shared(shares, hit, window)


def _of_kind(hit: Hit, window: Window) -> list[Indicator]:
    """What a list divides, where a member is a kind of it that counts as nothing by itself: 其中行政许可类97条."""
    total = window.context.total
    if not window.context.part or total is None or "类" not in (hit.term[-1], window.text[hit.end]):
        return []
    divided = total.found.indicator
    if divided.family not in _DIVIDED or total.found.quantity.measure != window.quantity.measure:
        return []
    return (published(window) or []) if divided.family == "publication" else [divided]


def published(window: Window, hit: Hit | None = None) -> Meaning:
    """Where something was published: on the website, through new media, in the press; [] where through several kinds."""
    outlets = window.outlets
    if hit is not None and "newMedia" in hit.sense.channels and not outlets:
        window.channels = (hit,)
        outlets = {"newMedia"}
    if _is_undone(window, {"remove", "draft"}):
        return []
    groups = grouped(outlets) or {"website"}
    if len(groups) > 1 or "board" in groups:
        return []
    indicator = window.context.scene.words.indicators[BY_OUTLET[groups.pop()]]
    return [indicator] if measured(indicator, window) else []


def requests(window: Window) -> list[Indicator]:
    """What was done with the requests counted: received and handled both where one number serves both."""
    known = window.context.scene.words.indicators
    for act, key in (("carry", "applications-carried-over"), ("withdraw", "applications-withdrawn")):
        if act in window.acts:
            return [known[key]]
    doing = [h for h in window.hits if h.sense.acts & {"receive", "handle"}]
    by_act = [
        known["applications-received" if "receive" in h.sense.acts else "applications-handled"] for h in doing
    ]
    for one, two in pairwise(doing):
        joined = _COORDINATED.fullmatch(window.text, one.end, two.start)
        if joined and len({i.key for i in by_act}) > 1:
            return [known["applications-received"], known["applications-handled"]]
    total = window.context.total
    if not doing and window.context.part and total and total.found.indicator.family == "requests":
        return [total.found.indicator]
    return by_act[:1] or [known["applications-received"]]


def is_of_requests(window: Window, hit: Hit | None = None) -> bool:
    """Whether the number counts requests for information; 许可申请 and the like are other ones."""
    context = window.context
    if not measured(context.scene.words.indicators["applications-received"], window):
        return False
    if hit is not None:
        if any(h.end == hit.start and h.sense.uncounted for h in window.hits):
            return False
        if context.scene.speaks_of("requests", hit.start, hit.end):
            return True
    if context.last is not None and context.last.indicator.family == "requests":
        return True
    return not (context.last is not None and window.goes_on) and window.speaks_of("requests")


def in_topic(indicator: Indicator, window: Window) -> bool:
    """Whether the passage is about what an indicator wants it to be about."""
    return not indicator.topics or indicator.outcome or any(map(window.speaks_of, indicator.topics))


def fits(indicator: Indicator, window: Window) -> bool:
    """Whether the acts at hand and the topic are those of an indicator."""
    return bool(indicator.acts & window.acts) and in_topic(indicator, window)


def _named(named: list[Indicator], hit: Hit, window: Window) -> Meaning:
    """What a term names by itself; people who took part are those of what was counted before."""
    if named[0].outcome and not is_of_requests(window):
        return None if hit.sense.acts else []
    if _is_undone(window, _UNDOING.get(named[0].key, set())):
        return []
    if named[0].key == "policy-documents" and window.outlets == {"newMedia"}:
        return published(window)
    last = window.context.last
    if named[0].participants_of and last is not None:
        if last.indicator.family == "consultation" and window.goes_on:
            return []
        people = window.context.scene.words.indicators.values()
        return [
            i for i in people if i.participants_of == last.indicator.key and measured(i, window)
        ] or named[:1]
    return named[:1]


def _is_undone(window: Window, undoing: set[str]) -> bool:
    """Whether something was cleaned up, reviewed, reported upwards or only written, and not published."""
    acts = {a for h in window.left_hits for a in h.sense.acts}
    return bool(acts & undoing) and not acts & {"publish", "distribute"}


def _shared(shares: Sequence[Indicator], hit: Hit, window: Window) -> Meaning:
    families = {i.family for i in shares}
    if "requests" in families:
        return requests(window) if is_of_requests(window, hit) else None
    if "publication" in families:
        if not window.outlets and all(i.key != "website-items" for i in shares):
            return [shares[0]]
        return published(window, hit)
    return next(([i] for i in shares if _admitted(i, window)), None)


def _admitted(indicator: Indicator, window: Window) -> bool:
    """Whether channel and act allow an indicator: 诉求 come by a hotline, into a mailbox, or otherwise."""
    if indicator.through and not indicator.through & (window.kinds or {"unnamed"}):
        return False
    last = window.context.last
    goes_on = last is not None and last.indicator.family == indicator.family and window.goes_on
    return goes_on or not indicator.acts or bool(indicator.acts & window.acts)
