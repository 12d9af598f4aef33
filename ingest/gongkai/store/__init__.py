"""The only place where a store is opened: one writer, and immutable generations for everyone else.

A store is a folder:

    working/        the writer's RocksDB; nobody else opens it
    ledger.sqlite   which graph asserts which triples (the writer's, too)
    generations/    checkpoints by hard links, each with the lock its readers share
    current         the id of the generation that readers should open
    writer.lock     held, and signed, by the one writer

Why so: docs/decisions/store.md.
"""

from gongkai.store.about import About, Run, Statistics
from gongkai.store.generation import Generation, Results
from gongkai.store.latest import Latest
from gongkai.store.writer import Writer

__all__ = ["About", "Generation", "Latest", "Results", "Run", "Statistics", "Writer"]
