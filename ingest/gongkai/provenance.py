"""Where collected files came from: the ledger that the collector keeps beside them, a line of JSON for each fetch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path

LEDGER = "collected.jsonl"
_HIGHEST = 3
"""How many folders above a file its ledger may lie."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A fetch: `address` as asked for, `final` after redirects, `time` in UTC (ISO 8601), `file` below the ledger.

    `file` is empty where nothing was kept, as of a list of reports; `listed_on` is the page that led here, and `link`
    the words of its link, or its title where these say nothing.
    """

    address: str
    final: str
    time: str
    file: str = ""
    sha256: str = ""
    size: int = 0
    media_type: str = ""
    etag: str = ""
    last_modified: str = ""
    listed_on: str = ""
    link: str = ""

    def line(self) -> str:
        """The entry as a line of JSON, without what is empty."""
        return json.dumps({k: v for k, v in asdict(self).items() if v}, ensure_ascii=False) + "\n"


def entries(ledger: Path) -> Iterator[Entry]:
    """The entries of a ledger in order; a line that a killed process left unfinished is passed over."""
    if not ledger.is_file():
        return
    known = {field.name for field in fields(Entry)}
    with ledger.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                found = json.loads(line)
            except json.JSONDecodeError:
                continue
            if isinstance(found, dict) and {"address", "final", "time"} <= found.keys():
                yield Entry(**{k: v for k, v in found.items() if k in known})


def origin(path: Path) -> Entry | None:
    """The fetch that a file came from, if a ledger above it knows."""
    for folder in path.absolute().parents[:_HIGHEST]:
        ledger = folder / LEDGER
        if ledger.is_file():
            changed = ledger.stat().st_mtime_ns
            return _files(ledger, changed).get(path.absolute().relative_to(folder).as_posix())
    return None


@lru_cache(maxsize=8)
def _files(ledger: Path, changed: int) -> dict[str, Entry]:
    """The entries of a ledger by their files; `changed` makes it read anew when it was."""
    return {entry.file: entry for entry in entries(ledger) if entry.file}
