"""The terms of our own namespaces: which are declared, and which are used anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox

ROOT = Path(__file__).resolve().parents[2]
BASE = "https://w3id.org/gongkai/"
OWN = tuple(BASE + name for name in ("def#", "form#", "narrative#", "law#", "rules#"))

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
ELI = "http://data.europa.eu/eli/ontology#"
DCTERMS = "http://purl.org/dc/terms/"

_PREFIX = re.compile(
    r"(?:@prefix|PREFIX)\s+(\w*):\s*<([^>]+)>|sh:prefix\s+\"(\w+)\"\s*;\s*sh:namespace\s+\"([^\"]+)\"", re.I
)
_NAME = re.compile(r"(?<![\w:/#<?$@.-])(\w+):([A-Za-z][\w-]*(?:\.[\w-]+)*)")
_CONSTANT = re.compile(
    r"\b(GK|FORM|NARRATIVE|LAW|RULES)\b\s*\+\s*f?\"([\w-]+)\"|\{(GK|FORM|NARRATIVE|LAW|RULES)\}([A-Za-z][\w-]*)"
)
_WRITTEN = re.compile(re.escape(BASE) + r"(?:def|form|narrative|law|rules)#[A-Za-z][\w-]*")
_CONSTANTS = dict(zip(("GK", "FORM", "NARRATIVE", "LAW", "RULES"), OWN, strict=True))


def ontology_files() -> list[Path]:
    """The ontology proper: what lies in its folders is data about examples or the world."""
    return sorted((ROOT / "ontology").glob("*.ttl"))


@cache
def triples() -> tuple[ox.Quad, ...]:
    """All triples of the ontology."""
    return tuple(t for file in ontology_files() for t in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))


@cache
def described() -> dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]]:
    """Own terms, their properties and values."""
    found: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]] = {}
    for t in triples():
        if isinstance(t.subject, ox.NamedNode) and t.subject.value.startswith(OWN):
            found.setdefault(t.subject.value, {}).setdefault(t.predicate.value, []).append(t.object)
    return found


def sources() -> list[Path]:
    """Every file of ours that can name a term."""
    patterns = (
        "ontology/**/*.ttl",
        "shapes/**/*.ttl",
        "queries/**/*.rq",
        "ingest/**/*.py",
        "api/**/*.py",
        "tests/**/*.ttl",
    )
    return sorted(file for pattern in patterns for file in ROOT.glob(pattern))


def named(file: Path) -> Iterator[str]:
    """The own terms that a file names: by prefix, by constant and name, or in full."""
    text = file.read_text(encoding="utf-8")
    prefixes = {a or c: b or d for a, b, c, d in _PREFIX.findall(text)}
    if file.suffix == ".py":
        prefixes = {"gk": OWN[0], "form": OWN[1]} if "gk:" in text else {}
        for constant, name, braced, other in _CONSTANT.findall(text):
            yield _CONSTANTS[constant or braced] + (name or other)
    elif file.parts[-2] == "shapes":
        prefixes = {"gk": OWN[0], "form": OWN[1], "nar": OWN[2], "law": OWN[3]} | prefixes
    body = re.sub(r"(?m)^\s*#.*$", "", text) if file.suffix != ".py" else text
    for prefix, name in _NAME.findall(body):
        if prefixes.get(prefix, "").startswith(OWN):
            yield prefixes[prefix] + name
    yield from _WRITTEN.findall(body)
