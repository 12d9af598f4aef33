"""Renders values of the form into the layouts in which reports come: what reading is held against."""

from tests.render.changes import CHANGES, Change
from tests.render.grid import Box, Sheet, Values, sheets
from tests.render.layouts import LAYOUTS, Layout
from tests.render.printing import PRINTERS, Printer, plain
from tests.render.report import ARRANGEMENTS, Arrangement, report

__all__ = [
    "ARRANGEMENTS",
    "CHANGES",
    "LAYOUTS",
    "PRINTERS",
    "Arrangement",
    "Box",
    "Change",
    "Layout",
    "Printer",
    "Sheet",
    "Values",
    "plain",
    "report",
    "sheets",
]
