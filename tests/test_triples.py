"""Numbers keep their digits on the way into a literal."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.triples import Subject, boolean, number, text, typed
from gongkai.turtle import XSD


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=4) | st.integers(-(10**12), 10**12).map(Decimal)
)
def test_a_number_is_never_rounded(value: Decimal) -> None:
    literal = number(value)
    assert Decimal(literal.value) == value
    assert "E" not in literal.value
    assert (literal.datatype.value == XSD + "integer") == (value.as_tuple().exponent == 0)


@pytest.mark.parametrize(("value", "written"), [("0", "0"), ("12", "12"), ("0.370", "0.370"), ("-3", "-3")])
def test_digits_are_kept_as_printed(value: str, written: str) -> None:
    assert number(Decimal(value)).value == written


def test_a_plain_string_is_an_iri_and_a_literal_is_itself() -> None:
    triples = (
        Subject("https://example.org/s")
        .add("https://example.org/p", "https://example.org/o", text("o"))
        .triples
    )
    assert [t.object for t in triples] == [ox.NamedNode("https://example.org/o"), ox.Literal("o")]


def test_literals_have_their_language_or_type() -> None:
    assert text("公开", "zh").language == "zh"
    assert boolean(True).value == "true"
    assert typed(2023, "gYear").datatype.value == XSD + "gYear"
