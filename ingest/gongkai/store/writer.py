"""The one writer of a store: replaces graphs as a whole, and publishes generations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from gongkai.errors import QueryError, StoreError
from gongkai.store.about import About, Run
from gongkai.store.checkpoints import checkpoint, prune
from gongkai.store.disk import explained, locked, write_durably
from gongkai.store.generation import LocalGeneration
from gongkai.store.interface import Generation, Writer
from gongkai.store.ledger import Ledger, canonical, digest, own, pack
from gongkai.store.syntax import explain

_BATCH = 100_000  # triples held back before they go to disk
_BULK = 2_000  # from two or three reports on writing sorted files beats a transaction
_RUNS = 20  # that a generation tells of
_UPDATED = ("registered", "default_counted", "counted", "changed")  # what is noted before an update


class LocalWriter(Writer):
    """The writer of a store in a folder."""

    def __init__(self, location: Path, lock: IO[str], store: ox.Store, ledger: Ledger) -> None:
        self._location = location
        self._generations = location / "generations"
        self._lock = lock
        self._store = store
        self._ledger = ledger
        self._batch: dict[ox.Triple, bool] = {}
        self._started = _now()
        self._changed = 0
        self._broken = False

    @classmethod
    def take(cls, location: Path, *, wait: float = 0.0) -> LocalWriter:
        """Opens, or makes, the store in a folder; waits some seconds for another writer to finish.

        Raises:
            StoreError: another writer holds it, or it cannot be written.
        """
        with explained(location):
            (location / "generations").mkdir(parents=True, exist_ok=True)
            lock = locked(location, wait)
            with ExitStack() as undo:
                undo.callback(lock.close)
                store = ox.Store(str(location / "working"))
                ledger = Ledger(location / "ledger.sqlite")
                undo.callback(ledger.close)
                writer = cls(location, lock, store, ledger)
                writer._redo()
                writer._catch_up()
                undo.pop_all()
        return writer

    def replace(self, graph: str, triples: Iterable[ox.Triple]) -> bool:
        """Makes the graph assert exactly these triples; False where it did so already.

        Raises:
            StoreError: the store cannot be written, or a triple has a blank node (named anew in each run).
        """
        new = canonical(graph, triples)
        body = pack(new)
        with self._guarded():
            entry = self._ledger.entry(graph)
            if entry is not None and entry.trusted and entry.digest == digest(body):
                return False
            old = entry.triples() if entry else frozenset()
            changed = self._apply(graph, self._ledger.put(graph, digest(body), body), old, new)
            if entry is not None and not entry.trusted:
                changed = self._restore(new & old) or changed
            self._flush_if_full()
        self._changed += 1
        return changed or entry is None

    def remove(self, graph: str) -> bool:
        """Takes back all that the graph asserts; False where it asserted nothing."""
        with self._guarded():
            entry = self._ledger.entry(graph)
            if entry is None:
                return False
            self._apply(graph, entry.id, entry.triples(), frozenset())
            self._ledger.drop(entry.id)
            self._changed += 1
            self._flush_if_full()
        return True

    def graphs(self, prefix: str = "") -> list[str]:
        """The IRIs of the graphs that were put here by `replace`, or of those that begin with a prefix."""
        return self._ledger.graphs(prefix)

    def triples(self, graph: str) -> frozenset[ox.Triple]:
        """What a graph asserts, as `replace` was given it; empty for one that is not here."""
        entry = self._ledger.entry(graph)
        return entry.triples() if entry else frozenset()

    def contains(self, graph: str | None) -> bool:
        """Whether there is a named graph, or (None) anything in the default graph."""
        if graph is not None:
            return self._store.contains_named_graph(ox.NamedNode(graph))
        return next(self._store.quads_for_pattern(None, None, None, ox.DefaultGraph()), None) is not None

    @property
    def counted(self) -> bool:
        """Whether the ledger knows all that is in the store: no SPARQL update changed it."""
        return self._ledger.get("counted") != "no"

    @property
    def _default_counted(self) -> bool:
        """Whether the ledger knows all that is in the default graph."""
        return (self._ledger.get("default_counted") or self._ledger.get("counted")) != "no"

    def update(self, text: str, *, base: str | None = None, named: bool = False) -> None:
        """Runs a SPARQL 1.1 update, as a whole or not at all; `named` says that it changes named graphs only.

        Raises:
            QueryError: the text is no SPARQL update.
            StoreError: the store cannot be written.
        """
        with self._guarded():
            self._flush()
            before = {key: self._ledger.get(key) or "" for key in _UPDATED}
            if not named:
                self._ledger.distrust()
                self._ledger.set(registered="no")
            self._ledger.set(
                default_counted="yes" if named and self._default_counted else "no",
                counted="no",
                changed="yes",
            )
            try:
                self._store.update(text, base_iri=base)
            except (SyntaxError, ValueError) as error:
                self._ledger.set(**before)
                raise explain(error, text) from error
            self._changed += 1

    def publish(self) -> Generation:
        """Makes what was written a generation and points readers to it; the current one if nothing changed.

        Raises:
            StoreError: the disk is full, or the like; readers go on with the generation they had.
        """
        with self._guarded():
            self._flush()
            if self._ledger.get("changed") != "yes" and (self._location / "current").exists():
                return LocalGeneration.open(self._location)
            self._catch_up()
            self._store.flush()
            number = int(self._ledger.get("generation") or 0) + 1
            name = checkpoint(self._store, self._generations, number)
            self._ledger.set(generation=str(number))
            self._ledger.register.save(self._generations / f"{name}.sqlite")
            self._describe(name)
            write_durably(self._location / "current", name)
            self._ledger.set(changed="no")
            prune(self._generations, name)
        return LocalGeneration.open(self._location)

    def compact(self) -> None:
        """Merges the files of the store: worth while after a large load; wants twice the room for a while."""
        with self._guarded():
            self._flush()
            self._store.optimize()

    def close(self) -> None:
        """Lets go of the store; what was not published stays for the next writer, or is forgotten whole."""
        self._ledger.close()
        del self._store  # RocksDB lets go of its own lock when the last reference goes
        self._lock.close()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Refuses work once something failed: memory, ledger and store may differ until opened anew."""
        if self._broken:
            msg = f"{self._location}: writing failed before; open the store anew"
            raise StoreError(msg)
        try:
            with explained(self._location):
                yield
        except QueryError:
            raise
        except BaseException:
            self._broken = True
            raise

    def _apply(self, graph: str, id_: int, old: frozenset[ox.Triple], new: frozenset[ox.Triple]) -> bool:
        self._ledger.begin()
        # what is a graph's own is not looked for: that costs more the larger the store is
        alone = self._default_counted
        for triple in new - old:
            if not (alone and own(triple, graph)) and self._holds(triple):
                self._ledger.share(triple, id_)
            else:
                self._note(triple, present=True)
        for triple in old - new:
            if self._ledger.release(triple, id_):
                self._note(triple, present=False)
        return old != new

    def _restore(self, triples: Iterable[ox.Triple]) -> bool:
        """Puts back what a SPARQL update took away from a graph."""
        missing = [triple for triple in triples if not self._holds(triple)]
        for triple in missing:
            self._note(triple, present=True)
        return bool(missing)

    def _holds(self, triple: ox.Triple) -> bool:
        noted = self._batch.get(triple)
        return noted if noted is not None else _quad(triple) in self._store

    def _note(self, triple: ox.Triple, *, present: bool) -> None:
        if self._batch.get(triple) is (not present):
            del self._batch[triple]
        else:
            self._batch[triple] = present

    def _describe(self, name: str) -> None:
        """Writes down what is known of a generation."""
        run = Run(name, self._started, _now(), self._changed)
        self._ledger.note_run(run)
        about = About(
            run.ended, self._ledger.statistics() if self._default_counted else None, self._ledger.runs(_RUNS)
        )
        about.save(self._generations / f"{name}.json")
        self._started, self._changed = run.ended, 0

    def _flush_if_full(self) -> None:
        if len(self._batch) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        """Ledger first, with the batch; then the store; then the ledger forgets it. `_redo` heals a gap."""
        added = [triple for triple, present in self._batch.items() if present]
        removed = [triple for triple, present in self._batch.items() if not present]
        self._ledger.begin()
        if self._batch:
            self._ledger.set(changed="yes")
            self._ledger.count(self._batch)
        self._ledger.commit(added, removed)
        self._take(added, removed)
        self._settle(self._batch)
        self._batch.clear()

    def _redo(self) -> None:
        pending = self._ledger.pending()
        for added, removed in pending:
            self._take(added, removed)
        self._settle(triple for added, removed in pending for triple in (*added, *removed))

    def _settle(self, taken: Iterable[ox.Triple]) -> None:
        """Strikes out what the store has taken, once the register has followed."""
        self._ledger.begin()
        self._ledger.register.follow(taken, self._store.query)
        self._ledger.settle()

    def _catch_up(self) -> None:
        """Makes the register anew where it could not follow: after an update, in a store from before there was one."""
        if self._ledger.get("registered") != "yes":
            self._ledger.begin()
            self._ledger.register.make(self._store.query)
            self._ledger.set(registered="yes")
            self._ledger.settle()

    def _take(self, added: list[ox.Triple], removed: list[ox.Triple]) -> None:
        """Brings a batch into the store; doing it twice is doing it once."""
        if len(added) >= _BULK:
            self._store.bulk_extend(map(_quad, added))
            added = []
        if removed or added:
            self._store.update(f"DELETE DATA {{\n{_data(removed)}}} ;\nINSERT DATA {{\n{_data(added)}}}")
            self._store.flush()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _quad(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object)


def _data(triples: Iterable[ox.Triple]) -> str:
    return "".join(f"{triple} .\n" for triple in triples)
