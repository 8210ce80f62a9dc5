import pytest

from racing.reading.facts import Heading
from racing.reading.reader import read


def heading(text: str) -> Heading:
    return read(text).heading


def values(text: str) -> tuple[str, str, str]:
    found = heading(text)
    return tuple(stated.value if stated else "" for stated in (found.series, found.season, found.circuit))  # type: ignore[return-value]


@pytest.mark.parametrize(
    "text",
    [
        "Le pilote de l'écurie a gagné la course devant son équipier et il était ravi de sa victoire dimanche.",
        "La Coupe Féminine est revenue à la pilote de Nantes, et le Trophée Junior à son frère, dimanche soir.",
        "Il a offert le trophée de la Silver Cup à son équipe, qui le voulait depuis le début de la journée.",
    ],
)
def test_no_series_is_read_where_none_is_named(text: str) -> None:
    assert heading(text).series is None


@pytest.mark.parametrize(
    "text",
    [
        "Le champion 2018 a gagné la course devant son équipier et il était ravi de sa victoire.",
        "Depuis 2016, le pilote de l'équipe n'avait plus gagné à domicile devant un public venu pour lui.",
        "Dijon, le 12 mai. Le pilote a gagné la course devant son équipier et il était ravi de sa victoire.",
        "Le pilote a gagné la course devant son équipier à Isola 2000 et il était ravi de sa victoire.",
        "Le pilote a gagné la course devant son équipier et il était ravi de sa victoire. © 2021 tous droits réservés",
        "The driver was happy with the win and he was ahead of his team mate, who ended 2017 in the top ten.",
    ],
)
def test_no_season_is_read_from_a_year_of_the_past_or_a_day_without_a_year(text: str) -> None:
    assert heading(text).season is None


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("Clio Cup Europe – un ancien de la Clio Cup Italia s'impose à Nogaro devant les habitués.", "Clio Cup Europe"),
        (
            "Lever de rideau du European Le Mans Series, la manche de Ligier European Series a souri à Paul Marchand.",
            "Ligier European Series",
        ),
        (
            "[#PCCF] Le résumé du week-end pour ceux qui ont dormi : deux courses et deux vainqueurs.",
            "Porsche Carrera Cup France",
        ),
        (
            "Notre week-end en @CarreraCupFrance est fini et nous avons deux coupes à la maison.",
            "Porsche Carrera Cup France",
        ),
        (
            "La Coupe Mistral Azur a connu son premier vainqueur et il est venu de Nantes avec son père.",
            "Coupe Mistral Azur",
        ),
        (
            "The Fun Series Baltic has its first winner and he was ahead of the field by a lap at the end.",
            "Fun Series Baltic",
        ),
        (
            "The British GT Championship was at its best and the crews of the British GT know it.",
            "British GT Championship",
        ),
        (
            "Auf dem Programm des Wochenendes stand die Carrera Cup Deutschland, und der Sieger war der Mann aus Bremen.",
            "Porsche Carrera Cup Deutschland",
        ),
    ],
)
def test_the_series_is_the_report_s_own_under_its_usual_name(text: str, series: str) -> None:
    assert values(text)[0] == series


@pytest.mark.parametrize(
    ("text", "season"),
    [
        ("Dijon, le 12 mai 2019. Le champion 2018 a gagné la course devant son équipier et il était ravi.", "2019"),
        ("La saison 2021 a commencé avec une victoire du champion 2020, qui était ravi de sa journée.", "2021"),
        (
            "El campeón de 2020 ganó la primera carrera de la temporada 2022 y la afición lo celebró en la pista.",
            "2022",
        ),
        (
            "Le pilote de Nantes a gagné la dernière course de la saison 2023 et il était ravi de sa victoire. "
            "Il a aussi fini deuxième dimanche. La prochaine saison reprendra à Nogaro les 6 et 7 avril 2024.",
            "2023",
        ),
    ],
)
def test_the_season_is_that_of_the_report_s_own_days(text: str, season: str) -> None:
    assert values(text)[1] == season


@pytest.mark.parametrize(
    ("text", "circuit"),
    [
        ("Vainqueur à Valence il y a trois semaines, le pilote de Nantes a récidivé dimanche à Estoril.", "Estoril"),
        (
            "Le Mans Cup : le pilote de Nantes a gagné la course de Portimão devant les habitués de la série.",
            "Portimão",
        ),
        (
            "La manche catalane a souri au pilote de Nantes, qui était ravi de sa victoire et de sa journée.",
            "Barcelona-Catalunya",
        ),
        (
            "Am Sonntag war der Mann aus Bremen in Spielberg der Sieger, und das Team war mit dem Rennen zufrieden.",
            "Spielberg",
        ),
        (
            "Der Sieg auf der Kurzanbindung des Nürburgrings ging an den Mann aus Bremen, und das Team war zufrieden. "
            "Das Rennen war kurz, und die Fans waren da. In drei Wochen geht es auf dem Lausitzring weiter.",
            "Nürburgring",
        ),
    ],
)
def test_the_circuit_is_that_of_the_meeting(text: str, circuit: str) -> None:
    assert values(text)[2] == circuit


def test_what_the_heading_states_is_where_its_evidence_says() -> None:
    text = "Clio Cup Europe – Nogaro, le 3 mai 2021. Le pilote a gagné la course devant son équipier et il était ravi."
    found = heading(text)
    spans = [stated.evidence[0] for stated in (found.series, found.circuit, found.season) if stated]
    assert [text[span.start : span.end] for span in spans] == ["Clio Cup Europe", "Nogaro", "3 mai 2021"]
