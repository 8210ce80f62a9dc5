"""What is known of a ranking where several series share a grid, and of the class that opened a paragraph."""

import pytest

from racing.reading.learned.options import Runner, crews_of
from racing.reading.learned.rankings import Rankings
from racing.reading.learned.sheets import Book
from racing.reading.lexicon import lexicon
from racing.reading.reader import tell
from racing.terms import OVERALL


def _rankings(text: str, language: str) -> Rankings:
    story = tell(text, lexicon(language))
    return Rankings(Book(story, crews_of(story), []))


def _known(rankings: Rankings, number: int, name: str) -> dict[str, float]:
    sheet = rankings.book.sheets[number]
    return rankings.features(number, sheet, Runner((0,), 0, 1, "name"), -1, 1, name, "none")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La manche commune aux deux coupes revient à Jean Arvois.", "fr"),
        ("Jean Arvois won the joint race.", "en"),
        ("Jean Arvois gewann das gemeinsame Rennen beider Serien.", "de"),
        ("Jean Arvois ha vinto la gara congiunta.", "it"),
        ("Jean Arvois ganó la carrera conjunta.", "es"),
    ],
)
def test_a_shared_grid_is_known_in_every_language(text: str, language: str) -> None:
    assert _known(_rankings(text, language), 0, OVERALL)["joint"] == 1


def test_one_series_alone_shares_no_grid() -> None:
    known = _known(_rankings("Jean Arvois gagne la course. La Coupe Berline Cup France est à Spa.", "fr"), 1, OVERALL)
    assert (known["joint"], known["series"], known["of_series"]) == (0, 1, 1)


def test_series_are_counted_once_by_their_lands() -> None:
    text = "La Berline Cup France et la Berline Cup Benelux roulent ensemble. Jean Arvois gagne la Berline Cup France."
    rankings = _rankings(text, "fr")
    assert [_known(rankings, n, OVERALL)["of_series"] for n in (0, 1)] == [2, 1]
    assert _known(rankings, 1, OVERALL)["series"] == 2


def test_a_paragraph_knows_the_class_that_opened_it() -> None:
    text = "En Pro-Am, Jean Arvois gagne. En Am, Paul Delmas gagne. Guy Soubise est troisième.\n\nLuc Ferrand est ravi."
    rankings = _rankings(text, "fr")
    assert rankings.opened == [("", 0), ("Pro-Am", 1), ("Pro-Am", 2), ("", 0)]
    assert _known(rankings, 2, "Pro-Am")["is_opened"] == 1
    assert _known(rankings, 2, "Am")["is_opened"] == 0
