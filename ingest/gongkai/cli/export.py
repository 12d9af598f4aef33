"""`gongkai export`: a dump of a store."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.cli import options
from gongkai.cli.chinese import say
from gongkai.export import dump
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
@options.held_base
@options.contact
def command(*, location: Location, out: Path, since: Path | None, base: str | None, contact: str) -> None:
    """Dump a store: N-Quads, Turtle, JSON-LD, CSV on the Web, Parquet and a normalised cube, with checksums.

    The folder is named after the day of the last change; an earlier dump of that day in the same place is replaced. The
    same store gives the same bytes. `gongkai ingest` takes a dump, too.
    """
    made = dump(location, out, base, since, contact)
    held = say(
        f"{made.graphs} 个图，{made.triples} 条三元组（版本 {made.generation}）",
        f"{made.graphs} graphs, {made.triples} triples (generation {made.generation})",
    )
    click.echo(f"{made.folder}: {held}")
    if made.replaced:
        message = say("该处同日的导出数据已被替换", "the earlier dump of that day there was replaced")
        click.echo(message, err=True)
    if not made.parquet:
        message = say(
            "不含 Parquet：需安装 gongkai[parquet]", "without Parquet: install gongkai[parquet] for it"
        )
        click.echo(message, err=True)
