"""What several tests share: the bundled examples, ingested once a process."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from gongkai.iris import Iris
from gongkai.pipeline import Outcome, ingest, prepare
from gongkai.resources import folder
from gongkai.store import Writer

os.environ["LC_ALL"] = "C.UTF-8"  # the commands speak the language of the terminal; tests read English
# The same examples in each run, so that a red gate tells of a change; to look for new ones: --hypothesis-profile default.
settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def examples_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the ontology and the bundled examples."""
    location = tmp_path_factory.mktemp("examples") / "store"
    iris = Iris()
    with Writer.open(location) as writer:
        prepare(writer, iris)
        outcomes = [
            i.outcome for i in ingest(sorted((folder("examples") / "reports").iterdir()), writer, iris)
        ]
        writer.publish()
    assert outcomes == [Outcome.STORED] * 10
    return location
