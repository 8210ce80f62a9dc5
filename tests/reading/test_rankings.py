"""What is known of a ranking: the class that opened a paragraph."""

from racing.reading.learned.options import Runner, crews_of
from racing.reading.learned.rankings import Rankings
from racing.reading.learned.sheets import Book
from racing.reading.lexicon import lexicon
from racing.reading.reader import tell


def _rankings(text: str, language: str) -> Rankings:
    story = tell(text, lexicon(language))
    return Rankings(Book(story, crews_of(story), []))


def _known(rankings: Rankings, number: int, name: str) -> dict[str, float]:
    sheet = rankings.book.sheets[number]
    return rankings.features(number, sheet, Runner((0,), 0, 1, "name"), -1, 1, name, "none")


def test_a_paragraph_knows_the_class_that_opened_it() -> None:
    text = "En Pro-Am, Jean Arvois gagne. En Am, Paul Delmas gagne. Guy Soubise est troisième.\n\nLuc Ferrand est ravi."
    rankings = _rankings(text, "fr")
    assert rankings.opened == [("", 0), ("Pro-Am", 1), ("Pro-Am", 2), ("", 0)]
    assert _known(rankings, 2, "Pro-Am")["is_opened"] == 1
    assert _known(rankings, 2, "Am")["is_opened"] == 0
