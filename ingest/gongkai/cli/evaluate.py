"""`gongkai evaluate`: how much of what a careful reader finds the program finds too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from gongkai.cli.chinese import say
from gongkai.evaluate import Extract, evaluate, pairs, total
from gongkai.scores import Score, Share, Tally

Folder = click.Path(exists=True, file_okay=False, path_type=Path)


def command(extract: Extract) -> click.Command:
    """The command, for a way to extract: a function from a file to its text and annotation."""

    @click.command("evaluate")
    @click.argument("gold", type=Folder)
    @click.argument("sources", type=Folder, nargs=-1, required=True)
    @click.option("--json", "as_json", is_flag=True, help="Print the counts and shares as JSON.")
    @click.option("--errors", is_flag=True, help="List each difference.")
    def run(gold: Path, sources: tuple[Path, ...], *, as_json: bool, errors: bool) -> None:
        """Score the extraction from the reports in SOURCES against the annotations in GOLD.

        GOLD is searched with its subfolders; annotations whose source is in none of SOURCES are left out.
        """
        scores = list(evaluate(pairs(gold, sources), extract))
        if not scores:
            searched = ", ".join(map(str, sources))
            message = say(
                f"{gold} 中没有来源在 {searched} 的标注",
                f"no annotation in {gold} has its source in {searched}",
            )
            raise click.ClickException(message)
        click.echo(_json(scores, errors=errors) if as_json else "\n".join(_lines(scores, errors=errors)))

    return run


def _lines(scores: list[Score], *, errors: bool) -> Iterator[str]:
    """The report: what is wrong by document, a line a document, then the averages."""
    if errors:
        for score in scores:
            if score.differences or score.failure:
                yield f"== {score.source}"
                yield from [f"   not read: {score.failure}"] * (score.failure is not None)
                yield from (f"   {d}" for d in score.differences)
        yield ""
    yield f"{'cells':>10} {'invented':>8} {'facts F1':>8} {'anomalies':>9}  document"
    for score in scores:
        facts, anomalies = score.tallies["facts"], score.tallies["anomalies"]
        yield (
            f"{_fraction(score.shares['cells']):>10} {score.invented:>8} {_percent(facts.f1):>8} "
            f"{f'{anomalies.matched}/{anomalies.gold}/{anomalies.given}':>9}  {score.source}"
        )
    yield ""
    yield from _summary(total(scores), len(scores))


def _summary(score: Score, documents: int) -> Iterator[str]:
    yield f"{documents} documents"
    yield f"  invented cells {score.invented}"
    for name, share in score.shares.items():
        yield f"  {name:<12} {_percent(share.value):>7}  ({_fraction(share)})"
    yield f"  {'':<12} {'P':>7} {'R':>7} {'F1':>7}  (matched/gold/given)"
    for name, tally in score.tallies.items():
        yield (
            f"  {name:<12} {_percent(tally.precision):>7} {_percent(tally.recall):>7} {_percent(tally.f1):>7}"
            f"  ({tally.matched}/{tally.gold}/{tally.given})"
        )


def _json(scores: list[Score], *, errors: bool) -> str:
    documents = [_entry(s, errors=errors) for s in scores]
    return json.dumps(
        {"total": _entry(total(scores), errors=False), "documents": documents}, ensure_ascii=False, indent=1
    )


def _entry(score: Score, *, errors: bool) -> dict[str, object]:
    entry: dict[str, object] = {
        "source": score.source,
        "invented": score.invented,
        "shares": {k: _share(v) for k, v in score.shares.items()},
        "tallies": {k: _tally(v) for k, v in score.tallies.items()},
    }
    if score.failure is not None:
        entry["failure"] = score.failure
    if errors:
        entry["differences"] = [
            {"aspect": d.aspect, "where": d.where, "gold": d.gold, "given": d.given}
            for d in score.differences
        ]
    return entry


def _share(share: Share) -> dict[str, float | None]:
    return {"right": share.right, "of": share.all, "share": share.value}


def _tally(tally: Tally) -> dict[str, float | None]:
    return {
        "matched": tally.matched,
        "gold": tally.gold,
        "given": tally.given,
        "precision": tally.precision,
        "recall": tally.recall,
        "f1": tally.f1,
    }


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}%"


def _fraction(share: Share) -> str:
    return f"{share.right:g}/{share.all:g}"
