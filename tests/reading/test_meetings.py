import pytest

from racing.reading.reader import read
from racing.terms import FactKind
from tests.reading.telling import FRENCH, facts

#: By a sentence's first word, one before it that tells its language.
SMALL = {
    "The": "The sun was out over the track and the crowd was in the stands for the whole of the day.\n",
    "Das": "Die Sonne war den ganzen Tag an der Strecke, und das Publikum war auf den Tribünen.\n",
    "Il": "Il sole era sulla pista per tutta la giornata e il pubblico era nelle tribune con le bandiere.\n",
    "La": "El sol estuvo en la pista durante todo el día y el público estaba en las gradas con las banderas.\n",
}


def meetings(text: str) -> list[tuple[str, str, str]]:
    found = [fact for fact in read(text).facts if fact.kind is FactKind.MEETING]
    return [(fact.circuit, fact.start, fact.end) for fact in found]


@pytest.mark.parametrize(
    "text",
    [
        "Le meeting de Nogaro a eu lieu les 4 et 5 avril.",
        "Le prochain rendez-vous sera disputé à Nogaro.",
        "Rendez-vous le 5 avril.",
        "Rendez-vous à Nogaro dans quinze jours.",
        "Les pilotes ont roulé. La course du 11 mai à Dijon s'est disputée devant un beau public.",
        "Les pilotes ont roulé et le public était là. Journée d'essais privés à Nogaro le 5 avril.",
        "Les pilotes ont roulé et le public était là. La prochaine course est loin. Nogaro, le 5 avril",
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The drivers now head to Zolder for the next round, which is on July 9-11.", ("Zolder", "07-09", "07-11")),
        ("Prochaine épreuve : Brumeval, les 8 et 9 octobre 2022.", ("Brumeval", "2022-10-08", "2022-10-09")),
        ("La prochaine manche est à Nogaro. Ce sera les 4 et 5 mai.", ("Nogaro", "05-04", "05-05")),
        ("Das nächste Rennen findet am 31. Juli in Spielberg statt.", ("Spielberg", "07-31", "07-31")),
        ("Il prossimo appuntamento è a Imola dal 5 al 7 luglio.", ("Imola", "07-05", "07-07")),
        ("La próxima cita será en Jerez del 3 al 5 de mayo.", ("Jerez", "05-03", "05-05")),
        (
            "Prochain rendez-vous : la manche de Nogaro, prévue initialement les 4 et 5 avril, est reportée aux 6 et 7 juin.",
            ("Nogaro", "06-06", "06-07"),
        ),
    ],
)
def test_a_meeting_is_read_in_every_language_and_across_sentences(text: str, expected: tuple[str, str, str]) -> None:
    assert meetings(
        SMALL.get(text.split()[0] if "próxima" in text or not text.startswith("La") else "", FRENCH) + text
    ) == [expected]


def test_what_lies_before_the_report_s_own_day_has_been() -> None:
    text = (
        "Dijon, le 12 mai 2019. Le pilote de la maison est ravi de sa journée et il a un mot pour son équipe.\n"
        "Rendez-vous de la saison : les 11 et 12 mai à Dijon, les 8 et 9 juin à Nogaro."
    )
    assert meetings(text) == [("Nogaro", "06-08", "06-09")]


def test_several_meetings_of_a_sentence_each_have_their_days() -> None:
    text = "Prochains rendez-vous : Nogaro (4-5 avril), Magny-Cours (2 et 3 mai) et Monza du 7 au 9 juin."
    found = [(fact.circuit, fact.start, fact.end) for fact in facts(text, FactKind.MEETING)]
    assert found == [("Nogaro", "04-04", "04-05"), ("Magny-Cours", "05-02", "05-03"), ("Monza", "06-07", "06-09")]
