"""Calls of a hotline add up to what came in: how many of them were handled is no second number of calls."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai.iris import Iris
from gongkai.pipeline import Extraction, prepare, store
from gongkai.queries import find
from gongkai.store import Generation, Writer
from tests.narrative.texts import narrative, report


def calls(location: Path, words: str) -> list[tuple[str, str]]:
    """(calls, statements) that the query answers of a report with these words."""
    iris, told = Iris(), report(words)
    with Writer.open(location) as writer:
        prepare(writer, iris)
        store(Extraction(told, narrative(words)).triples(iris), iris.edition(told), writer)
        writer.publish()
    solutions = Generation.current(location).query(find("hotline-calls").text)
    assert isinstance(solutions, ox.QuerySolutions)
    return [(row["calls"].value, row["statements"].value) for row in solutions]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("12345热线受理工单46件，办结45件。", ("46", "1")),
        ("12345热线转办工单46件，办结46件。", ("46", "1")),
        ("12345热线办理工单46件。", ("46", "1")),
        ("12345热线受理工单46件。12315热线受理来电20个。", ("66", "2")),
    ],
)
def test_what_was_handled_is_among_what_came_in(
    words: str, expected: tuple[str, str], tmp_path: Path
) -> None:
    assert calls(tmp_path / "store", words) == [expected]
