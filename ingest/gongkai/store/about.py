"""What is known of a generation beside its triples: when and by what run it came, how often it uses what."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from gongkai.store.interface import Results


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a writer that published: times are ISO 8601, in UTC; `changed` counts the graphs it changed."""

    generation: str
    started: str
    ended: str
    changed: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many triples there are, and how often each property and each class is used."""

    triples: int
    properties: dict[str, int]
    classes: dict[str, int]


@dataclass(frozen=True, slots=True)
class About:
    """`statistics` is None where a SPARQL update changed what the writer counts; `runs` has the latest first."""

    published: str
    statistics: Statistics | None
    runs: tuple[Run, ...]

    def save(self, path: Path) -> None:
        """Writes it to a file."""
        counts = self.statistics
        content = {
            "published": self.published,
            "runs": [[run.generation, run.started, run.ended, run.changed] for run in self.runs],
            "statistics": [counts.triples, counts.properties, counts.classes] if counts else None,
        }
        path.write_text(json.dumps(content), "utf-8")

    @classmethod
    def load(cls, path: Path) -> About:
        """Reads what `save` wrote."""
        content = json.loads(path.read_text("utf-8"))
        counts = content["statistics"]
        return cls(
            content["published"],
            Statistics(*counts) if counts else None,
            tuple(Run(*run) for run in content["runs"]),
        )


def counted(ask: Callable[[str], Results]) -> Statistics:
    """The statistics of a store, counted by queries."""

    def tally(pattern: str) -> dict[str, int]:
        found = ask(f"SELECT ?x (COUNT(*) AS ?n) WHERE {{ {pattern} }} GROUP BY ?x")
        assert isinstance(found, ox.QuerySolutions)
        return dict(sorted((row["x"].value, int(row["n"].value)) for row in found))

    properties = tally("?s ?x ?o")
    return Statistics(sum(properties.values()), properties, tally("?s a ?x FILTER(isIRI(?x))"))
