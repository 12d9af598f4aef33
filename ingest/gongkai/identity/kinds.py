"""What the name of an organ alone tells of it."""

from __future__ import annotations

import re

from gongkai.identity.names import ADMINISTRATIVE_OFFICE, GOVERNMENT, HAN, names, prefix
from gongkai.report import Kind

CITY = re.compile(rf"[{HAN}]{{2,6}}市")


def kind(name: str) -> Kind:
    """Whether an organ of this name is a government or a department of one (条例49 sets them different dates)."""
    return Kind.GOVERNMENT if name.endswith((GOVERNMENT, ADMINISTRATIVE_OFFICE)) else Kind.DEPARTMENT


def is_of_a_city(name: str) -> bool:
    """Whether an organ of this name is a city's, be that a prefecture or a county, and not that of a zone in it."""
    return CITY.match(name, prefix(name)) is not None and names().area.search(name) is None


def is_office_of_government(name: str) -> bool:
    """Whether an organ of this name is the general office of a government, which may report for it."""
    return name.endswith(names().offices)
