"""`gongkai check`: what the law and the form demand, of files or of a store."""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import IntEnum
from functools import partial
from pathlib import Path

import click
import pyoxigraph as ox

from gongkai import pipeline
from gongkai.cli import options
from gongkai.cli.chinese import say, told
from gongkai.cli.progress import progress
from gongkai.errors import GongkaiError
from gongkai.iris import Iris
from gongkai.readers import read_bytes
from gongkai.rules import Assessment, assess, assess_store, with_packs
from gongkai.rules.checking import RuleSet, memory, orphans
from gongkai.rules.data import Source
from gongkai.rules.memo import assess_again
from gongkai.rules.output import graph, markdown, page, plain, record, workbook
from gongkai.store import Generation, Location, Remote, exact


class Exit(IntEnum):
    """What the command's status says to a script."""

    SOUND = 0
    VIOLATIONS = 1
    UNREADABLE = 3


_TEXTS: dict[str, Callable[[Assessment, Source], str]] = {
    "text": lambda assessment, _: plain.dumps(assessment),
    "json": lambda assessment, _: record.dumps(assessment),
    "turtle": lambda assessment, _: graph.turtle(assessment),
    "markdown": lambda assessment, _: markdown.dumps(assessment),
    "html": page.dumps,
}
_FORMATS: dict[str, Callable[[Assessment, Source], str | bytes]] = {**_TEXTS, "xlsx": workbook.dumps}
_ENDINGS = {".json": "json", ".ttl": "turtle", ".md": "markdown", ".html": "html", ".xlsx": "xlsx"}
_SERVED = _FORMATS | {f"part-{language}": partial(page.part, language=language) for language in ("zh", "en")}


@click.command("check")
@click.argument("files", nargs=-1, type=options.Existing)
@options.read_store
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_FORMATS)),
    show_default="what the ending of --output says, else text",
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file to write to; needed for xlsx."
)
@click.option(
    "--rules",
    "packs",
    multiple=True,
    type=options.Existing,
    metavar="PACK",
    help="A rule pack (a Turtle file or a folder) laid over the core rules; may be repeated.",
)
@click.option("--fresh", is_flag=True, help="Look at all of the store again, not only at what has changed.")
@options.base
def command(
    files: tuple[Path, ...],
    *,
    location: Location | None,
    form: str | None,
    output: Path | None,
    packs: tuple[Path, ...],
    fresh: bool,
    base: str,
) -> None:
    """Check FILES (or folders), or a store, against the law and the national form.

    Exit status: 0 no violation (warnings may be there), 1 a violation, 2 wrong usage, 3 a file could not be read,
    or breaks off inside a table (what is there is checked). A violation that a person has explained or called mistaken
    (gongkai judge) does not count.
    """
    if bool(files) == (location is not None):
        message = say(
            "请给出要检查的文件，或 --store DIR，两者只能给一个",
            "name FILES to check, or --store DIR, and not both",
        )
        raise click.UsageError(message)
    form = form or _ENDINGS.get(output.suffix.lower() if output else "", "text")
    if form == "xlsx" and output is None:
        message = say("--format xlsx 须同时给出 --output FILE.xlsx", "--format xlsx needs --output FILE.xlsx")
        raise click.UsageError(message)
    ruleset = with_packs(packs)
    if location is not None:
        with exact(Generation.current(location)) as source:
            found = _stored(source, location, ruleset, fresh=fresh)
            _tell_orphans(source, found)
            _write(_FORMATS[form](found, source), output)
        raise click.exceptions.Exit(_status(found))
    found, triples, unread = _drafts(files, Iris(base), ruleset)
    _write(_FORMATS[form](found, memory(triples)), output)
    raise click.exceptions.Exit(Exit.UNREADABLE if unread else _status(found))


def _stored(source: Source, location: Location, ruleset: RuleSet, *, fresh: bool) -> Assessment:
    """Checks a store, from the memo beside it where one may be kept there."""
    if isinstance(location, Remote):
        return assess_store(source, ruleset)
    path = location / "checks.sqlite"
    if fresh:
        path.unlink(missing_ok=True)
    if not os.access(location, os.W_OK):
        return assess_store(source, ruleset)
    done = assess_again(source, path, ruleset)
    click.echo(f"looked at {done.looked_at} editions, and at {done.neighbours} beside them", err=True)
    return done.assessment


def _tell_orphans(source: Source, found: Assessment) -> None:
    for (report, key), judgement in sorted(orphans(source, found).items()):
        opinion = judgement.opinion.name.lower()
        message = say(
            f"{report} 的问题 {key} 已不存在，而 {judgement.by} 曾作判断（{opinion}：{judgement.why}）；"
            "如以另一代码出现，请重新判断",
            f"{report} has no finding {key} any more, which {judgement.by} judged {opinion} ({judgement.why}); "
            "judge it again where it has another key",
        )
        click.echo(message, err=True)


def checked(content: bytes, name: str, form: str, base: str) -> bytes:
    """What the command says of a document that is at hand as bytes; nothing of it is kept.

    `form` is a format of the command, or "part-zh" or "part-en", a part of a page in one language.

    Raises:
        UnreadableError: it cannot be read.
        NotAReportError: it is no annual report.
    """
    found = pipeline.extracted(read_bytes(content, name))
    data = memory(t for one in found for t in one.triples(Iris(base)))
    # The compiled rules find the same as the reference engine, many times as fast.
    written = _SERVED[form](assess_store(data), data)
    return written if isinstance(written, bytes) else f"{written}\n".encode()


def _drafts(files: tuple[Path, ...], iris: Iris, ruleset: RuleSet) -> tuple[Assessment, list[ox.Triple], int]:
    """Checks each file by itself; one that cannot be read is told."""
    found, triples, unread = Assessment((), (), ()), list[ox.Triple](), 0
    seen = set[str]()
    paths = list(pipeline.files(files))
    with progress("check", len(paths)) as step:
        for path in paths:
            step()
            try:
                extractions = pipeline.extractions(path)
            except GongkaiError as error:
                _tell(path, error)
                unread += 1
                continue
            for broken in filter(None, map(pipeline.breaks_off, extractions)):
                _tell(path, broken)
                unread += 1
            drafts = {iris.edition(one.report): one.triples(iris) for one in extractions}
            if drafts.keys() <= seen:
                click.echo(f"{path}: the very bytes of a file checked before", err=True)
                continue
            seen.update(drafts)
            draft = [triple for described in drafts.values() for triple in described]
            found += assess(draft, ruleset)
            triples.extend(draft)
    return found, triples, unread


def _tell(path: Path, error: GongkaiError) -> None:
    click.echo(f"{path}: {told(error, path.name)}", err=True)


def _write(written: str | bytes, output: Path | None) -> None:
    if output is None:
        click.echo(written)
    elif isinstance(written, bytes):
        output.write_bytes(written)
    else:
        output.write_text(written, encoding="utf-8")


def _status(assessment: Assessment) -> Exit:
    return Exit.VIOLATIONS if any(f.violates for f in assessment.findings) else Exit.SOUND
