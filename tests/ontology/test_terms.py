"""Every own term is declared, has a label and a definition in both languages, and no undeclared one is used anywhere."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai.report import Aspect
from tests.ontology.terms import (
    DCTERMS,
    ELI,
    OWN,
    RDF_TYPE,
    RDFS,
    ROOT,
    SKOS,
    described,
    named,
    ontology_files,
    sources,
    triples,
)

BOTH = {"zh", "en"}
LAW = OWN[3]
LABELS = (RDFS + "label", SKOS + "prefLabel", ELI + "title", DCTERMS + "title")
VOCABULARY = (
    "Class",
    "ObjectProperty",
    "DatatypeProperty",
    "AnnotationProperty",
    "MeasureProperty",
    "DimensionProperty",
)


def languages(term: str, *properties: str) -> set[str | None]:
    return {
        v.language
        for p in properties
        for v in described()[term].get(p, ())
        if isinstance(v, ox.Literal) and v.value.strip()
    }


def vocabulary() -> list[str]:
    """Classes and properties."""
    return sorted(
        term
        for term, properties in described().items()
        if any(str(o).rstrip(">").endswith(VOCABULARY) for o in properties.get(RDF_TYPE, ()))
    )


def test_there_is_a_vocabulary() -> None:
    assert len(vocabulary()) > 60
    assert len(described()) > 200


@pytest.mark.parametrize("term", sorted(described()))
def test_a_term_has_a_label_in_both_languages(term: str) -> None:
    assert languages(term, *LABELS) >= BOTH


@pytest.mark.parametrize("term", sorted(term for term in described() if not term.startswith(LAW)))
def test_a_term_has_a_definition_in_both_languages(term: str) -> None:
    """Articles of the law are not ours to define: their title names them."""
    assert languages(term, SKOS + "definition") >= BOTH


def test_a_term_has_one_preferred_label_a_language() -> None:
    for term, properties in described().items():
        for name in (RDFS + "label", SKOS + "prefLabel"):
            spoken = [v.language for v in properties.get(name, ()) if isinstance(v, ox.Literal)]
            assert len(spoken) == len(set(spoken)), term


@pytest.mark.parametrize("file", sources(), ids=lambda f: str(f.relative_to(ROOT)))
def test_no_undeclared_term_is_used(file: Path) -> None:
    assert not {term for term in named(file) if term not in described()}


def test_no_undeclared_term_stands_in_the_ontology() -> None:
    used = {
        node.value
        for t in triples()
        for node in (t.subject, t.predicate, t.object)
        if isinstance(node, ox.NamedNode) and node.value.startswith(OWN)
    }
    assert used
    assert not used - set(described())


def test_a_wrong_name_would_be_found(tmp_path: Path) -> None:
    folder = tmp_path / "queries"
    folder.mkdir()
    query = folder / "x.rq"
    query.write_text(
        "PREFIX gk: <https://w3id.org/gongkai/def#>\nSELECT * { ?s gk:yeer ?o ; gk:year ?y }",
        encoding="utf-8",
    )
    assert {term for term in named(query) if term not in described()} == {OWN[0] + "yeer"}


@pytest.mark.parametrize("file", ontology_files(), ids=lambda f: f.name)
def test_a_file_of_the_ontology_says_what_it_is(file: Path) -> None:
    found = list(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))
    heads = {
        t.subject for t in found if t.predicate.value == RDF_TYPE and str(t.object).endswith("owl#Ontology>")
    }
    assert len(heads) == 1
    said = {
        (t.predicate.value, t.object.language)
        for t in found
        if t.subject in heads and isinstance(t.object, ox.Literal)
    }
    assert {(DCTERMS + "title", "zh"), (DCTERMS + "title", "en")} <= said
    assert any(t.subject in heads and t.predicate.value == DCTERMS + "license" for t in found)


def test_blank_nodes_are_kept_out() -> None:
    assert not [t for t in triples() if isinstance(t.subject, ox.BlankNode)]


def test_whatever_a_doubt_can_be_about_has_a_term() -> None:
    """The stored query of doubts tells them by these: one without would be left out of its answer."""
    terms = {
        key.value
        for properties in described().values()
        if ox.NamedNode(OWN[0] + "DoubtAspect") in properties.get(RDF_TYPE, ())
        for key in properties[OWN[0] + "key"]
        if isinstance(key, ox.Literal)
    }
    assert terms == {aspect.value for aspect in Aspect}
