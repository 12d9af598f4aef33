"""The whole flow: file → document → report → narrative → triples → store. Engines and commands call it; it is silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pyoxigraph as ox

from gongkai.describe import describe, structure
from gongkai.editions import ranked, report_of
from gongkai.errors import GongkaiError, NotAReportError
from gongkai.iris import Iris
from gongkai.narrative.model import Narrative
from gongkai.parse import parse
from gongkai.parts import split
from gongkai.readers import read
from gongkai.report import Aspect, Report
from gongkai.resources import folder
from gongkai.store import Writer


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one file says."""

    report: Report
    narrative: Narrative

    def triples(self, iris: Iris) -> tuple[ox.Triple, ...]:
        """The file described as the current edition of its report."""
        return describe(self.report, iris)


class Outcome(StrEnum):
    """What became of a file."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Ingested:
    """A file and what became of it: the reports it holds, or the error that says why it was refused."""

    path: Path
    outcome: Outcome
    reports: tuple[str, ...] = ()
    error: GongkaiError | None = None


def extractions(path: Path) -> tuple[Extraction, ...]:
    """What each report in a file says; most files hold one.

    Raises:
        UnreadableError: it cannot be read as a document.
        NotAReportError: it holds no annual report.
    """
    return tuple(Extraction(parse(part), Narrative()) for part in split(read(path)))


def extraction(path: Path) -> Extraction:
    """What the one report in a file says, or the first of several. Raises as `extractions` does."""
    return extractions(path)[0]


def whole(found: Extraction) -> Extraction:
    """The same, unless the document breaks off inside a table: half a table must not enter a store.

    Raises:
        NotAReportError: it does.
    """
    report = found.report
    cut = next((d for d in report.doubts if d.aspect is Aspect.CUT_OFF), None)
    if cut is None:
        return found
    place = report.document.place(cut.span.start if cut.span else len(report.document.text))
    msg = (
        f"{report.document.source.name}: the report breaks off inside the table “{cut.where}” "
        f"(line {place.line}: “{cut.printed}”); get the whole document and ingest that"
    )
    raise NotAReportError(msg)


def ingest(paths: Iterable[Path], writer: Writer, iris: Iris) -> Iterator[Ingested]:
    """Stores each report as a whole, or not at all; a file that cannot be stored is told and changes nothing."""
    found: tuple[Extraction, ...]
    for path in paths:
        try:
            found = tuple(map(whole, extractions(path)))
        except GongkaiError as error:
            yield Ingested(path, Outcome.REFUSED, error=error)
            continue
        changed = [store(e.triples(iris), iris.edition(e.report), writer) for e in found]
        reports = tuple(iris.report(e.report) for e in found)
        yield Ingested(path, Outcome.STORED if any(changed) else Outcome.UNCHANGED, reports)


def store(triples: tuple[ox.Triple, ...], edition: str, writer: Writer) -> bool:
    """Replaces an edition, and settles anew which of its report's editions is the current one."""
    report = report_of(triples)
    editions: dict[str, Iterable[ox.Triple]] = {g: writer.triples(g) for g in writer.graphs(report + "/")}
    editions[edition] = triples
    changed = [writer.replace(name, settled) for name, settled in ranked(editions).items()]
    return any(changed)


def prepare(writer: Writer, iris: Iris) -> None:
    """Puts the ontology and the structure of the cube beside the data, so that queries find labels and sums."""
    for file in sorted(folder("ontology").glob("*.ttl")):
        quads = ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)
        name = f"https://w3id.org/gongkai/{file.stem}"
        writer.replace(name, (ox.Triple(q.subject, q.predicate, q.object) for q in quads))
    writer.replace(iris.dataset(""), structure(iris))


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named, in order; hidden ones are left out."""
    for path in paths:
        if path.is_dir():
            yield from (
                p
                for p in sorted(path.rglob("*"))
                if p.is_file() and not any(part.startswith(".") for part in p.relative_to(path).parts)
            )
        else:
            yield path
