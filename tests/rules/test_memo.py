from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest

from gongkai.rules import assess_store, with_packs
from gongkai.rules.checking import memory
from gongkai.rules.memo import assess_again

from .faults import drafts
from .graphs import BASE, Draft, literal, node, triples

ALL = [draft for draft, _ in drafts(30)]


def store(found: list[Draft]) -> ox.Store:
    return memory(t for draft in found for t in triples(draft))


def test_what_has_not_changed_is_not_looked_at_again(tmp_path: Path) -> None:
    data, path = store(ALL), tmp_path / "checks.sqlite"
    first, second = assess_again(data, path), assess_again(data, path)
    assert (first.looked_at, second.looked_at, second.neighbours) == (30, 0, 0)
    assert first.assessment == second.assessment == assess_store(data)


def test_a_new_year_is_looked_at_with_the_years_beside_it_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "checks.sqlite"
    assess_again(store(ALL), path)
    new = Draft(
        name="new", agency=ALL[0].agency, year=2024, changes={("applications", "上年结转", "company"): 9}
    )
    data = store([*ALL, new])
    again = assess_again(data, path)
    assert (again.looked_at, again.neighbours) == (1, 1)  # 2023 is beside it; 2021 and 2022 are not
    assert again.assessment == assess_store(data)


@pytest.mark.parametrize("seed", range(6))
def test_the_memo_never_changes_what_is_found(seed: int, tmp_path: Path) -> None:
    random, path = Random(seed), tmp_path / "checks.sqlite"
    found = random.sample(ALL, 24)
    assess_again(store(found), path)
    for step in range(3):
        for _ in range(random.choice((1, 2))):
            gone = found.pop(random.randrange(len(found)))
            changes = {("applications", "上年结转", "naturalPerson"): random.choice((0, 4)), **gone.changes}
            found.append(
                Draft(name=f"{gone.name}-{step}", agency=gone.agency, year=gone.year, changes=changes)
            )
        if random.random() < 0.4:
            found.pop()
        data = store(found)
        again = assess_again(data, path)
        assert again.looked_at < len(found)
        assert again.assessment == assess_store(data)


def test_where_most_has_changed_nothing_old_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "checks.sqlite"
    assess_again(store(ALL[:12]), path)
    data = store(ALL[9:20])
    again = assess_again(data, path)
    assert again.looked_at == 11
    assert again.assessment == assess_again(data, path).assessment == assess_store(data)


def test_other_rules_make_the_memo_void(tmp_path: Path) -> None:
    data, path = store(ALL[:6]), tmp_path / "checks.sqlite"
    assess_again(data, path)
    again = assess_again(data, path, with_packs([Path(__file__).parent / "packs" / "regional.ttl"]))
    assert again.looked_at == 6


def test_a_new_report_is_beside_those_of_its_place_and_year(tmp_path: Path) -> None:
    path = tmp_path / "checks.sqlite"
    home = [
        ox.Triple(node(f"{BASE}agency/{draft.agency}"), node("divisionCode"), literal("990321"))
        for draft in ALL[:6]
    ]
    assess_again(memory((*(t for draft in ALL for t in triples(draft)), *home)), path)
    new = Draft(name="new", agency=ALL[0].agency, year=2025)
    moved = Draft(name="moved", agency=ALL[3].agency, year=2021)
    data = memory((*(t for draft in (*ALL[:3], *ALL[4:], new, moved) for t in triples(draft)), *home))
    again = assess_again(data, path)
    # Beside the new one e2, on the last year before it; beside the moved one e4, on the next year, and e0, of the place.
    assert (again.looked_at, again.neighbours) == (2, 3)
    assert again.assessment == assess_store(data)


def test_a_memo_of_another_shape_is_begun_anew(tmp_path: Path) -> None:
    data, path = store(ALL[:2]), tmp_path / "checks.sqlite"
    with closing(sqlite3.connect(path)) as memo:
        memo.execute("CREATE TABLE state (focus TEXT)")
    assert assess_again(data, path).looked_at == 2
    assert assess_again(data, path).looked_at == 0
