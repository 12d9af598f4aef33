"""`gongkai extract`: what one report says, as JSON in the format of the annotations."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai import goldfile
from gongkai.cli import options
from gongkai.cli.chinese import say, told
from gongkai.coverage import Coverage, coverage
from gongkai.document import Document
from gongkai.errors import GongkaiError
from gongkai.evaluate import Extraction as Scored
from gongkai.goldfile import Annotation
from gongkai.iris import Iris
from gongkai.pipeline import Extraction, extraction, extractions, files
from gongkai.rules import check


@click.command("extract")
@click.argument("path", type=options.Existing)
@click.option(
    "--coverage",
    "with_coverage",
    is_flag=True,
    help="Tell instead what of the source did not reach the report.",
)
def command(path: Path, *, with_coverage: bool) -> None:
    """Print what PATH says as JSON: agency, tables, facts, anomalies.

    PATH is a file; a file with several reports gives a list. With --coverage it may be a folder, and the cells and
    paragraphs that did not reach a report are listed, with totals.
    """
    if with_coverage:
        _tell_coverage(path)
        return
    if path.is_dir():
        message = say(
            f"{path} 是文件夹；请给出文件，或加 --coverage",
            f"{path} is a folder; name a file, or use --coverage",
        )
        raise click.UsageError(message)
    written = [goldfile.dumps(_annotation(found)) for found in extractions(path)]
    click.echo(written[0] if len(written) == 1 else "[" + ",\n".join(written) + "]")


def _tell_coverage(path: Path) -> None:
    total = None
    for file in files([path]):
        try:
            found = extractions(file)
        except GongkaiError as error:
            click.echo(f"{file.name}: {say('未能读取', 'not read')}: {told(error, file.name)}", err=True)
            continue
        for each in found:
            covered = coverage(each.report, each.narrative)
            total = covered if total is None else total + covered
            click.echo(f"{file.name}: {_shares(covered)}")
            _tell_missed(each.report.document, covered)
    if total is not None:
        click.echo(f"total: {_shares(total)}")


def _shares(covered: Coverage) -> str:
    kinds = (("cells", covered.cells), ("paragraphs", covered.paragraphs), ("numbers", covered.numbers))
    return ", ".join(f"{s.reached}/{s.all} {name}" for name, s in kinds)


def _tell_missed(document: Document, covered: Coverage) -> None:
    for name, share in (("cell", covered.cells), ("paragraph", covered.paragraphs)):
        for span in share.missed:
            place = document.place(span.start)
            page = f"page {place.page} " if place.page else ""
            click.echo(f"  {name} {page}line {place.line}: {document[span].strip()[:60]}")


def annotated(file: Path) -> Scored:
    """The text of a file and what it says, for scoring."""
    found = extraction(file)
    return Scored(found.report.document.text, _annotation(found))


def _annotation(found: Extraction) -> Annotation:
    findings = check(found.triples(Iris()))
    return goldfile.annotate(
        found.report, found.narrative, dict.fromkeys(f.anomaly for f in findings if f.anomaly)
    )
