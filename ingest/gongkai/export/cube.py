"""The figures as a normalised RDF Data Cube: one observation a cell, so that any cube browser can read it.

A cell without a value is no observation. Dimensions are agency, year, row and column; the one measure is gk:figure. So the
integrity constraints IC-1 to IC-21 hold (https://www.w3.org/TR/vocab-data-cube/#wf-rules).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

import pyoxigraph as ox

from gongkai.export.files import packed
from gongkai.export.records import Record, RowRecord
from gongkai.iris import Iris
from gongkai.triples import typed
from gongkai.turtle import DCTERMS, GK, QB, RDFS, XSD, type_

_DIMENSIONS = ("agency", "year", "row", "column")
_RANGES = {"agency": "Agency", "row": "FormRow", "column": "FormColumn"}


@dataclass(frozen=True, slots=True)
class CubeFile:
    """`cube.nt.gz`."""

    _file: IO[bytes]
    _dataset: str

    @classmethod
    @contextmanager
    def open(cls, folder: Path, iris: Iris) -> Iterator[Self]:
        """The file, as long as the context lasts; its structure is written at once."""
        dataset = iris.dataset("cells")
        lines = sorted(f"{triple} .\n" for triple in structure(dataset))
        (folder / "cube-structure.ttl").write_text("".join(lines), "utf-8")
        with packed(folder / "cube.nt.gz") as file:
            yield cls(file, dataset)

    def add(self, record: Record) -> None:
        """Adds the cells of a row; of a report without agency or year there are no observations."""
        if not isinstance(record, RowRecord) or record.report.agency is None or record.report.year is None:
            return
        of_row = (
            (type_, ox.NamedNode(QB + "Observation")),
            (QB + "dataSet", ox.NamedNode(self._dataset)),
            (GK + "agency", ox.NamedNode(record.report.agency)),
            (GK + "year", typed(record.report.year, "gYear")),
            (GK + "row", ox.NamedNode(record.row.iri)),
        )
        # In text: to make a term of each part of each triple takes four times as long.
        said = [f"<{predicate}> {value} .\n" for predicate, value in of_row]
        for key, column, value in record.values:
            if value is not None:
                figure = typed(f"{value:f}", "decimal")
                own = (f"<{GK}column> <{column}> .\n", f"<{GK}figure> {figure} .\n")
                self._file.write("".join(f"<{record.iri}.{key}> {end}" for end in (*said, *own)).encode())


def structure(dataset: str) -> Iterator[ox.Triple]:
    """The data set of the cells, its structure definition, and the properties that it uses."""
    definition = f"{dataset}#structure"
    node = ox.NamedNode
    yield ox.Triple(node(dataset), node(type_), node(QB + "DataSet"))
    yield ox.Triple(node(dataset), node(QB + "structure"), node(definition))
    titles = {"zh": "年度报告表格的单元格", "en": "Cells of the tables of annual reports"}
    for language, text in titles.items():
        yield ox.Triple(node(dataset), node(DCTERMS + "title"), ox.Literal(text, language=language))
    yield ox.Triple(node(definition), node(type_), node(QB + "DataStructureDefinition"))
    for name in (*_DIMENSIONS, "figure"):
        component, kind = f"{dataset}#{name}", "measure" if name == "figure" else "dimension"
        yield ox.Triple(node(definition), node(QB + "component"), node(component))
        yield ox.Triple(node(component), node(type_), node(QB + "ComponentSpecification"))
        yield ox.Triple(node(component), node(QB + kind), node(GK + name))
        yield ox.Triple(node(GK + name), node(type_), node(f"{QB}{kind.title()}Property"))
        yield ox.Triple(node(GK + name), node(RDFS + "range"), node(_range(name)))


def _range(name: str) -> str:
    if name in _RANGES:
        return GK + _RANGES[name]
    return XSD + ("gYear" if name == "year" else "decimal")
