"""What the page of a report shows: the tables with findings on their cells, the text with what was read from it marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import pyoxigraph as ox

from gongkai.form import Form, forms, lines
from gongkai.jsonld import RDF_TYPE
from gongkai.rules import Finding, Severity, assess_store
from gongkai.rules.data import Excerpt
from gongkai.rules.output import phrases
from gongkai.store import Generation, exact
from gongkai.turtle import DCTERMS, GK
from gongkai_api.describing import Description, Labels
from gongkai_api.formtable import Box, Layout, layouts

_ABOUT = ("indicator", "theme", "cites")
_MARKED = ("Fact", "Shortcoming", "ImprovementMeasure", "Citation", "FeeStatement", "Contact")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as the page shows it: what is printed, why it has no value, where it stands, what is found on it."""

    printed: str
    blank: str
    start: int | None
    findings: tuple[int, ...] = ()
    severity: str = ""
    """The gravest of its findings: violation, warning, info."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage of the text: what it is (a class of the ontology, or "finding"), what it says, and its findings."""

    start: int
    end: int
    kind: str
    name: str
    """What the kind is called."""
    said: str = ""
    """What was read: an indicator with its number, a theme, the document cited."""
    words: str = ""
    findings: tuple[int, ...] = ()

    @property
    def note(self) -> str:
        """Kind and content in one line."""
        return f"{self.name}: {self.said}" if self.said else self.name


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text between two places at which a mark begins or ends, with the marks that cover it."""

    start: int
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as the page shows it."""

    number: int
    severity: str
    label: str
    """What its severity is called."""
    title: str
    message: str
    articles: tuple[tuple[str, str], ...]
    key: str
    """What `gongkai judge` knows it by."""
    judgement: str
    """What a person said of it; "" where nobody did."""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All that the page of a report shows."""

    edition: str
    title: str
    layouts: tuple[Layout, ...]
    cells: dict[tuple[str, str], Cell]
    incomplete: str
    """That the document holds a part of the report only; "" where it is whole."""
    findings: tuple[Shown, ...]
    pieces: tuple[Piece, ...]
    sections: tuple[tuple[int, str], ...]
    """Where sections begin, and what they are called, in the order of the text."""
    read: tuple[Mark, ...]
    """What was read from the narrative, in the order of the text."""

    def cell(self, box: Box) -> Cell:
        """The figure of a box; one that the document does not hold is shown as such."""
        assert box.figure is not None
        return self.cells.get(box.figure, Cell("", "absent", None))


def current_edition(description: Description) -> str | None:
    """The edition whose page shows the thing: its own where it is one, the current one where it is a report."""
    types = {value.value for value in description.values(RDF_TYPE)}
    if GK + "Edition" in types:
        return description.iri
    if GK + "Report" in types:
        return next((value.value for value in description.values(GK + "currentEdition")), None)
    return None


class Findings:
    """What the rules find in editions. To find it takes half the time of a page, and within a generation it stays the same:
    that of `most` editions is remembered.
    """

    def __init__(self, most: int = 500) -> None:
        self._most = most
        self._known: dict[tuple[str, str], tuple[Finding, ...]] = {}

    def of(self, generation: Generation, edition: str) -> tuple[Finding, ...]:
        """The findings in an edition."""
        if not generation.immutable:
            return _findings(generation, edition)
        key = (generation.id, edition)
        found = self._known.get(key)
        if found is None:
            found = _findings(generation, edition)
            if len(self._known) >= self._most:
                self._known.clear()
            self._known[key] = found
        return found


def report_page(
    generation: Generation, described: Description, edition: str, labels: Labels, known: Findings
) -> ReportPage | None:
    """The page of an edition, which is described beside its report or by itself; None where it has no text."""
    text = described.value(GK + "text", edition)
    if text is None:
        return None
    findings = known.of(generation, edition)
    read = tuple(sorted(_marks(described, labels, text), key=lambda mark: (mark.start, mark.end)))
    marks = [*read, *_passages(findings, labels.language)]
    cells = dict(_cells(described, _form(described, edition), findings))
    sections = tuple(sorted(_sections(described, edition, labels)))
    linked = {cell.start for cell in cells.values() if cell.start is not None} | {at for at, _ in sections}
    return ReportPage(
        edition,
        described.value(DCTERMS + "title", edition) or labels(edition),
        layouts(_form(described, edition), {row for row, _ in cells}),
        cells,
        _incomplete(described, edition, labels.language),
        tuple(_shown(i, finding, labels.language) for i, finding in enumerate(findings, 1)),
        tuple(_pieces(text, marks, linked)),
        sections,
        read,
    )


def _findings(generation: Generation, edition: str) -> tuple[Finding, ...]:
    """What the rules find in an edition; some of them look at the agency's other years."""
    root, slash, below = edition.partition("/report/")
    agency = below.rpartition("/")[0].rpartition("/")[0]
    with exact(generation, root + slash, f"{root}{slash}{agency}/") as source:
        return assess_store(source, only=[edition]).findings


def _incomplete(described: Description, edition: str, language: str) -> str:
    part = described.value(GK + "excerpt", edition) == "true"
    return str(getattr(phrases.incomplete(Excerpt()), language)) if part else ""


def _form(described: Description, edition: str) -> Form:
    version = described.value(GK + "formVersion", edition)
    return next((form for form in forms() if form.iri == version), forms()[0])


def _rows(described: Description) -> Iterator[tuple[str, str]]:
    """The rows of the edition: IRI, and the IRI of the row of the form."""
    for triple in described.triples:
        if triple.predicate.value == GK + "row" and isinstance(triple.subject, ox.NamedNode):
            assert isinstance(triple.object, ox.NamedNode)
            yield triple.subject.value, triple.object.value


def _cells(
    described: Description, form: Form, findings: Iterable[Finding]
) -> Iterator[tuple[tuple[str, str], Cell]]:
    on_cells: dict[tuple[str, str, str], list[tuple[int, Severity]]] = {}
    for number, finding in enumerate(findings, 1):
        for ref in finding.cells:
            on_cells.setdefault((ref.table, ref.row, ref.column), []).append((number, finding.severity))
    known = lines(form.iri)
    for iri, kind in _rows(described):
        if kind not in known:
            continue
        table, row = known[kind].table, known[kind].row
        places = (described.value(GK + "cellPlaces", iri) or "").split()
        for index, column in enumerate(row.columns):
            noted = f"{iri}.{column.key}"
            value = described.value(GK + "printed", noted) or described.value(column.iri, iri) or ""
            blank = (described.value(GK + "blankReason", noted) or "").rpartition("#")[2]
            place = places[index] if index < len(places) else "-"
            start = int(place.partition("-")[0]) if place != "-" else None
            found = on_cells.get((table.key, row.key, column.key), [])
            gravest = next((s.name.lower() for s in Severity if s in {severity for _, severity in found}), "")
            yield (kind, column.iri), Cell(value, blank, start, tuple(n for n, _ in found), gravest)


def _marks(described: Description, labels: Labels, text: str) -> Iterator[Mark]:
    """What was read from the narrative, each at its place."""
    for triple in described.triples:
        if triple.predicate.value != RDF_TYPE or not isinstance(triple.object, ox.NamedNode):
            continue
        kind = triple.object.value.removeprefix(GK)
        if kind in _MARKED and isinstance(triple.subject, ox.NamedNode):
            part = triple.subject.value
            start, end = described.value(GK + "start", part), described.value(GK + "end", part)
            if start is not None and end is not None:
                said, words = _said(described, part, labels), text[int(start) : int(end)]
                yield Mark(int(start), int(end), kind, labels(GK + kind), said, " ".join(words.split()))


def _said(described: Description, part: str, labels: Labels) -> str:
    """What was read in a passage: an indicator with its number, a theme, the document cited."""
    about = [labels(v.value) for key in _ABOUT for v in described.values(GK + key, part)]
    number = described.value(GK + "value", part) or ""
    unit = described.value(GK + "measureWord", part) or ""
    return " ".join(filter(None, (*about, number + unit)))


def _passages(findings: Iterable[Finding], language: str) -> Iterator[Mark]:
    for number, finding in enumerate(findings, 1):
        title = str(getattr(finding.rule.fault, language))
        for passage in finding.passages:
            if passage.span.start < passage.span.end:
                yield Mark(passage.span.start, passage.span.end, "finding", title, findings=(number,))


def _pieces(text: str, marks: Iterable[Mark], places: Iterable[int]) -> Iterator[Piece]:
    """The text cut at every place at which a mark begins or ends, and at those that are linked to."""
    known = [mark for mark in marks if mark.end <= len(text)]
    cuts = sorted({0, len(text), *(m.start for m in known), *(m.end for m in known), *places})
    for start, end in pairwise(cuts):
        covering = tuple(m for m in known if m.start <= start and end <= m.end)
        yield Piece(start, text[start:end], covering)


def _sections(described: Description, edition: str, labels: Labels) -> Iterator[tuple[int, str]]:
    for section in described.values(GK + "section", edition):
        for start in described.values(GK + "start", section.value):
            yield int(start.value), labels(section.value)


def _shown(number: int, finding: Finding, language: str) -> Shown:
    def words(of: object) -> str:
        return str(getattr(of, language))

    return Shown(
        number,
        finding.severity.name.lower(),
        words(phrases.SEVERITIES[finding.severity]),
        words(finding.rule.fault),
        words(finding.message),
        tuple((article.iri, words(article.title)) for article in finding.articles),
        finding.key,
        phrases.judged(finding.judgement) if finding.judgement else "",
    )
