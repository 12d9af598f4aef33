"""What a query asks that cannot be found is told; what is sound is left alone."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai.queries import stored, warnings
from gongkai.queries.vocabulary import THING, ranges
from gongkai.store import Generation
from gongkai.turtle import RDF, XSD

HEAD = """PREFIX gk: <https://w3id.org/gongkai/def#>
PREFIX form: <https://w3id.org/gongkai/form#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?r { ?r a gk:Raport }", "did you mean gk:Report?"),
        (
            "SELECT ?r { ?r gk:Year ?y }",
            "unknown term gk:Year (<https://w3id.org/gongkai/def#Year>); did you mean gk:year?",
        ),
        ("SELECT ?r { ?r a gk:report }", "gk:report is no class; did you mean gk:Report?"),
        ("SELECT ?r { ?r gk:year ?y ; a gk:report }", "gk:report is no class; did you mean gk:Report?"),
        ("SELECT ?r { ?r gk:Report ?x }", "gk:Report is no property; did you mean gk:report?"),
        (
            "SELECT ?r { ?r gk:row form:totalRequests }",
            "form:totalRequests is no gk:FormRow, as the values of gk:row are",
        ),
        (
            "SELECT ?r { ?r a <http://w3id.org/gongkai/def#Report> }",
            "did you mean <https://w3id.org/gongkai/def#Report>?",
        ),
        ("SELECT ?r { ?r gk:year 2024 }", 'gk:year are xsd:gYear; write "2024"^^xsd:gYear'),
        ('SELECT ?r { ?r gk:year "2024" }', '"2024" finds nothing'),
        ('SELECT ?r { ?r gk:year "2024"^^xsd:integer }', '"2024"^^xsd:integer finds nothing'),
        ("SELECT ?r { ?r gk:year ?year FILTER (?year >= 2022) }", "2022 finds nothing"),
        ("SELECT ?r { ?r gk:year ?year FILTER (2022 < ?year) }", "2022 finds nothing"),
        ('SELECT ?r { ?r form:totalRequests "12" }', "write 12"),
        ("SELECT ?r { ?r gk:divisionCode 110000 }", 'write "110000"'),
        ('SELECT ?r { ?r skos:prefLabel "柳汀县人民政府" }', 'write "柳汀县人民政府"@zh'),
        ('SELECT ?r { ?r gk:reportingAgency "柳汀县人民政府" }', "are things, not text"),
        (
            "SELECT ?agencey { ?agency a gk:Agency }",
            "nothing binds ?agencey, so it stays empty; did you mean ?agency?",
        ),
        ("SELECT * { ?r gk:year ?year FILTER (?yaer > 1) }", "nothing binds ?yaer"),
        ("SELECT ?r { ?r gk:year ?y } ORDER BY DESC(?yy)", "nothing binds ?yy"),
    ],
)
def test_what_finds_nothing_is_told(query: str, words: str) -> None:
    (told,) = warnings(HEAD + query)
    assert words in told


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ("http://w3id.org/gongkai/def#", "no term is in the namespace <http://w3id.org/gongkai/def#> of gk:"),
        ("https://w3id.org/gongkai/def", "the namespace <https://w3id.org/gongkai/def> of gk: lacks its #"),
        (
            "https://w3id.org/gongaki/def#",
            "no term is in the namespace <https://w3id.org/gongaki/def#> of gk:",
        ),
    ],
)
def test_a_namespace_declared_a_little_wrong_is_told_once(declared: str, words: str) -> None:
    query = f"PREFIX gk: <{declared}> SELECT ?r {{ ?r a gk:Report ; gk:year ?year }}"
    assert warnings(query) == (f"{words}; did you mean <https://w3id.org/gongkai/def#>?",)


def test_namespaces_of_other_vocabularies_are_known_too() -> None:
    query = "PREFIX skos: <http://www.w3.org/2004/02/skos/core> SELECT ?r { ?r skos:prefLabel ?name }"
    (told,) = warnings(query)
    assert "did you mean <http://www.w3.org/2004/02/skos/core#>?" in told


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?t { form:totalRequests gk:position ?t }",
        "SELECT ?t { VALUES ?t { gk:report form:received gk:Report } ?t skos:prefLabel ?l }",
        "SELECT ?t { VALUES (?t ?u) { (gk:report gk:Report) } ?t skos:prefLabel ?l }",
        "SELECT ?t { ?t gk:row form:received . form:received gk:inTable form:applications }",
        "PREFIX ex: <http://example.org/def#> SELECT ?r { ?r a ex:report }",
        'SELECT ?r { ?r gk:year "2024"^^xsd:gYear }',
        'SELECT ?r { ?r gk:year "2024"^^<http://www.w3.org/2001/XMLSchema#gYear> }',
        "SELECT ?r { ?r gk:year ?year FILTER (xsd:integer(STR(?year)) > 2022) }",
        "SELECT ?row { ?row gk:row form:received ; form:totalRequests 12 }",
        "SELECT ?row { ?row form:feesCollected 12 }",
        'SELECT ?r { ?r skos:prefLabel ?name FILTER (STR(?name) = "柳汀") }',
        "SELECT (SUM(?n) AS ?sum) ?x { ?x form:totalRequests ?n } GROUP BY ?x HAVING (?sum > 3) ORDER BY ?sum",
        "SELECT ?a { ?a a gk:Agency FILTER NOT EXISTS { ?r gk:reportingAgency ?a ; gk:year ?y } }",
        "SELECT ?a { { SELECT ?a (MAX(?y) AS ?last) { ?a gk:year ?y } GROUP BY ?a } FILTER (?last != ?a) }",
        "SELECT $a { ?a a gk:Agency }",
        'SELECT ?v { VALUES ?v { "x" } }',
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "ASK { ?year ^gk:year ?r FILTER (?r != 3) }",
    ],
)
def test_what_is_sound_is_left_alone(query: str) -> None:
    assert warnings(HEAD + query) == ()


def test_no_stored_query_is_warned_of() -> None:
    assert {query.name: warnings(query.text) for query in stored() if warnings(query.text)} == {}


def test_the_values_of_the_data_are_what_the_warnings_say(examples_store: Path) -> None:
    """A warning would be wrong wherever the data held a value of another kind than the ontology says."""
    integers = {XSD + name for name in ("integer", "nonNegativeInteger", "positiveInteger", "decimal")}
    generation = Generation.current(examples_store)
    seen = set()
    for property_, range_ in ranges().items():
        for triple in generation.triples(None, ox.NamedNode(property_)):
            value = triple.object
            seen.add(property_)
            if not isinstance(value, ox.Literal):
                assert range_ == THING, triple
            elif range_ in integers:
                assert value.datatype.value in integers, triple
            else:
                assert value.datatype.value == range_ or (range_ == RDF + "langString" and value.language), (
                    triple
                )
    assert len(seen) > 50


def test_no_term_of_the_data_is_told_to_be_of_another_kind(examples_store: Path) -> None:
    generation = Generation.current(examples_store)
    solutions = generation.query(
        "SELECT DISTINCT ?p ?o { ?s ?p ?o FILTER (ISIRI(?o) && CONTAINS(STR(?o), '/gongkai/')) }"
    )
    assert isinstance(solutions, ox.QuerySolutions)
    asked = " . ".join(f"?s {solution['p']} {solution['o']}" for solution in solutions)
    assert "def#row" in asked
    told = [line for line in warnings(f"SELECT ?s {{ {asked} }}") if not line.startswith("unknown term")]
    assert told == []
