"""`gongkai serve`: what cannot be served is told before anything seems to be."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from gongkai.cli import main


def serve(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["serve", "--port", "0", *map(str, arguments)])


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    result = serve("--store", tmp_path / "nowhere")
    assert result.exit_code == 1
    assert result.stderr == (
        f"Error: {tmp_path / 'nowhere'} holds no published store: "
        f"run `gongkai ingest PATH --store {tmp_path / 'nowhere'}` first\n"
    )
    assert not (tmp_path / "nowhere").exists()


def test_an_access_log_that_cannot_be_written(examples_store: Path, tmp_path: Path) -> None:
    log = tmp_path / "missing" / "access.log"
    result = serve("--store", examples_store, "--access-log", log)
    assert result.exit_code == 2
    assert result.stderr == f"Error: {log}: No such file or directory\n"
