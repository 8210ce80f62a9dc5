"""An installation whose apps are migrated one after the other comes out like any other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TELL = (
    "import django; django.setup(); from django.contrib.auth.models import Group; "
    "print(sorted(Group.objects.values_list('name', 'permissions__codename'))[-1])"
)


@pytest.fixture
def elsewhere(tmp_path: Path) -> dict[str, str]:
    """Give the environment of an installation with an empty database in a folder of its own."""
    settings = {"DJANGO_SETTINGS_MODULE": "racing.settings", "PARC_FERME_VAR": str(tmp_path)}
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | settings


def run(environment: dict[str, str], *command: str) -> str:
    answer = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_one_app_alone_is_migrated_and_the_editors_come_with_the_last(elsewhere: dict[str, str]) -> None:
    run(elsewhere, "manage.py", "migrate", "racing", "--verbosity=0")
    run(elsewhere, "manage.py", "migrate", "--verbosity=0")
    assert run(elsewhere, "-c", TELL) == "('Editors', 'view_team')\n"
