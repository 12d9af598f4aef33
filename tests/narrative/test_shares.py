"""Shares that the text works out of its own numbers: part, whole and percentage, each share once."""

from __future__ import annotations

import pytest

from tests.narrative.texts import narrative


def told(text: str) -> list[str]:
    return [f"{s.part}/{s.whole} {s.percentage}%" for s in narrative(text).shares]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年办结申请80件，其中予以公开20件，占25%。", ["20/80 25%"]),
        ("全年办结申请80件，网上提交20件，占比25%。", ["20/80 25%"]),
        # Each of a list, with brackets, pauses or stops between; over the end of the sentence where 其中 opens it.
        (
            "收到申请200件。其中，通过网站提交的120件，占60%；以信函提交的50件，占25%；当面提交的30件，占15%。",
            ["120/200 60%", "50/200 25%", "30/200 15%"],
        ),
        ("答复申请50件，其中予以公开30件（占60%），部分公开20件（占50%）。", ["30/50 60%", "20/50 50%"]),
        ("收到申请1.2万件，其中网上提交9000件，占总数的75%。", ["9000/12000 75%"]),
        # What gives the share may stand farther off, or be a sum.
        ("新收申请44件，结转6件，其中予以公开5件，占10%。", ["5/50 10%"]),
        ("收到申请90件，办结60件，其中予以公开45件，占50%。", ["45/90 50%"]),
        # Of what is not known, not exact, or counted in something else, nothing is said.
        ("予以公开20件，占25%。", []),
        ("办结申请80余件，其中予以公开20件，占25%。", []),
        ("办结申请80件，其中予以公开20件，约占25%。", []),
        ("发布信息80条，其中视频20个，占25%。", []),
        ("办结申请80件，其中予以公开20件，占已答复的25%。", []),
        ("办结申请80件，其中按时办结80件，办结率100%。", []),
        ("办结申请80件。网站发布信息20条，占25%。", []),
        ("考核中公开工作分值占4%。", []),
    ],
)
def test_a_share_has_its_part_and_its_whole(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_a_share_quotes_the_words_that_state_it() -> None:
    text = "收到申请80件，其中网上提交20件，占25%，当面提交60件，占75%。"
    first, second = narrative(text).shares
    assert first.quote.text == "80件，其中网上提交20件，占25%"
    assert second.quote.text == "当面提交60件，占75%"
