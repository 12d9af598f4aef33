"""The catalogue of rules: what is demanded, on which article it rests, and which shapes decide it.

Source: `ontology/rules.ttl`, and rule packs that add to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache

from gongkai.errors import OntologyError
from gongkai.turtle import GK, SKOS, Graph, ontology

SH = "http://www.w3.org/ns/shacl#"
ELI = "http://data.europa.eu/eli/ontology#"


class Severity(Enum):
    """How grave a breach is: stated by law or form, inferred, or worth knowing. The values are those of SHACL."""

    VIOLATION = SH + "Violation"
    WARNING = SH + "Warning"
    INFO = SH + "Info"

    @property
    def letter(self) -> str:
        """V, W or I."""
        return self.name[0]


class Role(Enum):
    """What a shape settles for a rule."""

    APPLIES = GK + "appliesTo"
    REQUIRES = GK + "requires"
    PARTLY_REQUIRES = GK + "partlyRequires"
    DECIDES = GK + "decidedBy"


@dataclass(frozen=True, slots=True)
class Words:
    """The same in Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Article:
    """What is cited: the IRI of a part of the law, and its title."""

    iri: str
    title: Words


@dataclass(frozen=True, slots=True)
class Rule:
    """One demand, and the shapes that settle it.

    `title` says what is demanded, `fault` what a breach of it is called: findings are headed by it.
    `settled_by` gives the shapes of each role: what does not conform to one that APPLIES is not concerned by the rule; to
    one that it REQUIRES, lacks an input and cannot be judged; to one that it PARTLY_REQUIRES, cannot be judged in part; to
    one that DECIDES, breaks it. `concerns` tells apart the rules that one shape
    decides; `anomaly` is a template, see rules.ttl.
    """

    iri: str
    key: str
    version: str
    severity: Severity
    title: Words
    fault: Words
    explanation: Words
    articles: tuple[Article, ...]
    settled_by: tuple[tuple[Role, tuple[str, ...]], ...]
    concerns: frozenset[str]
    anomaly: str | None

    def shapes(self, role: Role) -> tuple[str, ...]:
        """The shapes that have a role in it."""
        return dict(self.settled_by)[role]


@cache
def catalogue() -> tuple[Rule, ...]:
    """The rules of the core, in the order of the catalogue.

    Raises:
        OntologyError: an entry is incomplete, or cites an article that the law does not have.
    """
    return rules(ontology("rules"), ontology("law"))


def rules(graph: Graph, law: Graph) -> tuple[Rule, ...]:
    """The rules that a graph describes.

    Raises:
        OntologyError: an entry is incomplete, or cites an article that the law does not have.
    """
    return tuple(_rule(graph, law, iri) for iri in graph.subjects(GK + "Rule"))


def _rule(graph: Graph, law: Graph, iri: str) -> Rule:
    settled_by = tuple((role, graph.values(iri, role.value)) for role in Role)
    articles = graph.values(iri, GK + "article")
    for name, values in (("gk:decidedBy", dict(settled_by)[Role.DECIDES]), ("gk:article", articles)):
        if not values:
            msg = f"<{iri}> has no {name}: a rule names the shape that decides it and the article it rests on"
            raise OntologyError(msg)
    title = _words(graph, iri, SKOS + "prefLabel")
    return Rule(
        iri,
        graph.value(iri, GK + "key"),
        graph.value(iri, GK + "ruleVersion"),
        Severity(graph.value(iri, SH + "severity")),
        title,
        _fault(graph, iri, title),
        _words(graph, iri, SKOS + "definition"),
        tuple(_article(law, a) for a in articles),
        settled_by,
        frozenset(graph.values(iri, GK + "concerns")),
        graph.optional(iri, GK + "anomaly"),
    )


def _fault(graph: Graph, iri: str, title: Words) -> Words:
    """What a breach is called; packs may leave it out."""
    zh, en = (graph.optional(iri, GK + "fault", language) for language in ("zh", "en"))
    return Words(zh or f"不符合“{title.zh}”", en or f"Not met: {title.en}")


def _article(law: Graph, iri: str) -> Article:
    return Article(iri, _words(law, iri, ELI + "title"))


def _words(graph: Graph, iri: str, predicate: str) -> Words:
    return Words(graph.value(iri, predicate, "zh"), graph.value(iri, predicate, "en"))


__all__ = ["Article", "Rule", "Severity", "Words", "catalogue", "rules"]
