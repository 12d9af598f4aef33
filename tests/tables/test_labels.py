"""A cell names the part of the form whose wording it bears, and a damaged one the only part that it can be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.folding import fold
from gongkai.form import Column, Label, Row, Section, forms
from gongkai.tables.labels import Fit, Labels, labels

KNOWN: Labels = labels()


def parts() -> Iterator[tuple[str, Row | Column | Section]]:
    for a_form in forms():
        yield from (("", section) for section in a_form.sections)
        for table in a_form.tables:
            yield from ((table.key, row) for row in (*table.rows, *table.collapsed))
            yield from ((table.key, column) for column in table.columns)


PARTS = list(parts())
NAMED = [(table, part) for table, part in PARTS if not isinstance(part, Section)]


def wordings(label: Label) -> Iterator[tuple[Fit, str]]:
    yield Fit.OFFICIAL, label.official
    yield from ((Fit.USUAL, w) for w in label.usual)
    yield from ((Fit.DEVIATING, w) for w in label.deviating)


@pytest.mark.parametrize(
    ("table", "part"), PARTS, ids=lambda p: p if isinstance(p, str) else p.label.official
)
def test_every_wording_names_its_part(table: str, part: Row | Column | Section) -> None:
    for fit, wording in wordings(part.label):
        for text in (
            wording,
            part.label.ordinal + wording,
            f" {wording} ：",
            f"{part.label.ordinal} {wording}",
        ):
            fits = [m.fit for m in KNOWN.find(text) if m.entry.part == part and m.entry.table == table]
            assert fits
            assert max(fits) >= fit


@pytest.mark.parametrize("text", ["", "。", "12", "本机关", "总", "政府信息公开"])
def test_other_words_name_nothing(text: str) -> None:
    assert KNOWN.find(text) == ()


@given(st.sampled_from(NAMED), st.data())
@settings(max_examples=150)
def test_a_label_with_one_wrong_character_is_itself_or_nothing(
    named: tuple[str, Row | Column], data: st.DataObject
) -> None:
    table, part = named
    text = fold(part.label.official)
    at = data.draw(st.integers(0, len(text) - 1))
    kept = data.draw(st.sampled_from(["lost", "doubled", "replaced"]))
    middle = {"lost": "", "doubled": text[at] * 2, "replaced": "龘"}[kept]
    damaged = text[:at] + middle + text[at + 1 :]
    match = KNOWN.similar(damaged, table)
    if match is not None and match.entry.part != part:
        # Then it is a wording of that part, or as near to it.
        assert any(fold(w) in damaged or damaged in fold(w) for _, w in wordings(match.entry.part.label))
    if len(text) >= 6:
        assert match or KNOWN.find(damaged) or KNOWN.partial(damaged, table)


@pytest.mark.parametrize("text", ["行政", "", "其他其他其他其他", "龘龘龘龘龘龘龘龘"])
def test_what_is_like_no_label_names_nothing(text: str) -> None:
    assert KNOWN.similar(text, "disclosure") is None


def test_what_two_labels_are_as_near_to_names_neither() -> None:
    assert KNOWN.similar("结果龘龘", "review") is None


def test_the_beginning_of_a_label_is_a_part_of_it() -> None:
    match = KNOWN.partial("（二）部分公开（区分处理的，只计这", "applications")
    assert match is not None
    assert (match.entry.key, match.fit) == ("部分公开", Fit.PARTIAL)
    whole = KNOWN.partial("果 1.属于国家秘密", "applications")
    assert whole is not None
    assert (whole.entry.key, whole.fit) == ("国家秘密", Fit.OFFICIAL)
    assert KNOWN.partial("公开", "applications") is None


def test_openings_are_labels_that_one_table_alone_prints() -> None:
    assert "结果维持" in KNOWN.openings
    assert fold("一、本年新收政府信息公开申请数量") in KNOWN.openings
    assert not KNOWN.openings & {"其他", "总计", "规章", "公开"}


def test_the_dictionary_is_made_once() -> None:
    assert labels() is KNOWN
