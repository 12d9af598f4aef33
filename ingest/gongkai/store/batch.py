"""What a writer is about to change on a server, as the operations that do it.

Each operation stands for itself, and doing all of them again changes nothing: a batch that was cut short is done again.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from gongkai.store.ledger import digest, own, triple_key

LEDGER = "urn:gongkai:ledger"
"""The graph of the server that is the ledger."""
_LINES = 1000  # triples in one operation: what Virtuoso takes at once is limited


@dataclass(frozen=True, slots=True)
class Insertion:
    """Triples (`<s> <p> <o>`) to add to a graph; None is the default graph."""

    graph: str | None
    lines: tuple[str, ...]

    def text(self) -> str:
        """As SPARQL."""
        return " ;\n".join(_data("INSERT", self.graph, self.lines))


@dataclass(slots=True)
class Batch:
    """What is to be changed; graphs are whole in it."""

    bodies: dict[str, bytes | None] = field(default_factory=dict)
    """The packed triples of each graph; None for one that is removed."""
    added: dict[ox.Triple, None] = field(default_factory=dict)
    removed: dict[ox.Triple, None] = field(default_factory=dict)
    marked: dict[tuple[str, str], None] = field(default_factory=dict)
    """Triple (by its mark) and graph: triples that more than one graph may assert."""
    unmarked: dict[tuple[str, str], ox.Triple] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.added) + len(self.removed) + len(self.unmarked)

    def change(
        self, graph: str, old: frozenset[ox.Triple], new: frozenset[ox.Triple], body: bytes | None
    ) -> None:
        """Makes a graph that asserts some triples assert others."""
        self.bodies[graph] = body
        for triple in new - old:
            self.removed.pop(triple, None)
            self.added[triple] = None
            if not own(triple, graph):
                self.unmarked.pop((_mark(triple), graph), None)
                self.marked[_mark(triple), graph] = None
        for triple in old - new:
            if own(triple, graph):
                self.added.pop(triple, None)
                self.removed[triple] = None
            else:
                self.marked.pop((_mark(triple), graph), None)
                self.unmarked[_mark(triple), graph] = triple

    def let_go(self) -> list[str]:
        """The marks of the triples that some graph no longer asserts, unless another one of the batch does."""
        kept = {mark for mark, _ in self.marked}
        return [mark for mark, _ in self.unmarked if mark not in kept]

    def drop(self, kept: set[str]) -> None:
        """Removes what was let go, except what others on the server still assert."""
        gone = set(self.let_go()) - kept
        for (mark, _), triple in self.unmarked.items():
            if mark in gone:
                self.added.pop(triple, None)
                self.removed[triple] = None

    def steps(self, default: str | None) -> Iterator[Insertion | str]:
        """The operations, in order; `default` names the graph that holds the data, None for the default graph."""
        held = {graph: body for graph, body in self.bodies.items() if body is not None}
        pending = (f"<{graph}> <{LEDGER}#pending> {literal(body)}" for graph, body in self.bodies.items())
        settled = (
            line
            for graph, body in held.items()
            for line in (
                f"<{graph}> <{LEDGER}#body> {literal(body)}",
                f'<{graph}> <{LEDGER}#digest> "{digest(body).hex()}"',
            )
        )
        yield from _inserted(LEDGER, pending)
        yield from _data("DELETE", default, [str(triple) for triple in self.removed])
        yield from _inserted(default, map(str, self.added))
        yield from _data("DELETE", LEDGER, [_marking(*pair) for pair in self.unmarked])
        yield from _inserted(LEDGER, (_marking(*pair) for pair in self.marked))
        yield from (forgotten(graph, name) for graph in self.bodies for name in ("body", "digest"))
        yield from _inserted(LEDGER, settled)
        # Last: as long as a graph is pending, whoever opens the store next does all of it again.
        yield f"DELETE {{ {_PENDING} }} WHERE {{ {_PENDING} }}"


_PENDING = f"GRAPH <{LEDGER}> {{ ?g <{LEDGER}#pending> ?x }}"


def forgotten(subject: str, name: str) -> str:
    """The operation that forgets a value of the ledger."""
    pattern = f"GRAPH <{LEDGER}> {{ <{subject}> <{LEDGER}#{name}> ?x }}"
    return f"DELETE {{ {pattern} }} WHERE {{ {pattern} }}"


def literal(body: bytes | None) -> str:
    """Packed triples as a literal; an empty one stands for a graph that is removed."""
    return f'"{base64.b64encode(body).decode("ascii") if body else ""}"'


def some(items: list[str]) -> Iterator[list[str]]:
    """As many at a time as a server takes."""
    for start in range(0, len(items), _LINES):
        yield items[start : start + _LINES]


def _mark(triple: ox.Triple) -> str:
    return f"urn:gongkai:triple:{triple_key(triple).hex()}"


def _marking(mark: str, graph: str) -> str:
    return f"<{mark}> <{LEDGER}#by> <{graph}>"


def _inserted(graph: str | None, lines: Iterable[str]) -> Iterator[Insertion]:
    held = tuple(lines)
    if held:
        yield Insertion(graph, held)


def _data(operation: str, graph: str | None, lines: Iterable[str]) -> Iterator[str]:
    before, after = (f"GRAPH <{graph}> {{", "}") if graph else ("", "")
    for held in some(list(lines)):
        yield f"{operation} DATA {{ {before}\n" + " .\n".join(held) + f" .\n{after} }}"
