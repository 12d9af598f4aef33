"""Year, period and date of publication of a report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from gongkai.document import Span
from gongkai.numbers import number_value
from gongkai.report import Statement

YEAR = r"(?:20\d\d|二[〇零][〇零一二三四五六七八九]{2})"
HAN_NUMBER = "(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
DATE = (
    r"(?:(?P<y>20\d\d)\s*(?:年|[-./])\s*(?P<m>\d{1,2})\s*(?:月|[-./])\s*(?P<d>\d{1,2})(?!\d)\s*日?"
    rf"|(?P<hy>二[〇零][〇零一二三四五六七八九]{{2}})\s*年\s*(?P<hm>{HAN_NUMBER})\s*月\s*(?P<hd>{HAN_NUMBER})\s*日)"
)
LED = r"[\s|\[【(•·*-]*"  # between a label and its date, a mark of lists too
CLOSED = r"[\s\]】)]*[:|]?"  # behind a label: [ 发布日期 ] |
LABELLED = re.compile(
    rf"(?:(?:发布|公布|公开|发表|发稿)(?:时间|日期)|发布于|<publishtime>){CLOSED}{LED}{DATE}"
)
TIME = r"\d\d?:\d\d(?::\d\d)?"
# what a page says of itself behind its date
ABOUT = (
    r"[ \t]*(?:[【\[(]?(?:信息)?(?:来源|作者|发布(?!时间|日期)|浏览|点击|阅读|字体|字号|导出)"
    r"|\|[ \t]*[一-鿿]{2,12}网)"
)
# A bare label, or none, will do only beside the title: elsewhere it may be of anything.
BARE = (
    re.compile(rf"(?<![一-鿿])(?:时\s*间|日\s*期)\s*[:|]{LED}{DATE}"),
    re.compile(rf"^[ \t•·*-]*{DATE}\s*(?:{TIME})?(?:\s*[•·*])?{ABOUT}", re.MULTILINE),
    re.compile(rf"{DATE}\s+{TIME}{ABOUT}"),
    re.compile(rf"(?:网站?|\.(?:cn|com|net|org))[ \t]+{DATE}\s*$", re.MULTILINE),
    re.compile(rf"(?:报告|年报)[ \t]+{DATE}[ \t]*$", re.MULTILINE),
    re.compile(rf"来源\s*:\s*\S{{1,20}}[ \t]+{DATE}"),
    re.compile(rf"^[ \t]*{DATE}[ \t]+{TIME}[ \t]+[一-鿿]{{4,20}}[ \t]*$", re.MULTILINE),
)
DATED = re.compile(rf"\(?{DATE}\)?(?:印发|\s+(?P<time>{TIME}))?")
# The year of a report that the text names without a heading: 现发布《…2023年政府信息公开工作年度报告》.
REPORTED = re.compile(rf"({YEAR})\s*年?度?(?:政府信息|政务|信息)公开(?:工作)?(?:年度)?(?:报告|年报)")
NO_MONTH = r"(?!\s*年\s*\d+\s*月)"
OTHER_LABEL = re.compile(r"[一-鿿](?:时间|日期)\s*:?$")
TODAY = re.compile(r"\s*星期")  # what a page shows behind the date on which it is looked at
BARE_LABEL = re.compile(r"(?:时\s*间|日\s*期)\s*:?")
SIGNED = re.compile(
    rf"[一-鿿·\s]{{2,40}}(?:政府|[局厅委办会室处部署院所]|中心|街道|[镇乡]|支队|总队)(?:\([^)]{{0,8}}\))?\s*{DATE}"
)
SIGNATURE = re.compile(
    r"[一-鿿·\s]{2,40}(?:政府|[局厅委办会室处部署院所]|中心|街道|[镇乡]|支队|总队|大学|学校)"
)
TITLED = re.compile(r"(?:报告|年报)(?:\([^)]{1,14}\))?$")
PERIOD = re.compile(
    r"(?P<from>20\d\d)\s*年?\s*1\s*月?\s*1\s*日?\s*(?:起|开始)?\s*[,、]?\s*(?:至|到|-|—|–|~|―)+\s*"
    r"(?:(?P<to>20\d\d)\s*年?\s*)?12\s*月?\s*31\s*日?"
)
# Any other period counts only where it is said to be that of the figures: a campaign has one, too.
OTHER_PERIOD = re.compile(
    r"(?:统计(?:期限|时限|时间|时段|区间|周期|范围)|(?:所列|各项|全部|统计)的?数据|数据(?:期限|时限)|报告期)"
    r"(?:期限|起止|时间|[的为是自从均由,:]){0,4}\s*"
    r"(?P<y1>20\d\d)\s*年\s*(?P<m1>\d\d?)\s*月\s*(?P<d1>\d\d?)\s*日\s*(?:起|开始)?\s*[,、]?\s*(?:至|到|-|—|–|~|―)+\s*"
    r"(?:(?P<y2>20\d\d)\s*年\s*)?(?P<m2>\d\d?)\s*月\s*(?P<d2>\d\d?)\s*日"
)
METADATA = ("pubdate", "publishdate", "publishtime", "article:published_time", "publish_date")


def lines(text: str) -> Iterator[Span]:
    """The lines that are not blank, without what surrounds them: white space, marks of Markdown and of lists."""
    for m in re.finditer(r"[^\n]+", text):
        stripped = m.group().strip(" \t\r\f\v#*•·")
        if stripped:
            start = m.start() + m.group().index(stripped)
            yield Span(start, start + len(stripped))


def year(
    text: str, titles: Sequence[Statement[str]], period: Statement[tuple[date, date]] | None
) -> Statement[int] | None:
    """The year reported on: that of a title, else of the period, else the one that the text speaks of most."""
    for title in titles:
        if title.span is not None:
            words = text[title.span.start : title.span.end]
            m = re.search(YEAR + r"(?=\s*年?度)", words) or re.search(YEAR + NO_MONTH, words)
            if m:
                start = title.span.start + m.start()
                return Statement(int(number_value(m.group())), Span(start, start + len(m.group())))
    if period is not None and period.value[0].year == period.value[1].year:
        return Statement(period.value[0].year, period.span)
    named = REPORTED.search(text)
    if named:
        return Statement(int(number_value(named[1])), Span(*named.span(1)))
    spoken = list(re.finditer(rf"(?<![〔\[(\d]){YEAR}{NO_MONTH}(?=\s*年)", text))
    spoken = spoken or list(re.finditer(rf"(?<=截[止至]){YEAR}(?=\s*年\s*12\s*月\s*31\s*日)", text))
    if not spoken:
        return None
    counts = Counter(int(number_value(m.group())) for m in spoken)
    first = max(spoken, key=lambda m: (counts[int(number_value(m.group()))], -m.start()))
    return Statement(int(number_value(first.group())), Span(first.start(), first.end()), inferred=True)


def period(text: str) -> Statement[tuple[date, date]] | None:
    """The period that the figures are of, where the text gives one. Digits lost in that of a year do not matter."""
    for m in PERIOD.finditer(text):
        if m["to"] in (None, m["from"]):
            whole = int(m["from"])
            return Statement((date(whole, 1, 1), date(whole, 12, 31)), Span(m.start(), m.end()))
    for m in OTHER_PERIOD.finditer(text):
        first = _day(m["y1"], m["m1"], m["d1"])
        last = _day(m["y2"] or m["y1"], m["m2"], m["d2"])
        if first is not None and last is not None and first < last:
            return Statement((first, last), Span(m.start("y1"), m.end()))
    return None


def published(
    text: str, head: str, metadata: Sequence[tuple[str, str]], reported: int | None
) -> Statement[date] | None:
    """The date of publication: named by a label, or under the signature or the title, or in the page's metadata.

    成文日期 and the like are other dates. A date before the end of the year reported on is none.
    """
    beside = (m for pattern in BARE for m in pattern.finditer(head))
    for m in chain(LABELLED.finditer(text), beside):
        value = _date(m)
        if value is not None and value.year >= (reported or 0):
            return Statement(value, Span(m.start(), m.end()))
    return _signed(text, head, reported) or _given(metadata)


def _signed(text: str, head: str, reported: int | None) -> Statement[date] | None:
    """A line that is a date: at the end, under a signature; above the first section, under the title or a bare label, with
    its time, or as the first line; or a signature with its date.
    """
    found = list(lines(text))
    for i in range(len(found) - 1, -1, -1):
        words = text[found[i].start : found[i].end]
        m = DATED.fullmatch(words)
        if m:
            before = _before(text, found[:i])
            first = i == 0 and not TODAY.match(text, found[i].end)
            stamped = first or m["time"] or TITLED.search(before) or BARE_LABEL.fullmatch(before)
            stamped = stamped and found[i].end <= len(head) and not OTHER_LABEL.search(before)
            near = i >= len(found) - 3 or SIGNATURE.fullmatch(before) or stamped
            m = m if near else None
        else:
            m = SIGNED.fullmatch(words)
        value = _date(m) if m else None
        if value is not None and value.year > (reported or 0):
            return Statement(value, found[i])
    return None


def _before(text: str, above: Sequence[Span]) -> str:
    """The last line above that is in words: an index number may stand between the title and its date."""
    return next((words for s in reversed(above) if re.search("[一-鿿]", words := text[s.start : s.end])), "")


def _given(metadata: Sequence[tuple[str, str]]) -> Statement[date] | None:
    for key, content in metadata:
        if key.lower().replace(" ", "") in METADATA:
            m = re.search(DATE, content)
            value = _date(m) if m else None
            if value is not None:
                return Statement(value, None)
    return None


def _date(m: re.Match[str]) -> date | None:
    """The date of a match, or None where there is no such day."""
    parts = [m[key] for key in ("y", "m", "d")]
    if parts[0] is None:
        parts = [m[key] for key in ("hy", "hm", "hd")]
    return _day(*parts)


def _day(*parts: str) -> date | None:
    """The day of year, month and day as printed, or None where there is no such day."""
    try:
        return date(*(int(number_value(part)) for part in parts))
    except ValueError:
        return None
