"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.iris import DEFAULT_BASE

Existing = click.Path(exists=True, path_type=Path)


def _base(_: click.Context, __: click.Parameter, value: str) -> str:
    if not value.startswith(("http://", "https://")):
        message = f"“{value}” is no http(s) IRI; give one such as https://data.example.org/"
        raise click.BadParameter(message)
    return value if value.endswith("/") else value + "/"


store = click.option(
    "--store",
    "location",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="The folder of the store.",
)
base = click.option(
    "--base",
    default=DEFAULT_BASE,
    show_default=True,
    callback=_base,
    metavar="IRI",
    help="Where the names of agencies and reports begin.",
)
