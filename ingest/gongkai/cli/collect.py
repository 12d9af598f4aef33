"""`gongkai collect`: published pages and files into a folder."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import click

from gongkai.cli import options
from gongkai.cli.chinese import say, told
from gongkai.collect import Collected, Outcome, collect
from gongkai.collect.fetching import Settings


@click.command("collect")
@click.argument("urls", type=options.Existing)
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Where files and the ledger collected.jsonl are kept.",
)
@click.option(
    "--pause",
    type=click.FloatRange(0),
    default=Settings().pause,
    show_default=True,
    help="Seconds between two requests to a host.",
)
@click.option(
    "--attempts",
    type=click.IntRange(1),
    default=Settings().attempts,
    show_default=True,
    help="How often a host in trouble is asked.",
)
@click.option(
    "--fresh",
    type=click.FloatRange(0),
    default=24.0,
    show_default=True,
    metavar="HOURS",
    help="How long what was fetched is not asked for again.",
)
def command(urls: Path, folder: Path, pause: float, attempts: int, fresh: float) -> None:
    """Fetch the addresses in URLS, a text file with one in a line, and keep what they give.

    The address of a list of reports gives its reports, a report its files. robots.txt is heeded, a host is asked one
    thing at a time with a pause, and again only for what has changed; a run that was cut short goes on where it ended.
    Exit status 1 if an address could not be fetched.
    """
    lines = (line.strip() for line in urls.read_text("utf-8-sig").splitlines())
    addresses = [line for line in lines if line and not line.startswith("#")]
    if not addresses:
        message = say(f"{urls} 中没有地址", f"{urls} holds no address")
        raise click.UsageError(message)
    tally: Counter[Outcome] = Counter()
    settings = Settings(pause=pause, attempts=attempts)
    for done in collect(addresses, folder, settings, fresh=timedelta(hours=fresh)):
        tally[done.outcome] += 1
        _tell(done)
    click.echo(", ".join(f"{tally[outcome]} {outcome.value}" for outcome in Outcome))
    if tally[Outcome.REFUSED]:
        raise click.exceptions.Exit(1)


def _tell(done: Collected) -> None:
    if done.error is not None:
        reason = told(done.error, done.address)
        click.echo(f"{done.outcome.value:<10} {done.address}: {reason}", err=True)
        return
    kept = f" → {done.entry.file}" if done.entry is not None and done.entry.file else ""
    led = f" (leads to {len(done.leads.reports)})" if done.outcome is Outcome.LISTED else ""
    click.echo(f"{done.outcome.value:<10} {done.address}{kept}{led}")
