"""What recognition does before and after Tesseract."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PIL import Image, ImageDraw

from gongkai.readers.picture import picture, rules, without_bars
from gongkai.readers.recognition import UNREAD, _sure


@pytest.mark.parametrize(
    ("text", "ours", "theirs", "expected"),
    [
        pytest.param("12", {"12"}, ["12"], "12", id="two models agree"),
        pytest.param("3983738", {"3983738", "3985758"}, ["3985758"], "3985758", id="at the second reading"),
        pytest.param("IT2", {"IT2", "12"}, ["", "12"], "12", id="when larger"),
        pytest.param("20", {"20"}, ["26", "26"], "2" + UNREAD, id="one model twice is one voice"),
        pytest.param("9", {"9"}, ["", ""], UNREAD, id="nobody confirms"),
        pytest.param("11", {"11"}, ["1", "7"], UNREAD, id="of different lengths"),
        pytest.param("1", {"1", "7"}, ["7", "1"], UNREAD, id="each confirms another"),
    ],
)
def test_only_what_is_confirmed_is_given(text: str, ours: set[str], theirs: list[str], expected: str) -> None:
    assert _sure(text, ours, theirs) == expected


def drawn(tilt: float) -> Image.Image:
    """A page with a table of two columns and a row of strokes as letters have them."""
    image = Image.new("L", (1200, 1600), 255)
    draw = ImageDraw.Draw(image)
    for y in (400, 500, 600):
        draw.line((200, y, 1000, y), 0, 3)
    for x in (200, 600, 1000):
        draw.line((x, 400, x, 600), 0, 3)
    for x in range(230, 560, 30):
        draw.line((x, 430, x + 15, 430), 0, 3)
        draw.line((x, 430, x, 460), 0, 3)
    return image.rotate(tilt, fillcolor=255, resample=Image.Resampling.BICUBIC)


@pytest.mark.parametrize("tilt", [0.0, 0.5, -1.25])
def test_ruled_lines_are_found_and_taken_off(tilt: float) -> None:
    page = picture(drawn(tilt), 150)
    across, down = rules(page)
    assert (len(across), len(down)) == (3, 3)
    assert [round((b.at - a.at) / 48) for a, b in pairwise(across)] == [1, 1]
    assert without_bars(page).sum() < 0.45 * page.ink.sum()
    assert without_bars(page).any()


def test_an_empty_page_has_no_lines() -> None:
    assert rules(picture(Image.new("L", (50, 50), 255), 150)) == ([], [])
