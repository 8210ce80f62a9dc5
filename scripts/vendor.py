"""Copy the assets that the site serves from `node_modules` to `static/vendor/`, with their licence and hashes.

For maintainers who change an asset: `npm ci --ignore-scripts && python3 scripts/vendor.py`. Running the product and its
tests needs no npm: the copies are kept in the repository and `tests/pages/test_vendored_assets.py` checks the hashes.
"""

import hashlib
import json
import shutil
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
MANIFEST = "manifest.json"

#: Folder under static/vendor -> the package, its licence's file, and the files taken.
ASSETS = {
    "barlow-condensed": (
        "@fontsource/barlow-condensed",
        "LICENSE",
        [
            f"files/barlow-condensed-{subset}-{weight}-normal.woff2"
            for subset in ("latin", "latin-ext")
            for weight in (500, 700)
        ],
    ),
}


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def copy(folder: str, package: str, licence: str, files: list[str]) -> dict[str, Any]:
    """Copy one package's files flat into `static/vendor/<folder>`; give its part of the manifest."""
    source = ROOT / "node_modules" / package
    about = json.loads((source / "package.json").read_text())
    target = VENDOR / folder
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in [licence, *files]:
        shutil.copyfile(source / name, target / Path(name).name)
    hashes = {path.name: sha256(path) for path in sorted(target.iterdir())}
    return {"package": package, "version": about["version"], "licence": about["license"], "files": hashes}


def main() -> int:
    """Copy everything and write the manifest; 1 if the packages are not there."""
    if not (ROOT / "node_modules").is_dir():
        print("node_modules is not there: run `npm ci --ignore-scripts` first.", file=sys.stderr)
        return 1
    manifest = {folder: copy(folder, *asset) for folder, asset in sorted(ASSETS.items())}
    (VENDOR / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n")
    print(f"{sum(len(part['files']) for part in manifest.values())} files in {VENDOR.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
