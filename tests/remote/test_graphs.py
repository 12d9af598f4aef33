"""A server keeps graphs as a folder does, and what was left half done is done again."""

from __future__ import annotations

import os
import socket
import subprocess
from datetime import UTC, datetime

import pyoxigraph as ox
import pytest

from gongkai.errors import BusyError
from gongkai.store import Generation, Remote, Writer
from gongkai.store.batch import LEDGER, literal
from gongkai.store.endpoint import DATA, Endpoint
from gongkai.store.ledger import pack
from gongkai.store.remote import STORE
from tests.remote.servers import Server

EX = "http://e/"


def triple(subject: str, text: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(EX + subject), ox.NamedNode(EX + "says"), ox.Literal(text))


def says(generation: Generation) -> list[tuple[str, str]]:
    found = generation.query(f"SELECT ?s ?o {{ ?s <{EX}says> ?o }}")
    assert isinstance(found, ox.QuerySolutions)
    return sorted((row["s"].value.removeprefix(EX), row["o"].value) for row in found)


def note(remote: Remote, subject: str, name: str, value: str) -> None:
    line = f"<{subject}> <{LEDGER}#{name}> {value}"
    Endpoint.find(remote, writing=True).update(f"INSERT DATA {{ GRAPH <{LEDGER}> {{ {line} }} }}")


@pytest.mark.slow
def test_a_server_keeps_graphs_as_a_folder_does(server: Server) -> None:
    shared = triple("机关", "名称")
    with Writer.open(server.remote) as writer:
        for name in "ab":
            assert writer.replace(EX + name, [shared, triple(f"{name}#1", name)])
        assert says(writer.publish()) == [("a#1", "a"), ("b#1", "b"), ("机关", "名称")]
        with pytest.raises(BusyError, match="is being written by process"):
            Writer.open(server.remote)
    with Writer.open(server.remote) as writer:
        assert not writer.replace(EX + "a", [triple("a#1", "a"), shared])
        assert writer.replace(EX + "a", [triple("a#1", "changed")])
        assert says(writer.publish()) == [("a#1", "changed"), ("b#1", "b"), ("机关", "名称")]
        assert writer.remove(EX + "b")
        assert not writer.remove(EX + "b")
        assert writer.graphs(EX) == [EX + "a"]
        assert writer.triples(EX + "a") == {triple("a#1", "changed")}
        writer.remove(EX + "a")
    assert says(Generation.current(server.remote)) == []


@pytest.mark.slow
def test_what_a_killed_writer_left_pending_is_done_again(server: Server) -> None:
    with Writer.open(server.remote) as writer:
        writer.replace(EX + "old", [triple("old#1", "goes"), triple("old#2", "stays")])
        writer.replace(EX + "gone", [triple("gone#1", "goes")])
    # As if it had ended after noting what it is about to do, or after half of it.
    note(
        server.remote,
        EX + "old",
        "pending",
        literal(pack([triple("old#2", "stays"), triple("old#3", "comes")])),
    )
    note(server.remote, EX + "gone", "pending", literal(None))
    note(server.remote, EX + "new", "pending", literal(pack([triple("new#1", "comes")])))
    with Writer.open(server.remote) as writer:
        assert writer.graphs(EX) == [EX + "new", EX + "old"]
        assert says(writer.publish()) == [("new#1", "comes"), ("old#2", "stays"), ("old#3", "comes")]
        for name in ("new", "old"):
            writer.remove(EX + name)
    assert says(Generation.current(server.remote)) == []


@pytest.mark.slow
def test_a_writer_that_is_dead_stops_nobody(server: Server) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    note(server.remote, STORE, "writer", f'"process {ended.pid} on {socket.gethostname()} (ab) {now}"')
    with Writer.open(server.remote):
        pass
    note(server.remote, STORE, "writer", f'"process {os.getpid()} on {socket.gethostname()} (ab) {now}"')
    with pytest.raises(BusyError):
        Writer.open(server.remote)
    note(server.remote, STORE, "writer", '"process 1 on elsewhere (ab) 2020-01-01T00:00:00+00:00"')
    Endpoint.find(server.remote, writing=True).update(
        f'DELETE DATA {{ GRAPH <{LEDGER}> {{ <{STORE}> <{LEDGER}#writer> "process {os.getpid()} on'
        f' {socket.gethostname()} (ab) {now}" }} }}'
    )
    with Writer.open(server.remote):
        pass


def signatures(remote: Remote) -> list[str]:
    found = Generation.current(remote).query(
        f"SELECT ?w {{ GRAPH <{LEDGER}> {{ <{STORE}> <{LEDGER}#writer> ?w }} }}"
    )
    assert isinstance(found, ox.QuerySolutions)
    return [row["w"].value for row in found]


@pytest.mark.slow
def test_a_writer_touches_its_own_signature_only(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    other = f"process {os.getpid()} on {socket.gethostname()} (ab) {now}"
    update = Endpoint.update

    def beside(endpoint: Endpoint, text: str, *, plain: bool = False) -> None:
        """Another writer signs at the same moment."""
        update(endpoint, text, plain=plain)
        if "INSERT" in text and f"{LEDGER}#writer" in text:
            monkeypatch.undo()
            note(server.remote, STORE, "writer", f'"{other}"')

    monkeypatch.setattr(Endpoint, "update", beside)
    with pytest.raises(BusyError, match=r"is being written by process \d+ on \S+ \(ab\)"):
        Writer.open(server.remote)
    assert signatures(server.remote) == [other]
    forget = f'DELETE DATA {{ GRAPH <{LEDGER}> {{ <{STORE}> <{LEDGER}#writer> "{other}" }} }}'
    Endpoint.find(server.remote, writing=True).update(forget)
    writer = Writer.open(server.remote)
    note(server.remote, STORE, "writer", f'"{other}"')
    writer.close()
    assert signatures(server.remote) == [other]
    Endpoint.find(server.remote, writing=True).update(forget)


@pytest.mark.slow
def test_a_graph_of_a_user_is_seen_whatever_its_name(server: Server) -> None:
    graph = f"{DATA}/mine"
    with Writer.open(server.remote) as writer:
        writer.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <a> <b> 1 }} }}", base=EX)
        generation = writer.publish()
        assert graph in generation.graphs()
        assert DATA not in generation.graphs()
        assert bool(generation.query(f"ASK {{ GRAPH <{graph}> {{ <a> <b> 1 }} }}", base=EX))
        assert bool(generation.query(f"ASK {{ GRAPH <{graph}> {{ <{EX}a> <{EX}b> 1 }} }}"))
        writer.update(f"DELETE DATA {{ GRAPH <{graph}> {{ <a> <b> 1 }} }}", base=EX)
    assert graph not in Generation.current(server.remote).graphs()
