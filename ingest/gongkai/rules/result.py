"""What an engine says of a shape: one violation, the same whichever engine found it."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Result:
    """One `sh:ValidationResult`; `bindings` are the variables that a SPARQL constraint selects, sorted by name.

    `focus`, `path` and `shape` are IRIs (or blank node labels); `value` is None where the constraint names none.
    """

    shape: str
    component: str
    focus: Term
    path: str | None
    value: Term | None
    bindings: tuple[tuple[str, str], ...] = ()

    def binding(self, name: str) -> str | None:
        """The value of a variable, as a string."""
        return next((v for n, v in self.bindings if n == name), None)
