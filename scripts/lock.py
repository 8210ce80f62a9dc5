#!/usr/bin/env python3
"""Write requirements/*.txt anew from pyproject.toml: versions and hashes, no addresses. For maintainers; needs uv on PATH.

python3 scripts/lock.py             keep the versions that are locked and still fit
python3 scripts/lock.py --upgrade   take the newest that fit
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Each lock holds the packages of those before it, at the same versions.
LOCKS = {"base": [], "test": ["--group", "test"], "dev": ["--group", "dev"]}


def main(options: list[str]) -> None:
    """Resolve base, test and dev in that order, each constrained by the one before. `options` are passed on to uv."""
    uv = shutil.which("uv")
    if uv is None:
        sys.exit("uv is not on PATH; `pip install uv` in an environment of its own brings it.")
    before: list[str] = []
    for name, groups in LOCKS.items():
        target = f"requirements/{name}.txt"
        form = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet"]
        command = [uv, "pip", "compile", "pyproject.toml", *form, *groups, *before, "-o", target, *options]
        subprocess.run(command, cwd=ROOT, check=True)
        before = ["--constraint", target]
        print(target)


if __name__ == "__main__":
    main(sys.argv[1:])
