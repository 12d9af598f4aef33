"""`gongkai query`: a question to a store."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import click
import pyoxigraph as ox

from gongkai import queries
from gongkai.cli import options
from gongkai.queries.vocabulary import unknown_terms
from gongkai.store import Generation, Location, Results

_FORMATS = {"csv": ox.QueryResultsFormat.CSV, "json": ox.QueryResultsFormat.JSON}


@click.command("query")
@click.argument("query", required=False)
@options.store
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
@click.option(
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter; repeat it for alternatives.",
)
def command(query: str | None, location: Location, form: str, parameters: tuple[str, ...]) -> None:
    """Ask QUERY: the name of a stored query, or a file of SPARQL. Without one, the stored queries are listed."""
    if query is None:
        for stored in queries.stored():
            click.echo(f"{_padded(stored.name, 26)} {stored.title[0]} · {stored.title[1]}")
        return
    asked = queries.load(Path(query)) if query.endswith(".rq") else queries.find(query)
    for unknown in unknown_terms(asked.text):
        click.echo(f"warning: {unknown}", err=True)
    results = Generation.current(location).query(asked.bound(_values(parameters)))
    if form == "table":
        for line in _table(results):
            click.echo(line)
    else:
        _serialize(results, form)


def _values(parameters: tuple[str, ...]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            msg = f"“{parameter}” is no NAME=VALUE"
            raise click.BadParameter(msg)
        values.setdefault(name, []).append(value)
    return values


def _serialize(results: Results, form: str) -> None:
    output = sys.stdout.buffer
    if isinstance(results, ox.QueryTriples):
        results.serialize(output, ox.RdfFormat.JSON_LD if form == "json" else ox.RdfFormat.N_TRIPLES)
    else:
        results.serialize(output, _FORMATS[form])
    output.write(b"\n" if form == "json" else b"")
    output.flush()


def _table(results: Results) -> list[str]:
    """Solutions as aligned columns, where a Chinese character is two wide; a graph as Turtle."""
    if isinstance(results, ox.QueryBoolean):
        return ["true" if results else "false"]
    if isinstance(results, ox.QueryTriples):
        return (results.serialize(format=ox.RdfFormat.TURTLE) or b"").decode().splitlines()
    head = [variable.value for variable in results.variables]
    rows = [[_shown(term) for term in row] for row in results]
    widths = [max(map(_width, column)) for column in zip(head, *rows, strict=True)]
    lines = [head, ["─" * width for width in widths], *rows]
    aligned = ["  ".join(map(_padded, line, widths)).rstrip() for line in lines]
    return [*aligned, f"({len(rows)} {'row' if len(rows) == 1 else 'rows'})"]


def _shown(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    if term is None:
        return ""
    text = str(term) if isinstance(term, ox.Triple) else term.value
    return " ".join(text.split())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
