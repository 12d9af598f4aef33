from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from gongkai.store import Writer
from gongkai_api import Settings, create_app
from gongkai_api.kept import Kept
from gongkai_api.messages import Answer
from tests.api.client import Client, serving
from tests.api.conftest import EX


def answer(size: int) -> Answer:
    return Answer(200, "text/plain", b"x" * size)


def test_what_was_kept_is_found_again() -> None:
    kept = Kept()
    given = [answer(size) for size in (10, 20, 30)]
    kept.add(("1", "a"), given[0])
    assert kept.get(("1", "a")) is None, "nobody may ask for it again"
    for again in given[1:]:
        kept.add(("1", "a"), again)
    assert kept.get(("1", "a")) is given[1]
    assert kept.get(("2", "a")) is None


def test_what_is_long_is_not_kept() -> None:
    kept = Kept()
    for _ in range(3):
        kept.add(("1",), answer(20_000))
    assert kept.get(("1",)) is None


def test_the_oldest_goes_for_a_new_one() -> None:
    kept = Kept(room=100_000)
    for number in range(20):
        for _ in range(2):
            kept.add((str(number),), answer(10_000))
    found = [number for number in range(20) if kept.get((str(number),))]
    assert found == list(range(20 - len(found), 20))
    assert 5 < len(found) < 10


def test_an_answer_is_kept_for_those_who_want_the_same(client: Client) -> None:
    text = f"SELECT (COUNT(*) AS ?n) {{ ?s <{EX}says> ?o }}"
    replies = [client.query(text) for _ in range(4)]
    assert len({(reply.body, reply.headers["etag"]) for reply in replies}) == 1
    assert client.query(text, Accept="text/csv").media_type == "text/csv"
    assert client.query(text, Accept="text/html", Accept_Language="en").text != replies[0].text
    assert client.query(text).body == replies[0].body


def test_relative_addresses_are_those_of_the_host(client: Client) -> None:
    text = "SELECT (<a> AS ?a) {}"
    for host in ("one.example", "two.example", "one.example") * 2:
        assert client.query(text, Host=host).column("a") == [f"http://{host}/a"]


def test_what_changes_by_itself_is_not_kept(client: Client) -> None:
    text = "SELECT (STRUUID() AS ?id) {}"
    assert client.query(text).column("id") != client.query(text).column("id")


def test_a_new_generation_has_answers_of_its_own(tmp_path: Path) -> None:
    def write(number: int) -> None:
        with Writer.open(tmp_path) as writer:
            triples = [ox.Triple(ox.NamedNode(EX + "a"), ox.NamedNode(EX + "says"), ox.Literal(str(number)))]
            writer.replace(EX + "g", triples)

    write(0)
    with serving(create_app(Settings(tmp_path))) as client:
        for number in range(1, 4):
            for text in (f"SELECT ?o {{ <{EX}a> ?p ?o }}", f"SELECT ?o {{ ?s <{EX}says> ?o FILTER(true) }}"):
                assert [client.query(text).column("o") for _ in range(3)] == [[str(number - 1)]] * 3
            write(number)
