"""`gongkai serve`: the service over a store."""

from __future__ import annotations

from pathlib import Path

import click
import uvicorn

from gongkai.cli import options
from gongkai_api import Settings, create_app


@click.command("serve")
@options.store
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
def command(location: Path, host: str, port: int) -> None:
    """Serve a store over HTTP: SPARQL at /sparql. Readers see each new generation without a restart."""
    app = create_app(Settings(location))
    click.echo(f"http://{host}:{port}/sparql", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, http="httptools")
