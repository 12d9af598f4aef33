from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.errors import QueryError, StoreError
from gongkai.store import Generation, Statistics, Writer
from gongkai.store.generation import LocalGeneration
from gongkai.turtle import type_

EX = "https://example.org/"


def triple(subject: str, object_: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(EX + subject), ox.NamedNode(EX + "says"), ox.Literal(object_))


def says(generation: Generation) -> set[tuple[str, str]]:
    """What is said, by a plain query without GRAPH; a triple that came twice would be counted twice."""
    found = generation.query(f"SELECT ?s ?o {{ ?s <{EX}says> ?o }}")
    assert isinstance(found, ox.QuerySolutions)
    rows = [(str(row["s"].value).removeprefix(EX), str(row["o"].value)) for row in found]
    assert len(rows) == len(set(rows))
    return set(rows)


def put(location: Path, graphs: dict[str, Iterable[ox.Triple]]) -> LocalGeneration:
    with Writer.open(location) as writer:
        for graph, triples in graphs.items():
            writer.replace(EX + graph, triples)
        made = writer.publish()
    assert isinstance(made, LocalGeneration)
    return made


def test_what_was_published_is_read(tmp_path: Path) -> None:
    put(tmp_path, {"a": [triple("s", "one")], "b": [triple("t", "two")]})
    assert says(Generation.current(tmp_path)) == {("s", "one"), ("t", "two")}


def test_a_graph_is_replaced_as_a_whole(tmp_path: Path) -> None:
    put(tmp_path, {"a": [triple("s", "one"), triple("s", "two")]})
    put(tmp_path, {"a": [triple("s", "two"), triple("s", "three")]})
    assert says(Generation.current(tmp_path)) == {("s", "two"), ("s", "three")}


def test_the_same_twice_changes_nothing(tmp_path: Path) -> None:
    first = put(tmp_path, {"a": [triple("s", "one"), triple("s", "two")]})
    with Writer.open(tmp_path) as writer:
        assert writer.replace(EX + "a", [triple("s", "two"), triple("s", "one")]) is False
        assert writer.publish().id == first.id


def test_what_another_graph_asserts_stays(tmp_path: Path) -> None:
    shared = triple("agency", "name")
    put(tmp_path, {"a": [shared, triple("a", "1")], "b": [shared, triple("b", "1")], "c": [shared]})
    with Writer.open(tmp_path) as writer:
        assert writer.remove(EX + "a")
        assert not writer.remove(EX + "a")
        assert ("agency", "name") in says(writer.publish())
        assert writer.remove(EX + "c")
        assert says(writer.publish()) == {("agency", "name"), ("b", "1")}
        assert writer.remove(EX + "b")
        assert says(writer.publish()) == set()


def test_two_ways_of_writing_a_number_are_one_triple(tmp_path: Path) -> None:
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    subject, predicate = ox.NamedNode(EX + "s"), ox.NamedNode(EX + "says")
    one, same = (
        ox.Triple(subject, predicate, ox.Literal(text, datatype=decimal)) for text in ("1.5", "1.50")
    )
    put(tmp_path, {"a": [one], "b": [same]})
    with Writer.open(tmp_path) as writer:
        assert writer.replace(EX + "a", [same]) is False
        writer.remove(EX + "a")
        assert says(writer.publish()) == {("s", "1.5")}
        writer.remove(EX + "b")
        assert says(writer.publish()) == set()


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"), st.frozensets(st.sampled_from("123456"), max_size=4), st.booleans()
        ),
        max_size=8,
    )
)
@settings(max_examples=10, deadline=None)
def test_the_store_is_the_union_of_its_graphs(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, frozenset[str], bool]]
) -> None:
    location = tmp_path_factory.mktemp("store")
    model: dict[str, frozenset[str]] = {}
    with Writer.open(location) as writer:
        for graph, objects, publish in steps:
            changed = writer.replace(EX + graph, [triple("s", o) for o in objects])
            assert changed == (model.get(graph) != objects)
            model[graph] = objects
            if publish:
                assert {o for _, o in says(writer.publish())} == set().union(*model.values())
        assert {o for _, o in says(writer.publish())} == set().union(*model.values())


def test_a_generation_never_changes(tmp_path: Path) -> None:
    old = put(tmp_path, {"a": [triple("s", "one")]})
    for number in range(6):
        put(tmp_path, {"a": [triple("s", f"later {number}")]})
    assert says(old) == {("s", "one")}
    assert says(Generation.current(tmp_path)) == {("s", "later 5")}


def test_old_generations_are_pruned_once_nobody_reads_them(tmp_path: Path) -> None:
    held = put(tmp_path, {"a": [triple("s", "held")]})
    for number in range(6):
        put(tmp_path, {"a": [triple("s", str(number))]})
    folder = tmp_path / "generations"
    assert held.path.is_dir()
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 4
    path = held.path
    del held
    put(tmp_path, {"a": [triple("s", "last")]})
    assert not path.exists()
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 3


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    with Writer.open(tmp_path), pytest.raises(StoreError, match=f"process {os.getpid()} .*wait"):
        Writer.open(tmp_path)
    Writer.open(tmp_path).close()


def test_an_error_inside_publishes_nothing(tmp_path: Path) -> None:
    put(tmp_path, {"a": [triple("s", "one")]})
    with pytest.raises(ZeroDivisionError), Writer.open(tmp_path) as writer:
        writer.replace(EX + "a", (triple("s", "two") for _ in range(1 // 0)))
    assert says(Generation.current(tmp_path)) == {("s", "one")}
    assert says(put(tmp_path, {})) == {("s", "one")}


def test_no_store_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="gongkai ingest"):
        Generation.current(tmp_path / "nothing")


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StoreError, match="file"):
        Writer.open(tmp_path / "file" / "store")


def test_a_damaged_generation_is_a_clear_error(tmp_path: Path) -> None:
    path = put(tmp_path, {"a": [triple("s", "one")]}).path
    (path / "CURRENT").write_text("MANIFEST-999999\n")
    with pytest.raises(StoreError, match="not readable as a store"):
        Generation.current(tmp_path)


def test_blank_nodes_are_refused(tmp_path: Path) -> None:
    blank = ox.Triple(ox.BlankNode(), ox.NamedNode(EX + "says"), ox.Literal("x"))
    with Writer.open(tmp_path) as writer, pytest.raises(StoreError, match="blank node"):
        writer.replace(EX + "a", [blank])


def test_a_syntax_error_says_where(tmp_path: Path) -> None:
    generation = put(tmp_path, {})
    with pytest.raises(QueryError, match="line 2, column 2") as caught:
        generation.query("SELECT * {\n ?s ?p }")
    assert (caught.value.line, caught.value.column) == (2, 2)
    with pytest.raises(QueryError, match="column 33: The SELECT contains a variable that is unbound"):
        generation.query("SELECT ?s {?s ?p ?o} GROUP BY ?p")


def test_an_update_is_seen_and_the_next_ingestion_puts_back_what_it_took(tmp_path: Path) -> None:
    put(tmp_path, {"a": [triple("s", "one"), triple("s", "two")]})
    with Writer.open(tmp_path) as writer:
        writer.update(
            f'DELETE DATA {{ <{EX}s> <{EX}says> "one" }} ; INSERT DATA {{ <{EX}u> <{EX}says> "three" }}'
        )
        assert says(writer.publish()) == {("s", "two"), ("u", "three")}
        assert writer.replace(EX + "a", [triple("s", "one"), triple("s", "two")]) is True
        assert says(writer.publish()) == {("s", "one"), ("s", "two"), ("u", "three")}
        with pytest.raises(QueryError):
            writer.update("INSERT nonsense")
        assert writer.replace(EX + "a", [triple("s", "one"), triple("s", "two")]) is False


def test_what_an_update_wrote_about_a_graph_outlives_it(tmp_path: Path) -> None:
    with Writer.open(tmp_path) as writer:
        writer.update(f"INSERT DATA {{ {triple('a', 'one')} . {triple('a#part', 'two')} }}")
        writer.replace(EX + "a", [triple("a", "one"), triple("a#part", "two"), triple("a#part", "three")])
        writer.remove(EX + "a")
        assert says(writer.publish()) == {("a", "one"), ("a#part", "two")}


def test_what_is_a_graphs_own_comes_and_goes_with_it(tmp_path: Path) -> None:
    own = [triple("a", "one"), triple("a#part", "two")]
    put(tmp_path, {"a": own, "ab": [triple("ab", "one")]})
    with Writer.open(tmp_path) as writer:
        writer.remove(EX + "a")
        writer.replace(EX + "a", own)
        assert says(writer.publish()) == {("a", "one"), ("a#part", "two"), ("ab", "one")}
        writer.replace(EX + "a", own[:1])
        assert says(writer.publish()) == {("a", "one"), ("ab", "one")}


def test_a_generation_knows_how_it_came_and_what_it_uses(tmp_path: Path) -> None:
    first = put(tmp_path, {"a": [triple("s", "one"), triple("s", "two")], "b": [triple("s", "one")]}).about()
    assert first.statistics == Statistics(2, {EX + "says": 2}, {})
    typed = ox.Triple(ox.NamedNode(EX + "s"), ox.NamedNode(type_), ox.NamedNode(EX + "Class"))
    second = put(tmp_path, {"a": [triple("s", "two"), typed], "b": []}).about()
    assert second.statistics == Statistics(2, {EX + "says": 1, type_: 1}, {EX + "Class": 1})
    assert [run.changed for run in second.runs] == [2, 2]
    assert second.runs[0].started <= second.runs[0].ended == second.published
    with Writer.open(tmp_path) as writer:
        writer.update(f"INSERT DATA {{ {triple('u', 'three')} }}")
        generation = writer.publish()
    assert generation.about().statistics is None
    assert generation.statistics() == Statistics(3, {EX + "says": 2, type_: 1}, {EX + "Class": 1})


VICTIM = """
    import sys
    from pathlib import Path
    import pyoxigraph as ox
    from gongkai.store import Writer, writer
    writer._BATCH, writer._BULK = 40, int(sys.argv[2])
    from gongkai.turtle import GK, type_ as TYPE
    EX = "https://example.org/"
    node = ox.NamedNode
    with Writer.open(Path(sys.argv[1])) as w:
        for n in range(10**6):
            w.replace(EX + f"g{n % 50}", [
                ox.Triple(node(EX + f"g{n % 50}"), node(EX + "says"), ox.Literal(f"{n}")),
                ox.Triple(node(EX + f"g{n % 50}"), node(EX + "repeats"), ox.Literal(f"{n}")),
                ox.Triple(node(EX + "agency"), node(EX + "says"), ox.Literal(f"name {n % 3}")),
                ox.Triple(node(EX + f"g{n % 50}"), node(TYPE), node(GK + "Report")),
                ox.Triple(node(EX + f"g{n % 50}"), node(GK + "year"), ox.Literal(f"{n}")),
            ])
            if n % 7 == 0:
                w.publish()
                print(n, flush=True)
"""


@pytest.mark.parametrize(("delay", "bulk"), [(0.15, 2_000), (0.4, 2), (0.9, 2)])
def test_killed_at_any_moment_nothing_acknowledged_is_lost(tmp_path: Path, delay: float, bulk: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(VICTIM), str(tmp_path), str(bulk)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    acknowledged = int(["0", *process.stdout.read().split()][-1])
    process.wait()
    process.stdout.close()
    check_whole(Generation.current(tmp_path), acknowledged)
    with Writer.open(tmp_path) as writer:
        check_whole(writer.publish(), acknowledged)
        for number in range(50):
            writer.remove(EX + f"g{number}")
        assert writer.publish().size() == 0


def check_whole(generation: Generation, acknowledged: int) -> None:
    rows = generation.query(f"SELECT ?g ?n ?m {{ ?g <{EX}says> ?n ; <{EX}repeats> ?m }}")
    assert isinstance(rows, ox.QuerySolutions)
    seen = {row["g"].value: (int(row["n"].value), int(row["m"].value)) for row in rows}
    assert all(n == m for n, m in seen.values())
    reports = generation.register().execute("SELECT iri, year FROM report").fetchall()
    assert {iri: int(year) for iri, year in reports} == {iri: n for iri, (n, _) in seen.items()}
    assert len(seen) == min(50, max(acknowledged + 1, len(seen)))
    for number in range(max(0, acknowledged - 49), acknowledged + 1):
        assert seen[EX + f"g{number % 50}"][0] >= number


def test_a_full_disk_is_a_clear_error_and_readers_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"a": [triple("s", "one")]})
    script = f"""
        import resource, signal, sys
        from pathlib import Path
        import pyoxigraph as ox
        from gongkai.store import Writer
        from gongkai.errors import StoreError
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        w = Writer.open(Path(sys.argv[1]))
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        def triple(i, j):
            says = ox.NamedNode("{EX}says")
            return ox.Triple(ox.NamedNode(f"{EX}s{{i}}/{{j}}"), says, ox.Literal(str(i * j) * 9))
        try:
            for i in range(100):
                w.replace(f"{EX}big{{i}}", [triple(i, j) for j in range(3000)])
                w.publish()
        except StoreError as error:
            print(error)
            sys.exit(7)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7, done.stderr
    assert "cannot write the store" in done.stdout
    generation = Generation.current(tmp_path)
    assert ("s", "one") in says(generation)
    assert ("s", "two") in says(put(tmp_path, {"a": [triple("s", "two")]}))
