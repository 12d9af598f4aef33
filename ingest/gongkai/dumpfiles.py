"""Which files are those of a dump (see `gongkai.export`): a dump is taken as one, and its tables are no reports."""

from __future__ import annotations

import json
from pathlib import Path

from gongkai.turtle import OWN

DATA, ABOUT = "data.nq.gz", "dataset.json"
"""All that a dump holds, and what describes it."""


def is_dump(path: Path) -> bool:
    """Whether a path is a dump that can be made a store again."""
    return (path / DATA).is_file() and _describes(path / ABOUT)


def belongs(path: Path) -> bool:
    """Whether a file is a part of a dump: it lies beside what describes one, or is described as one of its tables."""
    if _describes(path.with_name(ABOUT)):
        return True
    name = path.name if path.name.endswith("-metadata.json") else f"{path.stem}.csv-metadata.json"
    metadata = path.with_name(name)
    return metadata.is_file() and OWN.encode() in metadata.read_bytes()


def _describes(path: Path) -> bool:
    """Whether a file is what describes a dump: that of another make says nothing of base and generation."""
    if not path.is_file():
        return False
    try:
        content = json.loads(path.read_bytes())
    except ValueError:
        return False
    return isinstance(content, dict) and {"base", "generation"} <= content.keys()
