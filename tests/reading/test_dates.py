import pytest
from hypothesis import given
from hypothesis import strategies as st

from racing.reading.dates import days_in
from racing.reading.facts import Span
from racing.reading.folding import fold
from racing.reading.lexicon import languages, lexicon


def days(language: str, text: str) -> list[tuple[str, str]]:
    return [(each.start, each.end) for each in days_in(lexicon(language), text, fold(text), Span(0, len(text)))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "3 minutes 41, 17 points, 1'36\"802, 12,5 km en 2019, 3/4 de la course"),
        ("fr", "le 32 mai"),
        ("fr", "dans quinze jours"),
        ("en", "he may 3 times"),
        ("en", "Race 2 of 3, lap 12"),
        ("de", "1:23.456 Minuten, 3. Platz, 12 Punkte"),
        ("it", "al 3 giro, 2 secondi"),
        ("es", "3 a 5 vueltas"),
    ],
)
def test_no_days_are_read_where_none_are(language: str, text: str) -> None:
    assert days(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "start", "end"),
    [
        ("fr", "les 12 et 13 octobre", "10-12", "10-13"),
        ("fr", "du 29 au 31 août 2021", "2021-08-29", "2021-08-31"),
        ("fr", "du 31 août au 1er septembre", "08-31", "09-01"),
        ("fr", "les 9, 10 et 11 juin", "06-09", "06-11"),
        ("fr", "9/10 sept.", "09-09", "09-10"),
        ("fr", "le 6 et le 7 août", "08-06", "08-07"),
        ("fr", "samedi 4 et dimanche 5 avr.", "04-04", "04-05"),
        ("fr", "le 10 septembre à Nogaro, et jusqu'au 12", "09-10", "09-12"),
        ("fr", "du 30 décembre au 1er janvier 2020", "2019-12-30", "2020-01-01"),
        ("en", "3-5 May", "05-03", "05-05"),
        ("en", "June 19-20", "06-19", "06-20"),
        ("en", "from September 20 to 22", "09-20", "09-22"),
        ("en", "July 30, 2022", "2022-07-30", "2022-07-30"),
        ("en", "9 till 11 July", "07-09", "07-11"),
        ("en", "the 3rd and 4th of May", "05-03", "05-04"),
        ("en", "Aug. 31 to Sept. 2", "08-31", "09-02"),
        ("de", "12./13. Juli", "07-12", "07-13"),
        ("de", "vom 12. bis zum 14. Juli 2019", "2019-07-12", "2019-07-14"),
        ("de", "Samstag, 12., und Sonntag, 13. Juli", "07-12", "07-13"),
        ("de", "7. bis 9.10.2022", "2022-10-07", "2022-10-09"),
        ("it", "dal 5 al 7 luglio", "07-05", "07-07"),
        ("it", "sabato 5 e domenica 6 ottobre 2019", "2019-10-05", "2019-10-06"),
        ("it", "l'8 settembre", "09-08", "09-08"),
        ("es", "del 3 al 5 de mayo de 2022", "2022-05-03", "2022-05-05"),
        ("es", "del 30 de septiembre al 2 de octubre", "09-30", "10-02"),
    ],
)
def test_days_are_read_in_every_form(language: str, text: str, start: str, end: str) -> None:
    assert days(language, text) == [(start, end)]


@given(language=st.sampled_from(languages()), text=st.text(alphabet="0123456789 ./-–,'aeumjilbto", max_size=80))
def test_what_is_read_lies_in_the_text_and_does_not_overlap(language: str, text: str) -> None:
    found = days_in(lexicon(language), text, fold(text), Span(0, len(text)))
    ends = [0] + [each.span.end for each in found]
    assert all(
        before <= each.span.start < each.span.end <= len(text) for before, each in zip(ends, found, strict=False)
    )
