"""What a page leads to: the reports that a list names, its further pages, and the files that hang on a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from gongkai.collect.fetching import plain
from gongkai.errors import CollectError
from gongkai.identity import is_title
from gongkai.identity.folded import WIDTH
from gongkai.identity.titles import BEGIN
from gongkai.readers import tags
from gongkai.readers.flow import fold

_FILE = re.compile(r"\.(?:pdf|docx?|wps|rtf|ofd)(?:$|[?#])", re.IGNORECASE)
_NAMED = re.compile(r"年度?报告?|信息公开|附件|下载")
_ATTACHED = re.compile(r"附件|下载|点击查看|\.(?:pdf|docx?|wps)\b", re.IGNORECASE)
_SERVED = re.compile(r"down|attach|upload|file", re.IGNORECASE)
"""The address of a program that hands out files."""
_YEAR = re.compile(r"20\d\d\s*年?\s*度?\s*(?:报告|年报)?")
_OF_REPORTS = re.compile(r"(?:政府信息|政务|信息)公开[^。]{0,8}?年(?:度|报)")
_HEADS = frozenset(("title", "h1", "h2", "h3", "h4"))
_POSITION = re.compile(r"(?:当前|您的|所在|您现在的)位置\s*[:：]([^。]{1,120})")
_NEXT = re.compile(r"下\s*一?\s*页|[>›»]{1,2}|后一页")
# How most agencies' systems write their page numbers: createPageHTML(pages, page, "index", "shtml")
_NUMBERED = re.compile(
    r"""createPageHTML\w*\(\s*(\d{1,4})\s*,\s*\d+\s*,\s*["'](\w+)["']\s*,\s*["'](\w+)["']"""
)
MOST_PAGES = 50
"""The most pages of one list."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Leads:
    """What a page leads to: `reports` and files of theirs, and `further` pages of the same list, one for each year or more.

    The words of each are those that say most of it: its own, or the title of the page where these are “2023” or “附件”.
    """

    reports: tuple[Link, ...] = ()
    further: tuple[Link, ...] = ()
    is_report: bool = False
    """Whether the page is a report itself, so that only files of its own count."""


def leads(page: str, address: str) -> Leads:
    """The addresses that a page leads to, on the same host or one beside it; a list is what names reports."""
    own = plain(address)
    near = [link for link in _links(page, address) if _is_near(link.address, address) and link.address != own]
    report, title = BEGIN.search(_text(page)) is not None, _title(page)
    files = [link for link in near if _is_file(link, of_report=report or bool(title))]
    if report:
        return Leads(_once(files, title), is_report=True)
    reports = _once([*filter(is_report, near), *files], title)
    years = [link for link in near if title and _YEAR.fullmatch(link.words.strip())]
    if not reports and not years:
        return Leads()
    further = [link for link in near if _NEXT.fullmatch(link.words)]
    further += [Link(a, "") for a in _numbered(page, address) if a != own]
    taken = {link.address for link in reports}
    return Leads(reports, _once([x for x in (*years, *further) if x.address not in taken], title))


def _once(links: Iterable[Link], title: str) -> tuple[Link, ...]:
    """Each address once, with the words that say most of it."""
    found: dict[str, Link] = {}
    for link in links:
        words = link.words if is_report(link) or not title else title
        found.setdefault(link.address, Link(link.address, words))
    return tuple(found.values())


def _is_file(link: Link, *, of_report: bool) -> bool:
    """Whether a link gives a file that may be a report: named so, or hanging on a page about reports."""
    if _FILE.search(link.address):
        return of_report or is_report(link) or _NAMED.search(link.words) is not None
    parts = urlsplit(link.address)
    return of_report and bool(_ATTACHED.search(link.words) and _SERVED.search(f"{parts.path}?{parts.query}"))


def _title(page: str) -> str:
    """The heading that says that a page is about reports, empty where none does."""
    pieces = tags.pieces(page)
    for run, text in zip(pieces, pieces, strict=True):
        if any(tags.tag(inside).name in _HEADS for inside in tags.parted(run)) and _OF_REPORTS.search(text):
            return fold(text)
    position = _POSITION.search(_text(page))
    return fold(position[1]) if position and _OF_REPORTS.search(position[1]) else ""


def is_report(link: Link) -> bool:
    """Whether the words of a link are the title of a report."""
    return is_title(link.words.translate(WIDTH))


def _links(page: str, address: str) -> Iterator[Link]:
    """The links of a page; of the words in it and its title the longer."""
    base, href, title, words = address, "", "", ""
    pieces = tags.pieces(page)
    for run, text in zip(pieces, pieces, strict=True):
        for inside in tags.parted(run):
            tag = tags.tag(inside)
            if tag.name == "base" and not tag.ends:
                base = urljoin(address, tag.attribute("href")) or base
            elif tag.name == "a":
                if href:
                    yield from _link(base, href, max(fold(words), fold(title), key=len))
                href = "" if tag.ends else tag.attribute("href").strip()
                title, words = tag.attribute("title"), ""
        words += text


def _link(base: str, href: str, words: str) -> Iterator[Link]:
    try:
        yield Link(plain(urljoin(base, href)), words)
    except (CollectError, ValueError):
        return  # mailto:, javascript:, and what is no address at all


def _numbered(page: str, address: str) -> Iterator[str]:
    """The further pages of a list that a script numbers."""
    match = _NUMBERED.search(page)
    if match:
        for number in range(1, min(int(match[1]), MOST_PAGES)):
            yield plain(urljoin(address, f"{match[2]}_{number}.{match[3]}"))


def _is_near(one: str, other: str) -> bool:
    """Whether two addresses are of one site: hosts that differ in their first label only."""
    hosts = [(urlsplit(a).hostname or "").split(".") for a in (one, other)]
    return hosts[0] == hosts[1] or (min(map(len, hosts)) > 2 and hosts[0][-3:] == hosts[1][-3:])


def _text(page: str) -> str:
    pieces = tags.pieces(page)
    return "".join(text for _, text in zip(pieces, pieces, strict=True))
