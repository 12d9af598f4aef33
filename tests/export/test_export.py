from __future__ import annotations

import csv
import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from gongkai import pipeline
from gongkai.cli import main
from gongkai.errors import StoreError, UnreadableError
from gongkai.export import Dump, dump, restore
from gongkai.iris import Iris
from gongkai.report import Blank
from gongkai.resources import folder
from gongkai.store import Generation, Writer
from gongkai.turtle import GK
from tests.export.constraints import CLOSURE, CONSTRAINTS, HEAD

REPORTS = folder("examples") / "reports"
IRIS = Iris()
ONE = f"{{ SELECT ?o ?c ?f {{ ?o <{GK}figure> ?f ; <{GK}column> ?c }} LIMIT 1 }}"
"""One observation of the normalised cube."""
NAMES = ("jichuan-fagai-2023.txt", "qingyan-zhuli-2022.txt", "hezhu-shichang-2021.txt")


def ingested(location: Path, *names: str) -> Path:
    with Writer.open(location) as writer:
        pipeline.prepare(writer, IRIS)
        done = list(pipeline.ingest([REPORTS / name for name in names], writer, IRIS))
    assert all(one.error is None for one in done)
    return location


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ingested(tmp_path_factory.mktemp("store"), *NAMES)


@pytest.fixture(scope="module")
def made(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Dump:
    return dump(store, tmp_path_factory.mktemp("dump"))


def content(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def triples(path: Path, form: ox.RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(content(path), form)}


def stored(location: Path) -> set[str]:
    return {str(triple) for triple in Generation.current(location).triples()}


def test_the_same_store_gives_the_same_bytes(store: Path, made: Dump, tmp_path: Path) -> None:
    again = dump(store, tmp_path)
    assert again.folder.name == made.folder.name
    names = sorted(path.name for path in made.folder.iterdir())
    assert sorted(path.name for path in again.folder.iterdir()) == names
    for name in names:
        assert (again.folder / name).read_bytes() == (made.folder / name).read_bytes(), name


def test_the_order_of_ingestion_does_not_matter(made: Dump, tmp_path: Path) -> None:
    other = dump(ingested(tmp_path / "store", *reversed(NAMES)), tmp_path)
    for name in (
        "data.nq.gz",
        "data.ttl.gz",
        "data.jsonld.gz",
        "cube.nt.gz",
        "applications.csv",
        "facts.csv",
    ):
        assert (other.folder / name).read_bytes() == (made.folder / name).read_bytes(), name


def test_all_forms_hold_all_triples(store: Path, made: Dump) -> None:
    expected = stored(store)
    assert triples(made.folder / "data.nq.gz", ox.RdfFormat.N_QUADS) == expected
    assert triples(made.folder / "data.ttl.gz", ox.RdfFormat.TURTLE) == expected
    assert triples(made.folder / "data.jsonld.gz", ox.RdfFormat.JSON_LD) == expected


def test_triples_are_counted_once_and_quads_in_each_graph(tmp_path: Path) -> None:
    says = ox.NamedNode("http://e/says")
    shared = ox.Triple(ox.NamedNode("http://e/agency"), says, ox.Literal("name"))
    with Writer.open(tmp_path / "store") as writer:
        for name in ("http://e/a", "http://e/b"):
            writer.replace(name, [shared, ox.Triple(ox.NamedNode(name), says, ox.Literal("one"))])
    made = dump(tmp_path / "store", tmp_path)
    about = json.loads((made.folder / "dataset.json").read_text("utf-8"))
    assert (about["quads"], about["triples"], made.triples) == (4, 3, 3)
    assert len(content(made.folder / "data.nq.gz").splitlines()) == 4
    assert Generation.current(tmp_path / "store").statistics().triples == 3


def test_ingesting_a_dump_gives_the_same_store(store: Path, made: Dump, tmp_path: Path) -> None:
    with Writer.open(tmp_path / "again") as writer:
        first, second = (restore(made.folder, writer) for _ in range(2))
    assert (first.graphs, first.editions, first.unchanged) == (made.graphs, len(NAMES), 0)
    assert (second.graphs, second.editions, second.unchanged) == (0, 0, len(NAMES))
    assert stored(tmp_path / "again") == stored(store)
    again = dump(tmp_path / "again", tmp_path)
    assert (again.folder / "data.nq.gz").read_bytes() == (made.folder / "data.nq.gz").read_bytes()


def test_what_users_wrote_is_dumped_and_restored(tmp_path: Path) -> None:
    location = ingested(tmp_path / "store", NAMES[0])
    says = "<http://e/s> <http://e/says>"
    with Writer.open(location) as writer:
        writer.update(f'INSERT DATA {{ {says} "default" . GRAPH <http://e/g> {{ {says} "named" }} }}')
        writer.update(f"DELETE WHERE {{ ?r <{GK}sourceName> ?name }}")
    made = dump(location, tmp_path)
    assert made.triples == len(stored(location)) == Generation.current(location).statistics().triples
    with Writer.open(tmp_path / "again") as writer:
        restore(made.folder, writer)
    assert stored(tmp_path / "again") == stored(location)
    named = Generation.current(tmp_path / "again").triples(graph=ox.NamedNode("http://e/g"))
    assert [str(triple) for triple in named] == [f'{says} "named"']


def test_the_difference_to_an_earlier_dump(made: Dump, tmp_path: Path) -> None:
    location = ingested(tmp_path / "store", *NAMES[:2], "tongpu-weijian-2022.txt")
    later = dump(location, tmp_path, since=made.folder)
    before = set(content(made.folder / "data.nq.gz").splitlines())
    after = set(content(later.folder / "data.nq.gz").splitlines())
    assert content(later.folder / "added.nq.gz").splitlines() == sorted(after - before, key=place)
    assert content(later.folder / "removed.nq.gz").splitlines() == sorted(before - after, key=place)
    assert after - before
    assert before - after
    with pytest.raises(StoreError, match="holds no dump"):
        dump(location, tmp_path, since=tmp_path)


def place(line: bytes) -> tuple[bytes, bytes]:
    triple, _, graph = line.removesuffix(b" .").rpartition(b" <")
    return graph.removesuffix(b">"), triple


def test_checksums_are_those_of_the_files(made: Dump) -> None:
    lines = (made.folder / "SHA256SUMS").read_text("utf-8").splitlines()
    listed = {line.split("  ")[1]: line.split("  ")[0] for line in lines}
    assert set(listed) == {path.name for path in made.folder.iterdir()} - {"SHA256SUMS"}
    for name, digest in listed.items():
        assert hashlib.sha256((made.folder / name).read_bytes()).hexdigest() == digest


@pytest.fixture(scope="module")
def cubes(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    """The stored form and the normalised one, side by side, made whole; with both forms, blanks and a former edition."""
    place = tmp_path_factory.mktemp("editions")
    location = ingested(place / "store", NAMES[0], "tongpu-weijian-2022.txt")
    later = place / "jichuan-fagai-2023-corrected.txt"
    text = (REPORTS / NAMES[0]).read_text("utf-8")
    later.write_text(text.replace("2024年1月22日", "2024年3月5日"), "utf-8")
    with Writer.open(location) as writer:
        assert [done.error for done in pipeline.ingest([later], writer, IRIS)] == [None]
    made = dump(location, place)
    found = ox.Store()
    found.extend(ox.Quad(t.subject, t.predicate, t.object) for t in Generation.current(location).triples())
    found.load(content(made.folder / "cube.nt.gz"), ox.RdfFormat.N_TRIPLES)
    found.load(content(made.folder / "cube-structure.ttl"), ox.RdfFormat.TURTLE)
    found.update(HEAD + CLOSURE)
    return found


def test_the_cubes_are_of_all_kinds(cubes: ox.Store) -> None:
    form = "https://w3id.org/gongkai/form#"
    for said in (
        "a gk:SupersededRow",
        "a gk:NotedCell",
        f"gk:formVersion <{form}v2019>",
        f"gk:formVersion <{form}v2021>",
    ):
        assert cubes.query(f"PREFIX gk: <{GK}> ASK {{ ?s {said} }}"), said


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_the_integrity_constraints_of_data_cube_hold(cubes: ox.Store, constraint: str) -> None:
    assert not cubes.query(f"{HEAD} ASK {{ {CONSTRAINTS[constraint]} }}")


@pytest.mark.parametrize(
    ("constraint", "fault"),
    [
        (
            "IC-1",
            "DELETE { ?o qb:dataSet ?d } WHERE { { SELECT ?o ?d { ?o a qb:Observation ; qb:dataSet ?d } LIMIT 1 } }",
        ),
        ("IC-2", "DELETE { ?d qb:structure ?s } WHERE { { SELECT ?d ?s { ?d qb:structure ?s } LIMIT 1 } }"),
        ("IC-11", f"DELETE {{ ?o <{GK}column> ?c }} WHERE {{ {ONE} }}"),
        (
            "IC-12",
            f"DELETE {{ ?o <{GK}column> ?c }} INSERT {{ ?o <{GK}column> 1 }} WHERE {{ ?o <{GK}column> ?c }}",
        ),
        ("IC-14", f"DELETE {{ ?o <{GK}figure> ?f }} WHERE {{ {ONE} }}"),
    ],
)
def test_the_constraints_can_be_broken(cubes: ox.Store, constraint: str, fault: str) -> None:
    broken = ox.Store()
    broken.extend(cubes)
    broken.update(HEAD + fault)
    assert broken.query(f"{HEAD} ASK {{ {CONSTRAINTS[constraint]} }}")


def test_the_cube_has_an_observation_for_each_figure(store: Path, made: Dump) -> None:
    found = Generation.current(store).query(
        f"SELECT (COUNT(*) AS ?n) {{ ?row a <{GK}TableRow> ; ?measure ?value . ?measure a <{GK}FormColumn> }}"
    )
    assert isinstance(found, ox.QuerySolutions)
    figures = int(next(found)["n"].value)
    lines = content(made.folder / "cube.nt.gz").splitlines()
    assert sum(f"<{GK}figure>".encode() in line for line in lines) == figures
    assert figures > 200


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def test_csv_on_the_web_describes_each_column(made: Dump) -> None:
    for path in made.folder.glob("*.csv"):
        metadata = json.loads((made.folder / f"{path.name}-metadata.json").read_text("utf-8"))
        columns = metadata["tableSchema"]["columns"]
        assert metadata["url"] == path.name
        assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
        found = list(rows(path))
        assert found, path.name
        assert list(found[0]) == [column["name"] for column in columns]
        keys = [row[metadata["tableSchema"]["primaryKey"]] for row in found]
        assert len(set(keys)) == len(keys)
        assert all(column["titles"] == column["name"] for column in columns), (
            "a validator compares it with the head"
        )
        for column in columns:
            assert [title["@language"] for title in column["dc:title"]] == ["zh", "en"]


def test_a_blank_is_no_zero_in_csv(made: Dump) -> None:
    found = {(row["agency_name"], row["row"]): row for row in rows(made.folder / "disclosure.csv")}
    assert found["青砚区竹里街道办事处", "规章"]["made"] == ""
    assert found["霁川市发展和改革委员会", "规章"]["made"] == "0"
    assert found["霁川市发展和改革委员会", "行政规范性文件"]["inForce"] == "37"


def test_lines_have_level_and_kind_for_sums_that_do_not_count_twice(made: Dump) -> None:
    found = {
        tuple(row[name] for name in ("agency_name", "level", "level_label", "kind", "kind_label"))
        for row in rows(made.folder / "applications.csv")
    }
    assert found >= {
        ("青砚区竹里街道办事处", "township", "乡级", "department", "部门"),
        ("霁川市发展和改革委员会", "", "", "department", "部门"),
    }


def test_facts_say_what_to_mind_before_they_are_added_up(made: Dump) -> None:
    names = ("indicator", "indicator_label", "value", "unit", "channel", "bound", "part", "of_year", "form")
    found = {tuple(row[name] for name in names) for row in rows(made.folder / "facts.csv")}
    assert found >= {
        ("newmedia-views", "新媒体阅读量", "260000", "次", "视频号", "over", "false", "", ""),
        ("policy-interpretations", "政策解读数", "10", "篇", "", "", "true", "", ""),
        ("hotline-calls", "热线受理量", "9864", "件", "12315", "", "false", "", ""),
    }
    assert {fact[6] for fact in found} == {"true", "false"}


def test_parquet_says_what_csv_says(made: Dump) -> None:
    assert made.parquet
    for path in made.folder.glob("*.parquet"):
        table = pq.read_table(path).to_pylist()
        expected = list(rows(path.with_suffix(".csv")))
        assert len(table) == len(expected)
        for line, row in zip(table, expected, strict=True):
            for name, text in row.items():
                value = line[name]
                assert (value is None) == (text == "")
                assert isinstance(value, {"year": int, "published": date}.get(name, object) | None)
                if isinstance(value, bool):
                    assert text == str(value).lower()
                elif isinstance(value, int | Decimal):
                    assert value == Decimal(text)
                elif value is not None:
                    assert str(value) == text


def test_why_a_cell_is_blank_stands_beside_it_and_in_a_table_of_its_own(made: Dump) -> None:
    found = {(row["agency_name"], row["row"]): row["notes"] for row in rows(made.folder / "disclosure.csv")}
    assert found["青砚区竹里街道办事处", "规章"] == "各列：以符号表示空缺（“/”）"
    assert found["青砚区竹里街道办事处", "行政许可"] == "本年处理决定数量：以符号表示空缺（“/”）"
    assert found["霁川市发展和改革委员会", "规章"] == ""
    names = (
        "agency_name",
        "table",
        "row",
        "column_label",
        "reason",
        "reason_label",
        "reason_label_en",
        "printed",
    )
    notes = {tuple(row[name] for name in names) for row in rows(made.folder / "notes.csv")}
    told = ("marked", "以符号表示空缺", "marked as blank", "/")
    assert ("青砚区竹里街道办事处", "disclosure", "行政许可", "本年处理决定数量", *told) in notes
    assert {row["value"] for row in rows(made.folder / "notes.csv") if row["reason"]} == {""}


def test_the_metadata_tell_what_each_reason_means(made: Dump) -> None:
    metadata = json.loads((made.folder / "notes.csv-metadata.json").read_text("utf-8"))
    columns = {column["name"]: column for column in metadata["tableSchema"]["columns"]}
    chinese, english = (text["@value"] for text in columns["reason"]["dc:description"])
    for blank in Blank:
        assert f"{blank.value}: " in chinese
        assert f"{blank.value}: " in english
    assert "The document does not hold the cell." in english


def test_counts_are_whole_numbers_in_parquet_and_amounts_decimals(made: Dump) -> None:
    for name in ("applications", "disclosure", "review"):
        schema = pq.read_schema(made.folder / f"{name}.parquet")
        for key in schema.names[12:-1]:
            amount = key in {"feesCollected", "procurementAmount"}
            assert str(schema.field(key).type) == ("decimal128(38, 9)" if amount else "int64"), key


@pytest.mark.parametrize(
    ("printed", "why"),
    [("1.5", "不是整数"), ("9" * 30, "位数过多"), ("0.0000000001", "不是整数")],
)
def test_a_count_that_is_no_whole_number_is_lost_in_no_table(tmp_path: Path, printed: str, why: str) -> None:
    """Nobody receives half a request, but it is what was printed; the type of a column is the same in all dumps."""
    location = ingested(tmp_path / "store", NAMES[0])
    column = ox.NamedNode("https://w3id.org/gongkai/form#naturalPerson")
    with Writer.open(location) as writer:
        (edition,) = writer.graphs(f"{IRIS.base}report/")
        graph = set(writer.triples(edition))
        count = min((t for t in graph if t.predicate == column), key=str)
        half = ox.Literal(printed, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))
        writer.replace(edition, graph - {count} | {ox.Triple(count.subject, column, half)})
    made = dump(location, tmp_path)
    assert isinstance(count.subject, ox.NamedNode)
    line = count.subject.value
    (text,) = (row for row in rows(made.folder / "applications.csv") if row["line"] == line)
    assert Decimal(text["naturalPerson"]) == Decimal(printed)
    (cell,) = (
        row for row in pq.read_table(made.folder / "applications.parquet").to_pylist() if row["line"] == line
    )
    assert cell["naturalPerson"] is None
    assert cell["notes"] == text["notes"] == f"自然人：{why}（“{printed}”）"
    (note,) = (row for row in pq.read_table(made.folder / "notes.parquet").to_pylist() if row["line"] == line)
    assert (note["column"], note["reason"], note["printed"]) == ("naturalPerson", None, printed)
    assert note["value"] == (Decimal(printed) if printed == "1.5" else None)


def test_a_damaged_dump_is_a_clear_error(made: Dump, tmp_path: Path) -> None:
    for damaged in (b"no gzip", (made.folder / "data.nq.gz").read_bytes()[:5000]):
        (tmp_path / "data.nq.gz").write_bytes(damaged)
        with Writer.open(tmp_path / "store") as writer, pytest.raises(UnreadableError, match="damaged"):
            restore(tmp_path, writer)


def test_the_commands_dump_and_take_a_dump(store: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["export", "--store", str(store), "--out", str(tmp_path / "dumps")])
    assert done.exit_code == 0, done.output
    (folder_,) = (tmp_path / "dumps").iterdir()
    again = CliRunner().invoke(main, ["ingest", str(folder_), "--store", str(tmp_path / "again")])
    assert again.exit_code == 0, again.output
    assert stored(tmp_path / "again") == stored(store)


def test_a_dump_that_takes_the_place_of_another_says_so(store: Path, tmp_path: Path) -> None:
    first, second = (
        CliRunner().invoke(main, ["export", "--store", str(store), "--out", str(tmp_path)]).stderr
        for _ in range(2)
    )
    assert ("replaced" in first, "replaced" in second) == (False, True)


def test_a_store_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main, ["export", "--store", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]
    )
    assert (result.exit_code, "gongkai ingest" in result.stderr) == (1, True)
    assert not list(tmp_path.iterdir())


def test_the_folder_that_a_dump_lies_in_is_taken_as_that_dump(
    store: Path, made: Dump, tmp_path: Path
) -> None:
    shutil.copytree(made.folder, tmp_path / "dumps" / "gongkai-2026-01-02")
    arguments = ["ingest", str(tmp_path / "dumps"), "--store", str(tmp_path / "again")]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    assert "3 stored, 0 unchanged, 0 refused" in done.stdout
    assert stored(tmp_path / "again") == stored(store)
    shutil.copytree(made.folder, tmp_path / "dumps" / "gongkai-2026-03-04")
    done = CliRunner().invoke(main, arguments)
    assert (done.exit_code, "gongkai-2026-03-04" in done.stderr) == (2, True)


def test_the_tables_of_a_dump_are_no_reports(made: Dump, tmp_path: Path) -> None:
    for table in made.folder.glob("*.csv"):
        done = CliRunner().invoke(main, ["ingest", str(table), "--store", str(tmp_path / "store")])
        assert (done.exit_code, "is of a dump" in done.stderr) == (1, True), table.name


def test_a_dump_of_another_base_is_refused_by_a_store_with_reports(made: Dump, tmp_path: Path) -> None:
    def ingest(*paths: Path, store: str, base: str = "") -> tuple[int, str]:
        arguments = [*map(str, paths), "--store", str(tmp_path / store), *(["--base", base] if base else [])]
        done = CliRunner().invoke(main, ["ingest", *arguments])
        return done.exit_code, done.stderr

    other, report = "https://data.example.org/", REPORTS / NAMES[0]
    assert ingest(report, store="other", base=other) == (0, "")
    before = Generation.current_id(tmp_path / "other")
    status, told = ingest(made.folder, store="other", base=other)
    assert (status, f"its names begin with {IRIS.base}" in told) == (1, True)
    assert Generation.current_id(tmp_path / "other") == before
    assert ingest(made.folder, report, store="new", base=other)[0] == 1
    moved = dump(tmp_path / "other", tmp_path)
    assert json.loads((moved.folder / "dataset.json").read_text("utf-8"))["base"] == other
    assert ingest(moved.folder, store="moved") == (0, "")
    assert stored(tmp_path / "moved") == stored(tmp_path / "other"), "nothing of the default base beside it"


def test_a_dump_has_the_base_of_its_store(store: Path, tmp_path: Path) -> None:
    arguments = ["export", "--store", str(store), "--out", str(tmp_path)]
    done = CliRunner().invoke(main, [*arguments, "--base", "https://data.example.org"])
    assert (done.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert f"begin with {IRIS.base}, not with https://data.example.org/: leave out --base" in done.stderr
    assert (
        CliRunner().invoke(main, [*arguments, "--base", IRIS.base, "--contact", "kai@example.org"]).exit_code
        == 0
    )
    (about,) = tmp_path.glob("*/dataset.json")
    assert json.loads(about.read_text("utf-8"))["contact"] == "mailto:kai@example.org"
