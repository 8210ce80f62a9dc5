"""Whatever goes wrong, the editor reads a sentence that says what to do."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from racing.problems import SENTENCES, sentence

#: How the code base names a code.
CODES = re.compile(
    r"""(?:DocumentError|Refused|SandboxError|[Pp]roblem|fail)\((?:\w+,\s)?\s*"([a-z_]+)"  # raised, listed, or kept with a job
    | return\s"([a-z_]+)",                                                               # how a child ended
    | "error":\s"([a-z_]+)"                                                              # what a child tells
    | "(model_[a-z_]+)"                                                                  # what a model gives, or does not
    | code\s=\s"([a-z_]+)"\sif\s.*\selse\s"([a-z_]+)"                                    # one of two
    """,
    re.VERBOSE,
)


def used() -> set[str]:
    """Give the codes that stand in the program's text."""
    root = Path(settings.BASE_DIR) / "racing"
    texts = [
        path.read_text()
        for folder in (".", "reading", "reading/documents", "model_reader")
        for path in (root / folder).glob("*.py")
        if path.name != "problems.py"
    ]
    return {code for text in texts for match in CODES.finditer(text) for code in match.groups() if code}


def test_each_code_in_use_has_its_sentence_and_each_sentence_its_use() -> None:
    assert used() == set(SENTENCES)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_each_sentence_is_whole_in_both_languages(code: str, language: str) -> None:
    with translation.override(language):
        told = sentence(code, "100 %s of PNG")
    assert told
    assert told[0].isupper()
    assert "%(" not in told
    assert not told.startswith(code)


def test_what_is_told_beside_the_code_stands_in_the_sentence() -> None:
    with translation.override("en"):
        assert "(PNG)" in sentence("image", "PNG")
        assert "20.0\xa0MB" in sentence("too_large")
        assert "30 seconds" in sentence("timeout")


def test_a_code_that_nobody_knows_gives_a_general_sentence_that_names_it() -> None:
    with translation.override("en"):
        assert sentence("phase_of_the_moon").endswith("phase_of_the_moon")
