"""`gongkai annotate`: a page that shows a report with its facts, for people who label; it saves what they correct."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import click
from jinja2 import Environment, PackageLoader

from gongkai import goldfile
from gongkai.cli import options
from gongkai.narrative.model import Fact
from gongkai.pipeline import Extraction, extraction
from gongkai.turtle import GK, SKOS, ontology

Piece = tuple[str, tuple[int, ...], bool]
"""Words of the text, the facts that quote them, and whether the first of these is a part."""


@click.command("annotate")
@click.argument("file", type=options.Existing)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write here, not to the terminal."
)
def command(file: Path, *, out: Path | None) -> None:
    """Make an HTML page of FILE with its facts highlighted.

    Facts can be corrected, removed and added there; the page saves them as an annotation file that `gongkai evaluate`
    scores against.
    """
    page = rendered(extraction(file))
    if out is None:
        click.echo(page)
    else:
        out.write_text(page, encoding="utf-8")
        click.echo(f"{out}: open it in a browser, correct, and save the annotation")


def rendered(found: Extraction) -> str:
    """The page of what was extracted."""
    # the facts of other years have no place in an annotation, so the page leaves them out too
    facts = tuple(f for f in found.narrative.facts if f.year is None)
    annotation = goldfile.annotate(found.report, found.narrative, ())
    graph = ontology("narrative")
    indicators = [
        (graph.value(i, GK + "key"), graph.value(i, SKOS + "prefLabel", "zh"))
        for i in graph.subjects(GK + "Indicator")
    ]
    environment = Environment(loader=PackageLoader("gongkai", "cli"), autoescape=True)
    return environment.get_template("annotate.html").render(
        annotation=annotation,
        json=goldfile.dumps(annotation).replace("</", "<\\/"),
        indicators=indicators,
        pieces=tuple(pieces(found.report.document.text, facts)),
        titles=[f"{f.indicator} {f.value:f}{f.unit or ''}" for f in facts],
    )


def pieces(text: str, facts: Sequence[Fact]) -> Iterator[Piece]:
    """The text cut where quotes begin and end; put together again it is the text."""
    cuts = sorted({0, len(text), *(e for f in facts for e in (f.quote.span.start, f.quote.span.end))})
    for start, end in pairwise(cuts):
        over = tuple(
            i for i, f in enumerate(facts) if f.quote.span.start <= start and end <= f.quote.span.end
        )
        yield text[start:end], over, bool(over) and facts[over[0]].part
