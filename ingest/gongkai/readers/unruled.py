"""Tables without lines: numbers that stand under each other are of one column, and where one lacks its cell is blank.

Only a row with fewer numbers than there are columns is set anew; a full one can be read without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gongkai.readers.fields import is_value
from gongkai.readers.sheet import Run, TextLine, line, rows

_Span = tuple[float, float]
_MOST_HEADS = 6
"""Lines that the heads of columns are set in."""


def lines(runs: Sequence[Run], spacious: float, body: _Span) -> list[TextLine]:
    """The lines that runs stand on, from the top down; the cells of a row with blanks are parted by tabs.

    `body` is where a page has no head and no foot; `spacious` as for `sheet.lines`.
    """
    all_rows = rows(runs)
    found = [line(row, spacious) for row in all_rows]
    for first, block in _blocks(all_rows, body):
        columns = _columns(block, all_rows[:first])
        cells = [_cells(row, columns) for row in block.values()]
        if len(columns) < 2 or None in cells:
            continue
        for at, texts in zip(block, cells, strict=True):
            if texts is not None and "" in texts:
                label = _label(all_rows[at])
                before = [line(label, spacious).text] if label else []
                found[at] = found[at]._replace(text="\t".join([*before, *texts]))
    return found


def _blocks(all_rows: Sequence[list[Run]], body: _Span) -> Iterator[tuple[int, dict[int, list[Run]]]]:
    """Rows with numbers behind their labels, by their places, from the first on; between them labels may go on."""
    block: dict[int, list[Run]] = {}
    zone: _Span = (0.0, 0.0)  # where the labels end, and where the numbers begin
    for at, row in enumerate(all_rows):
        if not block and not is_value(row[-1].text):
            continue  # as nearly all rows are
        label = _label(row)
        values = row[len(label) :]
        # the number of a page
        lone = not label and len(values) == 1 and not body[0] < row[0].middle < body[1]
        ends = max((run.right for run in label), default=0.0)
        begins = values[0].left if values and not lone else zone[1]
        if block and (lone or max(ends, zone[0]) > min(begins, zone[1])):
            yield next(iter(block)), block
            block = {}
        if block:
            zone = (max(ends, zone[0]), min(begins, zone[1]))
        if values and not lone:
            zone = zone if block else (ends, begins)
            block[at] = row
    if block:
        yield next(iter(block)), block


def _label(row: Sequence[Run]) -> list[Run]:
    """The runs of a row before the numbers at its end."""
    end = len(row)
    while end and is_value(row[end - 1].text):
        end -= 1
    return list(row[:end])


def _columns(block: dict[int, list[Run]], above: Sequence[list[Run]]) -> list[_Span]:
    """From where to where each column reaches: as its head does, else as its numbers do."""
    labels = _merged(run for row in block.values() for run in _label(row))
    numbers = [run for row in block.values() for run in row[len(_label(row)) :]]
    heads = [head for head in _heads(above) if not any(_overlap(head, label) for label in labels)]
    headed = all(sum(_overlap((n.left, n.right), head) for head in heads) == 1 for n in numbers)
    return heads if headed else _merged(numbers)


def _heads(above: Sequence[list[Run]]) -> list[_Span]:
    """The heads right above a block, each of which may be set in several lines; one over several ends them."""
    found: list[Run] = []
    for row in above[: -_MOST_HEADS - 1 : -1]:
        spans = _merged(found)
        if any(sum(_overlap((run.left, run.right), span) for span in spans) > 1 for run in row):
            break
        if any(is_value(run.text) for run in row):
            break
        found += row
    return _merged(found)


def _merged(runs: Iterable[Run]) -> list[_Span]:
    """From where to where runs reach that stand under each other."""
    spans: list[_Span] = []
    for _, left, _, right, _ in sorted(runs, key=lambda run: run.left):
        if spans and left < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(right, spans[-1][1]))
        else:
            spans.append((left, right))
    return spans


def _overlap(one: _Span, other: _Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _cells(row: Sequence[Run], columns: Sequence[_Span]) -> list[str] | None:
    """The texts of a row by column; None where two numbers are in one."""
    texts = [""] * len(columns)
    for run in row[len(_label(row)) :]:
        at = [i for i, column in enumerate(columns) if _overlap((run.left, run.right), column)]
        if len(at) != 1 or texts[at[0]]:
            return None
        texts[at[0]] = run.text
    return texts
