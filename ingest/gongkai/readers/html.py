"""HTML as published: navigation, scripts and buttons around the report, Word's own markup within it."""

from __future__ import annotations

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.document import Document, Note, Writer
from gongkai.readers.encoding import Decoded
from gongkai.readers.flow import Box, Flow, fold
from gongkai.readers.raw import MAX_DEPTH, Raw

_SKIPPED = frozenset(
    (
        *("head", "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math"),
        *(
            "canvas",
            "video",
            "audio",
            "map",
            "button",
            "select",
            "datalist",
            "option",
            "textarea",
            "rt",
            "rp",
        ),
    )
)
_BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "dialog",
        ),
        *("dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup"),
        *(
            "hr",
            "html",
            "legend",
            "li",
            "main",
            "menu",
            "nav",
            "ol",
            "p",
            "pre",
            "search",
            "section",
            "summary",
        ),
        *(
            "ul",
            "table",
            "tbody",
            "thead",
            "tfoot",
            "tr",
            "td",
            "th",
            "br",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
        ),
    )
)
_CELLS = frozenset({"td", "th"})
_HEADINGS = {f"h{i}": i for i in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea)\b.*?(?:</\1|\Z)|<(/?)([a-z][^\s/>]*)",
    re.IGNORECASE | re.DOTALL,
)
_NEVER_NESTS = frozenset(
    (
        *(
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "param",
            "source",
            "track",
        ),
        *(
            "wbr",
            "p",
            "li",
            "dt",
            "dd",
            "td",
            "th",
            "tr",
            "tbody",
            "thead",
            "tfoot",
            "option",
            "html",
            "head",
        ),
        *("body", "colgroup", "caption"),
    )
)
_DATA_ELEMENTS = ("publishtime", "ucaptitle", "time")


def read(raw: Raw, decoded: Decoded) -> Document:
    """The page's lines, headings and tables in order; what its head says goes to the metadata.

    Raises:
        UnreadableError: nothing but markup, nested too deeply, or a table beyond all measure.
    """
    raw.refuse_swollen(raw.data)
    _refuse_depth(raw, decoded.text)
    tree = LexborHTMLParser(decoded.text)
    root = tree.root
    flow = Flow() if root is None else _Walk(raw).walk(root)
    if not flow.items:
        raise raw.unreadable("an HTML page without any text")
    writer = Writer()
    flow.write(writer)
    notes = frozenset({Note.ENCODING_GUESSED} if decoded.guessed else ())
    return writer.document(raw.source("text/html"), metadata=_metadata(tree), notes=notes)


def _refuse_depth(raw: Raw, text: str) -> None:
    """Parsing takes the square of the depth, and unclosed formatting is copied into every paragraph."""
    if text.count("<") < MAX_DEPTH:
        return
    unclosed: Counter[str] = Counter()
    depth = 0
    for match in _TAG.finditer(text):
        name = (match[3] or "").lower()
        if not name or name in _NEVER_NESTS:
            continue
        if not match[2]:
            unclosed[name] += 1
            depth += 1
            if depth > MAX_DEPTH:
                raise raw.unreadable(f"HTML elements nested more than {MAX_DEPTH} deep")
        elif unclosed[name]:
            unclosed[name] -= 1
            depth -= 1


class _Walk:
    """Goes through a page element by element; without recursion, since pages nest deeper than Python's stack."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.flows = [Flow()]
        self.tables: list[list[list[Box]]] = []

    def walk(self, root: LexborNode) -> Flow:
        """The blocks below an element."""
        above: list[tuple[str, LexborNode | None]] = []
        node = root.child
        while node is not None or above:
            if node is None:
                tag, node = above.pop()
                self._leave(tag)
                continue
            tag = node.tag or "-"
            if tag == "-text":
                self.flows[-1].parts.append(node.text_content or "")
            elif tag[0] != "-" and tag not in _SKIPPED and not _hidden(node):
                self._enter(tag, node)
                above.append((tag, node.next))
                node = node.child
                continue
            node = node.next
        self.flows[-1].end_line()
        return self.flows[-1]

    def _enter(self, tag: str, node: LexborNode) -> None:
        if tag == "input":
            self.flows[-1].parts.append(_typed(node))
        if tag not in _BLOCKS:
            return
        self.flows[-1].end_line()
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in _CELLS and self.tables and self.tables[-1]:
            box = Box(Flow(), _span(node, "rowspan"), _span(node, "colspan"))
            self.tables[-1][-1].append(box)
            self.flows.append(box.flow)

    def _leave(self, tag: str) -> None:
        if tag not in _BLOCKS:
            return
        self.flows[-1].end_line(_HEADINGS.get(tag, 0))
        if tag == "table":
            self.flows[-1].add_table(self.raw, self.tables.pop())
        elif tag in _CELLS and len(self.flows) > 1:
            self.flows.pop()


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _typed(node: LexborNode) -> str:
    """What a published form holds in its fields; buttons say nothing of the report."""
    attributes = node.attributes
    return (attributes.get("value") or "") if (attributes.get("type") or "text") in {"text", "number"} else ""


def _span(node: LexborNode, name: str) -> int:
    found = re.match(r"\s*\+?(\d{1,9})", node.attributes.get(name) or "")
    return max(int(found[1]), 1) if found else 1


def _metadata(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """What `meta` elements, the title and the elements of government CMSs say, as written."""
    found = []
    for meta in tree.css("meta"):
        name = meta.attributes.get("name") or meta.attributes.get("property")
        if name and (content := meta.attributes.get("content")):
            found.append((name, content.strip()))
    for name in ("title", *_DATA_ELEMENTS):
        for node in tree.css(name):
            if text := fold(node.text()):
                found.append((name, text))
    return found
