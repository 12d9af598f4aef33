"""`make run` looks first for what would stop it last."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_a_port_in_use_is_told_before_any_report_is_read(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    installed = tmp_path / "installed"
    installed.touch()
    os.utime(installed, (2**32, 2**32))  # newer than pyproject.toml: nothing is set up
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [
                "make",
                "run",
                f"VENV={tmp_path}",
                f"BIN={tmp_path}/bin",
                f"STORE={tmp_path}/store",
                f"PORT={port}",
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode != 0
    assert f"port {port} is in use: choose another" in done.stdout
    assert "gongkai" not in done.stderr, "the first command ran, or was looked for"
