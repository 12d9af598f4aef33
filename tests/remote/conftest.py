"""One server of each kind for all tests here, with the example reports in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.resources import folder
from tests.remote.servers import KINDS, Server


def told(*arguments: object, status: int | None = 0) -> str:
    """What a command prints; None where any status will do."""
    done = CliRunner().invoke(main, [*map(str, arguments)])
    assert status in (done.exit_code, None), done.output
    return done.stdout


@pytest.fixture(scope="session", params=KINDS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with KINDS[request.param](tmp_path_factory.mktemp(request.param)) as started:
        told("ingest", folder("examples") / "reports", "--store", started.remote.url)
        yield started


@pytest.fixture(scope="session")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same reports in a folder."""
    store = tmp_path_factory.mktemp("local")
    told("ingest", folder("examples") / "reports", "--store", store)
    return store
