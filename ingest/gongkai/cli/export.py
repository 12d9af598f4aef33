"""`gongkai export`: a dump of a store."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.cli import options
from gongkai.export import dump
from gongkai.iris import Iris
from gongkai.store import Location


@click.command("export")
@options.store
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Where the dump goes."
)
@click.option(
    "--since",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="An earlier dump: what was added and removed since is written, too.",
)
@options.base
def command(*, location: Location, out: Path, since: Path | None, base: str) -> None:
    """Dump a store: N-Quads, Turtle, JSON-LD, CSV on the Web, Parquet and a normalised cube, with checksums.

    The folder is named after the day of the last change; the same store gives the same bytes. `gongkai ingest` takes a
    dump, too.
    """
    made = dump(location, out, Iris(base), since)
    click.echo(f"{made.folder}: {made.graphs} graphs, {made.triples} triples (generation {made.generation})")
    if not made.parquet:
        click.echo("without Parquet: install gongkai[parquet] for it", err=True)
