"""The layouts: each a function from a printed table to the text in which it comes."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.render.grid import Box, Sheet

Layout = Callable[[Sheet], str]


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


def markdown(sheet: Sheet) -> str:
    """A Markdown table."""
    first, *others = expanded(sheet)
    rows = [first, ["---"] * sheet.width, *others]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def html(sheet: Sheet) -> str:
    """An HTML table with rowspan and colspan."""
    rows = ["<tr>" + "".join(_td(b) for b in boxes) + "</tr>" for boxes in sheet.rows()]
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def _td(box: Box) -> str:
    spans = "".join(
        f' {name}="{n}"' for name, n in (("rowspan", box.rowspan), ("colspan", box.colspan)) if n > 1
    )
    return f"<td{spans}>{escape(box.text)}</td>"


LAYOUTS: dict[str, Layout] = {
    "cell-a-line": cell_a_line,
    "spaced-lines": spaced_lines,
    "tabs": tabs,
    "compact-tabs": compact_tabs,
    "bars": bars,
    "trailing-bars": trailing_bars,
    "bar-a-line": bar_a_line,
    "lone-bars": lone_bars,
    "leading-bars": leading_bars,
    "markdown": markdown,
    "html": html,
}
