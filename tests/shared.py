"""Where the folder of real reports and W3C suites lies, for tests that need it: beside the checkout, or GONGKAI_SHARED."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("GONGKAI_SHARED", Path(__file__).resolve().parents[2] / "shared"))

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the folder shared/ is not beside the checkout")
