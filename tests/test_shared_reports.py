"""What is taken from the real reports beside the checkout, held to what a careful reader takes from them."""

from __future__ import annotations

from functools import cache

import pytest

from gongkai.cli.extract import annotated
from gongkai.evaluate import evaluate, pairs, total
from gongkai.scores import Score, Share
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

SEEDS = "seeds"
ALL = (SEEDS, "reports", "reports/openings")


@cache
def scores(*folders: str) -> tuple[Score, ...]:
    return tuple(evaluate(pairs(SHARED / "gold", [SHARED / f for f in folders]), annotated))


def test_every_cell_of_the_seeds_is_right_and_none_is_invented() -> None:
    whole = total(scores(SEEDS))
    assert whole.shares["cells"] == Share(981, 981)
    assert whole.invented == 0


def test_who_where_and_when_of_the_seeds_are_right() -> None:
    shares = total(scores(SEEDS)).shares
    assert {name: shares[name].value for name in ("agency", "division", "year", "published", "form")} == {
        "agency": 1,
        "division": 1,
        "year": 1,
        "published": 1,
        "form": 1,
    }


def test_every_cell_of_all_reports_is_right_and_none_is_invented() -> None:
    whole = total(scores(*ALL))
    assert whole.shares["cells"] == Share(1988, 1988)
    assert whole.invented == 0


@pytest.mark.parametrize("name", ["division", "year", "published", "form"])
def test_where_and_when_of_all_reports_are_right(name: str) -> None:
    assert total(scores(*ALL)).shares[name].value == 1


def test_every_anomaly_is_found_and_none_is_there_that_is_not() -> None:
    found = total(scores(*ALL)).tallies["anomalies"]
    assert (found.precision, found.recall) == (1, 1)
