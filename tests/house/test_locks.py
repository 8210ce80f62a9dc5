"""The locks hold versions and hashes and nothing of the machine that wrote them."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT

LOCKS = ("base", "test", "dev")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def locked(lock: str) -> dict[str, list[str]]:
    """Give the versions of each package in a lock; a package may have several, for different Pythons."""
    versions: dict[str, list[str]] = {}
    for found in re.finditer(r"^([\w.-]+)(?:\[[\w,-]+\])?==([\w.!+]+)", text(lock), re.MULTILINE):
        versions.setdefault(canonicalize_name(found[1]), []).append(found[2])
    return versions


def text(lock: str) -> str:
    return (ROOT / "requirements" / f"{lock}.txt").read_text()


def asked(lock: str) -> list[Requirement]:
    """Give what pyproject.toml asks for directly, groups within groups included."""
    groups = PROJECT["dependency-groups"]
    wanted = [*PROJECT["project"]["dependencies"], *groups.get(lock, [])]
    while included := next((one for one in wanted if isinstance(one, dict)), None):
        wanted.remove(included)
        wanted += groups[included["include-group"]]
    return [Requirement(one) for one in wanted]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_no_folder(lock: str) -> None:
    assert re.findall(r".*(?:://|--(?:extra-)?index|--find-links|(?:^|\s)/\w).*", text(lock), re.MULTILINE) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock: str) -> None:
    blocks = re.split(r"\n(?=\S)", text(lock))
    assert [block.splitlines()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_what_the_project_asks_for(lock: str) -> None:
    have = locked(lock)
    unmet = [
        str(requirement)
        for requirement in asked(lock)
        if not all(map(requirement.specifier.contains, have.get(canonicalize_name(requirement.name), ["0"])))
    ]
    assert unmet == []


def test_what_is_tested_is_what_is_shipped() -> None:
    base, test, dev = map(locked, LOCKS)
    assert {name: test.get(name) for name in base} == base
    assert {name: dev.get(name) for name in test} == test
