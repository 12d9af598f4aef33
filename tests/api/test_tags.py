from __future__ import annotations

import tomllib

import pytest

from gongkai.resources import folder
from gongkai_api.messages import Headers, Request
from gongkai_api.settings import VERSION
from gongkai_api.tags import holds
from tests.api.client import Client

OWN = 'W/"g1.abc"'


@pytest.mark.parametrize(
    ("given", "held"),
    [
        (OWN, True),
        ('"g1.abc"', True),
        ('"other", W/"g1.abc"', True),
        ("*", True),
        ('W/"g1.abd"', False),
        ('W/"*"', False),
        ("", False),
    ],
)
def test_tags_are_compared_weakly(given: str, held: bool) -> None:
    request = Request("GET", "/", b"", Headers([(b"if-none-match", given.encode())]), http10=False)
    assert holds(request, OWN) is held
    assert not holds(request, ""), "what has no tag may have changed"


def test_a_tag_is_weak_and_differs_with_the_program(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = client.query("ASK {}").headers["etag"]
    assert tag.startswith('W/"')
    assert client.query("ASK {}", If_None_Match=tag).status == 304
    assert client.query("ASK {}", If_None_Match="*").status == 304
    monkeypatch.setattr("gongkai_api.tags.VERSION", "0.0.9")
    assert client.query("ASK {}", If_None_Match=tag).status == 200


def test_the_version_is_that_of_the_package() -> None:
    project = tomllib.loads((folder("examples").parent / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["version"] == VERSION
