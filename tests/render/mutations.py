"""What agencies and converters do to the layout of the tables: each a function from a printed table to another one.

All values keep their row and column; numbers that are not the form's are added. So whatever a reader takes for a cell of
the form is its value, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from tests.render.grid import Box, Sheet

Mutation = Callable[[Random, Sheet], Sheet]

STRANGE = (
    *(("年度",), ("单位",), ("备注",), ("同比",), ("占比",), ("数量",), ("金额",), ("合并",), ("上年数",)),
    *(("上年",), ("2022年",), ("全市",), ("去年同期",), ("增减",), ("小计",), ("上年处理决定数量",)),
)
"""Heads that the form does not have."""
RENAMED = ("本年", "2023年", "本级", "数量", "件数", "合计数")
"""What a head of the form may be called so that nobody knows it."""
ROWS = ("合计", "小计", "总数", "其中：本级", "合计数", "累计")
"""Rows that the form does not have, or not there."""


def _sorted(sheet: Sheet, boxes: Sequence[Box], width: int | None = None) -> Sheet:
    ordered = tuple(sorted(boxes, key=lambda b: (b.row, b.column)))
    return replace(sheet, width=sheet.width if width is None else width, boxes=ordered)


def _first_value(sheet: Sheet) -> int:
    """The first column that holds values."""
    return min((b.column for b in sheet.boxes if b.of), default=sheet.width)


def _value_rows(sheet: Sheet) -> list[int]:
    return sorted({b.row for b in sheet.boxes if b.of})


def _head_rows(sheet: Sheet) -> list[int]:
    """For each group of value rows, the row of the heads right above it."""
    rows = _value_rows(sheet)
    return [r - 1 for r in rows if r - 1 not in rows and r > 0]


def _insert_column(sheet: Sheet, at: int, text: Callable[[int], str]) -> Sheet:
    """A column before the one at `at`; boxes that span it grow."""
    boxes: list[Box] = []
    taken: set[int] = set()
    for b in sheet.boxes:
        if b.column >= at:
            boxes.append(replace(b, column=b.column + 1))
        elif b.column + b.colspan > at:
            boxes.append(replace(b, colspan=b.colspan + 1))
            taken |= set(range(b.row, b.row + b.rowspan))
        else:
            boxes.append(b)
    height = max(b.row + b.rowspan for b in sheet.boxes)
    boxes += [Box(text(r), r, at) for r in range(height) if r not in taken]
    return _sorted(sheet, boxes, sheet.width + 1)


def strange_column(random: Random, sheet: Sheet) -> Sheet:
    """A column under a head that the form does not have."""
    head = random.choice(STRANGE)[0]
    kind = random.choice(("number", "year", "blank", "some", "word"))
    rows, heads = set(_value_rows(sheet)), set(_head_rows(sheet))

    def text(row: int) -> str:
        if row in heads:
            return head
        if row not in rows:
            return ""
        if kind == "some":
            return random.choice(("", str(random.randint(0, 900))))
        return {"number": str(random.randint(0, 900)), "year": "2023", "blank": "", "word": "件"}[kind]

    return _insert_column(sheet, random.randint(_first_value(sheet), sheet.width), text)


def renamed_heads(random: Random, sheet: Sheet) -> Sheet:
    """A column under a strange head, and the form's own heads beside it renamed, so that nobody knows either."""
    changed = strange_column(random, sheet)
    name = random.choice(RENAMED)
    heads = set(_head_rows(changed))
    first = _first_value(changed)
    strange = {s[0] for s in STRANGE}
    return replace(
        changed,
        boxes=tuple(
            replace(b, text=name)
            if b.of is None
            and b.row in heads
            and b.column >= first - 1
            and b.text not in strange
            and b.column
            else b
            for b in changed.boxes
        ),
    )


def serial_column(_random: Random, sheet: Sheet) -> Sheet:
    """A column of numbers that count the rows."""
    rows, heads = _value_rows(sheet), set(_head_rows(sheet))
    return _insert_column(
        sheet, 0, lambda r: "序号" if r in heads else str(rows.index(r) + 1) if r in rows else ""
    )


def reordered(random: Random, sheet: Sheet) -> Sheet:
    """The columns of values in another order, each with its own head."""
    first = _first_value(sheet)
    spans = {b.column for b in sheet.boxes if b.column >= first and b.colspan == 1}
    columns = sorted(spans)
    order = random.sample(columns, len(columns))
    if random.random() < 0.5 and len(columns) > 1:
        order = list(columns)
        a, b = random.sample(range(len(order)), 2)
        order[a], order[b] = order[b], order[a]
    to = dict(zip(columns, order, strict=True))
    texts = [b.text for b in sheet.boxes if b.row in _head_rows(sheet)]
    if any(b.colspan > 1 and b.column >= first and b.of for b in sheet.boxes) or len(set(texts)) < len(texts):
        return sheet
    boxes = [replace(b, column=to.get(b.column, b.column)) if b.colspan == 1 else b for b in sheet.boxes]
    heads = set(_head_rows(sheet))
    grouped = {
        b.row + 1 for b in boxes if b.row > 0 and b.row + 1 in heads and b.rowspan == 1 and b.colspan > 1
    }
    kept = [
        replace(b, column=first, colspan=sheet.width - first)
        if b.row + 1 in grouped and b.colspan > 1 and b.column >= first
        else b
        for b in boxes
    ]
    low = [
        replace(b, row=b.row + 1, rowspan=1)
        if b.row + 1 in grouped and b.rowspan > 1 and b.column >= first
        else b
        for b in kept
    ]
    return _sorted(sheet, low)


def transposed(_random: Random, sheet: Sheet) -> Sheet:
    """Rows and columns exchanged."""
    height = max(b.row + b.rowspan for b in sheet.boxes)
    boxes = [
        replace(b, row=b.column, column=b.row, rowspan=b.colspan, colspan=b.rowspan) for b in sheet.boxes
    ]
    return _sorted(sheet, boxes, height)


def _insert_rows(sheet: Sheet, at: int, new: Sequence[Box], height: int) -> Sheet:
    boxes = []
    for b in sheet.boxes:
        if b.row >= at:
            boxes.append(replace(b, row=b.row + height))
        elif b.row + b.rowspan > at:
            boxes.append(replace(b, rowspan=b.rowspan + height))
        else:
            boxes.append(b)
    return _sorted(sheet, [*boxes, *new])


def strange_row(random: Random, sheet: Sheet) -> Sheet:
    """A row that the form does not have there, with numbers of its own."""
    rows = _value_rows(sheet)
    if not rows:
        return sheet
    at = random.choice(rows)
    model = [b for b in sheet.boxes if b.row == at and b.of]
    first = model[0].column
    free = max((b.column + b.colspan for b in sheet.boxes if b.row < at < b.row + b.rowspan), default=0)
    new = [Box(random.choice(ROWS), at, free, 1, first - free)] if first > free else []
    new += [replace(b, of=None, text=random.choice(("", "0", str(random.randint(0, 900))))) for b in model]
    return _insert_rows(sheet, at, new, 1)


def repeated_heads(random: Random, sheet: Sheet) -> Sheet:
    """The heads of the columns again in the middle of the table, as where a page ends."""
    rows = _value_rows(sheet)
    if len(rows) < 2:
        return sheet
    at = random.choice(rows[1:])
    top = [b for b in sheet.boxes if b.row < rows[0]]
    begin = 0 if random.random() < 0.5 else max(0, rows[0] - 1)
    heads = [replace(b, row=b.row - begin + at) for b in top if b.row >= begin]
    return _insert_rows(sheet, at, heads, rows[0] - begin)


def without_a_row(random: Random, sheet: Sheet) -> Sheet:
    """A row lost, with its label."""
    rows = _value_rows(sheet)
    if len(rows) < 2:
        return sheet
    at = random.choice(rows)
    own = {b for b in sheet.boxes if b.row == at and b.rowspan == 1}
    boxes = [
        replace(b, row=b.row - (b.row > at), rowspan=b.rowspan - (b.row <= at < b.row + b.rowspan))
        for b in sheet.boxes
        if b not in own
    ]
    return _sorted(sheet, [b for b in boxes if b.rowspan])


def without_a_label(random: Random, sheet: Sheet) -> Sheet:
    """The label of a row or a column lost, its cell blank."""
    labels = [b for b in sheet.boxes if b.of is None and b.text]
    lost = random.choice(labels)
    return replace(sheet, boxes=tuple(replace(b, text="") if b is lost else b for b in sheet.boxes))


def misspelt(random: Random, sheet: Sheet) -> Sheet:
    """Some labels with a letter lost, doubled or wrong, or cut."""

    def damaged(text: str) -> str:
        at = random.randrange(len(text))
        way = random.choice(("lost", "doubled", "wrong", "head", "tail"))
        if way == "head":
            return text[: max(2, len(text) * 2 // 3)]
        if way == "tail":
            return text[len(text) // 3 :]
        return text[:at] + {"lost": "", "doubled": text[at] * 2, "wrong": "囗"}[way] + text[at + 1 :]

    share = random.choice((0.1, 0.3))
    return replace(
        sheet,
        boxes=tuple(
            replace(b, text=damaged(b.text))
            if b.of is None and len(b.text) > 3 and not b.text.isdecimal() and random.random() < share
            else b
            for b in sheet.boxes
        ),
    )


def unmerged(random: Random, sheet: Sheet) -> Sheet:
    """Merged cells as single ones, the text in each of them or in the first."""
    again = random.random() < 0.5
    boxes = [
        Box(
            b.text if again or not (i or j) else "",
            b.row + i,
            b.column + j,
            of=b.of if not (i or j) else None,
        )
        for b in sheet.boxes
        for i in range(b.rowspan)
        for j in range(b.colspan)
    ]
    return _sorted(sheet, boxes)


def merged_values(random: Random, sheet: Sheet) -> Sheet:
    """Neighbours with the same value, or blank ones, in one cell."""
    boxes = list(sheet.boxes)
    for first, second in zip(sheet.boxes, sheet.boxes[1:], strict=False):
        alike = first.of and second.of and first.row == second.row and first.text == second.text
        if alike and second in boxes and first in boxes and random.random() < 0.3:
            boxes.remove(second)
            boxes[boxes.index(first)] = replace(first, colspan=first.colspan + second.colspan)
    return _sorted(sheet, boxes)


def side_by_side(_random: Random, sheet: Sheet) -> Sheet:
    """The second half of the rows beside the first."""
    rows = _value_rows(sheet)
    heads = [
        r for r in range(1, max(rows)) if any(b.row == r and b.colspan == sheet.width for b in sheet.boxes)
    ]
    cut = heads[len(heads) // 2] if heads else 0
    if not cut or any(b.row < cut < b.row + b.rowspan for b in sheet.boxes):
        return sheet
    boxes = [
        replace(b, row=b.row - cut, column=b.column + sheet.width) if b.row >= cut else b for b in sheet.boxes
    ]
    return _sorted(sheet, boxes, 2 * sheet.width)


def two_years(random: Random, sheet: Sheet) -> Sheet:
    """Each column of values twice: last year's beside this year's."""
    first = _first_value(sheet)
    spans = [b for b in sheet.boxes if b.of and b.colspan > 1]
    if spans:
        return sheet
    old_first = random.random() < 0.5
    heads = set(_head_rows(sheet))
    boxes: list[Box] = []
    for b in sheet.boxes:
        if b.column < first:
            wide = max(0, b.column + b.colspan - first)
            boxes.append(replace(b, colspan=b.colspan + wide))
            continue
        at = first + 2 * (b.column - first)
        if b.of:
            old = Box(random.choice(("", "0", str(random.randint(0, 900)))), b.row, at + (not old_first))
            boxes += [old, replace(b, column=at + old_first)]
        elif b.row + b.rowspan - 1 in heads and b.colspan == 1:
            names = ("2022年", "2023年") if old_first else ("2023年", "2022年")
            boxes += [
                Box(names[0] + b.text, b.row, at, b.rowspan),
                Box(names[1] + b.text, b.row, at + 1, b.rowspan),
            ]
        else:
            boxes.append(replace(b, column=at, colspan=2 * b.colspan))
    return _sorted(sheet, boxes, first + 2 * (sheet.width - first))


MUTATIONS: dict[str, Mutation] = {
    "strange-column": strange_column,
    "renamed-heads": renamed_heads,
    "serial-column": serial_column,
    "reordered": reordered,
    "strange-row": strange_row,
    "repeated-heads": repeated_heads,
    "without-a-row": without_a_row,
    "without-a-label": without_a_label,
    "misspelt": misspelt,
    "unmerged": unmerged,
    "merged-values": merged_values,
    "side-by-side": side_by_side,
    "two-years": two_years,
    "transposed": transposed,
}
