"""HTML as published: navigation, scripts and buttons around the report, Word's own markup within it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

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
        *("ul", "table", "tbody", "thead", "tfoot", "tr", "td", "th"),
    )
)
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


@dataclass(slots=True)
class _Walk:
    raw: Raw
    flows: list[Flow] = field(default_factory=lambda: [Flow()])

    def walk(self, root: LexborNode) -> Flow:
        """The blocks below an element."""
        self._children(root)
        self.flows[-1].end_line()
        return self.flows[-1]

    def _children(self, parent: LexborNode) -> None:
        node = parent.child
        while node is not None:
            self._node(node)
            node = node.next

    def _node(self, node: LexborNode) -> None:
        tag = node.tag
        if tag == "-text":
            self.flows[-1].parts.append(node.text_content or "")
        elif tag is None or tag[0] == "-" or tag in _SKIPPED or _hidden(node):
            return
        elif tag == "br":
            self.flows[-1].end_line()
        elif tag == "table":
            self._table(node)
        elif tag == "input":
            self.flows[-1].parts.append(_typed(node))
        elif tag in _HEADINGS or tag in _BLOCKS:
            self.flows[-1].end_line()
            self._children(node)
            self.flows[-1].end_line(_HEADINGS.get(tag, 0))
        else:
            self._children(node)

    def _table(self, table: LexborNode) -> None:
        self.flows[-1].end_line()
        rows: list[list[Box]] = []
        self._rows(table, rows)
        self.flows[-1].add_table(self.raw, rows)

    def _rows(self, parent: LexborNode, rows: list[list[Box]]) -> None:
        node = parent.child
        while node is not None:
            tag = node.tag
            if tag in {"tbody", "thead", "tfoot"}:
                self._rows(node, rows)
            elif tag == "tr" and not _hidden(node):
                rows.append(self._boxes(node))
            elif tag == "caption":
                self._node(node)
            node = node.next

    def _boxes(self, row: LexborNode) -> list[Box]:
        boxes = []
        node = row.child
        while node is not None:
            if node.tag in {"td", "th"} and not _hidden(node):
                self.flows.append(Flow())
                self._children(node)
                flow = self.flows.pop()
                flow.end_line()
                boxes.append(Box(flow, _span(node, "rowspan"), _span(node, "colspan")))
            node = node.next
        return boxes


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
