"""Hygiene of the catalogue: each rule is whole, cites law that exists, and is decided by shapes that exist."""

from __future__ import annotations

import pytest

from gongkai.errors import OntologyError
from gongkai.rules import Rule, Severity, core
from gongkai.rules.catalogue import Role, catalogue, rules
from gongkai.turtle import GK, LAW, Graph, ontology

RULES = catalogue()

REQUIRED = (  # of the list of demands on a report: each has its entry
    *("S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "D1", "D2", "D3", "D4"),
    *("T3-1", "T3-2", "T3-3", "T3-4", "T3-5", "T3-6", "T3-7", "T3-8"),
    *("T4-1", "T4-2", "T4-3", "T4-4", "T4-5", "T2-1", "T2-2", "T2-3", "T2-4"),
    *("X1", "X2", "X3", "X4", "X5", "X6", "X7", "X8", "X9", "Y1", "Y2", "Y3", "Y4"),
    *("Y5", "Y5-1", "H1", "H2", "E1"),
)


def test_every_demand_has_a_rule() -> None:
    assert set(REQUIRED) <= {r.key for r in RULES}


def test_keys_are_unique() -> None:
    assert len({r.key for r in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.key)
def test_a_rule_is_decided_by_a_shape_of_its_severity(rule: Rule) -> None:
    graph = Graph(core().shapes.triples)
    severities = {graph.value(s, "http://www.w3.org/ns/shacl#severity") for s in rule.shapes(Role.DECIDES)}
    assert rule.severity.value in severities
    assert rule.iri.endswith(f"#{rule.key}")


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.key)
def test_a_rule_cites_the_law(rule: Rule) -> None:
    assert rule.articles
    assert all(a.iri.startswith(LAW) and a.title.zh and a.title.en for a in rule.articles)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.key)
def test_a_breach_is_called_otherwise_than_the_demand(rule: Rule) -> None:
    """A finding headed by what is demanded reads as if all were well."""
    assert rule.fault.zh not in (rule.title.zh, f"不符合“{rule.title.zh}”")
    assert rule.fault.en.casefold() not in (rule.title.en.casefold(), f"not met: {rule.title.en}".casefold())


def test_a_rule_without_its_article_is_an_error() -> None:
    turtle = ontology("rules")
    (iri,) = (i for i in turtle.subjects(GK + "Rule") if i.endswith("#S1"))
    bare = Graph(())
    bare._index = {iri: {p: v for p, v in turtle._index[iri].items() if p != GK + "article"}}
    with pytest.raises(OntologyError, match="gk:article"):
        rules(bare, ontology("law"))


def test_an_article_that_the_law_does_not_have_is_an_error() -> None:
    with pytest.raises(OntologyError, match="eli/ontology#title"):
        rules(ontology("rules"), Graph(()))


def test_every_article_that_the_form_cites_exists() -> None:
    form, law = ontology("form"), ontology("law")
    cited = {a for s in form._index for a in form.values(s, GK + "article")}
    assert cited
    assert all(law.values(a, "http://data.europa.eu/eli/ontology#title", "zh") for a in cited)


def test_the_gravest_stands_first() -> None:
    assert [s.letter for s in Severity] == ["V", "W", "I"]
