"""The whole flow: file → document → report → narrative → triples → store. Engines and commands call it; it is silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pyoxigraph as ox

from gongkai import turtle
from gongkai.describe import describe, structure
from gongkai.describe_narrative import describe_narrative
from gongkai.document import Document
from gongkai.dumpfiles import ABOUT, belongs, is_dump
from gongkai.editions import ranked, report_of
from gongkai.errors import GongkaiError, NotAReportError
from gongkai.iris import Iris
from gongkai.narrative.extraction import extract
from gongkai.narrative.model import Narrative
from gongkai.parse import parse
from gongkai.parts import split
from gongkai.readers import read
from gongkai.report import Aspect, Report
from gongkai.store import Writer
from gongkai.succession import events

_CHUNK = 20  # files handed to a process at once: one a time costs 4 to 30 times more


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one file says."""

    report: Report
    narrative: Narrative

    def triples(self, iris: Iris) -> tuple[ox.Triple, ...]:
        """The file described as the current edition of its report."""
        return (*describe(self.report, iris), *describe_narrative(self.report, self.narrative, iris))


class Outcome(StrEnum):
    """What became of a file."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Ingested:
    """A file and what became of it: the reports it holds, or the error that says why it was refused.

    `excerpt` says that only a part of a report is at hand: the document begins, or breaks off, in the middle.
    """

    path: Path
    outcome: Outcome
    reports: tuple[str, ...] = ()
    error: GongkaiError | None = None
    excerpt: bool = False


def extractions(path: Path) -> tuple[Extraction, ...]:
    """What each report in a file says; most files hold one.

    Raises:
        UnreadableError: it cannot be read as a document.
        NotAReportError: it holds no annual report.
    """
    if is_dump(path) or belongs(path):
        msg = f"{path}: is of a dump, and no report; give the folder of the dump to gongkai ingest"
        raise NotAReportError(msg)
    return extracted(read(path))


def extracted(document: Document) -> tuple[Extraction, ...]:
    """What each report in a document says.

    Raises:
        NotAReportError: it holds no annual report.
    """
    return tuple(Extraction(report, extract(report)) for report in map(parse, split(document)))


def extraction(path: Path) -> Extraction:
    """What the one report in a file says, or the first of several. Raises as `extractions` does."""
    return extractions(path)[0]


def whole(found: Extraction) -> Extraction:
    """The same, unless the document breaks off inside a table: half a table must not enter a store.

    Raises:
        NotAReportError: it does.
    """
    broken = breaks_off(found)
    if broken is not None:
        raise broken
    return found


def breaks_off(found: Extraction) -> NotAReportError | None:
    """Where a document breaks off inside a table; None where it does not."""
    report = found.report
    cut = next((d for d in report.doubts if d.aspect is Aspect.CUT_OFF), None)
    if cut is None:
        return None
    table = report.form.table(cut.where).label.official
    place = report.document.place(cut.span.start if cut.span else len(report.document.text))
    return NotAReportError(
        f"{report.document.source.name}: the report breaks off inside the table “{table}” "
        f"(line {place.line}: “{cut.printed}”); get the whole document"
    )


@dataclass(frozen=True, slots=True)
class Described:
    """A file as triples: for each report in it the names of report and edition; or the error that says why not."""

    path: Path
    editions: tuple[tuple[str, str, tuple[ox.Triple, ...]], ...] = ()
    error: GongkaiError | None = None
    excerpt: bool = False


def described(path: Path, iris: Iris) -> Described:
    """All the work on a file that needs no store: engines run it wherever they like."""
    try:
        found = tuple(map(whole, extractions(path)))
    except GongkaiError as error:
        return Described(path, error=error)
    return Described(
        path,
        tuple((iris.report(e.report), iris.edition(e.report), e.triples(iris)) for e in found),
        excerpt=any(e.report.excerpt for e in found),
    )


def ingest(paths: Iterable[Path], writer: Writer, iris: Iris, jobs: int = 1) -> Iterator[Ingested]:
    """Stores each report as a whole, or not at all; a file that cannot be stored is told and changes nothing.

    With more than one of `jobs`, files are read by as many processes; the outcome is the same. A second file with the very
    bytes of a first is the same edition, and changes nothing.
    """
    seen = set[str]()
    for file in _all_described(paths, iris, jobs):
        if file.error is not None:
            yield Ingested(file.path, Outcome.REFUSED, error=file.error)
            continue
        changed = [store(triples, name, writer) for _, name, triples in file.editions if name not in seen]
        seen.update(name for _, name, _ in file.editions)
        outcome = Outcome.STORED if any(changed) else Outcome.UNCHANGED
        reports = tuple(report for report, _, _ in file.editions)
        yield Ingested(file.path, outcome, reports, excerpt=file.excerpt)


def _all_described(paths: Iterable[Path], iris: Iris, jobs: int) -> Iterator[Described]:
    if jobs == 1:
        yield from (described(path, iris) for path in paths)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(described, iris=iris), paths, chunksize=_CHUNK)


def store(triples: tuple[ox.Triple, ...], edition: str, writer: Writer) -> bool:
    """Replaces an edition, and settles anew which of its report's editions is the current one."""
    report = report_of(triples)
    editions: dict[str, Iterable[ox.Triple]] = {g: writer.triples(g) for g in writer.graphs(report + "/")}
    editions[edition] = triples
    changed = [writer.replace(name, settled) for name, settled in ranked(editions).items()]
    return any(changed)


def relate(writer: Writer, iris: Iris) -> None:
    """Links the agencies of all reports in the store that took over from one another."""
    agencies = iris.agencies(writer.graphs(f"{iris.base}report/"))
    writer.replace(f"{iris.base}changes", events(agencies, iris))


def prepare(writer: Writer, iris: Iris) -> None:
    """Puts the ontology and the structure of the cube beside the data, so that queries find labels and sums."""
    for file in turtle.files():
        name = f"https://w3id.org/gongkai/{file.stem}"
        writer.replace(name, (ox.Triple(q.subject, q.predicate, q.object) for q in turtle.quads(file)))
    writer.replace(iris.dataset(""), structure(iris))


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named, in order; hidden ones are left out.

    A dump (`gongkai export`) in a folder stands for its files. A folder that holds none, or a path where nothing is, stands
    for itself: reading tells of it by name.
    """
    for path in paths:
        yield from (_within(path) or [path]) if path.is_dir() and not is_dump(path) else [path]


def _within(folder: Path) -> list[Path]:
    """The files in a folder, and the dumps in the place of theirs."""
    dumps = {found.parent for found in folder.rglob(ABOUT) if is_dump(found.parent)}
    return sorted(
        path
        for path in folder.rglob("*")
        if not _is_hidden(path.relative_to(folder))
        and (path in dumps or (path.is_file() and dumps.isdisjoint(path.parents)))
    )


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
