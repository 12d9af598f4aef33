"""`gongkai serve`: the service over a store."""

from __future__ import annotations

import logging
import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import click

from gongkai.cli import check, options
from gongkai.cli.chinese import say
from gongkai.errors import StoreError
from gongkai.iris import agreed
from gongkai.queries.holdings import held_bases
from gongkai.store import Generation, Location
from gongkai_api import Settings, serving
from gongkai_api.dumps import Dumps
from gongkai_api.settings import Limits

_MB = 1024**2
_DEFAULT = Limits()
_BARE = Settings(Path())


@click.command("serve")
@options.store
@options.held_base
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one."
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=None, help="Serving processes; as many as processors."
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1),
    default=_DEFAULT.seconds,
    show_default=True,
    help="Seconds a query may take.",
)
@click.option(
    "--rows",
    type=click.IntRange(1),
    default=_DEFAULT.rows,
    show_default=True,
    help="Rows an answer may have.",
)
@click.option(
    "--memory",
    type=click.IntRange(64),
    default=_DEFAULT.memory // _MB,
    show_default=True,
    help="MB a process may hold.",
)
@click.option(
    "--rate", type=click.FloatRange(0), default=0.0, help="Requests a second of one client; 0 for no limit."
)
@click.option(
    "--service",
    "services",
    multiple=True,
    metavar="URL",
    help="An endpoint that SERVICE may call; repeatable.",
)
@click.option(
    "--publisher",
    default=_BARE.publisher,
    show_default=True,
    help="Who publishes the data, for the catalogue.",
)
@click.option("--publisher-iri", default="", callback=options.named, metavar="IRI", help="Their IRI.")
@options.contact
@click.option(
    "--licence",
    default=_BARE.licence,
    show_default=True,
    callback=options.named,
    metavar="IRI",
    help="The licence of the data.",
)
@click.option(
    "--dumps",
    type=(click.Path(path_type=Path, file_okay=False), str),
    metavar="DIR URL",
    default=None,
    help="Where `gongkai export` writes dumps, and the address at which a web server offers them, for the catalogue.",
)
@click.option(
    "--access-log", type=click.Path(dir_okay=False, path_type=Path), help="Note each request there, as JSON."
)
def command(
    *,
    location: Location,
    base: str | None,
    host: str,
    port: int,
    workers: int | None,
    timeout: float,
    rows: int,
    memory: int,
    rate: float,
    services: tuple[str, ...],
    publisher: str,
    publisher_iri: str,
    contact: str,
    licence: str,
    dumps: tuple[Path, str] | None,
    access_log: Path | None,
) -> None:
    """Serve a store over HTTP; new reports show without a restart.

    Clients that send the value of the environment variable GONGKAI_WRITE_TOKEN as a Bearer token may write.
    """
    base = _based(location, base)
    if access_log is not None:
        access_log.open("ab").close()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    settings = Settings(
        location,
        base,
        Limits(timeout, rows, memory * _MB),
        write_token=os.environ.get("GONGKAI_WRITE_TOKEN", ""),
        checker=partial(check.checked, base=base),
        services=frozenset(services),
        publisher=publisher,
        publisher_iri=publisher_iri,
        contact=contact,
        licence=licence,
        dumps=Dumps(*dumps) if dumps else None,
        rate=rate,
        access_log=access_log,
    )
    try:
        listener = serving.bind(host, port)
    except OSError as error:
        msg = f"{host}:{port}: {error.strerror}; choose another with --host and --port"
        raise StoreError(msg) from error
    address = f"[{host}]" if ":" in host else host
    click.echo(f"http://{address}:{listener.getsockname()[1]}/  (SPARQL at /sparql; Ctrl-C stops)", err=True)
    serving.serve(settings, listener, workers or os.cpu_count() or 1)


def _based(location: Location, base: str | None) -> str:
    """The base whose names are found here: the one given, or that of most reports; told where others are held as well.

    Raises:
        StoreError: nothing was published in the store.
    """
    Generation.current_id(location)
    # A store that was open here would be half open in every process that is forked from this one.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        held = apart.submit(held_bases, location).result()
    base = base or agreed(held, None)
    for other, count in held.items():
        if other != base:
            chinese = f"注意：{count} 份报告的 IRI 以 {other} 开头，而不是 {base}：在此打不开它们的网页"
            english = f"note: the names of {count} reports begin with {other}, not with {base}: they are not found here"
            click.echo(say(chinese, english), err=True)
    return base
