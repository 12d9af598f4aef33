"""`gongkai judge`: what a person says of a finding, kept for good."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from gongkai.cli import options
from gongkai.cli.chinese import say
from gongkai.rules import assess_store
from gongkai.rules.checking import Assessment
from gongkai.rules.judgement import GRAPH, Judgement, Opinion, describe
from gongkai.store import Generation, Location, Writer, exact


@click.command("judge")
@click.argument("report")
@click.argument("key")
@click.argument("opinion", type=click.Choice([o.name.lower() for o in Opinion]))
@options.store
@click.option("--by", required=True, metavar="NAME", help="Whose judgement it is.")
@click.option("--why", required=True, metavar="TEXT", help="The reason.")
def command(report: str, key: str, opinion: str, *, location: Location, by: str, why: str) -> None:
    """Say that the finding KEY of REPORT is confirmed, explained or mistaken.

    REPORT is its IRI, or the end of it; KEY is what `gongkai check` prints with a finding. The judgement is kept by report,
    rule and cells: it holds in every later run, when the report is ingested again, and with a newer version.
    """
    with exact(Generation.current(location)) as source:
        found = assess_store(source)
    name = _report(found, report)
    _known(found, name, key)
    judgement = Judgement(Opinion[opinion.upper()], by, datetime.now(UTC), why)
    with Writer.open(location) as writer:
        writer.replace(GRAPH, (*writer.triples(GRAPH), *describe(name, key, judgement)))
        generation = writer.publish()
    click.echo(f"{name} {key}: {opinion} (generation {generation.id})")


def _report(found: Assessment, wanted: str) -> str:
    """The one report, or agency, that the words name."""
    known = {*(e.report for e in found.editions), *(f.focus for f in found.apart())}
    names = {n for n in known if n == wanted} or {n for n in known if n.endswith(wanted)}
    if len(names) != 1:
        message = say(
            f"“{wanted}”对应 {len(names)} 份报告；请给出完整的 IRI，见 `gongkai check --format json`",
            f"“{wanted}” names {len(names)} reports; give the whole IRI as `gongkai check --format json` shows it",
        )
        raise click.UsageError(message)
    return names.pop()


def _known(found: Assessment, report: str, key: str) -> None:
    editions = {e.iri for e in found.editions if e.report == report} | {report}
    keys = sorted({f.key for f in found.findings if f.focus in editions})
    if key not in keys:
        message = say(
            f"{report} 没有代码为 {key} 的问题；现有：{', '.join(keys) or '无'}",
            f"{report} has no finding {key}; it has {', '.join(keys) or 'none'}",
        )
        raise click.UsageError(message)
