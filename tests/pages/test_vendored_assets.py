"""What others made is kept whole, with its licence, and pages stay light."""

import hashlib
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENDOR = ROOT / "static" / "vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text())
#: Every style of the pages together; a page that must be quick carries no more.
MOST_CSS = 25_000


def test_the_vendored_files_are_those_of_the_manifest() -> None:
    found = {
        folder.name: {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
        for folder in VENDOR.iterdir()
        if folder.is_dir()
    }
    assert found == {folder: part["files"] for folder, part in MANIFEST.items()}


def test_every_vendored_package_carries_its_licence() -> None:
    assert [folder for folder, part in MANIFEST.items() if "LICENSE" not in part["files"] or not part["licence"]] == []


def test_the_manifest_tells_the_versions_that_are_locked() -> None:
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert {part["package"]: part["version"] for part in MANIFEST.values()} == {
        name.removeprefix("node_modules/"): package["version"] for name, package in locked.items() if name
    }


def test_the_styles_of_a_page_stay_small() -> None:
    assert (
        sum((ROOT / "static" / "css" / f"{name}.css").stat().st_size for name in ("ground", "parts", "tables"))
        < MOST_CSS
    )
