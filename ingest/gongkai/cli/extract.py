"""`gongkai extract`: what one report says, as JSON in the format of the annotations."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai import goldfile
from gongkai.cli import options
from gongkai.evaluate import Extraction as Scored
from gongkai.goldfile import Annotation
from gongkai.iris import Iris
from gongkai.pipeline import Extraction, extraction
from gongkai.rules import check


@click.command("extract")
@click.argument("file", type=options.Existing)
def command(file: Path) -> None:
    """Print what FILE says as JSON: agency, tables, facts, anomalies."""
    click.echo(goldfile.dumps(_annotation(extraction(file))))


def annotated(file: Path) -> Scored:
    """The text of a file and what it says, for scoring."""
    found = extraction(file)
    return Scored(found.report.document.text, _annotation(found))


def _annotation(found: Extraction) -> Annotation:
    findings = check(found.triples(Iris()))
    return goldfile.annotate(
        found.report, found.narrative, dict.fromkeys(f.anomaly for f in findings if f.anomaly)
    )
