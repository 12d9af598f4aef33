"""`python -m bench [NAME…]`: runs the benchmarks of this folder, and tells at the end which of their targets are missed.

Each is a module whose function `run` prints its table, or gives rows of name, ratio, the ratio not to exceed, and what
was measured. It runs in a process of its own: what one leaves in memory is not measured with the next, and one that fails
stops no other.

GONGKAI_BENCH_QUICK=1 takes smaller numbers where none are set: all of it in some ten minutes, with rougher figures.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import subprocess
import sys
import time

import bench

_QUICK = {
    "GONGKAI_BENCH_EDITIONS": "300",
    "GONGKAI_BENCH_YEAR": "2000",
    "GONGKAI_BENCH_PYSHACL": "5",
    "GONGKAI_BENCH_REPORTS": "4000",
}
_PART = "--part"
_MISSED = "MISSED"


def main(names: list[str]) -> int:
    """The exit status: 1 where a benchmark failed; a target may be missed for what else the machine does."""
    if os.environ.get("GONGKAI_BENCH_QUICK"):
        for variable, number in _QUICK.items():
            os.environ.setdefault(variable, number)
    known = sorted(module.name for module in pkgutil.iter_modules(bench.__path__))
    found = [_apart(name) for name in names or known]
    targets = [line for lines, _ in found for line in lines]
    missed = [line for line in targets if _MISSED in line]
    failed = [name for name, (_, status) in zip(names or known, found, strict=True) if status]
    print(f"\n{len(targets) - len(missed)} of {len(targets)} targets are met", *missed, sep="\n  ")
    for name in failed:
        print(f"{name} failed: see above")
    return 1 if failed else 0


def _apart(name: str) -> tuple[list[str], int]:
    """Runs a benchmark, showing what it says as it goes: its lines of targets, and how it ended."""
    began, targets = time.monotonic(), []
    with subprocess.Popen(
        [sys.executable, "-m", "bench", _PART, name], stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            if "(at most " in line:
                targets.append(f"{name}: {line.strip()}")
    if targets or process.returncode:
        print(f"({time.monotonic() - began:.0f} s)", flush=True)
    return targets, process.returncode


def part(name: str) -> None:
    """Runs one in this process."""
    run = getattr(importlib.import_module(f"bench.{name}"), "run", None)
    if run is None:
        return
    print(f"\n== {name} ==", flush=True)
    for title, ratio, target, detail in run() or ():
        mark = f"  {_MISSED}" if ratio > target else ""
        print(f"{title:<24} {ratio:6.2f}  (at most {target:g}){mark}  {detail}", flush=True)


if sys.argv[1:2] == [_PART]:
    part(sys.argv[2])
else:
    sys.exit(main(sys.argv[1:]))
