"""Short ways to say what a model answers, what the offline reader found, and what became of both. All names are invented."""

from typing import Any

from racing.model_reader.endpoint import Endpoint, Unanswered
from racing.model_reader.parts import Part
from racing.model_reader.reader import ReadBy, read
from racing.reading.facts import Fact, Reading, Span
from racing.terms import FactKind, Reader

NOWHERE = Endpoint("http://127.0.0.1:9/v1", "test-model")

#: A report of two races, with everything that a test wants to point at.
REPORT = """Trophée du Causse 2024 : Arvois et Béliard se partagent Lédenon

Luc Arvois (Team Nord) s'élançait de la pole position de la Course 1. Il s'imposait avec 2''4 d'avance sur Paul Brion.
Noé Béliard complétait le podium. En Am, Zoé Carlier gagnait devant Guy Dampierre.

Course 2 : Noé Béliard l'emportait devant Luc Arvois. Pénalisé de cinq secondes pour un départ volé, Paul Brion était
classé troisième. Guy Dampierre abandonnait. Le meilleur tour revenait à Béliard en 1:32.456.

Au championnat, Luc Arvois mène avec 112 points. Prochain rendez-vous à Nogaro du 7 au 9 juin.
"""


def place(position: int, *drivers: str, ranking: str = "overall", **more: Any) -> dict[str, Any]:
    """Give a place as a model answers it."""
    return {"ranking": ranking, "position": position, "drivers": list(drivers), **more}


def race(number: int | None = 1, *results: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Give a race with its results as a model answers it."""
    return {"number": number, "results": list(results), **more}


def answer(*races: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Give an answer in French."""
    return {"language": "fr", "races": list(races), "standings": [], "calendar": [], **more}


#: What a careful model answers about REPORT.
CAREFUL = answer(
    race(
        1,
        place(1, "Luc Arvois", team="Team Nord"),
        place(2, "Paul Brion", gap="2''4"),
        place(3, "Noé Béliard"),
        place(1, "Zoé Carlier", ranking="Am"),
        place(2, "Guy Dampierre", ranking="Am"),
        qualifying=[place(1, "Luc Arvois")],
    ),
    race(
        2,
        place(1, "Noé Béliard"),
        place(2, "Luc Arvois"),
        place(3, "Paul Brion"),
        fastest_laps=[{"ranking": "overall", "drivers": ["Noé Béliard"], "time": "1:32.456"}],
        penalties=[{"drivers": ["Paul Brion"], "text": "cinq secondes pour un départ volé"}],
        retirements=[{"drivers": ["Guy Dampierre"]}],
    ),
    series="Trophée du Causse",
    season=2024,
    event={"circuit": "Lédenon"},
    standings=[{"ranking": "overall", "position": 1, "drivers": ["Luc Arvois"], "points": 112, "gap": None}],
    calendar=[{"circuit": "Nogaro", "start": "2024-06-07", "end": "2024-06-09"}],
)


def finish(position: int, *drivers: str, ranking: str = "overall", race: int | None = 1, sure: float = 0.95) -> Fact:
    """Give a place as the offline reader finds it, its evidence the text's first characters."""
    return Fact(
        FactKind.FINISH, (Span(0, 5),), race=race, ranking=ranking, position=position, drivers=drivers, sure=sure
    )


def offline(*facts: Fact, **more: Any) -> Reading:
    """Give a reading of the offline reader."""
    return Reading("fr", facts=facts, **more)


def read_by(
    data: dict[str, Any],
    text: str = REPORT,
    reading: Reading | None = None,
    reader: Reader = Reader.MODEL,
    *,
    whole: bool = True,
) -> ReadBy:
    """Give what comes of a text when the model answers this."""
    return read(text, reading or offline(), NOWHERE, lambda _part: (data, whole), reader)


def unanswered(code: str, detail: str = "") -> ReadBy:
    """Give what comes of a report when the model does not answer, for this reason."""

    def ask(_part: Part) -> tuple[dict[str, Any], bool]:
        raise Unanswered(code, detail)

    return read(REPORT, offline(finish(1, "Luc Arvois")), NOWHERE, ask, Reader.MODEL)


def told(read_by: ReadBy, kind: FactKind = FactKind.FINISH) -> list[tuple[int | None, str, int | None, str]]:
    """Give (race, ranking, place, drivers) of a kind's facts."""
    facts = (fact for fact in read_by.reading.facts if fact.kind is kind)
    return [(fact.race, fact.ranking, fact.position, " / ".join(fact.drivers)) for fact in facts]


def codes(read_by: ReadBy) -> list[str]:
    """Give the codes of the problems."""
    return [problem.code for problem in read_by.reading.problems]


def sure_of(read_by: ReadBy, driver: str) -> list[float]:
    """Give how sure each finish of a driver is."""
    return [fact.sure for fact in read_by.reading.facts if driver in fact.drivers and fact.kind is FactKind.FINISH]
