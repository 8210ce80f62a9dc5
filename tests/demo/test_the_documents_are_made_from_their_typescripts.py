"""The sample's PDF and DOCX say what their typescripts say."""

import re

import pytest

from racing.demo.loading import HERE
from racing.reading.documents import extract

FURNITURE = re.compile(r"Trophée des Volcans - Service de presse|Page \d+")


def words(text: str) -> list[str]:
    """Give the words, apart from how they are set in lines and from what stands on every page."""
    return FURNITURE.sub("", " ".join(text.split())).split()


@pytest.mark.parametrize("name", ["05-spa-communique.pdf", "09-magny-cours-communique.docx"])
def test_a_document_says_what_its_typescript_says(name: str) -> None:
    typescript = (HERE / "typescripts" / name).with_suffix(".txt").read_text(encoding="utf-8")
    assert words(extract((HERE / "reports" / name).read_bytes()).text) == words(typescript)
