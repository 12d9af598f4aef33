"""Rules by what was counted before: lists that go on, parts of totals, people in what was held."""

from __future__ import annotations

from gongkai.narrative.grammar.context import RESPECTIVELY
from gongkai.narrative.grammar.found import UNCOUNTED, Meaning, Reading, Total
from gongkai.narrative.grammar.meaning import attending
from gongkai.narrative.grammar.measuring import INFORMATION, measured
from gongkai.narrative.grammar.publishing import published
from gongkai.narrative.grammar.sums import are_alike
from gongkai.narrative.grammar.things import LIST
from gongkai.narrative.grammar.window import Window
from gongkai.narrative.senses import HOTLINE, MESSAGES, OUTREACH, PUBLICATION, REQUESTS

_LONGEST_KIND = 16
_ISSUES = frozenset("期个")
_NEXT = frozenset("、，和")
_LONGEST_ADVERB = 3
_WRITTEN = frozenset({HOTLINE, MESSAGES})


def respectively(window: Window) -> Meaning:
    """The next of several numbers told respectively: 微信、微博分别发布信息40条、30条."""
    context = window.context
    if not context.pending and _is_next(window):
        return Reading((context.last.indicator,)) if context.last else None
    if (
        not context.pending
        or context.last is None
        or context.last.quantity.measure != window.quantity.measure
    ):
        return None
    if not LIST.fullmatch(window.text, context.last.quantity.end, window.quantity.start):
        return None
    channels, told = context.pending[:1], context.last.indicator
    if told.family != PUBLICATION:
        return Reading((told,), channels=channels)
    return published(window.through(channels))._replace(channels=channels)


def _is_next(window: Window) -> bool:
    """Whether a bare number counts another kind of the one thing told respectively: 码头、船闸等信息分别40条、30条."""
    last, text = window.context.last, window.text
    if last is None or last.quantity.measure != window.quantity.measure or not window.goes_on:
        return False
    if window.unit == "%" or text[last.quantity.end : window.quantity.start] not in _NEXT:
        return False
    told = text.find(RESPECTIVELY, window.sentence.start, window.quantity.start)
    start = window.context.scene.clause_start(told)
    things = [h for h in window.sentence.within(start, told) if h.sense.counted and not h.sense.kinds]
    return told >= 0 and len(things) <= 1


def participants(window: Window) -> Meaning:
    """People in what was counted before: 培训3期，136人参加."""
    people = attending(window) if window.goes_on else None
    if people is None:
        return None
    attendance = window.context.scene.words.attendance
    alone = window.is_filler(window.left, window.quantity.start)
    # 覆盖工作人员: of a training, those trained
    trained = people.family != OUTREACH and "reach" in window.acts
    told = alone or trained or attendance.search(window.text, window.left, window.right)
    return Reading((people,)) if told else None


def verdict(window: Window) -> Meaning:
    """A result of the reviews or lawsuits counted before: 维持5件、纠正1件, 其中5件维持."""
    context = window.context
    total = context.total.found.indicator if context.total else None
    if total is None or not total.with_verdicts or not measured(total, window):
        return None
    if any(i.with_verdicts and i is not total for h in window.hits for i in h.sense.names):
        return None
    verdicts, alone = context.scene.words.verdicts, not window.before.strip("其中")
    behind = next((h for h in window.right_hits if h.start == window.quantity.end), None)
    if behind is not None and any(i.with_verdicts for i in behind.sense.names):
        return None  # what stands behind the number says of which: 其中37件行政复议、8件行政诉讼尚未审结
    if not verdicts.search(window.text, window.left, window.right if alone else window.quantity.start):
        return None
    return Reading((total,), opens=True)


def listed(window: Window) -> Meaning:
    """One of several kinds of items whose list goes on: 渔业信息7条，档案信息9条，港务3条."""
    last = window.context.last
    if last is None or not window.goes_on or window.acts or window.unit not in INFORMATION:
        return None
    if last.indicator.family != PUBLICATION or last.quantity.measure not in INFORMATION:
        return None
    if not 0 < len(window.before.strip("，、 ")) <= _LONGEST_KIND:
        return None
    if not window.outlets and (_divides(window) or _goes_on_with_media(window)):
        return Reading((last.indicator,))
    return published(window)


def _goes_on_with_media(window: Window) -> bool:
    """Whether a name behind media that are named alone is another of them: 柳汀日报3篇、津渡新闻联播2篇."""
    last = window.context.last
    return (
        last is not None
        and last.indicator.channel_from == "medium"
        and last.fact.rule in ("channel", "listed")
        and last.quantity.measure == window.quantity.measure
    )


def of_kind(window: Window) -> Meaning:
    """One kind of the calls or letters counted before: 热线受理12件，咨询类7件、求助类5件."""
    last, total = window.context.last, window.context.total
    if last is None or total is None or not window.goes_on or not window.before.endswith("类"):
        return None
    indicator, whole = last.indicator, total.found
    if indicator.family == PUBLICATION or not indicator.in_kinds or whole.indicator is not indicator:
        return None
    if window.quantity.value > whole.quantity.value or not measured(indicator, window):
        return None
    return Reading((indicator,), opens=True)


def answered(window: Window) -> Meaning:
    """How many of the calls or letters counted before were answered: 收到留言12条，办结11条."""
    last = window.context.last
    if last is None or not window.goes_on or last.indicator.family not in _WRITTEN:
        return None
    if last.quantity.measure != window.quantity.measure or not window.left_hits:
        return None
    *others, hit = window.left_hits
    if any(h.sense.acts != {"publish"} or h.end != hit.start for h in others):
        return None
    told = "handle" in hit.sense.acts and window.left_hits[0].start - window.left <= _LONGEST_ADVERB
    return Reading((last.indicator,)) if told and window.is_filler(hit.end, window.quantity.start) else None


def of_account(window: Window) -> Meaning:
    """The followers or views of the next account: 微信粉丝23000人，微博9100人."""
    last = window.context.last
    if last is None or last.indicator.channel_from != "sum" or not window.goes_on:
        return None
    hits = window.sentence.within(last.quantity.end, window.quantity.start)
    if not hits or last.quantity.measure != window.quantity.measure or not measured(last.indicator, window):
        return None
    if not LIST.fullmatch(window.text, last.quantity.end, hits[0].start):
        return None
    named = all("newMedia" in h.sense.channels for h in hits)
    alone = named and window.is_filler(hits[-1].end, window.quantity.start)
    return Reading((last.indicator,), hits[-1]) if alone else None


def over_the_years(window: Window) -> Meaning:
    """What was counted before, over the years: 公布惠民政策7项，历年累计150项."""
    last = window.context.last
    if last is None or not window.goes_on or last.quantity.measure != window.quantity.measure:
        return None
    if window.left_hits or not window.context.scene.words.over_the_years.fullmatch(window.before):
        return None
    return Reading((last.indicator,))


def in_two_measures(window: Window) -> Meaning:
    """What was published, told in a second measure word right behind the first: 推送310期1246条, 310期，1246条."""
    last = window.context.last
    if (
        last is None
        or last.indicator.family != PUBLICATION
        or last.quantity.measure == window.quantity.measure
    ):
        return None
    if window.text[last.quantity.end : window.quantity.start] not in ("", "，", ","):
        return None
    return Reading((last.indicator,)) if measured(last.indicator, window) else None


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
    total = context.total
    if total is None or not _is_of_measure(total, window):
        return None
    if not context.part and not _is_of_applicants(window, total):
        return None
    if not window.before.strip() and window.text[window.quantity.end] not in "为是":
        return None
    indicator = total.found.indicator
    if indicator.family == REQUESTS:
        if any("submission" in h.sense.channels for h in window.hits):
            return Reading((words.requests,))
        return Reading((indicator,)) if _divides(window) else UNCOUNTED
    return published(window) if indicator in words.channels.publications.values() else Reading((indicator,))


def _is_of_measure(total: Total, window: Window) -> bool:
    """Whether a number may divide a total: in its measure word, or as issues of what no term names.

    公开信息90条，含水情月报12期: the reports are items.
    """
    whole, quantity = total.found.quantity, window.quantity
    if whole.measure == quantity.measure:
        return True
    if whole.measure is None:
        return total.found.indicator.family == PUBLICATION and window.unit in INFORMATION
    named = any(h.sense.counted or h.sense.uncounted for h in window.left_hits)
    return window.unit in _ISSUES and are_alike(whole, quantity) and not named


def _is_of_applicants(window: Window, total: Total) -> bool:
    """Whether requests counted before are told by kind of applicant, though no word opens a list of parts."""
    requests = total.found.indicator.family == REQUESTS and window.goes_on
    return requests and window.context.scene.words.applicants.search(window.before) is not None


def _divides(window: Window) -> bool:
    """Whether the number is one place's, one organ's, or of one kind of applicants."""
    words, before = window.context.scene.words, window.before
    return words.bodies.at(before, len(before)) is not None or words.applicants.search(before) is not None
