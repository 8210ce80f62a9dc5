"""The files that belong to the project, whether or not git is there to ask."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
#: What tools and running installations leave in the root.
NOT_OURS = {".git", ".venv", "var", ".hypothesis", "node_modules", "staticfiles", "__pycache__"}


def files(*folders: str, suffix: str = "") -> Iterator[Path]:
    """Give the project's files below some of its folders (all of it when none is named), in order."""
    for folder in folders or (".",):
        for path in sorted((ROOT / folder).rglob(f"*{suffix}")):
            parts = path.relative_to(ROOT).parts
            if path.is_file() and not NOT_OURS.intersection(parts) and not parts[0].endswith("_cache"):
                yield path


def name(path: Path) -> str:
    """Name a file as the README would."""
    return path.relative_to(ROOT).as_posix()
