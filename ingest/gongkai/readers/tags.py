"""The tags of HTML, as https://html.spec.whatwg.org/multipage/parsing.html#tokenization has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_RUN = re.compile(r"(<[a-zA-Z/!?][^<>]*+>\s*+(?:<[a-zA-Z/!?][^<>]*+>\s*+)*+)")
_TAG = re.compile(r"(/?)([a-zA-Z][^\s/>]*)[\s/]*(.*)", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_QUOTED = re.compile(r"""((?:[^>"']|"[^"]*"|'[^']*')*)>(.*)""", re.DOTALL)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Tag(NamedTuple):
    """A tag: what it names in small letters, whether it ends it, and its attributes as written."""

    name: str
    ends: bool
    attributes: str

    def attribute(self, name: str) -> str:
        """An attribute, empty where it is not there."""
        return self.all().get(name, "")

    def all(self) -> dict[str, str]:
        """The attributes; of two with one name the first counts."""
        found: dict[str, str] = {}
        for name, *values in _ATTRIBUTE.findall(self.attributes):
            found.setdefault(name.lower(), unescape("".join(values)))
        return found

    def spans(self) -> tuple[int, int]:
        """How many rows and columns a cell takes."""
        attributes = self.all()
        return _span(attributes.get("rowspan", "")), _span(attributes.get("colspan", ""))

    def is_hidden(self) -> bool:
        """Whether the element says of itself that it is not shown."""
        written = self.attributes.lower()
        if "hidden" not in written and "none" not in written:
            return False
        attributes = self.all()
        return "hidden" in attributes or bool(_HIDING.search(attributes.get("style", "")))


def _span(text: str) -> int:
    found = re.match(r"\s*\+?(\d{1,9})", text)
    return max(int(found[1]), 1) if found else 1


def tag(inside: str) -> Tag:
    """The tag that stands between two brackets; a comment or declaration has no name.

    >>> tag("/TD"), tag("td colspan='2' hidden").attribute("colspan"), tag("!doctype html").name
    (Tag(name='td', ends=True, attributes=''), '2', '')
    """
    match = _TAG.match(inside)
    return Tag(match[2].lower(), bool(match[1]), match[3]) if match else Tag("", False, "")


def pieces(page: str) -> Iterator[str]:
    """Tags that no text parts, and the text after them, in turns, for a whole page; comments are left out."""
    return iter(_RUN.split(_without_comments(page))[1:])


def parted(run: str) -> list[str]:
    """The tags of a run, each without its brackets."""
    return [tag.rstrip()[:-1] for tag in run[1:].split("<")]


def is_cut(inside: str) -> bool:
    """Whether a bracket in the value of an attribute may have been taken for the end of the tag."""
    return inside.count('"') % 2 == 1 or inside.count("'") % 2 == 1


def whole(inside: str, text: str) -> tuple[str, str]:
    """A tag that is cut, with the rest of it, and the text that comes after it."""
    match = _QUOTED.fullmatch(f"{inside}>{text}")
    return (match[1], match[2]) if match else (inside, text)


def _without_comments(page: str) -> str:
    """The page without its comments; one that never ends takes the rest with it, as in a browser."""
    if "<!--" not in page:
        return page
    kept = []
    start = 0
    while (begin := page.find("<!--", start)) >= 0:
        kept.append(page[start:begin])
        end = page.find("-->", begin + 2)
        start = end + 3 if end >= 0 else len(page)
    return "".join((*kept, page[start:]))
