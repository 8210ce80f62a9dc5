"""The house keeps its rooms apart and its files short. The arrows themselves are contracts in pyproject.toml (lint-imports)."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, name

PLAIN_ROOMS = (
    "racing.terms",
    "racing.names",
    "racing.matching",
    "racing.settling",
    "racing.reading",
    "racing.model_reader",
    "standings.scoring",
    "standings.history",
)


def modules_of(room: str) -> list[str]:
    """Name all modules of a room that is a file or a folder."""
    path = ROOT / room.replace(".", "/")
    if not path.is_dir():
        return [room]
    return [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files(name(path), suffix=".py")]


@pytest.mark.parametrize("room", PLAIN_ROOMS)
def test_a_plain_room_runs_where_there_is_no_django(room: str) -> None:
    forbidden = "import sys; sys.modules['django'] = None; sys.modules['celery'] = None"
    program = f"{forbidden}\nimport " + ", ".join(modules_of(room))
    answer = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


def test_no_file_is_longer_than_400_lines() -> None:
    rooms = files("racing", "standings", "scripts", "tests", suffix=".py")
    long = {name(path): lines for path in rooms if (lines := len(path.read_text().splitlines())) > 400}
    assert {path: lines for path, lines in long.items() if "migrations" not in path} == {}


def test_every_room_says_what_it_is_for() -> None:
    silent = [
        name(path)
        for path in files("racing", "standings", suffix=".py")
        if "migrations" not in path.parts
        and path.name not in ("__init__.py", "apps.py")
        and not path.read_text().startswith('"""')
    ]
    assert silent == []


def test_no_room_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "common", "helpers", "helper", "services", "service", "manager", "misc"}
    python = files("racing", "standings", "scripts", "tests", suffix=".py")
    assert [name(path) for path in python if empty.intersection(Path(name(path)).with_suffix("").parts)] == []
