"""`python -m bench [NAME…]`: runs the benchmarks of this folder, and tells at the end which of their targets are missed.

Each is a module whose function `run` prints its table, or gives rows of name, ratio, the ratio not to exceed, and what
was measured.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench


def main(names: list[str]) -> None:
    known = sorted(module.name for module in pkgutil.iter_modules(bench.__path__))
    targets, missed = 0, []
    for name in names or known:
        run = getattr(importlib.import_module(f"bench.{name}"), "run", None)
        if run is not None:
            print(f"\n== {name} ==", flush=True)
            for title, ratio, target, detail in run() or ():
                targets += 1
                if ratio > target:
                    missed.append(f"{name}, {title}: {ratio:.2f} for at most {target:g}")
                mark = "  MISSED" if ratio > target else ""
                print(f"{title:<24} {ratio:6.2f}  (at most {target:g}){mark}  {detail}", flush=True)
    if targets:
        print(f"\n{targets - len(missed)} of {targets} targets are met", *missed, sep="\n  missed: ")


main(sys.argv[1:])
