"""Options that several commands share."""

from __future__ import annotations

import re
from pathlib import Path

import click

from gongkai.cli.chinese import say
from gongkai.iris import DEFAULT_BASE
from gongkai.store import Location, locate

Existing = click.Path(exists=True, path_type=Path)


def _base(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    if not value.startswith(("http://", "https://")):
        message = say(
            f"“{value}”不是 http(s) 的 IRI；应如 https://data.example.org/",
            f"“{value}” is no http(s) IRI; give one such as https://data.example.org/",
        )
        raise click.BadParameter(message)
    return value if value.endswith("/") else value + "/"


def named(_: click.Context, __: click.Parameter, value: str) -> str:
    """An IRI, or nothing."""
    if value and not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+", value):
        message = say(
            f"“{value}”不是 IRI；应如 https://creativecommons.org/licenses/by/4.0/",
            f"“{value}” is no IRI; give one such as https://creativecommons.org/licenses/by/4.0/",
        )
        raise click.BadParameter(message)
    return value


def _located(_: click.Context, __: click.Parameter, value: str | None) -> Location | None:
    """A folder, or the address of a SPARQL 1.1 server."""
    found = locate(value) if value is not None else None
    if isinstance(found, Path) and found.exists() and not found.is_dir():
        message = say(f"“{found}”是文件；库应为文件夹", f"“{found}” is a file; a store is a folder")
        raise click.BadParameter(message)
    return found


def _reached(_: click.Context, __: click.Parameter, value: str) -> str:
    """The IRI of an e-mail address, or of a page."""
    if re.fullmatch(r"[^\s@<>\":]+@[^\s@<>\"]+", value):
        return f"mailto:{value}"
    if value and not re.fullmatch(r"(https?://|mailto:)[^\s<>\"{}|^`\\]+", value):
        message = say(
            f"“{value}”既不是电子邮箱，也不是网址",
            f"“{value}” is neither an e-mail address nor that of a page",
        )
        raise click.BadParameter(message)
    return value


store = click.option(
    "--store",
    "location",
    callback=_located,
    required=True,
    metavar="DIR|URL",
    help="The folder of the store, or the address of a SPARQL 1.1 server.",
)
query_store = click.option(
    "--store",
    "location",
    callback=_located,
    metavar="DIR|URL",
    help="The folder of the store, or the address of a SPARQL 1.1 server; not needed for a list.",
)
read_store = click.option(
    "--store", "location", callback=_located, metavar="DIR|URL", help="Check all that a store holds."
)
bulk = click.option(
    "--bulk",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Virtuoso only: load by its bulk loader, through a folder that it may read, too.",
)
contact = click.option(
    "--contact",
    default="",
    callback=_reached,
    metavar="ADDRESS",
    help="Whom to ask about the data: an e-mail address, or that of a page.",
)
base = click.option(
    "--base",
    default=DEFAULT_BASE,
    show_default=True,
    callback=_base,
    metavar="IRI",
    help="Where the names of agencies and reports begin.",
)
held_base = click.option(
    "--base",
    callback=_base,
    metavar="IRI",
    help="Where the names of agencies and reports begin; taken from the store if not given.",
)
