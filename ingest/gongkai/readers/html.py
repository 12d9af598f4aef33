"""HTML as published: navigation, scripts and buttons around the report, Word's own markup within it.

A page is read tag by tag and never becomes a tree: that would cost several times the reading, and the square of its
depth. What tags are left out is made up as browsers do: a cell ends where the next begins, a table with the page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from html import unescape

from gongkai.document import Document, Source, Writer
from gongkai.readers import tags
from gongkai.readers.encoding import Decoded
from gongkai.readers.flow import Box, Item, Title, fold, table, visible, write
from gongkai.readers.raw import MAX_DEPTH, MAX_PLACES, Raw
from gongkai.readers.tags import Tag

_SKIPPED, _NESTING, _ENDING, _VOID, _ENDS_ITSELF, _DATA = (
    frozenset(names.split())
    for names in (
        "script style title noscript template iframe object embed svg math canvas video audio map button select"
        " datalist option textarea rt rp",
        "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form"
        " header hgroup main menu nav ol pre search section ul",
        "body br caption dd dt head hr html legend li p summary tbody tfoot thead h1 h2 h3 h4 h5 h6",
        "area base br col embed hr img input link meta param source track wbr",
        # their end may be left out: it is where the next of their kind begins, or what they stand in ends
        "dd dt li option p rp rt td th tr",
        "publishtime ucaptitle time",
    )
)


def read(raw: Raw, decoded: Decoded, source: Source | None = None) -> Document:
    """The page's lines, headings and tables in order; what its head says goes to the metadata.

    `source` is what the page was part of, where it was.

    Raises:
        UnreadableError: nothing but markup, nested too deeply, or a table beyond all measure.
    """
    raw.refuse_swollen(raw.data)
    walk = Walk(raw, _page(visible(decoded.text)))
    items = walk.items()
    if not items:
        raise raw.unreadable("an HTML page without any text")
    writer = Writer()
    write(items, writer)
    return writer.document(source or raw.source("text/html"), metadata=walk.metadata, notes=decoded.notes)


def _page(text: str) -> str:
    """A text that is no page but has tables set as HTML, as Markdown does, with its lines as paragraphs."""
    if text.lstrip().startswith("<"):
        return text
    return "".join(line if "<" in line else f"<p>{line}</p>" for line in text.splitlines(keepends=True))


_Act = Callable[["Walk"], None]
"""What a tag asks of a walk."""


class Walk:
    """Goes through the tags and texts of a page."""

    def __init__(self, raw: Raw, page: str) -> None:
        self.raw = raw
        self.pieces = tags.pieces(page)
        self.metadata: list[tuple[str, str]] = []
        self.found: list[Item] = []
        self.parts: list[str] = []
        self.outer: list[list[Item] | None] = []
        self.tables: list[list[list[Box]]] = []
        self.depth = self.cells = 0
        self._endless: set[str] = set()

    def items(self) -> list[Item]:
        """The blocks of the page."""
        parts = self.parts
        pieces = None
        while pieces is not self.pieces:  # an element that never ends hands back what it was to hold
            pieces = self.pieces
            for run, text in zip(pieces, pieces, strict=True):
                acts = _acts_of_run(run)
                if acts is None:
                    self.add(self._one_by_one(tags.parted(run), text))
                    continue
                for act in acts:
                    act(self)
                if text:
                    parts.append(unescape(text) if "&" in text else text)
        while self.tables:
            self.close_table()
        self.end_line()
        return self.found

    def add(self, text: str) -> None:
        """Adds text to the line."""
        self.parts.append(unescape(text))

    def end_line(self, level: int = 0) -> None:
        """Ends the line; blanks alone make none."""
        parts = self.parts
        if parts:
            line = fold(parts[0] if len(parts) == 1 else "".join(parts))
            parts.clear()
            if line:
                self.found.append(Title(line, level) if level else line)

    def open_block(self) -> None:
        """Begins an element that may hold others of its kind."""
        self.end_line()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.raw.unreadable(f"HTML elements nested more than {MAX_DEPTH} deep")

    def close_block(self) -> None:
        """Ends such an element."""
        self.end_line()
        if self.depth:
            self.depth -= 1

    def open_table(self) -> None:
        """Begins a table."""
        self.open_block()
        self.tables.append([])
        self.outer.append(None)

    def close_table(self) -> None:
        """Ends a table, and tells what it is."""
        self.close_block()
        if self.tables:
            self._leave_cell()
            self.outer.pop()
            self.found += table(self.raw, self.tables.pop())

    def open_row(self) -> None:
        """Begins a row."""
        self.end_line()
        if self.tables:
            self._leave_cell()
            self.tables[-1].append([])

    def open_cell(self, rowspan: int = 1, colspan: int = 1) -> None:
        """Begins a cell: what follows is its own."""
        self.end_line()
        if self.tables:
            self._leave_cell()
            self.cells += 1
            if self.cells > MAX_PLACES:
                raise self.raw.unreadable(f"more than {MAX_PLACES} cells: split the file")
            rows = self.tables[-1]
            if not rows:
                rows.append([])
            self.outer[-1] = self.found
            self.found = []
            rows[-1].append(Box(self.found, rowspan, colspan))

    def close_cell(self) -> None:
        """Ends a cell."""
        self.end_line()
        if self.tables:
            self._leave_cell()

    def _leave_cell(self) -> None:
        """Goes back to what stands around the innermost table, if a cell of it is open."""
        around = self.outer[-1]
        if around is not None:
            self.found, self.outer[-1] = around, None

    def _one_by_one(self, insides: list[str], text: str) -> str:
        """Obeys tags among which one must look ahead; the text that is left to be read after them."""
        for i, inside in enumerate(insides):
            last = i == len(insides) - 1
            cut = tags.is_cut(inside)
            whole, rest = tags.whole(inside, text) if cut and last else (inside, text)
            found = tags.tag(whole)
            if _skips(found) and found.name not in self._endless:
                return self._skip(found.name, insides[i + 1 :], rest)
            self._note(found, rest if last else "")
            for act in _acts(whole):
                act(self)
            if last:
                return rest
        return text

    def _skip(self, name: str, insides: list[str], text: str) -> str:
        """Leaves out an element with all that is in it; one that never ends is not left out."""
        if name == "title" and not insides:
            self._keep(name, text)
        passed: list[str] = []
        depth, ahead, after = 1, insides, text
        while True:
            for i, inside in enumerate(ahead):
                found = tags.tag(inside)
                if found.name != name:
                    continue
                depth += -1 if found.ends else 1
                if not depth:
                    return self._one_by_one(ahead[i + 1 :], after)
                if name in _ENDS_ITSELF and not found.ends:
                    return self._one_by_one(ahead[i:], after)
            run = next(self.pieces, None)
            if run is None:
                break
            ahead, after = tags.parted(run), next(self.pieces)
            passed += (run, after)
        self._endless.add(name)
        self.pieces = iter(passed)
        return self._one_by_one(insides, text)

    def _note(self, found: Tag, text: str) -> None:
        """Keeps what `meta` elements and those of government CMSs say."""
        if found.name == "meta":
            attributes = found.all()
            self._keep(
                attributes.get("name") or attributes.get("property") or "", attributes.get("content", "")
            )
        elif found.name in _DATA and not found.ends:
            self._keep(found.name, text)

    def _keep(self, name: str, value: str) -> None:
        value = fold(unescape(value))
        if name and value:
            self.metadata.append((name, value))


def _skips(found: Tag) -> bool:
    """Whether an element is left out with all that is in it."""
    if found.ends or found.name in _VOID:
        return False
    return found.name in _SKIPPED or found.is_hidden()


@lru_cache(maxsize=4096)
def _acts_of_run(run: str) -> tuple[_Act, ...] | None:
    """What a run of tags asks for: the same ones come again and again. None where one must look ahead."""
    acts: list[_Act] = []
    for inside in tags.parted(run):
        if _looks_ahead(inside):
            return None
        for act in _acts(inside):
            if acts and act is Walk.end_line:
                continue  # the line has just ended
            if acts and acts[-1] is Walk.close_cell and _is_one_of(act, Walk.open_cell, Walk.open_row):
                acts.pop()  # where a cell or a row begins, the one before has ended
            acts.append(act)
    if not acts and not run.endswith(">"):
        acts.append(partial(Walk.add, text="\n" if "\n" in run else " "))
    return tuple(acts)


def _is_one_of(act: _Act, *kinds: _Act) -> bool:
    return (act.func if isinstance(act, partial) else act) in kinds


def _looks_ahead(inside: str) -> bool:
    found = tags.tag(inside)
    return found.name == "meta" or found.name in _DATA or _skips(found) or tags.is_cut(inside)


@lru_cache(maxsize=4096)
def _acts(inside: str) -> tuple[_Act, ...]:
    """What a tag asks for, by all that stands between its brackets."""
    found = tags.tag(inside)
    act = _closing(found.name) if found.ends else _opening(found)
    return () if act is None else (act,)


def _opening(found: Tag) -> _Act | None:
    name = found.name
    if name in {"td", "th"}:
        rowspan, colspan = found.spans()
        return (
            partial(Walk.open_cell, rowspan=rowspan, colspan=colspan)
            if rowspan * colspan > 1
            else Walk.open_cell
        )
    if name == "input":
        attributes = found.all()
        typed = attributes.get("type", "text") in {"text", "number"} and not found.is_hidden()
        return partial(Walk.add, text=attributes.get("value", "")) if typed else None
    special: dict[str, _Act] = {"table": Walk.open_table, "tr": Walk.open_row}
    return special.get(name) or _line(name, Walk.open_block)


def _closing(name: str) -> _Act | None:
    if name[:1] == "h" and name[1:].isdigit():
        return partial(Walk.end_line, level=int(name[1]))
    special: dict[str, _Act] = {"td": Walk.close_cell, "th": Walk.close_cell, "table": Walk.close_table}
    return special.get(name) or _line(name, Walk.close_block)


def _line(name: str, nesting: _Act) -> _Act | None:
    if name in _NESTING:
        return nesting
    return Walk.end_line if name in _ENDING else None
