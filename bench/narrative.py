"""The whole narrative step against jieba.cut, in one run: time of the process.

Two texts are compared with: the whole text of the reports, and their prose alone, which is all that the step reads. The
reports of the repository are of agencies that do not exist and are made to be hard: of a text as long, they state three
times as many facts as the real reports that `../shared` holds, which are measured as well where it lies there.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import jieba
from tests.shared import SHARED

from gongkai.narrative.extraction import extract
from gongkai.narrative.prose import prose
from gongkai.parse import parse
from gongkai.readers import read
from gongkai.report import Report

_ROOT = Path(__file__).resolve().parents[1]
_MADE = tuple(_ROOT / folder for folder in ("examples/reports", "tests/heldout/reports"))
_REAL = (SHARED / "reports", SHARED / "seeds")
_BLANK = "blank-form"
_ROUNDS = 10
_TARGET = 0.3


def best(*works: Callable[[], object]) -> list[float]:
    """Seconds of the fastest of some rounds of each, all in turn: other work on the machine only ever takes away."""
    return [
        min(seconds) for seconds in zip(*(list(map(_seconds, works)) for _ in range(_ROUNDS)), strict=True)
    ]


def _seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def run() -> Iterator[tuple[str, float, float, str]]:
    """Name, ratio, the ratio not to exceed, and what was measured."""
    logging.getLogger("jieba").setLevel(logging.WARNING)
    for name, folders in (("made", _MADE), ("real", _REAL)):
        files = (f for folder in folders if folder.is_dir() for f in sorted(folder.iterdir()))
        reports = [parse(read(file)) for file in files if file.is_file() and file.stem != _BLANK]
        if reports:
            yield from _compared(name, reports)


def _compared(name: str, reports: list[Report]) -> Iterator[tuple[str, float, float, str]]:
    texts = [report.document.text for report in reports]
    spoken = [prose(report).text for report in reports]
    facts = sum(len(extract(report).facts) for report in reports)
    jieba.lcut(texts[0])
    gc.collect()
    gc.freeze()  # what is loaded would be gone over at every collection, in the middle of either
    step, *cuts = best(
        lambda: [extract(report) for report in reports],
        lambda: [list(jieba.cut(text)) for text in texts],
        lambda: [list(jieba.cut(text)) for text in spoken],
    )
    gc.unfreeze()
    for part, compared, cut in zip(("whole text", "prose"), (texts, spoken), cuts, strict=True):
        detail = f"{len(reports)} reports, {sum(map(len, compared))} characters, {facts} facts: "
        yield (
            f"{name}: {part}",
            step / cut,
            _TARGET,
            f"{detail}{step * 1000:.0f} ms, jieba.cut {cut * 1000:.0f} ms",
        )
