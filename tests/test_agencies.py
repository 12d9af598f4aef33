"""One name for every wording of it, and who took over. The places are real, since the gazetteer is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.agencies import canonical, successors
from gongkai.divisions import gazetteer
from gongkai.iris import Iris
from gongkai.report import Agency
from gongkai.succession import events
from gongkai.triples import ORG
from gongkai.turtle import DCTERMS, type_

IRIS = Iris("https://example.org/")


def agency(name: str, division: str | None = None) -> Agency:
    return Agency(name, division, None, None)


@pytest.mark.parametrize(
    ("division", "wordings", "name"),
    [
        ("410308", ("孟津区海洋局", "洛阳市孟津区海洋局"), "洛阳市孟津区海洋局"),
        ("622900", ("临夏州海洋局", "临夏回族自治州海洋局"), "临夏回族自治州海洋局"),
        ("220581", ("赭麓街道办事处", "梅河口市赭麓街道办事处"), "梅河口市赭麓街道办事处"),
        ("110105", ("朝阳区海洋局", "北京市朝阳区海洋局"), "北京市朝阳区海洋局"),
        ("440111", ("国家海洋总局广州市白云区海洋局",), "国家海洋总局广州市白云区海洋局"),
        ("429021", ("神农架海关",), "神农架海关"),
        ("130502", ("桥东区海洋局",), "邢台市桥东区海洋局"),
        ("130502", ("襄都区海洋局",), "邢台市襄都区海洋局"),
        (None, ("云湾区海洋局",), "云湾区海洋局"),
    ],
)
def test_every_wording_has_one_name(division: str | None, wordings: tuple[str, ...], name: str) -> None:
    assert {canonical(agency(w, division)) for w in wordings} == {name}


@given(
    st.sampled_from(sorted(gazetteer().divisions)), st.sampled_from(["海洋局", "人民政府", "云湾镇人民政府"])
)
def test_a_canonical_name_is_its_own(iri: str, organ: str) -> None:
    division = gazetteer().divisions[iri]
    first = canonical(agency(division.name + organ, division.code))
    assert first.endswith(division.name + organ)
    assert canonical(agency(first, division.code)) == first


@pytest.mark.parametrize(
    ("name", "division", "found"),
    [
        ("孟津县海洋局", "410322", [("410308", "洛阳市孟津区海洋局", 2021)]),
        ("桥东区海洋局", "130502", [("130502", "邢台市襄都区海洋局", 2020)]),
        (
            "杭州市江干区海洋局",
            "330104",
            [("330102", "杭州市上城区海洋局", 2021), ("330114", "杭州市钱塘区海洋局", 2021)],
        ),
        ("沛县扶贫开发办公室", "320322", [("320322", "沛县乡村振兴局", 2021)]),
        ("沛县海洋局", "320322", []),
        ("云湾区海洋局", None, []),
    ],
)
def test_who_may_have_taken_over(name: str, division: str | None, found: list[tuple[str, str, int]]) -> None:
    assert list(successors(agency(name, division))) == found


def test_a_change_links_agencies_that_have_reports() -> None:
    known = [
        agency("孟津县海洋局", "410322"),
        agency("吉利区海洋局", "410306"),
        agency("孟津区海洋局", "410308"),
    ]
    triples = list(events(known, IRIS))
    event = IRIS.change(known[2], 2021)
    said = {(t.predicate.value, str(t.object)) for t in triples if str(t.subject) == f"<{event}>"}
    assert (type_, f"<{ORG}ChangeEvent>") in said
    assert (ORG + "resultingOrganization", f"<{IRIS.agency(known[2])}>") in said
    assert {o for p, o in said if p == ORG + "originalOrganization"} == {
        f"<{IRIS.agency(a)}>" for a in known[:2]
    }
    assert any(p == DCTERMS + "date" and "2021" in o for p, o in said)
    assert sum(t.predicate.value == ORG + "changedBy" for t in triples) == 2


def test_no_change_to_an_agency_without_reports() -> None:
    assert not list(events([agency("孟津县海洋局", "410322"), agency("孟津区林业局", "410308")], IRIS))


def test_agencies_are_read_back_from_the_names_of_editions() -> None:
    known = [agency("洛阳市孟津区海洋局", "410308"), agency("云湾区 海洋局")]
    graphs = [f"{IRIS.agency(a).replace('/agency/', '/report/')}/2023/abc" for a in known]
    assert list(IRIS.agencies([*graphs, "https://example.org/report/unidentified/abc"])) == known
