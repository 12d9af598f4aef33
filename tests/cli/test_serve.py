"""`gongkai serve`: what cannot be served is told before anything seems to be."""

from __future__ import annotations

import socket
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from gongkai.cli import main
from gongkai.iris import DEFAULT_BASE
from gongkai.jsonld import RDF_TYPE
from gongkai.store import Writer
from gongkai.turtle import GK
from gongkai_api import Settings

OWN = "https://data.example.org/"


def serve(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["serve", "--port", "0", *map(str, arguments)])


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    result = serve("--store", tmp_path / "nowhere")
    assert result.exit_code == 1
    assert result.stderr == (
        f"Error: {tmp_path / 'nowhere'} holds no published store: "
        f"run `gongkai ingest PATH --store {tmp_path / 'nowhere'}` first\n"
    )
    assert not (tmp_path / "nowhere").exists()


def test_an_access_log_that_cannot_be_written(examples_store: Path, tmp_path: Path) -> None:
    log = tmp_path / "missing" / "access.log"
    result = serve("--store", examples_store, "--access-log", log)
    assert result.exit_code == 2
    assert result.stderr == f"Error: {log}: No such file or directory\n"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """The settings that would be served with."""
    found: list[Settings] = []

    def serve(settings: Settings, listener: socket.socket, _: int) -> None:
        listener.close()
        found.append(settings)

    monkeypatch.setattr("gongkai.cli.serve.serving.serve", serve)
    return found


def stored(location: Path, *bases: str) -> Path:
    kind, report = ox.NamedNode(RDF_TYPE), ox.NamedNode(GK + "Report")
    with Writer.open(location) as writer:
        for number, base in enumerate(bases):
            name = f"{base}report/unplaced/柳汀县人民政府/{2020 + number}"
            writer.replace(name, [ox.Triple(ox.NamedNode(name), kind, report)])
    return location


def test_what_the_names_begin_with_is_taken_from_the_store(tmp_path: Path, told: list[Settings]) -> None:
    result = serve("--store", stored(tmp_path, OWN))
    assert (result.exit_code, told[0].base, "note" in result.stderr) == (0, OWN, False)
    assert serve("--store", stored(tmp_path / "empty")).exit_code == 0
    assert told[1].base == DEFAULT_BASE


def test_a_contact_is_an_address(tmp_path: Path, told: list[Settings]) -> None:
    store = stored(tmp_path, OWN)
    for given in ("kai@example.org", "mailto:kai@example.org", "https://example.org/ask"):
        assert serve("--store", store, "--contact", given).exit_code == 0
    assert [one.contact for one in told] == ["mailto:kai@example.org"] * 2 + ["https://example.org/ask"]
    wrong = serve("--store", store, "--contact", "the archive")
    assert (wrong.exit_code, "neither an e-mail address" in wrong.stderr) == (2, True)


@pytest.mark.parametrize("option", ["--licence", "--publisher-iri"])
def test_a_licence_and_a_publisher_are_iris(option: str, tmp_path: Path, told: list[Settings]) -> None:
    store = stored(tmp_path, OWN)
    wrong = serve("--store", store, option, "CC BY")
    assert (wrong.exit_code, "“CC BY” is no IRI; give one such as" in wrong.stderr, told) == (2, True, [])
    assert serve("--store", store, option, "urn:example:kai").exit_code == 0


def test_reports_that_are_not_found_here_are_told(tmp_path: Path, told: list[Settings]) -> None:
    stored(tmp_path, OWN, OWN, DEFAULT_BASE)
    told_of = "note: the names of {} reports begin with {}, not with {}: they are not found here"
    assert told_of.format(1, DEFAULT_BASE, OWN) in serve("--store", tmp_path).stderr
    other = serve("--store", tmp_path, "--base", DEFAULT_BASE)
    assert [settings.base for settings in told] == [OWN, DEFAULT_BASE]
    assert told_of.format(2, OWN, DEFAULT_BASE) in other.stderr
