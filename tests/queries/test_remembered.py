from __future__ import annotations

from gongkai.queries.remembered import remembered


def test_short_texts_are_looked_at_once_and_long_ones_are_not_kept() -> None:
    seen: list[str] = []

    @remembered
    def size(text: str) -> int:
        seen.append(text)
        return len(text)

    short, long = "x" * 4000, "x" * 4001
    assert [size(text) for text in (short, short, long, long)] == [4000, 4000, 4001, 4001]
    assert seen == [short, long, long]
