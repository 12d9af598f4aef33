"""`gongkai query`: a question to a store."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import click
import pyoxigraph as ox

from gongkai import queries
from gongkai.cli import options
from gongkai.cli.chinese import language, say, told
from gongkai.errors import QueryError
from gongkai.jsonld import used
from gongkai.queries import Parameter, StoredQuery
from gongkai.queries.absent import absent
from gongkai.queries.agencies import unknown_agencies
from gongkai.store import Generation, Location, Results

_FORMATS = {"csv": ox.QueryResultsFormat.CSV, "json": ox.QueryResultsFormat.JSON}
_FOR_OFFICE = ("csv-excel", "xlsx")


@click.command("query")
@click.argument("query", required=False)
@options.query_store
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *_FORMATS, *_FOR_OFFICE]),
    default="table",
    show_default=True,
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file to write to; needed for xlsx."
)
@click.option(
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter; repeat it for alternatives.",
)
@click.option(
    "--lang",
    "tongue",
    type=click.Choice(["zh", "en"]),
    help="The language of labels in the answer; Chinese in CSV and JSON, else that of the terminal, if not given.",
)
@click.option("--explain", is_flag=True, help="Say what a stored query asks and which parameters it takes.")
def command(
    query: str | None,
    *,
    location: Location | None,
    form: str,
    output: Path | None,
    parameters: tuple[str, ...],
    tongue: str | None,
    explain: bool,
) -> None:
    """Ask QUERY: the name of a stored query, a file of SPARQL (.rq), or SPARQL itself.

    Without QUERY, the stored queries are listed, with their parameters.
    """
    if query is None:
        _list()
        return
    asked = _asked(query)
    if explain:
        _explain(asked)
        return
    if location is None:
        message = say("请用 --store DIR 指明要查询的库", "name the store to ask: --store DIR")
        raise click.UsageError(message)
    if form == "xlsx" and output is None:
        message = say("--format xlsx 须同时给出 --output FILE.xlsx", "--format xlsx needs --output FILE.xlsx")
        raise click.UsageError(message)
    values = _values(parameters)
    generation = Generation.current(location)
    warned = tuple(map(told, _warned(generation, asked)))
    for warning in warned:
        click.echo(say(f"警告：{warning}", f"warning: {warning}"), err=True)
    for parameter in asked.parameters:
        if parameter.name not in values:
            named = f"{parameter.name}={parameter.default}"
            click.echo(
                say(f"注意：{named}（没有用 --param 另给）", f"note: {named}, as no --param names another"),
                err=True,
            )
    tongue = tongue or ("zh" if form in _FORMATS else language())
    text = asked.bound(values, tongue)
    if unknown := unknown_agencies(generation, asked, values):
        raise QueryError(unknown[0])
    results, heads = _answer(generation, text), asked.heads(tongue)
    with click.open_file(str(output or "-"), "wb") as sink:
        if form == "table":
            for line in _table(results, heads):
                click.echo(line.encode(), file=sink)
        elif form in _FOR_OFFICE:
            _write_for_office(results, form, sink, heads, warned)
        else:
            _serialize(results, form, sink)


def _asked(query: str) -> StoredQuery:
    if "{" in query:
        return queries.written(query)
    return queries.load(Path(query)) if query.endswith(".rq") else queries.find(query)


def _warned(generation: Generation, asked: StoredQuery) -> tuple[str, ...]:
    """What the query names that is not there; a faulty one is told of when it is run."""
    found = queries.warnings(asked.text)
    try:
        return (*found, *(() if asked.parameters else absent(generation, asked.text)))
    except QueryError:
        return found


def _answer(generation: Generation, text: str) -> Results:
    try:
        return generation.query(text)
    except QueryError as error:
        raise queries.explained(error, text) from error


def _list() -> None:
    for stored in queries.stored():
        click.echo(f"{_padded(stored.name, 26)} {stored.title[0]} · {stored.title[1]}")
        for parameter in stored.parameters:
            click.echo(f"{'':<26}   {_described(parameter)}")


def _explain(asked: StoredQuery) -> None:
    for line in (*asked.title, *asked.description):
        click.echo(line)
    for parameter in asked.parameters:
        click.echo(f"  {_described(parameter)}")


def _described(parameter: Parameter) -> str:
    return f"--param {parameter.name}={parameter.default}  ({parameter.datatype})"


def _values(parameters: tuple[str, ...]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            msg = say(f"“{parameter}”不是 NAME=VALUE 的形式", f"“{parameter}” is no NAME=VALUE")
            raise click.BadParameter(msg)
        values.setdefault(name, []).append(value)
    return values


def _write_for_office(
    results: Results, form: str, output: IO[bytes], heads: tuple[str, ...], warned: tuple[str, ...]
) -> None:
    """Writes what the service gives in the same format.

    Raises:
        QueryError: the answer is none that the format can hold.
    """
    from gongkai_api import problems, writing  # noqa: PLC0415  it brings the whole service with it

    try:
        chosen, _ = writing.offer(results).pick(form, "")
        writing.write(results, chosen, output, warned, heads)
    except problems.Problem as error:
        raise QueryError(str(error)) from error


def _serialize(results: Results, form: str, output: IO[bytes]) -> None:
    if isinstance(results, ox.QuerySolutions | ox.QueryBoolean):
        results.serialize(output, _FORMATS[form])
    else:
        ox.serialize(results, output, ox.RdfFormat.JSON_LD if form == "json" else ox.RdfFormat.N_TRIPLES)
    output.write(b"\n" if form == "json" else b"")
    output.flush()


def _table(results: Results, heads: tuple[str, ...]) -> list[str]:
    """Solutions as aligned columns, where a Chinese character is two wide; a graph as Turtle.

    Without `heads` columns have the names of their variables.
    """
    if isinstance(results, ox.QueryBoolean):
        return ["true" if results else "false"]
    if not isinstance(results, ox.QuerySolutions):
        triples = list(results)
        text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used(triples)) or b""
        return text.decode().splitlines()
    head = heads or [variable.value for variable in results.variables]
    rows = [[_shown(term) for term in row] for row in results]
    widths = [max(map(_width, column)) for column in zip(head, *rows, strict=True)]
    lines: list[Sequence[str]] = [head, ["─" * width for width in widths], *rows]
    aligned = ["  ".join(map(_padded, line, widths)).rstrip() for line in lines]
    return [*aligned, say(f"（{len(rows)} 行）", f"({len(rows)} {'row' if len(rows) == 1 else 'rows'})")]


def _shown(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    if term is None:
        return ""
    text = str(term) if isinstance(term, ox.Triple) else term.value
    return " ".join(text.split())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
