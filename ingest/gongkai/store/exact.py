"""A store to compute on: servers that rewrite literals, or compute in ways of their own, are copied first."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pyoxigraph as ox

from gongkai.store.interface import Generation
from gongkai.store.remote import RemoteGeneration


@contextmanager
def exact(generation: Generation, root: str = "", near: str = "") -> Iterator[Generation | ox.Store]:
    """What keeps each literal as it was written, and computes as the specification says: most often the generation itself.

    Virtuoso does neither. Of it this gives a copy on this machine, made from the ledger on the server, that is gone
    afterwards; it has what was ingested, and not what others wrote to the server. With a `root`, of the graphs whose names
    begin so only those `near` are copied: whose names begin with that.

    Raises:
        StoreError: the server cannot be read.
    """
    if not (isinstance(generation, RemoteGeneration) and generation.endpoint.virtuoso):
        yield generation
        return
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        copy = ox.Store(folder)
        copy.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in generation.asserted(root, near))
        yield copy
        del copy
