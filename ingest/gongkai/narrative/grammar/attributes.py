"""What a fact says beside its value: through what, in what form, on what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from gongkai.narrative.grammar.sums import SUM
from gongkai.narrative.grammar.window import Window
from gongkai.narrative.scene import Hit
from gongkai.narrative.senses import PUBLICATION, REQUESTS, Indicator
from gongkai.narrative.vocabulary import vocabulary

_NAMED = re.compile(r"(?:通过|利用|依托|借助|在|于|向)([^，。；：“”]{2,24})$")
_QUOTED = re.compile(r"“([^“”]{2,20})”$")
"""What stands in quotes before a bare 平台."""
_OFFICIAL = re.compile(r"^(?:官方|政务)(?=微|抖|视)|(?<!公众)平台$|(?<=微信)官方(?=公众号)")
_OF_ACCOUNT = re.compile("(?:[账帐])?号$")
_HOTLINE_NUMBER = re.compile(r"(?<!\d)(?:110|12\d{3}|9[56]\d{3,4})(?!\d)")
_NUMBER_BESIDE = 6
_CREDIT = re.compile(r"“信用[^“”]{1,10}”(?:网站|平台|网)?")
"""The website on which decisions are shown to the public; every place has one."""
_ALL_OF_THEM = frozenset({"新媒体", "政务新媒体", "政务新媒体账号", "新媒体账号"})
"""What sums up others that are named: 微信、微博等新媒体."""
_ACCOUNT = "公众号"
"""Behind the name of an outlet, as in 抖音公众号, only its apposition."""
_NAMED_ACCOUNT = "”"
"""Ends the term of an account that is known by its name alone: “柳汀发布”."""
_TITLE = re.compile(r"《([^《》]{2,60})》")
_WHICH = re.compile(r"[，,]均?为")
_LONGEST_FORM = 12
_BARE = 2
_OPEN = "公开"
"""Before or in the name of a platform: one for disclosure, which is the website."""
_ALL_KINDS = ("各", "多")
"""Begins 各类平台, which names none."""
_ONLINE = ("网上", "线上")
_LONGEST_NAME = 24


def channel(indicator: Indicator, window: Window, anchor: Hit | None, rule: str) -> str | None:
    """Through what, as written; None for the main website and the gazette. `anchor` is the term that told the indicator."""
    match indicator.channel_from:
        case "submission":
            name = _way_of_applying(window)
        case "hotline":
            name = _of_hotline(window)
        case "medium":
            name = _outlet(window) if rule in ("channel", "part-of-total", "listed") else _titled(window)
        case "messages":
            name = _of_messages(window, anchor)
        case "sum" if _is_sum(window):
            name = None
        case "platform" if credit := _CREDIT.search(window.before):
            name = credit[0]
        case "platform" if window.outlets == {"platform"}:
            name = _platform(window)
        case "term" if not window.channels:
            name = _inner(anchor, window)
        case _:
            name = _named(indicator, window, anchor)
    return name


def _of_messages(window: Window, anchor: Hit | None) -> str | None:
    if window.outlets == {"platform"}:
        return _platform(window)
    if "mailbox" in window.kinds and window.of_several_ways:
        return None
    online = next((w for w in _ONLINE if w in window.before), None)
    last = window.context.last
    carried = window.goes_on and all(h.end <= window.context.end for h in window.channels)
    if carried and last is not None and last.indicator.family == PUBLICATION:
        return online
    kind = next((k for k in ("messaging", "newMedia") if k in window.kinds), None)
    return online or (_names(kind, window, anchor) if kind else None)


def _named(indicator: Indicator, window: Window, anchor: Hit | None) -> str | None:
    """The channels in force of a kind that the indicator goes through."""
    if not window.channels:
        return None
    named, kinds = window.context.scene.words.channels.named, window.kinds
    kind = next((k for k in named if k in indicator.through and k in kinds), None)
    return _names(kind, window, anchor) if kind else None


def form(window: Window) -> str | None:
    """The form of an interpretation, as written: 文字、图片."""
    scene, start = window.context.scene, window.left
    if window.text[start - 1 : start] in "，," and window.context.end < start:
        start = max(window.context.end, scene.clause_start(start - 1))
    forms = [m.span() for m in scene.words.forms.finditer(window.text, start, window.right)]
    if not forms:
        return None
    words = window.text[forms[0][0] : forms[-1][1]]
    return words if len(words) <= _LONGEST_FORM else window.text[slice(*forms[0])]


def topic(window: Window) -> str | None:
    """The document that is interpreted, where its title stands in the clause."""
    title = _TITLE.search(window.text, window.left, window.right)
    return title[1] if title else None


def _names(kind: str, window: Window, anchor: Hit | None) -> str | None:
    """The channels of a kind, joined; the number of a hotline rather than its description."""
    hits = [h for h in window.channels if kind in h.sense.channels]
    hits = [h for h in hits if h.term != _ACCOUNT or not any(o.end == h.start for o in hits)]
    hits = [h for h in hits if h.term[-1] != _NAMED_ACCOUNT] or hits
    if anchor in hits and len(hits) > 1:
        hits.remove(anchor)
    names = list(dict.fromkeys(_name(h, window) for h in hits))
    if kind == "hotline":
        near = window.text[max(0, hits[0].start - _NUMBER_BESIDE) : hits[-1].end + _NUMBER_BESIDE]
        numbers = _HOTLINE_NUMBER.findall(near)
        return "、".join(dict.fromkeys(numbers)) or names[-1]
    if len(names) > 1:
        names = [n for n in names if n not in _ALL_OF_THEM] or names
    return "、".join(_outermost(names))


def _outermost(names: Sequence[str]) -> list[str]:
    """The names that are no part of another one: of 微信公众号 and 公众号 the first."""
    return [n for n in names if not any(n != other and n in other for other in names)]


def _name(hit: Hit, window: Window) -> str:
    """A channel as people call it; an account known by its name alone is called by that: “柳汀发布”."""
    quoted = (
        _QUOTED.search(window.text, hit.end - _LONGEST_NAME, hit.end)
        if hit.term[-1] == _NAMED_ACCOUNT
        else None
    )
    return quoted[1] if quoted else plain(hit.term)


def _distinct(hits: Iterable[Hit]) -> list[str]:
    return list(dict.fromkeys(plain(h.term) for h in hits))


@cache
def plain(term: str) -> str:
    """The channel as people call it.

    >>> [plain(t) for t in ("抖音号", "微博账号", "官方微信", "今日头条", "政务微信公众号", "新媒体平台")]
    ['抖音', '微博', '微信', '今日头条', '微信公众号', '新媒体']
    """
    name = _OFFICIAL.sub("", term)
    short = name if name in _ALL_OF_THEM else _OF_ACCOUNT.sub("", name)  # 视频号 is no 视频
    sense = vocabulary().senses.get(short)
    return short if sense and "newMedia" in sense.channels else name


def _inner(anchor: Hit | None, window: Window) -> str | None:
    """The channel that the thing itself names: 微信信息."""
    term = anchor.term if anchor else ""
    senses = window.context.scene.words.senses
    ends = (e for e in range(len(term) - 1, 1, -1) if term[:e] in senses)
    return next((plain(term[:e]) for e in ends if "newMedia" in senses[term[:e]].channels), None)


def _is_sum(window: Window) -> bool:
    """Whether a total over several channels named before is told: 微博12条、抖音8条，总阅读量9万次."""
    if SUM.search(window.before) is None or any("newMedia" in h.sense.channels for h in window.left_hits):
        return False
    start, end = window.sentence.start, window.quantity.start
    hits = [h for h in window.sentence.within(start, end) if "newMedia" in h.sense.channels]
    half = window.text.rfind("；", start, end)
    named = [h for h in hits if h.term not in _ALL_OF_THEM]
    return len(_outermost(_distinct(named))) > 1 and len(_distinct(h for h in named if h.start > half)) != 1


def _platform(window: Window) -> str | None:
    """The name of a platform, as written; one for disclosure is the website."""
    hit = window.channels[-1]
    acts = (h.end for h in window.left_hits if h.sense.acts and h.end <= hit.start)
    start = max(window.context.scene.clause_start(hit.start), *acts, 0)
    quoted, named = _QUOTED.search(window.text, start, hit.start), _NAMED.search(window.text, start, hit.end)
    if quoted is not None:
        return quoted[1]
    name = named[1] if named else window.text[start : hit.end].strip("“”")
    name = name.partition("”")[0].rpartition("“")[2].removesuffix("等平台")
    if window.text.endswith(_OPEN, 0, start):
        return None
    if name.startswith(_ALL_KINDS):
        return None
    return name if _OPEN not in name and _BARE < len(name) <= _LONGEST_NAME else None


def _of_hotline(window: Window) -> str | None:
    """The hotline that a share right behind its calls is of; behind a part of them, that of them all."""
    last, total = window.context.last, window.context.total
    if last is not None and last.fact.part and total is not None:
        last = total.found
    if last is None or not window.goes_on or "hotline" not in last.indicator.through:
        return None
    return last.fact.channel


def _titled(window: Window) -> str | None:
    """The one newspaper named: 在《…报》刊登12篇."""
    titles = _TITLE.findall(window.text, window.left, window.quantity.start)
    return titles[0] if len(titles) == 1 and titles[0].endswith("报") and "等" not in window.before else None


def _outlet(window: Window) -> str | None:
    """The name of a medium, where the number is its alone: 其中《…报》7条."""
    words = re.sub(
        r"^(?:其中|在|被)?[，,]?《?|(?:发布|刊发|刊登|刊载|转载)$", "", window.before.strip("《》“”、 ")
    )
    return words if words and not re.search(r"等|媒体|、|级|报刊|^网络$", words) else None


def _is_way_of_answering(way: Hit, window: Window) -> bool:
    """Whether requests were answered by a way: 书面回复, 当面答复."""
    return any(h.start == way.end and "handle" in h.sense.acts for h in window.hits)


def _is_of_way(ways: Sequence[Hit], window: Window) -> bool:
    """Whether requests are named by the one way they came in: 受理线上信息公开申请9件."""
    return len(ways) == 1 and any(
        h.start == ways[0].end and any(i.family == REQUESTS for i in h.sense.shares) for h in window.left_hits
    )


def _way_of_applying(window: Window) -> str | None:
    """By what way requests came in, where the number is that of one way: 其中4件为当面申请; 3件,为传真申请."""
    hits = [
        h for h in window.hits if "submission" in h.sense.channels and not _is_way_of_answering(h, window)
    ]
    alone = window.context.part or not window.left_hits or _is_of_way(hits, window)
    if not hits and _WHICH.match(window.text, window.right):
        end = window.context.scene.clause_end(window.right + 1)
        after = window.sentence.within(window.right, end)
        hits, alone = [h for h in after if "submission" in h.sense.channels], True
    names = list(dict.fromkeys(h.term.removesuffix("申请") for h in hits))
    return names[0] if len(names) == 1 and alone else None
