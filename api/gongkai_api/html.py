"""Pages: what the graph says of a thing, readable in Chinese or English."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2
import pyoxigraph as ox

from gongkai import queries
from gongkai.store import Generation
from gongkai.turtle import GK
from gongkai_api.describing import Description, Labels
from gongkai_api.formats import GRAPHS
from gongkai_api.iri import Addresses
from gongkai_api.reportpage import ReportPage

_FOLDER = Path(__file__).parent / "pages"
_ALTERNATES = tuple((form.name, form.media_types[0]) for form in GRAPHS.formats[:4])
_EXAMPLE = f"""PREFIX gk: <{GK}>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?report ?agency ?year WHERE {{
  ?report a gk:Report ; gk:reportingAgency/skos:prefLabel ?agency ; gk:year ?year .
}}
ORDER BY ?agency ?year
LIMIT 100"""


@dataclass(frozen=True, slots=True)
class Term:
    """A term as a page shows it."""

    text: str
    href: str = ""
    language: str = ""

    @property
    def iri(self) -> bool:
        """Whether it is a link."""
        return bool(self.href)


Row = tuple[Term, list[Term]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a thing on its page."""

    fragment: str
    title: str
    rows: list[Row]


@cache
def environment() -> jinja2.Environment:
    """The templates; everything is escaped."""
    loader = jinja2.FileSystemLoader(_FOLDER)
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )


def style() -> bytes:
    """The style sheet."""
    return (_FOLDER / "style.css").read_bytes()


def home(generation: Generation, language: str, reports: int, agencies: int) -> bytes:
    """The first page."""
    return _rendered(
        "home.html",
        generation,
        language,
        reports=reports,
        agencies=agencies,
        queries=queries.stored(),
        example=_EXAMPLE,
    )


def resource(
    generation: Generation,
    about: Description,
    labels: Labels,
    addresses: Addresses,
    *,
    address: str,
    report: ReportPage | None,
) -> bytes:
    """The page of a thing; that of a report has its tables and its text, too."""
    terms = _Terms(labels, addresses)
    subjects: dict[str, list[ox.Triple]] = {}
    for triple in about.triples:
        subjects.setdefault(str(getattr(triple.subject, "value", triple.subject)), []).append(triple)
    own = subjects.pop(about.iri, [])
    return _rendered(
        "report.html" if report else "resource.html",
        generation,
        labels.language,
        title=report.title if report else labels(about.iri),
        iri=about.iri,
        address=address,
        alternates=_ALTERNATES,
        own=terms.rows(
            (t.predicate, t.object) for t in own if not (report and t.predicate.value == GK + "text")
        ),
        parts=[
            Part(iri.partition("#")[2], labels(iri), terms.rows((t.predicate, t.object) for t in triples))
            for iri, triples in subjects.items()
        ],
        links=terms.rows((t.predicate, t.subject) for t in about.links),
        page=about.page,
        more=about.more,
        report=report,
        label=labels,
        link=addresses.link,
        folded=report is not None,
    )


@dataclass(frozen=True, slots=True)
class _Terms:
    labels: Labels
    addresses: Addresses

    def rows(self, pairs: Iterable[tuple[ox.NamedNode, object]]) -> list[Row]:
        """Properties with their values, each property once."""
        found: dict[str, list[Term]] = {}
        for predicate, value in pairs:
            found.setdefault(predicate.value, []).append(self.term(value))
        return [(self.term(ox.NamedNode(predicate)), terms) for predicate, terms in found.items()]

    def term(self, value: object) -> Term:
        """A term: an IRI by its label, a literal as it is."""
        if isinstance(value, ox.NamedNode):
            return Term(self.labels(value.value), self.addresses.link(value.value))
        if isinstance(value, ox.Literal):
            return Term(value.value, language=value.language or "")
        return Term(str(value))


def _rendered(template: str, generation: Generation, language: str, **values: object) -> bytes:
    text = (
        environment()
        .get_template(template)
        .render(language=language, generation=generation.id, say=_sayer(language), **values)
    )
    return text.encode()


def _sayer(language: str) -> Callable[[str, str], str]:
    return lambda zh, en: en if language == "en" else zh
