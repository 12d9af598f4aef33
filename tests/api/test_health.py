"""What those ask who run the service; and whom it calls itself."""

from __future__ import annotations

from pathlib import Path

from gongkai.store import Writer
from gongkai_api import Settings, create_app
from tests.api.client import Client, serving
from tests.api.conftest import EX


def test_who_lives_need_not_be_ready(tmp_path: Path) -> None:
    with Writer.open(tmp_path):
        pass
    with serving(create_app(Settings(tmp_path))) as client:
        ready = client("GET", "/ready")
        assert (ready.status, ready.text.split()[0]) == (200, "ready")
        (tmp_path / "current").unlink()
        assert client("GET", "/health").status == 200
        gone = client("GET", "/ready")
        assert (gone.status, str(tmp_path) in gone.text) == (503, False)


def test_what_is_counted_is_counted_as_prometheus_reads_it(client: Client) -> None:
    def counted() -> dict[str, float]:
        text = client("GET", "/metrics").text
        lines = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
        return {name: float(number) for name, _, number in lines}

    before = counted()
    client.query("ASK {}")
    client.query("nonsense")
    after = counted()
    for status in ("2xx", "4xx"):
        name = f'gongkai_requests_total{{route="sparql",status="{status}"}}'
        assert after[name] - before.get(name, 0) == 1
    assert client("GET", "/metrics").headers["content-type"].startswith("text/plain; version=0.0.4")


def test_an_endpoint_that_is_allowed_is_called_and_no_other(client: Client, location: Path) -> None:
    other = f"http://127.0.0.1:{client.port}/sparql"

    def asking(endpoint: str) -> str:
        return f"SELECT ?o {{ SERVICE <{endpoint}> {{ <{EX}thing/7> <{EX}says> ?o }} }}"

    with serving(create_app(Settings(location, services=frozenset([other])))) as calling:
        assert calling.query(asking(other)).column("o") == ["7"]
        assert calling.query(asking(other + "/")).status == 403
        described = calling("GET", "/sparql", Accept="text/turtle").text
    assert "BasicFederatedQuery" in described
    assert "BasicFederatedQuery" not in client("GET", "/sparql", Accept="text/turtle").text
