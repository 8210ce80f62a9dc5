import pytest

from racing.terms import FactKind
from tests.reading.telling import facts


@pytest.mark.parametrize(
    "text",
    [
        "Le meeting de Nogaro a eu lieu les 4 et 5 avril.",
        "Le prochain rendez-vous sera disputé à Nogaro.",
        "Rendez-vous le 5 avril.",
    ],
)
def test_no_later_meeting_is_read_without_a_place_and_a_date(text: str) -> None:
    assert facts(text, FactKind.MEETING) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Le prochain rendez-vous est fixé à Zandvoort du 18 au 20 mai 2018.",
            ("Zandvoort", "2018-05-18", "2018-05-20"),
        ),
        ("Le prochain meeting aura lieu à Nogaro les 3 et 4 octobre.", ("Nogaro", "10-03", "10-04")),
        ("Prochaine manche : Lédenon, du 31 août au 1er septembre", ("Lédenon", "08-31", "09-01")),
    ],
)
def test_the_next_meeting_has_its_circuit_and_dates(text: str, expected: tuple[str, str, str]) -> None:
    assert [(fact.circuit, fact.start, fact.end) for fact in facts(text, FactKind.MEETING)] == [expected]
