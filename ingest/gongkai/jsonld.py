"""JSON-LD 1.1 with a context of ours: terms of the ontology and of the vocabularies it uses, as short keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TypeAlias

import pyoxigraph as ox

from gongkai.turtle import GK, RDFS, XSD, files, quads, type_

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value]"
RDF_TYPE = type_
PREFIXES = {
    "gk": "https://w3id.org/gongkai/def#",
    "form": "https://w3id.org/gongkai/form#",
    "nar": "https://w3id.org/gongkai/narrative#",
    "law": "https://w3id.org/gongkai/law#",
    "rule": "https://w3id.org/gongkai/rules#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes of everything we write."""

_OWL = "http://www.w3.org/2002/07/owl#"
_NATIVE = {XSD + "integer", XSD + "boolean", XSD + "string"}


@cache
def context() -> dict[str, Value]:
    """The context: prefixes, and a key for each property of the ontology with the type of its values."""
    found: dict[str, Value] = {**PREFIXES}
    taken: set[str] = set()
    for iri, datatype in sorted(_properties().items()):
        key = iri.rpartition("#")[2]
        if key in taken or key in PREFIXES:
            continue
        taken.add(key)
        found[key] = {"@id": compact(iri), "@type": datatype} if datatype else {"@id": compact(iri)}
    return found


def document(triples: Iterable[ox.Triple], address: str) -> bytes:
    """Triples as JSON-LD that names the context by its address; a node for each subject, in order."""
    content = {"@context": address, "@graph": nodes(triples)}
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def nodes(triples: Iterable[ox.Triple]) -> list[dict[str, Value]]:
    """A node for each subject, by IRI; its values in the order of the triples."""
    found: dict[str, dict[str, Value]] = {}
    for triple in triples:
        subject = str(triple.subject) if isinstance(triple.subject, ox.Triple) else triple.subject.value
        subject = f"_:{subject}" if isinstance(triple.subject, ox.BlankNode) else subject
        node = found.setdefault(subject, {"@id": subject})
        if triple.predicate.value == RDF_TYPE and isinstance(triple.object, ox.NamedNode):
            _add(node, "@type", compact(triple.object.value))
        else:
            key, datatype = _keys().get(triple.predicate.value, (compact(triple.predicate.value), ""))
            _add(node, key, _value(triple.object, datatype))
    return [found[subject] for subject in sorted(found)]


@cache
def _properties() -> Mapping[str, str]:
    """The properties of the ontology and the type of their values: a datatype, @id, or "" where it is open."""
    kinds = {_OWL + "ObjectProperty", _OWL + "DatatypeProperty", GK + "FormColumn"}
    types: dict[str, str] = {}
    ranges: dict[str, str] = {}
    for quad in quads(*files("disclosure", "form")):
        if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode):
            continue
        if quad.predicate.value == RDF_TYPE and quad.object.value in kinds:
            types.setdefault(quad.subject.value, quad.object.value)
        elif quad.predicate.value == RDFS + "range":
            ranges[quad.subject.value] = quad.object.value
    return {iri: _coercion(kind, ranges.get(iri, "")) for iri, kind in types.items()}


def _coercion(kind: str, range_: str) -> str:
    if kind == _OWL + "ObjectProperty":
        return "@id"
    return compact(range_) if range_.startswith(XSD) and range_ not in _NATIVE else ""


@cache
def _keys() -> Mapping[str, tuple[str, str]]:
    """For each property its key and the type of its values, as the context says."""
    found: dict[str, tuple[str, str]] = {}
    for key, definition in context().items():
        if isinstance(definition, dict):
            prefix, _, local = str(definition["@id"]).partition(":")
            found[PREFIXES[prefix] + local] = (key, str(definition.get("@type", "")))
    return found


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, datatype: str) -> Value:
    if isinstance(term, ox.Literal):
        return _literal(term, datatype)
    iri = f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))
    return iri if datatype == "@id" else {"@id": iri}


def _literal(term: ox.Literal, datatype: str) -> Value:
    if term.language:
        return {"@value": term.value, "@language": term.language}
    kind = term.datatype.value
    if datatype and compact(kind) == datatype:
        return term.value
    if not datatype:
        if kind == XSD + "string":
            return term.value
        if kind == XSD + "integer" and str(_number(term.value)) == term.value:
            return _number(term.value)
        if kind == XSD + "boolean" and term.value in ("true", "false"):
            return term.value == "true"
    return {"@value": term.value, "@type": compact(kind)}


def _number(text: str) -> int:
    """The number of a canonical xsd:integer that JSON keeps exact; 0 for any other."""
    return int(text) if text.lstrip("-").isdigit() and len(text) < 15 else 0


def used(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """The prefixes that triples make use of."""
    starts = {
        iri.rpartition("#")[0] + "#" if "#" in iri else iri.rpartition("/")[0] + "/" for iri in _iris(triples)
    }
    return {prefix: iri for prefix, iri in PREFIXES.items() if iri in starts}


def _iris(triples: Iterable[ox.Triple]) -> Iterator[str]:
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, ox.NamedNode):
                yield term.value
            elif isinstance(term, ox.Literal):
                yield term.datatype.value


def compact(iri: str) -> str:
    """An IRI as a prefixed name; itself where no prefix fits."""
    for prefix, start in PREFIXES.items():
        local = iri.removeprefix(start)
        if local != iri and local and "/" not in local and "#" not in local:
            return f"{prefix}:{local}"
    return iri


def _add(node: dict[str, Value], key: str, value: Value) -> None:
    """A property with one value has it bare, one with several a list."""
    if key not in node:
        node[key] = value
        return
    present = node[key]
    if isinstance(present, list):
        present.append(value)
    else:
        node[key] = [present, value]
