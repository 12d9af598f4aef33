"""Whatever is done to the layout of a table, a cell that is read is the true one: what nothing settles is left out."""

from __future__ import annotations

import os
from decimal import Decimal
from random import Random

import pytest

from gongkai.form import Form, form
from gongkai.parse import parse
from gongkai.readers import read_bytes
from tests.papers import cells, sound
from tests.render import LAYOUTS, PRINTERS, Sheet, Values, report, sheets
from tests.render.mutations import MUTATIONS

SETTLED = ("html", "pasted-html", "markdown", "tabs")
"""Layouts in which each cell has its place."""
SEEDS = int(os.environ.get("GONGKAI_EXAMPLES", "100"))
KNOWN = {"renamed-heads": 5}
"""Documents in a hundred that are still read wrongly: heads of two lines of which none is known and one too many, cells
blank, and no sum to tell; of the others at most two, where a damaged label is another row's."""
Wrong = dict[tuple[str, str], tuple[Decimal, Decimal | None]]


def values(random: Random, a_form: Form) -> Values:
    """Values that keep the sums, any at all, or mostly zeros; some of them blank."""
    kind = random.choice(("sound", "any", "sparse"))
    known = sound(a_form)

    def value(key: str, at: int) -> Decimal:
        if kind == "sound":
            return known[key][at] or Decimal(0)
        return Decimal(
            random.randint(0, 999) if kind == "any" else random.choice((0, 0, 0, 0, random.randint(1, 30)))
        )

    share = random.choice((0, 0, 0.1, 0.4))
    return {
        row.key: tuple(
            None if random.random() < share else value(row.key, i) for i in range(len(row.columns))
        )
        for table in a_form.tables
        for row in table.rows
    }


def wrong(seed: int, layout: str, *names: str) -> Wrong:
    """The cells that are read from a table with some mutations and are not the true ones."""
    random = Random(seed)
    a_form = form(random.choice((2021, 2021, 2019)))
    given = values(random, a_form)
    printer = PRINTERS[random.choice([*PRINTERS, "plain", "plain"])]
    printed = [mutated(random, sheet, names) for sheet in sheets(a_form, given, printer)]
    data = report(a_form, printed, LAYOUTS[layout], a_form.first_year + 1)
    rows = {b.of[0] for sheet in printed for b in sheet.boxes if b.of}
    true = {
        (row.key, column.key): value
        for table in a_form.tables
        for row in table.rows
        if row.key in rows
        for column, value in zip(row.columns, given[row.key], strict=True)
    }
    found = cells(parse(read_bytes(data, "report")))
    return {k: (v, true.get(k)) for k, v in found.items() if v is not None and v != true.get(k)}


def mutated(random: Random, sheet: Sheet, names: tuple[str, ...]) -> Sheet:
    """A table with mutations, in their order."""
    for name in MUTATIONS:
        sheet = MUTATIONS[name](random, sheet) if name in names else sheet
    return sheet


@pytest.mark.parametrize("layout", SETTLED)
@pytest.mark.parametrize("name", MUTATIONS)
def test_a_cell_is_read_truly_or_left_out(name: str, layout: str) -> None:
    assert not wrong(7, layout, name)


@pytest.mark.slow
@pytest.mark.parametrize("layout", SETTLED)
@pytest.mark.parametrize("name", MUTATIONS)
def test_hardly_a_seed_gives_a_wrong_cell(name: str, layout: str) -> None:
    found = {seed: bad for seed in range(SEEDS) if (bad := wrong(seed, layout, name))}
    assert 100 * len(found) <= KNOWN.get(name, 2) * SEEDS
