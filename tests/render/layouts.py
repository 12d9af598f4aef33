"""The layouts: each a function from a printed table to the text in which it comes.

A layout that is `traced` shows which cell is empty; in the others a row with a blank may just be short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape

from tests.render.grid import Box, Sheet

WRAP = 9
"""Characters of a label to a line, where a narrow column wraps it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is set: `kind` is the kind of document it stands in: text, markdown or html."""

    set: Callable[[Sheet], str]
    kind: str = "text"
    traced: bool = True


def expanded(sheet: Sheet) -> list[list[str]]:
    """A rectangle of texts: a merged cell stands at its first place, the places it covers are empty."""
    height = max(b.row + b.rowspan for b in sheet.boxes)
    grid = [[""] * sheet.width for _ in range(height)]
    for box in sheet.boxes:
        grid[box.row][box.column] = box.text
    return grid


def compact(sheet: Sheet) -> list[list[str]]:
    """The rows with their own cells only, as a merged cell leaves no trace."""
    return [[b.text for b in row] for row in sheet.rows()]


def cell_a_line(sheet: Sheet) -> str:
    """A cell a line; an empty cell leaves no trace."""
    return "\n".join(b.text for b in sheet.boxes if b.text)


def spaced_lines(sheet: Sheet) -> str:
    """A cell a line, a blank line between."""
    return "\n\n".join(b.text for b in sheet.boxes if b.text)


def tabs(sheet: Sheet) -> str:
    """Tabs, a rectangle."""
    return "\n".join("\t".join(row) for row in expanded(sheet))


def compact_tabs(sheet: Sheet) -> str:
    """Tabs between the cells that are there."""
    return "\n".join("\t".join(row) for row in compact(sheet))


def bars(sheet: Sheet) -> str:
    """`a | b` rows."""
    return "\n".join(" | ".join(row) for row in compact(sheet))


def trailing_bars(sheet: Sheet) -> str:
    """`a | b |` rows."""
    return "\n".join("".join(f"{text} | " for text in row).rstrip() for row in compact(sheet))


def bar_a_line(sheet: Sheet) -> str:
    """A cell, then a bar, on each line; a row ends with the bars of the places that merged cells cover."""
    lines: list[str] = []
    for boxes in sheet.rows():
        lines += [f"{b.text} |" for b in boxes]
        covered = sum(b.colspan - 1 for b in boxes)
        if covered:
            lines.append("|" * covered)
    return "\n".join(lines)


def lone_bars(sheet: Sheet) -> str:
    """A bar on a line of its own between cells."""
    return "\n".join("\n|\n".join(row) for row in compact(sheet))


def leading_bars(sheet: Sheet) -> str:
    """A leading bar, the value on the next line."""
    return "\n".join("\n".join(f"|\n{text}" for text in row) for row in compact(sheet))


def spaces(sheet: Sheet) -> str:
    """The rows as a PDF gives them: words with spaces between."""
    return "\n".join(" ".join(t for t in row if t) for row in compact(sheet))


def wrapped(sheet: Sheet) -> str:
    """Rows with spaces, a long label wrapped over lines, the values after its last line."""
    lines: list[str] = []
    for label, values in _wrapped(sheet):
        lines += (*label[:-1], " ".join((*label[-1:], *values)))
    return "\n".join(lines)


def wrapped_around(sheet: Sheet) -> str:
    """Rows with spaces, a long label wrapped around the line of its values, as a cell set in the middle comes."""
    lines: list[str] = []
    for label, values in _wrapped(sheet):
        half, odd = divmod(len(label), 2)
        lines += (*label[:half], " ".join((*label[half : half + odd], *values)), *label[half + odd :])
    return "\n".join(lines)


def _wrapped(sheet: Sheet) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Lines of a row's label, and its values; the label of a group is a row without values."""
    for boxes in sheet.rows():
        labels = [b.text for b in boxes if b.of is None]
        values = tuple(b.text for b in boxes if b.of and b.text)
        if not any(b.of for b in boxes):
            yield (" ".join(labels),), ()
            continue
        yield from (((label,), ()) for label in labels[:-1])
        yield tuple(t[i : i + WRAP] for t in labels[-1:] for i in range(0, len(t), WRAP)), values


def torn(sheet: Sheet) -> str:
    """The labels of rows that belong together first, then the rows of their values."""
    lines: list[str] = []
    waiting: list[str] = []
    for boxes in sheet.rows():
        labels = [b.text for b in boxes if b.of is None]
        values = [b.text for b in boxes if b.of and b.text]
        if waiting and _opens(boxes):
            lines += waiting
            waiting = []
        lines += labels
        if values:
            waiting.append(" ".join(values))
    return "\n".join((*lines, *waiting))


def _opens(boxes: tuple[Box, ...]) -> bool:
    """Whether a row opens a group: it holds a merged label, or labels only."""
    return any(b.rowspan > 1 for b in boxes) or all(b.of is None for b in boxes) or boxes[0].column == 0


def vertical_heads(sheet: Sheet) -> str:
    """A cell a line, the heads of the columns one character a line."""
    first = min((b.row for b in sheet.boxes if b.of), default=0)
    return "\n".join("\n".join(b.text) if b.row < first else b.text for b in sheet.boxes if b.text)


def vertical_labels(sheet: Sheet) -> str:
    """A cell a line, the labels of groups (merged over rows) one character a line."""
    return "\n".join("\n".join(b.text) if b.rowspan > 1 else b.text for b in sheet.boxes if b.text)


def page_break(sheet: Sheet) -> str:
    """Tabs, a rectangle; the label of a group cut in two by a page break, its rest beside a later row."""
    grid = expanded(sheet)
    for box in sheet.boxes:
        if box.rowspan > 2 and box.of is None and box.row > 2:
            at = box.row + box.rowspan // 2
            grid[box.row][box.column] = box.text[:4]
            grid[at][box.column] = box.text[4:]
    return "\n".join("\t".join(row) for row in grid)


def paged_lines(sheet: Sheet) -> str:
    """A cell a line, with the number of a page and a blank line after every forty cells."""
    lines: list[str] = []
    for i, box in enumerate(b for b in sheet.boxes if b.text):
        if i and i % 40 == 0:
            lines += ["", f"— {i // 40} —", ""]
        lines.append(box.text)
    return "\n".join(lines)


def markdown(sheet: Sheet) -> str:
    """A Markdown table."""
    first, *others = expanded(sheet)
    return "\n".join(_pipes(row) for row in (first, ["---"] * sheet.width, *others))


def broken_markdown(sheet: Sheet) -> str:
    """Several Markdown tables, a row or group each, merged cells gone."""
    return "\n\n".join(
        "\n".join(_pipes(row) for row in (first, ["---"] * len(first), *others))
        for first, *others in _pieces(sheet)
    )


def _pipes(row: list[str]) -> str:
    return "| " + " | ".join(row) + " |"


def _pieces(sheet: Sheet) -> Iterator[list[list[str]]]:
    """The rows in runs of one width."""
    run: list[list[str]] = []
    for row in compact(sheet):
        if run and len(row) != len(run[0]):
            yield run
            run = []
        run.append(row)
    yield run


def html(sheet: Sheet) -> str:
    """An HTML table with rowspan and colspan."""
    return _html(sheet.boxes)


def pasted_html(sheet: Sheet) -> str:
    """An HTML table as Word leaves it: paragraphs in cells, words split by spans, an empty cell a space."""
    return _html(tuple(sheet.boxes), _pasted)


def broken_html(sheet: Sheet) -> str:
    """Several HTML tables, each with the rows of one group; what spans them is cut."""
    tables: list[tuple[Box, ...]] = []
    run: list[Box] = []
    for boxes in sheet.rows():
        if run and _opens(boxes) and any(b.of for b in run):
            tables.append(tuple(run))
            run = []
        run += boxes
    tables.append(tuple(run))
    return "\n<p></p>\n".join(_html(_cut(t)) for t in tables)


def _cut(boxes: tuple[Box, ...]) -> tuple[Box, ...]:
    """Boxes whose rowspan ends with the table they stand in."""
    end = max(b.row for b in boxes) + 1
    return tuple(replace(b, rowspan=min(b.rowspan, end - b.row)) for b in boxes)


def _html(boxes: tuple[Box, ...], inner: Callable[[str], str] = escape) -> str:
    rows: dict[int, str] = {}
    for b in boxes:
        spans = "".join(f' {k}="{n}"' for k, n in (("rowspan", b.rowspan), ("colspan", b.colspan)) if n > 1)
        rows[b.row] = rows.get(b.row, "") + f"<td{spans}>{inner(b.text)}</td>"
    return "<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows.values()) + "\n</table>"


def _pasted(text: str) -> str:
    if not text:
        return "<p><span>&nbsp;</span></p>"
    spans = "".join(f"<span>{escape(text[i : i + 3])}</span>" for i in range(0, len(text), 3))
    return f"\n  <p>{spans}</p>\n"


LAYOUTS: dict[str, Layout] = {
    "cell-a-line": Layout(cell_a_line, traced=False),
    "spaced-lines": Layout(spaced_lines, traced=False),
    "tabs": Layout(tabs),
    "compact-tabs": Layout(compact_tabs),
    "bars": Layout(bars, traced=False),
    "trailing-bars": Layout(trailing_bars),
    "bar-a-line": Layout(bar_a_line, traced=False),
    "lone-bars": Layout(lone_bars, traced=False),
    "leading-bars": Layout(leading_bars, traced=False),
    "spaces": Layout(spaces, traced=False),
    "wrapped": Layout(wrapped, traced=False),
    "wrapped-around": Layout(wrapped_around, traced=False),
    "torn": Layout(torn, traced=False),
    "vertical-heads": Layout(vertical_heads, traced=False),
    "vertical-labels": Layout(vertical_labels, traced=False),
    "page-break": Layout(page_break),
    "paged-lines": Layout(paged_lines, traced=False),
    "markdown": Layout(markdown, "markdown"),
    "broken-markdown": Layout(broken_markdown, "markdown"),
    "html": Layout(html, "html"),
    "pasted-html": Layout(pasted_html, "html"),
    "broken-html": Layout(broken_html, "html"),
}
