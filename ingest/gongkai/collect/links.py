"""What a page leads to: the reports that a list names, its further pages, and the files that hang on a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    """What a page leads to: `reports` and files of theirs, and `further` pages of the same list."""

    reports: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    is_report: bool = False
    """Whether the page is a report itself, so that only files of its own count."""


def leads(page: str, address: str) -> Leads:
    """The addresses that a page leads to, on the same host or one beside it; a list is what names reports."""
    links = [link for link in _links(page, address) if _is_near(link.address, address)]
    files = [x.address for x in links if _FILE.search(x.address) and (_NAMED.search(x.words) or is_report(x))]
    own = plain(address)
    if BEGIN.search(_text(page)):
        return Leads(tuple(dict.fromkeys(a for a in files if a != own)), is_report=True)
    reports = dict.fromkeys(a for a in (*(x.address for x in links if is_report(x)), *files) if a != own)
    further = [x.address for x in links if _NEXT.fullmatch(x.words)] + list(_numbered(page, address))
    return Leads(tuple(reports), tuple(dict.fromkeys(a for a in further if a != own)) if reports else ())


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
