"""`python -m bench [NAME…]`: runs the benchmarks of this folder; each is a module whose function `run` prints its table."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench


def main(names: list[str]) -> None:
    known = sorted(module.name for module in pkgutil.iter_modules(bench.__path__))
    for name in names or known:
        run = getattr(importlib.import_module(f"bench.{name}"), "run", None)
        if run is not None:
            print(f"\n== {name} ==", flush=True)
            run()


main(sys.argv[1:])
