"""Of several documents that carry one report, one counts, whatever the order in which they came."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai.editions import ranked
from gongkai.iris import Iris
from gongkai.pipeline import Outcome, ingest
from gongkai.store import Generation, Writer
from gongkai.turtle import GK, QB
from tests.papers import Paper
from tests.render.report import PROSE

IRIS = Iris("https://example.org/")
PREFIXES = f"PREFIX gk: <{GK}> PREFIX qb: <{QB}> PREFIX form: <https://w3id.org/gongkai/form#> "


def edition(granted: int, published: str | None = None, blank: str | None = None) -> str:
    """The report with another number of requests granted, a date of publication, a row left blank."""
    values: dict[str, tuple[Decimal | None, ...]] = {
        "予以公开": (*map(Decimal, (granted, 0, 0, 0, 0, 0, granted)),)
    }
    if blank is not None:
        values[blank] = (None,) * 7
    text = Paper(layout="tabs", values=values).text()
    title, _, body = text.replace(PROSE[1], "本机关全年通过门户网站公开信息128条。").partition("\n")
    return f"{title}\n发布时间：{published}\n{body}" if published else f"{title}\n{body}"


def store(location: Path, *texts: str) -> Generation:
    """A store into which texts came one after the other."""
    for text in texts:
        location.mkdir(exist_ok=True)
        path = location / "corrected.txt"
        path.write_text(text, "utf-8")
        with Writer.open(location / "store") as writer:
            assert [d.outcome for d in ingest([path], writer, IRIS)] == [Outcome.STORED]
    return Generation.current(location / "store")


def values(generation: Generation, query: str) -> list[str]:
    found = generation.query(PREFIXES + query)
    assert isinstance(found, ox.QuerySolutions)
    return [
        str(solution[0].value) for solution in found if isinstance(solution[0], ox.Literal | ox.NamedNode)
    ]


GRANTED = "SELECT ?n { ?o a qb:Observation ; gk:row form:granted ; form:totalRequests ?n }"


@pytest.fixture(scope="module")
def granted_row() -> str:
    """The query for the requests granted, by the row's own name."""
    row = Paper().form.table("applications").row("予以公开")
    return GRANTED.replace("form:granted", f"<{row.iri}>")


def test_the_one_published_last_counts_in_whatever_order_they_come(tmp_path: Path, granted_row: str) -> None:
    texts = [edition(3, "2024-01-10"), edition(4, "2024-02-20"), edition(5, "2024-01-31")]
    contents = set()
    for i, order in enumerate((texts, texts[::-1], [texts[1], texts[2], texts[0]])):
        generation = store(tmp_path / str(i), *order)
        assert values(generation, granted_row) == ["4"]
        contents.add(frozenset(map(str, generation.triples())))
    assert len(contents) == 1


def test_a_dated_edition_counts_before_one_without_a_date(tmp_path: Path, granted_row: str) -> None:
    generation = store(tmp_path, edition(4, "2024-02-20"), edition(5))
    assert values(generation, granted_row) == ["4"]


def test_of_one_date_the_one_with_more_figures_counts(tmp_path: Path, granted_row: str) -> None:
    for i, order in enumerate(permutations([edition(4), edition(5, blank="过程性信息")])):
        assert values(store(tmp_path / str(i), *order), granted_row) == ["4"]


def test_superseded_rows_are_no_observations_and_sums_count_once(tmp_path: Path) -> None:
    one = store(tmp_path / "one", edition(4, "2024-02-20"))
    both = store(tmp_path / "both", edition(3, "2024-01-10"), edition(4, "2024-02-20"))
    total = "SELECT (SUM(?n) AS ?sum) { ?row form:totalRequests ?n %s }"
    observed = total % "; a qb:Observation"
    rows = total % "; a gk:TableRow"
    assert values(both, observed) == values(one, observed) != ["0"]
    assert values(both, rows) == values(one, rows)
    for kind in ("gk:TableRow", "qb:Observation", "gk:Fact"):
        count = f"SELECT (COUNT(?x) AS ?n) {{ ?x a {kind} }}"
        assert values(both, count) == values(one, count) != ["0"]
    assert values(both, "SELECT (COUNT(?x) AS ?n) { ?x a gk:SupersededRow }") == ["34"]
    assert values(both, "SELECT ?x { ?x a gk:SupersededRow, gk:TableRow }") == []
    assert values(both, "SELECT ?x { ?x a gk:SupersededRow ; qb:dataSet ?d }") == []


def test_the_report_names_the_edition_that_counts_and_keeps_the_others(tmp_path: Path) -> None:
    generation = store(tmp_path, edition(3, "2024-01-10"), edition(4, "2024-02-20"))
    assert len(values(generation, "SELECT DISTINCT ?r { ?r a gk:Report }")) == 1
    assert values(generation, "SELECT ?d { ?r gk:currentEdition/<http://purl.org/dc/terms/issued> ?d }") == [
        "2024-02-20"
    ]
    superseded = "SELECT ?d { ?r gk:supersededEdition/<http://purl.org/dc/terms/issued> ?d }"
    assert values(generation, superseded) == ["2024-01-10"]
    assert len(values(generation, "SELECT ?e { ?r gk:edition ?e }")) == 2


def test_a_withdrawn_correction_gives_the_old_edition_back(tmp_path: Path, granted_row: str) -> None:
    """A superseded edition loses nothing: told current again, it is what it was."""
    alone = store(tmp_path / "alone", edition(3, "2024-01-10"))
    with Writer.open(tmp_path / "alone" / "store") as writer:
        (name,) = writer.graphs("https://example.org/report/")
        before = writer.triples(name)
    generation = store(tmp_path / "alone", edition(4, "2024-02-20"))
    with Writer.open(tmp_path / "alone" / "store") as writer:
        assert set(ranked({name: writer.triples(name)})[name]) == before != writer.triples(name)
    assert alone.id != generation.id


def test_equal_editions_are_settled_by_their_hash() -> None:
    link, report = ox.NamedNode(GK + "currentEdition"), ox.NamedNode("https://example.org/r")
    editions = {
        f"https://example.org/r/{digest}": [
            ox.Triple(report, link, ox.NamedNode(f"https://example.org/{digest}"))
        ]
        for digest in ("b", "a", "c")
    }
    settled = ranked(editions)
    kept = [name for name, triples in settled.items() if triples[0].predicate == link]
    assert kept == ["https://example.org/r/a"]
