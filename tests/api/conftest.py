"""One small store and one server for all tests that only read; and one with reports in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai import pipeline
from gongkai.iris import Iris
from gongkai.resources import folder
from gongkai.store import Writer
from gongkai_api import Settings, create_app
from tests.api.client import Client, serving

EX = "https://example.org/"
ROWS = 300
REPORTS = ("jichuan-fagai-2023.txt", "liuting-zhengfu-2023.html", "liuting-zhengfu-2024.html")


def triples() -> Iterator[ox.Triple]:
    says = ox.NamedNode(EX + "says")
    for number in range(ROWS):
        yield ox.Triple(ox.NamedNode(f"{EX}thing/{number}"), says, ox.Literal(str(number)))
    yield ox.Triple(ox.NamedNode(EX + "机关/柳汀县"), says, ox.Literal("政府信息公开", language="zh"))
    yield ox.Triple(ox.NamedNode(EX + "%E6%9F%B3"), says, ox.Literal("percent"))
    yield ox.Triple(ox.NamedNode(EX + "柳"), says, ox.Literal("character"))
    yield ox.Triple(ox.NamedNode(EX + "tricky"), says, ox.Literal('a "quoted", <b> & }},{"x"\r\nline'))


@pytest.fixture(scope="session")
def location(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store")
    with Writer.open(path) as writer:
        writer.replace(EX + "graph", triples())
    return path


@pytest.fixture(scope="session")
def client(location: Path) -> Iterator[Client]:
    with serving(create_app(Settings(location))) as found:
        yield found


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with some of the example reports, as `gongkai ingest` leaves it."""
    path = tmp_path_factory.mktemp("reports")
    iris = Iris()
    with Writer.open(path) as writer:
        pipeline.prepare(writer, iris)
        files = [folder("examples") / "reports" / name for name in REPORTS]
        done = list(pipeline.ingest(files, writer, iris))
    assert all(one.error is None for one in done), done
    return path


@pytest.fixture(scope="session")
def published(reports: Path) -> Iterator[Client]:
    with serving(create_app(Settings(reports))) as found:
        yield found
