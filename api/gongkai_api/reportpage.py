"""What the page of a report shows: the tables with findings on their cells, the text with what was read from it marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import pyoxigraph as ox

from gongkai.form import Form, forms
from gongkai.jsonld import RDF_TYPE
from gongkai.rules import Finding, Severity, assess_store
from gongkai.store import Generation
from gongkai.turtle import DCTERMS, GK
from gongkai_api.describing import Description, Labels, describe
from gongkai_api.formtable import Box, Layout, layouts

_MARKED = ("Fact", "Shortcoming", "ImprovementMeasure", "Citation", "FeeStatement", "Contact")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as the page shows it: what is printed, why it has no value, where it stands, what is found on it."""

    printed: str
    blank: str
    start: int | None
    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage of the text: what it is (a class of the ontology), what to say of it, and its findings."""

    start: int
    end: int
    kind: str
    note: str
    findings: tuple[int, ...] = ()


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
    title: str
    message: str
    articles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All that the page of a report shows."""

    edition: str
    title: str
    layouts: tuple[Layout, ...]
    cells: dict[tuple[str, str], Cell]
    findings: tuple[Shown, ...]
    pieces: tuple[Piece, ...]
    sections: tuple[tuple[int, str], ...]

    def cell(self, box: Box) -> Cell:
        """The figure of a box; one that the document does not hold is shown as such."""
        assert box.figure is not None
        return self.cells.get(box.figure, Cell("", "absent", None, ()))


def current_edition(description: Description) -> str | None:
    """The edition whose page shows the thing: its own where it is one, the current one where it is a report."""
    types = {value.value for value in description.values(RDF_TYPE)}
    if GK + "Edition" in types:
        return description.iri
    if GK + "Report" in types:
        return next((value.value for value in description.values(GK + "currentEdition")), None)
    return None


def report_page(generation: Generation, edition: str, labels: Labels) -> ReportPage | None:
    """The page of an edition; None where it has no text."""
    described = describe(generation, edition)
    text = next((v.value for v in described.values(GK + "text")), None) if described else None
    if described is None or text is None:
        return None
    findings = assess_store(generation, only=[edition]).findings
    marks = [*_marks(described, labels), *_passages(findings)]
    cells = dict(_cells(described, findings))
    return ReportPage(
        edition,
        next((v.value for v in described.values(DCTERMS + "title")), labels(edition)),
        layouts(_form(described), {row for row, _ in cells}),
        cells,
        tuple(_shown(i, finding, labels.language) for i, finding in enumerate(findings, 1)),
        tuple(_pieces(text, marks, {cell.start for cell in cells.values() if cell.start is not None})),
        tuple(_sections(described, labels)),
    )


def _form(described: Description) -> Form:
    version = {v.value for v in described.values(GK + "formVersion")}
    return next((form for form in forms() if form.iri in version), forms()[0])


def _rows(described: Description) -> Iterator[tuple[str, str]]:
    """The rows of the edition: IRI, and the IRI of the row of the form."""
    for triple in described.triples:
        if triple.predicate.value == GK + "row" and isinstance(triple.subject, ox.NamedNode):
            assert isinstance(triple.object, ox.NamedNode)
            yield triple.subject.value, triple.object.value


def _cells(described: Description, findings: Iterable[Finding]) -> Iterator[tuple[tuple[str, str], Cell]]:
    on_cells: dict[tuple[str, str, str], list[int]] = {}
    for number, finding in enumerate(findings, 1):
        for ref in finding.cells:
            on_cells.setdefault((ref.table, ref.row, ref.column), []).append(number)
    known = {
        row.iri: (table, row) for table in _form(described).tables for row in (*table.rows, *table.collapsed)
    }
    for iri, kind in _rows(described):
        if kind not in known:
            continue
        table, row = known[kind]
        places = next((v.value for v in described.values(GK + "cellPlaces", iri)), "").split()
        for index, column in enumerate(row.columns):
            value = next((v.value for v in described.values(column.iri, iri)), "")
            noted = f"{iri}.{column.key}"
            printed = next((v.value for v in described.values(GK + "printed", noted)), value)
            blank = next(
                (v.value.rpartition("#")[2] for v in described.values(GK + "blankReason", noted)), ""
            )
            place = places[index] if index < len(places) else "-"
            start = int(place.partition("-")[0]) if place != "-" else None
            found = tuple(on_cells.get((table.key, row.key, column.key), ()))
            yield (kind, column.iri), Cell(printed, blank, start, found)


def _marks(described: Description, labels: Labels) -> Iterator[Mark]:
    """What was read from the narrative, each at its place."""
    for triple in described.triples:
        if triple.predicate.value != RDF_TYPE or not isinstance(triple.object, ox.NamedNode):
            continue
        kind = triple.object.value.removeprefix(GK)
        if kind in _MARKED and isinstance(triple.subject, ox.NamedNode):
            part = triple.subject.value
            place = [
                next((int(v.value) for v in described.values(GK + key, part)), None)
                for key in ("start", "end")
            ]
            if place[0] is not None and place[1] is not None:
                yield Mark(place[0], place[1], kind, _note(described, part, kind, labels))


def _note(described: Description, part: str, kind: str, labels: Labels) -> str:
    """What the page says of a mark: an indicator with its number, a theme, the document cited."""
    about = [
        labels(v.value) for key in ("indicator", "theme", "cites") for v in described.values(GK + key, part)
    ]
    numbers = [v.value for v in described.values(GK + "value", part)]
    return " ".join((labels(GK + kind) + ("：" if about or numbers else ""), *about, *numbers))


def _passages(findings: Iterable[Finding]) -> Iterator[Mark]:
    for number, finding in enumerate(findings, 1):
        for passage in finding.passages:
            if passage.span.start < passage.span.end:
                yield Mark(passage.span.start, passage.span.end, "finding", finding.rule.title.zh, (number,))


def _pieces(text: str, marks: Iterable[Mark], places: Iterable[int]) -> Iterator[Piece]:
    """The text cut at every place at which a mark begins or ends, and at those that are linked to."""
    known = [mark for mark in marks if mark.end <= len(text)]
    cuts = sorted({0, len(text), *(m.start for m in known), *(m.end for m in known), *places})
    for start, end in pairwise(cuts):
        covering = tuple(m for m in known if m.start <= start and end <= m.end)
        yield Piece(start, text[start:end], covering)


def _sections(described: Description, labels: Labels) -> Iterator[tuple[int, str]]:
    for section in described.values(GK + "section"):
        for start in described.values(GK + "start", section.value):
            of_form = described.values(GK + "formSection", section.value)
            yield int(start.value), labels(of_form[0].value) if of_form else ""


def _shown(number: int, finding: Finding, language: str) -> Shown:
    def words(of: object) -> str:
        return str(getattr(of, language))

    return Shown(
        number,
        Severity(finding.severity).name.lower(),
        words(finding.rule.title),
        words(finding.message),
        tuple((article.iri, words(article.title)) for article in finding.articles),
    )
