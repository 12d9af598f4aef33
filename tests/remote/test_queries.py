"""The commands on a server say what they say on a folder."""

from __future__ import annotations

import csv
import json
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai import queries
from gongkai.errors import QueryError
from gongkai.resources import folder
from gongkai.store import Generation, Location, Remote, locate, virtuoso
from tests.remote.conftest import told
from tests.remote.servers import KINDS, Server


def values(location: object, query: str) -> list[tuple[str, ...]]:
    """The answer as values: servers write numbers in different ways, and order what is equal as they like."""
    printed = told("query", query, "--store", location, "--format", "csv")
    return sorted(tuple(map(value, row)) for row in csv.reader(printed.splitlines()))


def value(text: str) -> str:
    if text in ("true", "false"):
        return value(str(int(text == "true")))
    try:
        return f"{Decimal(text):.6f}"
    except InvalidOperation:
        return text


@pytest.mark.slow
@pytest.mark.parametrize("query", [query.name for query in queries.stored()])
def test_a_stored_query_answers_the_same(server: Server, local: Path, query: str) -> None:
    assert values(server.remote.url, query) == values(local, query)


@pytest.mark.slow
def test_the_same_is_found(server: Server, local: Path) -> None:
    found = told("check", "--store", server.remote.url, "--format", "json", status=1)
    assert found == told("check", "--store", local, "--format", "json", status=1)


@pytest.mark.slow
def test_what_is_there_is_not_stored_again(server: Server) -> None:
    again = told("ingest", folder("examples") / "reports", "--store", server.remote.url)
    assert "0 stored, 10 unchanged, 0 refused" in again
    assert "dba:dba" not in again


@pytest.mark.slow
@pytest.mark.parametrize("base", [None, "http://e/"])
def test_a_question_that_is_none_says_where(server: Server, base: str | None) -> None:
    with pytest.raises(QueryError) as caught:
        Generation.current(server.remote).query("SELECT * {\n ?s ?p }", base=base)
    assert caught.value.line == 2


@pytest.mark.slow
def test_graph_and_truth_are_answered(server: Server) -> None:
    generation = Generation.current(server.remote)
    assert bool(generation.query("ASK { ?s ?p ?o }"))
    assert not bool(generation.query("ASK { <http://e/nobody> ?p ?o }"))
    assert not bool(generation.query("ASK { GRAPH <http://e/nowhere> { ?s ?p ?o } }"))
    nothing = generation.query("CONSTRUCT WHERE { <http://e/nobody> ?p ?o }")
    assert list(nothing) == []  # type: ignore[arg-type]


@pytest.mark.slow
def test_the_bulk_loader_stores_the_same(
    tmp_path: Path, local: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[int] = []
    load = virtuoso.BulkLoader.load

    def counted(loader: virtuoso.BulkLoader, graph: str, lines: tuple[str, ...]) -> None:
        loaded.append(len(lines))
        load(loader, graph, lines)

    monkeypatch.setattr(virtuoso.BulkLoader, "load", counted)
    with KINDS["virtuoso"](tmp_path) as server:
        assert server.folder is not None
        bulk = ("--store", server.remote.url, "--bulk", server.folder)
        told("ingest", folder("examples") / "reports", *bulk)
        assert sum(loaded) > 10_000
        assert list(server.folder.iterdir()) == []
        for query in ("balance-faults", "facts-of-a-report", "requests-by-agency"):
            assert values(server.remote.url, query) == values(local, query)
        assert size(server.remote) == size(local)
        assert "10 unchanged" in told("ingest", folder("examples") / "reports", *bulk)


def size(location: Location) -> int:
    found = Generation.current(location).query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert isinstance(found, ox.QuerySolutions)
    return int(next(found)["n"].value)


def test_an_address_is_a_server_and_anything_else_a_folder() -> None:
    assert locate("http://host:8890/sparql/") == Remote("http://host:8890/sparql")
    assert locate("store") == Path("store")


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_judgement_is_kept(kind: str, tmp_path: Path) -> None:
    source = folder("examples") / "reports" / "jichuan-fagai-2023.txt"
    with KINDS[kind](tmp_path) as server:
        store = ("--store", server.remote.url)
        told("ingest", source, *store)
        found = json.loads(told("check", *store, "--format", "json", status=1))
        (key, *_) = [f["key"] for report in found["reports"] for f in report["findings"]]
        saying = ("--by", "李文", "--why", "已更正并重新公布")
        told("judge", "发展和改革委员会/2023", key, "explained", *saying, *store)
        told("ingest", source, *store)
        judged = told("check", *store, status=None)
        assert ("已更正并重新公布" in judged, "dba:dba" in judged) == (True, False)
        nobody = told("judge", "发展和改革委员会/2023", "X9-0", "mistaken", *saying, *store, status=2)
        assert nobody == ""


@pytest.mark.slow
def test_a_dump_of_a_server_is_that_of_a_folder(server: Server, local: Path, tmp_path: Path) -> None:
    for name, location in (("there", server.remote.url), ("here", local)):
        told("export", "--store", location, "--out", tmp_path / name)
    (there,), (here,) = ((tmp_path / name).iterdir() for name in ("there", "here"))
    names = sorted(path.name for path in here.iterdir())
    assert sorted(path.name for path in there.iterdir()) == names
    differ = [name for name in names if (there / name).read_bytes() != (here / name).read_bytes()]
    assert differ == ["SHA256SUMS", "dataset.json"], "which name the generation"
