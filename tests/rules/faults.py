"""Reports with known faults: each draft comes with the anomalies that checking it must find, no more and no fewer."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from gongkai.form import form

from .graphs import Draft, Number, sound

COLUMNS = (
    "naturalPerson",
    "company",
    "researchInstitution",
    "socialOrganisation",
    "legalService",
    "otherOrganisation",
)
TABLE = "applications"
DOUBTS = {
    "section-missing": ("section-missing:{}", ("1", "3", "6")),
    "title-missing": ("title-missing", ("",)),
    "table-label": ("table-label", ("made", "总计")),
    "misaligned": ("review-misaligned", ("review/行政复议",)),
}


def drafts(count: int, seed: int = 7) -> Iterator[tuple[Draft, set[str]]]:
    """Drafts with the anomalies in them, always the same for a seed."""
    random = Random(seed)
    for i in range(count):
        changes, anomalies = _table(random)
        doubts, told = _doubts(random)
        draft = Draft(
            name=f"e{i}",
            agency=f"第{i // 3}局",
            year=2021 + i % 3,
            changes=changes | _reviews(random, anomalies),
            doubts=doubts,
        )
        yield draft, anomalies | told


def _table(random: Random) -> tuple[dict[tuple[str, str, str], Number], set[str]]:
    """Some cells of the table of requests changed or blanked, and the sums that break, by plain arithmetic."""
    table = form(2021).table(TABLE)
    cells = dict(sound(table))
    for _ in range(random.choice((0, 0, 1, 1, 2, 3))):
        row = random.choice(table.rows).key
        column = random.choice((*COLUMNS, "totalRequests"))
        cells[row, column] = random.choice((None, 1, 3, 40))
    changed = {(TABLE, r, c): v for (r, c), v in cells.items() if v != sound(table)[r, c]}
    return changed, set(_broken(cells))


def _broken(cells: dict[tuple[str, str], Number]) -> Iterator[str]:
    table = form(2021).table(TABLE)
    labels = {c.key: c.label.official for c in table.columns}
    rows = [r.key for r in table.rows]
    outcomes = [r for r in rows if r not in ("新收", "上年结转", "总计", "结转下年度")]
    for row in rows:
        if _differ([cells[row, c] for c in COLUMNS], [cells[row, "totalRequests"]]):
            yield f"applications-row-sum:{row}"
    for column, label in labels.items():
        total = cells["总计", column]
        if _differ([cells[r, column] for r in outcomes], [total]):
            yield f"applications-column-sum:{label}"
        if _differ([cells["新收", column], cells["上年结转", column]], [total, cells["结转下年度", column]]):
            yield f"applications-balance:{label}"


def _differ(left: list[Number], right: list[Number]) -> bool:
    given = [v for v in (*left, *right) if v is not None]
    if len(given) < len(left) + len(right):
        return False
    return sum(given[: len(left)]) != sum(given[len(left) :])


def _reviews(random: Random, anomalies: set[str]) -> dict[tuple[str, str, str], Number]:
    if random.random() < 0.8:
        return {}
    anomalies.add("litigation-sum:direct")
    return {("review", "未经复议直接起诉", "corrected"): 2}


def _doubts(random: Random) -> tuple[list[tuple[str, str]], set[str]]:
    if random.random() < 0.7:
        return [], set()
    aspect = random.choice(sorted(DOUBTS))
    name, places = DOUBTS[aspect]
    where = random.choice(places)
    return [(aspect, where)], {name.format(where)}
