"""What kind of term a query uses each as: a property where a class belongs, or a column as a row, finds nothing."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from gongkai.jsonld import compact
from gongkai.queries.vocabulary import nearest, vocabulary
from gongkai.sparql import Token, expanded
from gongkai.turtle import OWN, RDF, RDFS, files, quads

_TERMS = frozenset(("variable", "iri", "name", "blank"))
_CLASS = "http://www.w3.org/2002/07/owl#Class"


@dataclass(frozen=True, slots=True)
class _Kinds:
    """What the ontology says that its terms are."""

    classes: frozenset[str]
    properties: frozenset[str]
    members: Mapping[str, frozenset[str]]
    """Properties → all that may be their value, for those whose values the ontology lists."""
    ranges: Mapping[str, str]


def misused(found: list[Token], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Terms that stand where terms of their kind never do, a sentence each."""
    kinds = _kinds()
    for predicate, value in _pairs(found):
        property_, object_ = expanded(predicate, prefixes) or "", expanded(value, prefixes) or ""
        if predicate.is_word("a") or property_ == RDF + "type":
            if _is_other(object_, kinds.classes):
                yield f"{value.text} is no class{_hint(object_, kinds.classes)}"
        elif _is_other(property_, kinds.properties):
            yield f"{predicate.text} is no property{_hint(property_, kinds.properties)}"
        elif property_ in kinds.members and _is_other(object_, kinds.members[property_]):
            range_ = compact(kinds.ranges[property_])
            hint = _hint(object_, kinds.members[property_])
            yield f"{value.text} is no {range_}, as the values of {predicate.text} are{hint}"


def _is_other(iri: str, kind: frozenset[str]) -> bool:
    """Whether it is a term, and none of a kind."""
    return iri.startswith(OWN) and iri in vocabulary() and iri not in kind


def _hint(iri: str, candidates: frozenset[str]) -> str:
    near = nearest(iri, sorted(candidates))
    return f"; did you mean {compact(near)}?" if near else ""


def _pairs(found: list[Token]) -> Iterator[tuple[Token, Token]]:
    """Predicates and their (first) values, where each is one term and not a path."""
    listed = _listed(found)
    for index, (before, token, after) in enumerate(zip(found, found[1:], found[2:], strict=False)):
        predicates = token.is_word("a") or token.kind in ("iri", "name")
        begins = index > 0 and before.kind in _TERMS and found[index - 1].text in ("{", "}", ".")
        if predicates and after.kind in _TERMS and index + 1 not in listed and (begins or before.text == ";"):
            yield token, after


def _listed(found: list[Token]) -> set[int]:
    """The tokens of VALUES, which are no triples."""
    inside: set[int] = set()
    for start, token in enumerate(found):
        if token.is_word("values"):
            rest = itertools.takewhile(lambda i: found[i].text != "}", range(start, len(found)))
            inside.update(rest)
    return inside


@cache
def _kinds() -> _Kinds:
    types: defaultdict[str, set[str]] = defaultdict(set)
    ranges: defaultdict[str, set[str]] = defaultdict(set)
    broader: defaultdict[str, set[str]] = defaultdict(set)
    stated = {RDF + "type": types, RDFS + "range": ranges, RDFS + "subClassOf": broader}
    for quad in quads(*files()):
        if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode):
            continue
        if quad.predicate.value in stated:
            stated[quad.predicate.value][quad.subject.value].add(quad.object.value)
    properties = frozenset(
        iri for iri, kinds in types.items() if any(kind.endswith("Property") for kind in kinds)
    )
    single = {
        iri: next(iter(found))
        for iri, found in ranges.items()
        if len(found) == 1 and min(found).startswith(OWN)
    }
    members: defaultdict[str, set[str]] = defaultdict(set)
    for iri, kinds in types.items():
        for kind in kinds.union(*(broader[kind] for kind in kinds)):
            members[kind].add(iri)
    listed = {iri: frozenset(members[range_]) for iri, range_ in single.items() if members.get(range_)}
    return _Kinds(frozenset(members[_CLASS]), properties, listed, single)
