"""SPARQL 1.1 servers as the store: `oxigraph serve` and Virtuoso, each started here on loopback."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai import pipeline, queries
from gongkai.errors import BusyError, QueryError, StoreError
from gongkai.iris import Iris
from gongkai.queries import StoredQuery
from gongkai.resources import folder
from gongkai.store import Generation, Location, Remote, Writer, locate

EX = "http://e/"
OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
VIRTUOSO = shutil.which("virtuoso-t")
ISQL = shutil.which("isql-vt") or shutil.which("isql")
REPORTS = (
    "jichuan-fagai-2023.txt",
    "liuting-zhengfu-2023.html",
    "liuting-zhengfu-2024.html",
    "tongpu-weijian-2022.txt",
)
CONFIGURATION = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = {sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = {http}
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = 1000000
"""


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None, "the server ended"
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def oxigraph(place: Path) -> Iterator[Remote]:
    if OXIGRAPH is None:
        pytest.skip("oxigraph (PyPI) is not installed")
    port = free()
    with running([OXIGRAPH, "serve", "--location", str(place / "data"), "--bind", f"127.0.0.1:{port}"], port):
        yield Remote(f"http://127.0.0.1:{port}")


@contextmanager
def virtuoso(place: Path) -> Iterator[Remote]:
    if VIRTUOSO is None or ISQL is None:
        pytest.skip("virtuoso-opensource (Debian) is not installed")
    sql, http = free(), free()
    (place / "virtuoso.ini").write_text(CONFIGURATION.format(folder=place, sql=sql, http=http), "utf-8")
    with running([VIRTUOSO, "+foreground", "+configfile", str(place / "virtuoso.ini")], http):
        grant = (
            'GRANT SPARQL_UPDATE TO "SPARQL"; GRANT EXECUTE ON DB.DBA.SPARQL_INSERT_DICT_CONTENT TO "SPARQL";'
        )
        subprocess.run([ISQL, str(sql), "dba", "dba", f"exec={grant}"], check=True, capture_output=True)
        yield Remote(f"http://127.0.0.1:{http}/sparql")


SERVERS = {"oxigraph": oxigraph, "virtuoso": virtuoso}


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    with SERVERS[request.param](tmp_path_factory.mktemp(request.param)) as remote:
        yield remote


def triple(subject: str, text: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(EX + subject), ox.NamedNode(EX + "says"), ox.Literal(text))


def says(generation: Generation) -> list[tuple[str, str]]:
    found = generation.query(f"SELECT ?s ?o {{ ?s <{EX}says> ?o }}")
    assert isinstance(found, ox.QuerySolutions)
    return sorted((row["s"].value.removeprefix(EX), row["o"].value) for row in found)


@pytest.mark.slow
def test_a_server_keeps_graphs_as_a_folder_does(server: Remote) -> None:
    shared = triple("机关", "名称")
    with Writer.open(server) as writer:
        for name in "ab":
            assert writer.replace(EX + name, [shared, triple(f"{name}#1", name)])
        assert says(writer.publish()) == [("a#1", "a"), ("b#1", "b"), ("机关", "名称")]
        with pytest.raises(BusyError, match="is being written by process"):
            Writer.open(server)
    with Writer.open(server) as writer:
        assert not writer.replace(EX + "a", [triple("a#1", "a"), shared])
        assert writer.replace(EX + "a", [triple("a#1", "changed")])
        assert says(writer.publish()) == [("a#1", "changed"), ("b#1", "b"), ("机关", "名称")]
        assert writer.remove(EX + "b")
        assert not writer.remove(EX + "b")
        assert writer.graphs() == [EX + "a"]
        assert writer.triples(EX + "a") == {triple("a#1", "changed")}
        writer.remove(EX + "a")
    assert says(Generation.current(server)) == []


@pytest.mark.slow
def test_a_server_says_what_is_wrong(server: Remote) -> None:
    with pytest.raises(QueryError):
        Generation.current(server).query("SELECT * {\n ?s ?p }")


def answers(location: Location, query: StoredQuery) -> list[tuple[str, ...]]:
    """The answer as values: servers write numbers in different ways, and order what is equal as they like."""
    found = Generation.current(location).query(query.text)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple(value(term) for term in row) for row in found)


def value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    if term is None or isinstance(term, ox.Triple):
        return ""
    if isinstance(term, ox.Literal) and term.datatype.value.endswith("#boolean"):
        return str(term.value in ("true", "1"))
    try:
        return f"{Decimal(term.value):.6f}"
    except InvalidOperation:
        return term.value


@pytest.mark.slow
def test_every_stored_query_answers_the_same(server: Remote, tmp_path: Path) -> None:
    iris = Iris()
    for location in (tmp_path, server):
        with Writer.open(location) as writer:
            pipeline.prepare(writer, iris)
            files = [folder("examples") / "reports" / name for name in REPORTS]
            assert all(done.error is None for done in pipeline.ingest(files, writer, iris))
    different = {}
    for query in queries.stored():
        try:
            there = answers(server, query)
        except (QueryError, StoreError) as error:
            different[query.name] = str(error)
            continue
        if there != (here := answers(tmp_path, query)):
            different[query.name] = f"{len(there)} rows, here {len(here)}: {[*set(there) ^ set(here)][:4]}"
    assert not different, "\n".join(f"{name}: {reason}" for name, reason in different.items())


def test_what_does_not_answer_is_a_clear_error() -> None:
    with pytest.raises(StoreError, match="no SPARQL endpoint answers"):
        Generation.current(Remote(f"http://127.0.0.1:{free()}"))


def test_an_address_is_a_server_and_anything_else_a_folder() -> None:
    assert locate("http://host:8890/sparql/") == Remote("http://host:8890/sparql")
    assert locate("store") == Path("store")
