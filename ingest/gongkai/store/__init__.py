"""The only place where a store is opened: one writer, and immutable generations for everyone else.

A store is a folder:

    working/        the writer's RocksDB; nobody else opens it
    ledger.sqlite   which graph asserts which triples (the writer's, too)
    generations/    checkpoints by hard links, each with the lock its readers share, and its register
    current         the id of the generation that readers should open
    writer.lock     held, and signed, by the one writer

or a server that speaks SPARQL 1.1: see `remote`. Why so: docs/decisions/store.md.
"""

from gongkai.store.about import About, Run, Statistics
from gongkai.store.exact import exact
from gongkai.store.interface import Generation, Location, Remote, Results, Writer, locate
from gongkai.store.latest import Latest
from gongkai.store.ledger import own, triple_key

__all__ = [
    "About",
    "Generation",
    "Latest",
    "Location",
    "Remote",
    "Results",
    "Run",
    "Statistics",
    "Writer",
    "exact",
    "locate",
    "own",
    "triple_key",
]
