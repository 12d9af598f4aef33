"""Names are made of what they name: always the same, never the same for two, and IRIs."""

from __future__ import annotations

import doctest

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from gongkai import iris
from gongkai.iris import Iris, segment
from tests.papers import Paper

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def test_the_examples_of_the_docstrings_hold() -> None:
    failed, attempted = doctest.testmod(iris)
    assert failed == 0
    assert attempted >= 2


@given(TEXTS)
def test_every_text_makes_an_iri(text: str) -> None:
    """RFC 3987, checked by a parser of N-Triples that is strict about it."""
    line = f"<https://example.org/{segment(text)}> <https://example.org/p> <https://example.org/o> ."
    (quad,) = ox.parse(line, format=ox.RdfFormat.N_TRIPLES)
    assert quad.subject == ox.NamedNode(f"https://example.org/{segment(text)}")
    assert "/" not in segment(text)


@given(TEXTS, TEXTS)
def test_two_texts_make_two_segments(one: str, other: str) -> None:
    assert (segment(one) == segment(other)) == (one == other)


def test_names_begin_with_the_base_and_lead_down_to_the_edition() -> None:
    report = Paper().parsed()
    names = Iris("https://example.org/x/")
    assert names.report(report).startswith("https://example.org/x/report/")
    assert names.report(report).endswith("/2023")
    assert names.edition(report) == f"{names.report(report)}/{report.document.source.sha256[:12]}"
    assert report.agency is not None
    assert names.agency(report.agency.value).endswith("/澜望市档案局")
