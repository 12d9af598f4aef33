"""Whose report it is, on which year, published when: read from the document, never from the name of its file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from gongkai.document import Document, Span
from gongkai.identity.agencies import agency, name_in
from gongkai.identity.folded import WIDTH, fold
from gongkai.report import Agency, Statement

UNKNOWN_YEAR = 2021  # for look-ups of names alone
DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}

YEAR = r"(?P<year>20\d\d|二[〇零][〇零一二三四五六七八九]{2})"
DATE = r"(?P<y>20\d\d)\s*[-年./]\s*(?P<m>\d{1,2})\s*[-月./]\s*(?P<d>\d{1,2})(?!\d)\s*日?"
HAN_DATE = (
    r"(?P<hy>二[〇零][〇零一二三四五六七八九]{2})\s*年\s*"
    r"(?P<hm>[一二三四五六七八九十]{1,2})\s*月\s*(?P<hd>[一二三四五六七八九十]{1,3})\s*日"
)
ANY_DATE = rf"(?:{DATE}|{HAN_DATE})"

TITLE = re.compile(r"(?:政府信息|政务|信息)公开.{0,14}(?:报告|年报)(?:\(.{0,12}\))?$")
NO_TITLE = re.compile(r"[。;!?]|^(?:根据|按照|关于印发|现将|本报告|一、)|通知|格式")
TITLE_SEPARATORS = re.compile(r"\s+[-_>|»›]\s*|[>»›_|]|\s{2,}|(?<=\D)-(?=\D)")
BEGIN = re.compile(r"总体情况|第二十条第")
LABELLED_DATE = re.compile(
    rf"(?:(?:发布|公布|公开|发表|发文)(?:时间|日期)|(?<![一-鿿])(?:时间|日期))\s*[:|]?[\s|]*{ANY_DATE}"
)
DATE_LINE = re.compile(rf"^\s*\(?{ANY_DATE}\)?\s*$")
PERIOD = re.compile(
    r"(?:自|从|为|于|间|限|据|期|是)?\s*(20\d\d)\s*年?\s*1\s*月?\s*1\s*日?\s*(?:起|开始)?\s*[,、]?\s*(?:至|到|-|—|~)+\s*"
    r"(?:(20\d\d)\s*年?\s*)?(?:12\s*月\s*31|12\s*31)\s*日?"
)
PUBLICATION_KEYS = ("pubdate", "publishdate", "publishtime", "article:published_time", "publish_date")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says of itself; None stands for what it does not settle."""

    title: Statement[str] | None = None
    agency: Statement[Agency] | None = None
    year: Statement[int] | None = None
    published: Statement[date] | None = None
    period: Statement[tuple[date, date]] | None = None


def identify(document: Document) -> Identity:
    """Title, agency, year, date of publication and period of a report."""
    text = document.text.translate(WIDTH)
    titles = _titles(text)
    title = titles[0] if titles else None
    period = _period(text)
    year = _year(text, title, period)
    names = [name_in(t.value) for t in titles]
    return Identity(
        title,
        agency(
            fold(document.text), [n for n in dict.fromkeys(names) if n], year.value if year else UNKNOWN_YEAR
        ),
        year,
        _published(document, text),
        period,
    )


def _lines(text: str) -> Iterator[Span]:
    """The lines that are not blank, without the white space around them."""
    for m in re.finditer(r"[^\n]+", text):
        line = m.group()
        stripped = line.strip().lstrip("#").lstrip()  # Markdown marks its headings so
        if stripped:
            start = m.start() + line.index(stripped)
            yield Span(start, start + len(stripped))


def _head(text: str) -> str:
    """What stands before the first section."""
    begin = BEGIN.search(text)
    return text[: begin.start()] if begin else text[:3000]


def _titles(text: str) -> list[Statement[str]]:
    """What reads like a title before the report begins, the best first: with a year, then the shortest."""
    lines = list(_lines(_head(text)))
    spans = [part for line in lines for part in _parts(text, line)]
    spans += [Span(a.start, b.end) for a, b in pairwise(lines) if b.start - a.end < 3]
    found = [s for s in spans if is_title(text[s.start : s.end])]
    found.sort(key=lambda s: (not re.search(YEAR, text[s.start : s.end]), s.end - s.start, s.start))
    return [
        Statement(re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])", "", text[s.start : s.end]), s) for s in found
    ]


def _parts(text: str, line: Span) -> Iterator[Span]:
    """The parts of a line of navigation, or the whole line."""
    start = line.start
    for m in TITLE_SEPARATORS.finditer(text, line.start, line.end):
        yield Span(start, m.start())
        start = m.end()
    yield Span(start, line.end)


def is_title(words: str) -> bool:
    """Whether a line, its width folded, reads like the title of a report."""
    words = re.sub(r"\s+", "", words)
    return len(words) <= 60 and bool(TITLE.search(words)) and not NO_TITLE.search(words)


def _year(
    text: str, title: Statement[str] | None, period: Statement[tuple[date, date]] | None
) -> Statement[int] | None:
    """The year of the title, else of the period, else the one that the narrative speaks of most."""
    if title is not None and title.span is not None:
        m = re.search(YEAR + r"\s*年度", text[title.span.start : title.span.end]) or re.search(
            YEAR, text[title.span.start : title.span.end]
        )
        if m:
            start = title.span.start + m.start()
            return Statement(_numeral(m["year"]), Span(start, start + len(m["year"])))
    if period is not None:
        return Statement(period.value[0].year, period.span)
    spoken = [
        m
        for m in re.finditer(YEAR + r"\s*年(?!\s*\d+\s*月)", text)
        if text[m.start() - 1 : m.start()] not in "〔[("
    ]
    counts = Counter(_numeral(m["year"]) for m in spoken)
    if not counts:
        return None
    year = max(counts, key=lambda y: (counts[y], y))
    first = next(m for m in spoken if _numeral(m["year"]) == year)
    return Statement(year, Span(first.start(), first.end()), inferred=True)


def _period(text: str) -> Statement[tuple[date, date]] | None:
    m = PERIOD.search(text)
    if m is None or (m[2] and m[2] != m[1]):
        return None
    year = int(m[1])
    return Statement((date(year, 1, 1), date(year, 12, 31)), Span(m.start(), m.end()))


def _published(document: Document, text: str) -> Statement[date] | None:
    """The date that a label names, that stands under the signature, or that the page's metadata give."""
    m = LABELLED_DATE.search(text)
    if m and (value := _date(m)):
        return Statement(value, Span(m.start(), m.end()))
    lines = list(_lines(text))
    for line in lines[-8:]:
        signed = DATE_LINE.match(text[line.start : line.end])
        if signed and (value := _date(signed)):
            return Statement(value, line)
    for key, content in document.metadata:
        if key.lower().replace(" ", "") in PUBLICATION_KEYS:
            given = re.search(DATE, content.translate(WIDTH))
            if given and (value := _date(given)):
                return Statement(value, None)
    return None


def _date(m: re.Match[str]) -> date | None:
    """The date of a match, or None where there is no such day."""
    groups = m.groupdict()
    if groups.get("y"):
        year, month, day = int(groups["y"]), int(groups["m"]), int(groups["d"])
    else:
        year, month, day = _numeral(groups["hy"]), _numeral(groups["hm"]), _numeral(groups["hd"])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _numeral(text: str) -> int:
    """A number written in digits, or in Chinese: 二〇二四, 十二, 三十一."""
    if text.isascii():
        return int(text)
    if "十" in text:
        tens, ones = text.split("十", 1)
        return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)
    return int("".join(str(DIGITS[c]) for c in text))
