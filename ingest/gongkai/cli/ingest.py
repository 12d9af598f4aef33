"""`gongkai ingest`: files and folders into a store."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import click

from gongkai import pipeline
from gongkai.cli import options
from gongkai.cli.chinese import say, told
from gongkai.cli.progress import progress
from gongkai.dumpfiles import is_dump
from gongkai.export import based, restore
from gongkai.iris import Iris, agreed, bases
from gongkai.pipeline import Ingested, Outcome
from gongkai.queries.holdings import holdings
from gongkai.store import Location, Remote, Writer

_SOME = 3  # exit status: some files were refused, as in `gongkai check`; the others are stored

_CHINESE = {Outcome.STORED: "已入库", Outcome.UNCHANGED: "未变动", Outcome.REFUSED: "未入库"}


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@options.store
@options.held_base
@click.option(
    "--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that read files."
)
@options.bulk
def command(
    paths: tuple[Path, ...], *, location: Location, base: str | None, jobs: int, bulk: Path | None
) -> None:
    """Read reports from PATHS (files or folders) and store what they say.

    PATHS may be dumps of `gongkai export`, too, or a folder with one. Each report is stored as a whole or not at all. Exit
    status 1 if nothing could be stored, 3 if some files were refused and the others stored. A file that breaks off outside
    of its tables is stored and marked as an excerpt: what it does not hold is then not missing.
    """
    if bulk is not None:
        location = _through(bulk, location)
    given = list(pipeline.files(paths))
    dumps = [path for path in given if is_dump(path)]
    _refuse_several(paths, dumps)
    found = [path for path in given if path not in dumps]
    _refuse_nothing(given)
    tally: Counter[Outcome] = Counter()
    excerpts = 0
    with Writer.open(location) as writer:
        brought = {name for name in (based(dump, writer) for dump in dumps) if name}
        _refuse_several_bases(brought)
        iris = Iris(agreed(bases(writer.graphs()) or Counter(brought), base))
        pipeline.prepare(writer, iris)
        for path in dumps:
            restored = restore(path, writer)
            tally[Outcome.STORED] += restored.editions
            tally[Outcome.UNCHANGED] += restored.unchanged
            outcome = Outcome.STORED if restored.graphs else Outcome.UNCHANGED
            words = say(
                f"{restored.editions} 个版本入库，{restored.graphs} 个图有变动",
                f"{restored.editions} editions stored, {restored.graphs} graphs changed",
            )
            click.echo(f"{_word(outcome):<10} {path}: {words}")
        with progress("ingest", len(found)) as step:
            for done in pipeline.ingest(found, writer, iris, jobs):
                tally[done.outcome] += 1
                excerpts += done.excerpt
                _tell(done)
                step()
        pipeline.relate(writer, iris)
        generation = writer.publish()
    click.echo(say("，", ", ").join(f"{tally[o]} {_word(o)}" for o in Outcome) + _excerpts(excerpts))
    held = holdings(generation)
    chinese = f"{held.agencies} 个机关的 {held.reports} 份报告（版本 {generation.id}）"
    click.echo(f"{location}: " + say(chinese, f"{held} (generation {generation.id})"))
    if tally[Outcome.REFUSED]:
        raise click.exceptions.Exit(_SOME if dumps or tally.total() > tally[Outcome.REFUSED] else 1)


def _refuse_several(paths: tuple[Path, ...], dumps: list[Path]) -> None:
    """Of several dumps in a folder none is taken: what a later one no longer holds would stay."""
    within = [dump for dump in dumps if dump not in paths]
    if within and len(dumps) > 1:
        message = say(
            f"{within[-1].parent} 中有多份导出数据；请指明一份，如 {within[-1]}",
            f"{within[-1].parent} holds more than one dump; name the one to take, such as {within[-1]}",
        )
        raise click.UsageError(message)


def _refuse_nothing(given: list[Path]) -> None:
    """Where nothing of what was given is there, no store is made."""
    if not any(path.is_file() or is_dump(path) for path in given):
        for done in (pipeline.described(path, Iris()) for path in given):
            _tell(Ingested(done.path, Outcome.REFUSED, error=done.error))
        raise click.exceptions.Exit(1)


def _refuse_several_bases(brought: set[str]) -> None:
    if len(brought) > 1:
        names = ", ".join(sorted(brought))
        message = say(
            f"IRI 的开头不一致（{names}）：请分开入库",
            f"names would begin in several ways ({names}): ingest the dumps into stores of their own",
        )
        raise click.UsageError(message)


def _through(bulk: Path, location: Location) -> Remote:
    if not isinstance(location, Remote):
        message = say(
            "--bulk 用于 --store http://…：文件夹中的库不需要装载程序",
            "--bulk is for --store http://…: a store in a folder needs no loader",
        )
        raise click.UsageError(message)
    return replace(location, bulk=bulk)


def _word(outcome: Outcome) -> str:
    return say(_CHINESE[outcome], outcome.value)


def _tell(done: Ingested) -> None:
    if done.error is not None:
        reason = told(done.error, done.path, done.path.name)
        click.echo(f"{_word(done.outcome):<10} {done.path}: {reason}", err=True)
    else:
        part = say("  （节选）", "  (excerpt)") if done.excerpt else ""
        click.echo(f"{_word(done.outcome):<10} {done.path} → {' '.join(done.reports)}{part}")


def _excerpts(count: int) -> str:
    if not count:
        return ""
    return say(
        f"（其中 {count} 份只含报告的一部分：请取得完整的文件）",
        f" ({count} with a part of the report only: get the whole documents)",
    )
