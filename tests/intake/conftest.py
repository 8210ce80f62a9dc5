"""What tests of the intake share."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def originals(settings: Any, tmp_path: Path) -> Path:
    """Give the folder of the originals, empty and the test's own."""
    settings.ORIGINALS_ROOT = tmp_path / "originals"
    return tmp_path / "originals"
