"""What computing anew changed is told in the language of the moment, set as that language sets it."""

import pytest
from django.utils import translation

from standings.telling import sentences

TOLD = [
    {
        "names": ["Pilotes", "Drivers"],
        "moves": [
            ["Julien Andlauer", [2, "12.5"], [1, "20"]],
            ["Yifei Ye", [1, "18"], [2, "18"]],
            ["Marvin Klein", [3, "8"], [3, "9"]],
        ],
        "more": 3,
    }
]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "fr",
            "Pilotes\u00a0: Julien Andlauer 2 → 1, 12,5 → 20 points\u00a0; Yifei Ye 1 → 2 avec 18 points\u00a0; "
            "Marvin Klein toujours 3, 8 → 9 points\u00a0; 3 autres",
        ),
        (
            "en",
            "Drivers: Julien Andlauer 2 → 1, 12.5 → 20 points; Yifei Ye 1 → 2 with 18 points; "
            "Marvin Klein still 3, 8 → 9 points; 3 more",
        ),
    ],
)
def test_moves_are_told_as_the_language_sets_them(language: str, sentence: str) -> None:
    with translation.override(language):
        assert list(sentences(TOLD)) == [sentence]
