"""The whole narrative step against jieba.cut, in one run: reports of agencies that do not exist, time of the process.

Two texts are compared with: the whole text of the reports, and their prose alone, which is all that the step reads.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from gongkai.narrative.extraction import extract
from gongkai.narrative.prose import prose
from gongkai.parse import parse
from gongkai.readers import read

_ROOT = Path(__file__).resolve().parents[1]
_FOLDERS = ("examples/reports", "tests/heldout/reports")
_ROUNDS = 10
_TARGET = 0.3


def best(work: Callable[[], object]) -> float:
    """Seconds of the fastest of some rounds: other work on the machine only ever takes away."""
    seconds = []
    for _ in range(_ROUNDS):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return min(seconds)


def run() -> Iterator[tuple[str, float, float, str]]:
    """Name, ratio, the ratio not to exceed, and what was measured."""
    import jieba  # noqa: PLC0415 (takes a second)

    logging.getLogger("jieba").setLevel(logging.WARNING)
    files = (file for folder in _FOLDERS for file in sorted((_ROOT / folder).iterdir()))
    reports = [parse(read(file)) for file in files]
    texts = [report.document.text for report in reports]
    spoken = [prose(report).text for report in reports]
    facts = sum(len(extract(report).facts) for report in reports)
    jieba.lcut(texts[0])
    gc.collect()
    gc.freeze()  # what is loaded would be gone over at every collection, in the middle of either
    step = best(lambda: [extract(report) for report in reports])
    for name, compared in (("of the whole text", texts), ("of the prose", spoken)):
        cut = best(lambda compared=compared: [list(jieba.cut(text)) for text in compared])  # type: ignore[misc]
        detail = f"{len(reports)} reports, {sum(map(len, compared))} characters, {facts} facts: "
        yield name, step / cut, _TARGET, f"{detail}{step * 1000:.0f} ms, jieba.cut {cut * 1000:.0f} ms"
    gc.unfreeze()
