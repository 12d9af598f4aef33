"""Report → triples: the only maker of triples about reports. Pure: the same report, the same triples; no blank nodes.

The model is `ontology/disclosure.ttl`; the cube is RDF Data Cube (https://www.w3.org/TR/vocab-data-cube/). An observation
carries a measure for each column of its row, so constraint IC-14 holds only for rows without a blank cell: a row with one
is a gk:TableRow and no qb:Observation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from gongkai.agencies import canonical
from gongkai.document import Span
from gongkai.form import Row, Table, forms
from gongkai.identity.kinds import is_of_a_city, is_office_of_government
from gongkai.iris import Iris
from gongkai.report import Agency, Doubt, Figure, Level, Report, SectionText, Statement, TableReading
from gongkai.triples import DCAT, ORG, PROV, Subject, boolean, iri, number, text, typed
from gongkai.turtle import DCTERMS, GK, QB, SKOS, type_


def describe(report: Report, iris: Iris) -> tuple[ox.Triple, ...]:
    """The triples of a report as the current edition; see `superseded` for one that is not."""
    return tuple(_Description(report, iris).triples())


def superseded(triples: Iterable[ox.Triple]) -> tuple[ox.Triple, ...]:
    """The same edition, not the current one: its rows are no observations, and no statistics count them."""
    return tuple(_exchanged(triples, "TableRow", "SupersededRow", "currentEdition", "supersededEdition"))


def current(triples: Iterable[ox.Triple]) -> tuple[ox.Triple, ...]:
    """The same edition as the current one: what `superseded` did is undone."""
    return tuple(_exchanged(triples, "SupersededRow", "TableRow", "supersededEdition", "currentEdition"))


def _exchanged(
    triples: Iterable[ox.Triple], row: str, by_row: str, link: str, by_link: str
) -> Iterator[ox.Triple]:
    """The types that say whether a row or a fact counts, and the link from its report, exchanged for their counterparts."""
    types: dict[object, ox.NamedNode] = {
        iri(GK + row): iri(GK + by_row),
        _OBSERVATION[row]: _OBSERVATION[by_row],
        _FACT[row]: _FACT[by_row],
    }
    for triple in triples:
        if triple.predicate.value == type_ and triple.object in types:
            yield ox.Triple(triple.subject, triple.predicate, types[triple.object])
        elif triple.predicate.value == GK + link:
            yield ox.Triple(triple.subject, iri(GK + by_link), triple.object)
        elif triple.predicate.value == _DATASET[row]:
            yield ox.Triple(triple.subject, iri(_DATASET[by_row]), triple.object)
        else:
            yield triple


_OBSERVATION = {"TableRow": iri(QB + "Observation"), "SupersededRow": iri(GK + "SupersededObservation")}
_FACT = {"TableRow": iri(GK + "Fact"), "SupersededRow": iri(GK + "SupersededFact")}
_DATASET = {"TableRow": QB + "dataSet", "SupersededRow": GK + "supersededIn"}


def dataset_key(table: Table, row: Row) -> str:
    """The data set of a row: rows of a table that have the same columns share one."""
    if row.columns == table.columns:
        return table.key
    return "-".join((table.key, *(c.key for c in row.columns)))


def structure(iris: Iris) -> tuple[ox.Triple, ...]:
    """The data sets of the cube and their structure definitions."""
    found: dict[str, list[ox.Triple]] = {}
    for version in forms():
        for table in version.tables:
            for row in (*table.rows, *table.collapsed):
                key = dataset_key(table, row)
                if key not in found:
                    found[key] = list(_dataset(key, table, row, iris))
    return tuple(t for triples in found.values() for t in triples)


def _dataset(key: str, table: Table, row: Row, iris: Iris) -> Iterator[ox.Triple]:
    name = iris.dataset(key)
    measures = (
        "、".join(c.label.official for c in row.columns),
        ", ".join(c.label.english for c in row.columns),
    )
    dataset = (
        Subject(name).add(type_, QB + "DataSet", DCAT + "Dataset").add(QB + "structure", f"{name}#structure")
    )
    dataset.add(DCTERMS + "title", text(f"{table.label.official}：{measures[0]}", "zh"))
    dataset.add(DCTERMS + "title", text(f"{table.label.english}: {measures[1]}", "en"))
    yield from dataset.triples
    definition = Subject(f"{name}#structure").add(type_, QB + "DataStructureDefinition")
    for dimension in ("agency", "year", "row"):
        component = f"{name}#{dimension}"
        definition.add(QB + "component", component)
        yield from (
            Subject(component)
            .add(type_, QB + "ComponentSpecification")
            .add(QB + "dimension", GK + dimension)
            .triples
        )
    for column in row.columns:
        component = f"{name}#{column.key}"
        definition.add(QB + "component", component)
        yield from (
            Subject(component)
            .add(type_, QB + "ComponentSpecification")
            .add(QB + "measure", column.iri)
            .triples
        )
    yield from definition.triples


class _Description:
    def __init__(self, report: Report, iris: Iris) -> None:
        self._report = report
        self._iris = iris
        self._name = iris.report(report)
        self._edition = iris.edition(report)
        self._agency = iris.agency(report.agency.value) if report.agency else None

    def triples(self) -> Iterator[ox.Triple]:
        """Report, agency, edition, sections, tables and doubts."""
        yield from self._about_report()
        if self._report.agency is not None:
            yield from self._about_agency(self._report.agency.value)
        yield from self._about_edition()
        for section in self._report.sections:
            yield from self._about_section(section)
        for table in self._report.tables:
            for row, figures in table.rows():
                yield from self._about_row(table, row, figures)
        for index, doubt in enumerate(self._report.doubts):
            yield from self._about_doubt(index, doubt)

    def _about_report(self) -> Iterator[ox.Triple]:
        about = Subject(self._name).add(type_, GK + "Report")
        about.add(GK + "edition", self._edition).add(GK + "currentEdition", self._edition)
        if self._agency is not None:
            about.add(GK + "reportingAgency", self._agency)
        if self._report.year is not None:
            about.add(GK + "year", typed(self._report.year.value, "gYear"))
        yield from about.triples

    def _about_agency(self, agency: Agency) -> Iterator[ox.Triple]:
        about = Subject(self._iris.agency(agency)).add(type_, GK + "Agency", ORG + "FormalOrganization")
        about.add(SKOS + "prefLabel", text(canonical(agency), "zh"))
        if agency.name != canonical(agency):
            about.add(SKOS + "altLabel", text(agency.name, "zh"))
        if agency.division is not None:
            about.add(GK + "divisionCode", text(agency.division))
        if agency.level is not None:
            about.add(GK + "level", GK + agency.level.value)
        elif is_of_a_city(agency.name):
            about.add(GK + "leastLevel", GK + Level.COUNTY.value)
        if agency.kind is not None:
            about.add(GK + "kind", GK + agency.kind.value)
        if is_office_of_government(agency.name):
            about.add(GK + "officeOfGovernment", boolean(True))
        yield from about.triples

    def _about_edition(self) -> Iterator[ox.Triple]:
        report, source = self._report, self._report.document.source
        about = Subject(self._edition).add(type_, GK + "Edition", PROV + "Entity")
        about.add(GK + "ofReport", self._name).add(GK + "formVersion", report.form.iri)
        about.add(GK + "sourceName", text(source.name)).add(DCTERMS + "format", text(source.media_type))
        about.add(GK + "sha256", text(source.sha256)).add(
            DCAT + "byteSize", typed(source.size, "nonNegativeInteger")
        )
        about.add(GK + "text", text(report.document.text))
        if source.address is not None:
            about.add(DCTERMS + "source", iri(source.address))
        if not report.tables:  # nothing is printed on a form: it is that of the year
            about.add(GK + "inferred", GK + "formVersion")
        if report.excerpt:
            about.add(GK + "excerpt", boolean(True))
        for note in sorted(report.document.notes):
            about.add(GK + "readingNote", text(note.value))
        if report.title is not None:
            about.add(DCTERMS + "title", text(report.title.value, "zh"))
        if report.published is not None:
            about.add(DCTERMS + "issued", typed(report.published.value.isoformat(), "date"))
        if report.period is not None:
            first, last = report.period.value
            about.add(GK + "periodStart", typed(first.isoformat(), "date"))
            about.add(GK + "periodEnd", typed(last.isoformat(), "date"))
        yield from about.triples
        yield from self._about_statements()

    def _about_statements(self) -> Iterator[ox.Triple]:
        """Where title, agency, year, date and period are stated, and which are only implied."""
        report = self._report
        statements: tuple[tuple[str, str, Statement[object] | None], ...] = (
            ("title", DCTERMS + "title", report.title),
            ("agency", GK + "reportingAgency", report.agency),
            ("year", GK + "year", report.year),
            ("published", DCTERMS + "issued", report.published),
            ("period", GK + "periodStart", report.period),
        )
        for key, predicate, statement in statements:
            if statement is None:
                continue
            if statement.inferred:
                yield from Subject(self._edition).add(GK + "inferred", predicate).triples
            if statement.hearsay:
                yield from Subject(self._edition).add(GK + "inferredFrom", text(statement.hearsay)).triples
            if statement.span is not None:
                name = f"{self._edition}#{key}"
                yield from Subject(self._edition).add(GK + "stated", name).triples
                yield from Subject(name).add(type_, GK + "Evidence").add(GK + "ofProperty", predicate).triples
                yield from self._at(name, statement.span, quoted=True)

    def _about_section(self, section: SectionText) -> Iterator[ox.Triple]:
        name = f"{self._edition}#section-{section.section.number}"
        yield from Subject(self._edition).add(GK + "section", name).triples
        about = Subject(name).add(type_, GK + "Section").add(GK + "formSection", section.section.iri)
        about.add(GK + "ofEdition", self._edition)
        if section.heading is not None:
            about.add(GK + "heading", text(self._report.document[section.heading], "zh"))
        yield from about.triples
        yield from self._at(name, section.content)

    def _about_row(self, table: TableReading, row: Row, figures: tuple[Figure, ...]) -> Iterator[ox.Triple]:
        name = f"{self._edition}#{table.key}.{row.iri.rpartition('#')[2]}"
        about = Subject(name).add(type_, GK + "TableRow").add(GK + "ofEdition", self._edition)
        about.add(GK + "report", self._name).add(GK + "row", row.iri)
        if self._agency is not None:
            about.add(GK + "agency", self._agency)
        if self._report.year is not None:
            about.add(GK + "year", typed(self._report.year.value, "gYear"))
        for figure in figures:
            if figure.value is not None:
                about.add(figure.column.iri, number(figure.value))
        complete = all(f.value is not None for f in figures)
        if complete and self._agency is not None and self._report.year is not None:
            about.add(type_, QB + "Observation").add(
                QB + "dataSet", self._iris.dataset(dataset_key(self._report.form.table(table.key), row))
            )
        about.add(GK + "cellPlaces", text(" ".join(_place(f.span) for f in figures)))
        for figure in figures:
            if _is_noted(figure):
                about.add(GK + "notedCell", f"{name}.{figure.column.key}")
        yield from about.triples
        for figure in figures:
            yield from self._about_cell(name, figure)

    def _about_cell(self, row: str, figure: Figure) -> Iterator[ox.Triple]:
        """A cell without a value, or one that prints more than its value."""
        if not _is_noted(figure):
            return
        name = f"{row}.{figure.column.key}"
        about = Subject(name).add(type_, GK + "NotedCell").add(GK + "column", figure.column.iri)
        if figure.blank is not None:
            about.add(GK + "blankReason", GK + figure.blank.value)
        if figure.printed:
            about.add(GK + "printed", text(figure.printed))
        yield from about.triples

    def _about_doubt(self, index: int, doubt: Doubt) -> Iterator[ox.Triple]:
        name = f"{self._edition}#doubt-{index}"
        yield from Subject(self._edition).add(GK + "doubt", name).triples
        about = Subject(name).add(type_, GK + "Doubt").add(GK + "aspect", text(doubt.aspect.value))
        if doubt.where:
            about.add(GK + "where", text(doubt.where))
        if doubt.printed:
            about.add(GK + "printed", text(doubt.printed))
        yield from about.triples
        if doubt.span is not None:
            yield from self._at(name, doubt.span)

    def _at(self, name: str, span: Span, *, quoted: bool = False) -> Iterator[ox.Triple]:
        """Where something stands: code points of the canonical text, page and line."""
        place = self._report.document.place(span.start)
        about = Subject(name).add(GK + "start", typed(span.start, "nonNegativeInteger"))
        about.add(GK + "end", typed(span.end, "nonNegativeInteger"))
        about.add(GK + "line", typed(place.line, "positiveInteger"))
        if place.page is not None:
            about.add(GK + "page", typed(place.page, "positiveInteger"))
        if quoted:
            about.add(GK + "quote", text(self._report.document[span]))
        yield from about.triples


def _is_noted(figure: Figure) -> bool:
    """Whether a cell has no value, or prints more than a store gives back of it: that drops zeros behind the point."""
    return figure.value is None or figure.printed != format(figure.value.normalize(), "f")


def _place(span: Span | None) -> str:
    return f"{span.start}-{span.end}" if span is not None else "-"
