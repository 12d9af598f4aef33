from __future__ import annotations

import contextlib
import json
import shutil
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from gongkai import queries
from tests.api.client import Client
from tests.api.test_serving import served


def test_the_contract_tells_every_stored_query(client: Client) -> None:
    contract = client("GET", "/openapi.json").json
    assert contract["openapi"].startswith("3.1")
    for query in queries.stored():
        operation = contract["paths"][f"/api/queries/{query.name}"]["get"]
        names = [parameter["name"] for parameter in operation["parameters"]]
        assert names == [*(p.name for p in query.parameters), "limit", "offset", "lang", "format"]
        assert query.title[0] in operation["description"]


def test_every_path_of_the_contract_answers(client: Client) -> None:
    for path, operations in client("GET", "/openapi.json").json["paths"].items():
        for method in operations:
            reply = client(method.upper(), path)
            assert str(reply.status) in operations[method]["responses"], (method, path, reply.text)


def test_a_page_elsewhere_may_ask_whatever_there_is(client: Client) -> None:
    paths = client("GET", "/openapi.json").json["paths"]
    listed = [(path, method.upper()) for path, operations in paths.items() for method in operations]
    assert len(listed) > 30
    for path, method in [*listed, ("/openapi.json", "GET"), ("/doc/def", "GET"), ("/nowhere", "GET")]:
        asked = {"Origin": "https://other.example", "Access_Control_Request_Method": method}
        before = client("OPTIONS", path, b"", **asked)
        assert before.status in (200, 204), path
        assert before.headers["access-control-allow-origin"] == "*", path
        assert method in before.headers["access-control-allow-methods"].split(", "), path
        reply = client(method, path, b"", **asked)
        assert reply.headers["access-control-allow-origin"] == "*", path


def test_operations_have_names_of_their_own(client: Client) -> None:
    paths = client("GET", "/openapi.json").json["paths"]
    names = [operation["operationId"] for operations in paths.values() for operation in operations.values()]
    assert len(set(names)) == len(names)
    assert json.dumps(paths)


@pytest.mark.slow
@pytest.mark.skipif(not find_spec("schemathesis"), reason="schemathesis is not installed")
def test_ten_thousand_made_up_requests(location: Path, tmp_path: Path) -> None:
    import schemathesis  # noqa: PLC0415
    from hypothesis import HealthCheck, Phase, given, settings  # noqa: PLC0415
    from hypothesis.errors import Unsatisfiable  # noqa: PLC0415
    from schemathesis import GenerationMode  # noqa: PLC0415
    from schemathesis.core.result import Ok  # noqa: PLC0415

    # The requests may write, and other tests ask the store.
    written = shutil.copytree(location, tmp_path / "store")
    with served(written, seconds=2, rows=10_000) as server:
        base = f"http://127.0.0.1:{server.client.port}"
        schema = schemathesis.openapi.from_dict(server.client("GET", "/openapi.json").json)
        operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
        each = 10_000 // len(operations) + 1
        sorts = ((GenerationMode.POSITIVE, each), (GenerationMode.NEGATIVE, each // 4))
        for operation, (sort, most) in product(operations, sorts):

            @given(case=operation.as_strategy(generation_mode=sort))
            @settings(
                max_examples=most,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            def try_it(case: schemathesis.Case[Any]) -> None:
                reply = case.call(base_url=base, headers={"Authorization": "Bearer t"})
                assert reply.status_code != 500, reply.text
                assert str(reply.status_code) in case.operation.definition.raw["responses"], (
                    reply.status_code,
                    reply.text,
                )

            # Nothing can be wrong with a request that takes nothing.
            empty = (Unsatisfiable,) if sort is GenerationMode.NEGATIVE else ()
            with contextlib.suppress(*empty):
                try_it()
        assert server.client.query("ASK {}").status == 200
