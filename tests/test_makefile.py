"""`make run` looks first for what would stop it last."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = (ROOT / "ingest", ROOT / "api")


needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")

GONGKAI = """#!/bin/sh
if [ "$1" = serve ]; then echo "served from $3"; exit; fi
exec "$(dirname "$0")/python" -c 'from gongkai.cli import main; main()' "$@"
"""
"""The command, but what is to be served is only told: serving does not end."""


def run(folder: Path, *given: str) -> subprocess.CompletedProcess[str]:
    """`make run` with this Python in place of the one that it would set up in `folder`."""
    (folder / "bin").mkdir()
    python = folder / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    gongkai = folder / "bin" / "gongkai"
    gongkai.write_text(GONGKAI, encoding="utf-8")
    for command in (python, gongkai):
        command.chmod(0o755)
    installed = folder / "installed"
    installed.touch()
    os.utime(installed, (2**32, 2**32))  # newer than pyproject.toml: nothing is set up
    return subprocess.run(
        ["make", "--no-print-directory", "run", f"VENV={folder}", f"BIN={folder}/bin", *given],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONPATH": os.pathsep.join(map(str, PACKAGES))},
        capture_output=True,
        text=True,
        check=False,
    )


@needs_make
def test_a_port_in_use_is_told_before_any_report_is_read(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(tmp_path, f"STORE={tmp_path}/store", f"PORT={port}")
    assert done.returncode != 0
    assert f"port {port} is in use: choose another" in done.stdout
    assert not (tmp_path / "store").exists(), "a report was read"


@needs_make
def test_a_refused_file_is_named_and_the_others_are_served(tmp_path: Path) -> None:
    reports = tmp_path / "mine"
    reports.mkdir()
    shutil.copy(next((ROOT / "examples" / "reports").glob("*.md")), reports)
    (reports / "空.txt").touch()
    done = run(tmp_path, f"REPORTS={reports}/", "PORT=0")
    assert f"{reports / '空.txt'}: is empty" in done.stderr
    assert "the others are served" in done.stdout
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, f"served from {reports}.store")


@needs_make
def test_nothing_is_served_where_nothing_could_be_read(tmp_path: Path) -> None:
    reports = tmp_path / "mine"
    reports.mkdir()
    (reports / "空.txt").touch()
    done = run(tmp_path, f"REPORTS={reports}", "PORT=0")
    assert f"{reports / '空.txt'}: is empty" in done.stderr
    assert (done.returncode, "served from" in done.stdout) == (2, False)


@needs_make
@pytest.mark.parametrize(
    ("given", "store"),
    [
        ((), "store"),
        (("REPORTS=examples/reports/",), "store"),
        (("REPORTS=mine",), "mine.store"),
        (("REPORTS=/data/2024/",), "/data/2024.store"),
        (("REPORTS=mine", "STORE=other"), "other"),
    ],
)
def test_reports_of_ones_own_do_not_mix_with_the_examples(
    tmp_path: Path, given: tuple[str, ...], store: str
) -> None:
    told = run(tmp_path, "--dry-run", *given).stdout
    assert set(re.findall(r"--store (\S+)", told)) == {store}
