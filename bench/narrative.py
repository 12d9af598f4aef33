"""The whole narrative step against jieba.cut, in one run: time of the process.

Two texts are compared with: the whole text of the reports, and their prose alone, which is all that the step reads. What it
takes depends on how many numbers a text holds. Of 1,250 real reports (850,000 characters, whole ones and beginnings) every
166th character ends a fact; of the whole ones in `../shared` every 205th, of the openings there every 125th: these are
measured where they lie there. The whole reports of the repository are like them, with a fact in 145 characters; the texts
that the grammar is tested on are dense, with one in 44, and are measured by themselves.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import jieba
from tests.shared import SHARED

from gongkai.narrative.extraction import extract
from gongkai.narrative.prose import prose
from gongkai.parse import parse
from gongkai.readers import read
from gongkai.report import Report

_ROOT = Path(__file__).resolve().parents[1]
_GROUPS = {
    "whole": (_ROOT / "examples/reports",),
    "dense": (_ROOT / "tests/heldout/reports",),
    "real": (SHARED / "reports", SHARED / "seeds"),
    "openings": (SHARED / "reports/openings",),
}
_BLANK = "blank-form"
_ROUNDS = 10
_TARGET = 0.3


def best(*works: Sequence[Callable[[], object]]) -> list[float]:
    """Seconds of the fastest of some rounds of each part of each work, all in turn: other work only ever takes away."""
    rounds = [[list(map(_seconds, parts)) for parts in works] for _ in range(_ROUNDS)]
    return [sum(map(min, zip(*of_one, strict=True))) for of_one in zip(*rounds, strict=True)]


def _seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def run() -> Iterator[tuple[str, float, float, str]]:
    """Name, ratio, the ratio not to exceed, and what was measured."""
    logging.getLogger("jieba").setLevel(logging.WARNING)
    for name, folders in _GROUPS.items():
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
        [partial(extract, report) for report in reports],
        [partial(jieba.lcut, text) for text in texts],
        [partial(jieba.lcut, text) for text in spoken],
    )
    gc.unfreeze()
    for part, compared, cut in zip(("whole text", "prose"), (texts, spoken), cuts, strict=True):
        characters = sum(map(len, compared))
        detail = (
            f"{len(reports)} reports, {characters} characters, {facts} facts, one in {characters // facts}: "
        )
        yield (
            f"{name}: {part}",
            step / cut,
            _TARGET,
            f"{detail}{step * 1000:.0f} ms, jieba.cut {cut * 1000:.0f} ms",
        )
