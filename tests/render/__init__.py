"""Renders values of the form into the layouts in which reports come: what reading is held against."""

from tests.render.grid import Box, Sheet, Values, sheets
from tests.render.layouts import LAYOUTS, Layout
from tests.render.printing import Printer, plain

__all__ = ["LAYOUTS", "Box", "Layout", "Printer", "Sheet", "Values", "plain", "sheets"]
