"""Nothing of one machine, nothing unfinished and nothing from elsewhere is in the project."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, name

ME = Path(__file__).name
TEXT = {".py", ".toml", ".md", ".txt", ".html", ".css", ".js", ".yml", ".json", ".po", ".example", ""}
#: Put together here so that this file does not hold what it looks for.
ONE_MACHINE = [f"/{folder}/" for folder in ("root", "opt", "work", "home")] + ["file:" + "///"]
REGISTRIES = ["py" + "pi.org", "python" + "hosted", "npm" + "js."]
UNFINISHED = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "raise NotImplemented" + "Error", "pytest." + "mark.skip("]


def ours() -> list[tuple[str, str]]:
    """Give name and text of the files that somebody of the project wrote."""
    return [
        (name(path), path.read_text())
        for path in files()
        if path.suffix in TEXT and "vendor" not in path.parts and path.name not in (ME, "package-lock.json")
    ]


@pytest.mark.parametrize("words", [ONE_MACHINE, REGISTRIES, UNFINISHED], ids=["machine", "registry", "unfinished"])
def test_no_file_holds_what_does_not_belong(words: list[str]) -> None:
    found = re.compile("|".join(rf"(?<![\w.]){re.escape(word)}" for word in words))
    assert [(path, hit[0]) for path, text in ours() if (hit := found.search(text))] == []


def test_pages_load_nothing_from_elsewhere() -> None:
    outside = re.compile(r"""(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]{2,}""")
    pages = [*files("templates", "static")]
    served = [path for path in pages if path.suffix in (".html", ".css", ".js", ".svg") and "vendor" not in path.parts]
    assert served
    assert [(name(path), hit[0]) for path in served if (hit := outside.search(path.read_text()))] == []


def test_templates_hold_no_inline_script_or_style() -> None:
    inline = re.compile(
        r"""<script(?![^>]*\bsrc=)(?![^>]*type="application/json")|<style|\sstyle=|\son[a-z]+=|javascript:"""
    )
    templates = list(files("templates", suffix=".html"))
    assert templates
    assert [(name(path), hit[0]) for path in templates if (hit := inline.search(path.read_text()))] == []


def test_what_the_readme_and_the_docs_point_at_is_there() -> None:
    pages = [*files("docs", suffix=".md"), ROOT / "README.md"]
    links = [(page, link) for page in pages for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text())]
    assert links
    assert [f"{name(page)}: {link}" for page, link in links if not (page.parent / link).exists()] == []
