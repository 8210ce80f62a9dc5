"""What is known of real seasons from single reports, by their rulebooks: figures only, the names are those of the results."""

from functools import partial

import pytest

from racing.models import Driver, Entry, Race, Season
from standings.models import Championship, Standing
from standings.recompute import recompute_season
from standings.stored import awards_of
from tests.standings.building import make_entry, make_event, make_race, make_season, table

pytestmark = pytest.mark.django_db


def drivers(season: Season, **classes: str) -> dict[str, Entry]:
    """Make an entry for each driver: the surname, and the classes or "guest"."""
    made = {}
    for name, text in classes.items():
        guest = text == "guest"
        names = [] if guest else text.split()
        made[name] = make_entry(season, name, classes=names, guest=guest)
    return made


def named(cars: dict[str, Entry], text: str) -> list[Entry]:
    return [cars[name] for name in text.split()]


def championship(season: Season, slug: str) -> Championship:
    return Championship.objects.get(season=season, slug=slug)


@pytest.fixture
def carrera_cup_2017() -> Season:
    season = make_season("Porsche Carrera Cup France", 2017)
    rookies = ("HasseClot", "Jung", "Cypriano")
    b = ("Lindland", "Misslin", "Lapierre", "Perfetti")
    rest = ("Andlauer", "Latorre", "Beltoise", "Rovera", "DeNarda", "Guven", "Oliphant", "Morin", "McKay")
    car = drivers(
        season,
        **dict.fromkeys(rookies, "Rookie"),
        **dict.fromkeys(b, "B"),
        **dict.fromkeys(rest, ""),
        **dict.fromkeys(("Derdaele", "Cammish", "Zamparelli"), "guest"),
    )
    names = partial(named, car)
    spa = make_event(season, "Spa-Francorchamps", order=1)
    make_race(
        spa,
        1,
        {
            "overall": names("Andlauer Latorre Beltoise Rovera DeNarda"),
            "track": names("Andlauer Derdaele Latorre Beltoise Rovera DeNarda"),
            "B": names("Lindland Misslin Lapierre"),
            "Rookie": names("HasseClot Jung Cypriano"),
        },
        starters=38,
        pole={"overall": car["Andlauer"]},
        fastest={"overall": car["Andlauer"]},
    )
    make_race(
        spa,
        2,
        {
            "overall": names("Andlauer DeNarda Jung Beltoise Latorre"),
            "B": names("Misslin Perfetti Lapierre"),
            "Rookie": names("Jung"),
        },
        starters=38,
        pole={"overall": car["Andlauer"]},
        fastest={"overall": car["Andlauer"]},
    )
    le_mans = make_event(season, "Le Mans", order=2)
    make_race(
        le_mans,
        1,
        {
            "track": names("Cammish Zamparelli Rovera Guven Oliphant DeNarda HasseClot Morin Beltoise McKay"),
            "overall": names("Rovera Guven Oliphant DeNarda HasseClot Morin Beltoise McKay"),
            "B": names("Lapierre Misslin Lindland"),
        },
        pole={"overall": car["Latorre"], "track": car["Latorre"]},
        out=names("Jung Latorre"),
    )
    recompute_season(season)
    return season


def test_in_2017_andlauer_leads_after_spa_and_le_mans_by_his_two_wins(carrera_cup_2017: Season) -> None:
    overall = championship(carrera_cup_2017, "drivers")
    assert table(overall)[:5] == [
        (1, "Andlauer", 44),
        (2, "DeNarda", 44),
        (3, "Beltoise", 39),
        (4, "Rovera", 34),
        (5, "Latorre", 31),
    ]
    first, second = Standing.objects.filter(championship=overall, race__event__circuit__name="Le Mans")[:2]
    decided = {"rule": "countback", "place": 1}
    assert first.why == {"tie": {**decided, "mine": 2, "theirs": 0, "other": second.driver_id, "ahead": True}}
    assert second.why == {"tie": {**decided, "mine": 0, "theirs": 2, "other": first.driver_id, "ahead": False}}


def test_an_award_says_which_position_was_used_and_why(carrera_cup_2017: Season) -> None:
    overall = championship(carrera_cup_2017, "drivers")
    race = Race.objects.get(event__circuit__name="Le Mans")
    awards = {str(Driver.objects.get(pk=award.subject)): award.parts for award in awards_of(overall, [race.pk])}
    part = {"kind": "position", "rule": "race", "ranking": "overall", "position": 1, "why": "guests_removed", "road": 3}
    entry = Entry.objects.get(season=carrera_cup_2017, crew__driver__last_name="Rovera").pk
    assert awards["Rovera"] == [{**part, "value": "20", "factor": "1", "points": "20", "entry": entry}]
    assert [(row["kind"], row["rule"], row["points"]) for row in awards["Latorre"]] == [("bonus", "pole", "1")]


def test_in_2017_misslin_leads_class_b_with_no_bonus_counted(carrera_cup_2017: Season) -> None:
    assert table(championship(carrera_cup_2017, "b")) == [
        (1, "Misslin", 56),
        (2, "Lapierre", 52),
        (3, "Lindland", 36),
        (4, "Perfetti", 18),
    ]


def test_in_2017_jung_leads_the_rookies(carrera_cup_2017: Season) -> None:
    assert table(championship(carrera_cup_2017, "rookie")) == [
        (1, "Jung", 38),
        (2, "HasseClot", 20),
        (3, "Cypriano", 16),
    ]


def test_guests_stand_in_no_table_of_2017(carrera_cup_2017: Season) -> None:
    guests = {"Derdaele", "Cammish", "Zamparelli"}
    assert not Standing.objects.filter(driver__last_name__in=guests).exists()


def test_a_table_says_how_much_of_each_race_is_known(carrera_cup_2017: Season) -> None:
    basis = championship(carrera_cup_2017, "drivers").basis
    assert [(row["known"], row["of"]) for row in basis] == [(5, 38), (5, 38), (8, None)]


def test_in_2018_hasse_clot_leads_after_the_one_race_known_and_a_guests_pole_passes_on() -> None:
    season = make_season("Porsche Carrera Cup France", 2018)
    car = drivers(season, HasseClot="", Andlauer="", Rovera="", Guven="", Simmenauer="", Maassen="guest")
    first_five = [car[name] for name in ("HasseClot", "Andlauer", "Rovera", "Guven", "Simmenauer")]
    spa = make_event(season, "Spa-Francorchamps", order=1)
    make_race(spa, 2, {"overall": first_five}, pole={"track": car["Maassen"], "overall": car["Rovera"]})
    recompute_season(season)
    found = championship(season, "drivers")
    assert (found.rulebook, found.verified) == ("porsche-carrera-cup-france-2018", True)
    assert table(found) == [
        (1, "HasseClot", 20),
        (2, "Andlauer", 18),
        (3, "Rovera", 17),
        (4, "Guven", 14),
        (5, "Simmenauer", 12),
    ]


def test_in_the_gt4_of_2020_two_crews_share_the_first_place() -> None:
    season = make_season("GT4 European Series", 2020)
    aston = make_entry(season, "HasseClot", "Nouet", number="27", classes=["Silver"])
    toyota = make_entry(season, "Lemeret", "Castelli", number="8", classes=["Silver"])
    mercedes = make_entry(season, "Meijer", number="30", classes=["Silver"])
    other_aston = make_entry(season, "Gomar", "Vannelet", number="89", classes=["Am"])
    spa = make_event(season, "Spa-Francorchamps", order=1)
    make_race(spa, 1, {"overall": [aston], "Am": [other_aston]})
    make_race(spa, 2, {"overall": [toyota, mercedes, other_aston], "Am": [other_aston]})
    recompute_season(season)
    together = championship(season, "all-classes")
    assert together.is_title is False
    assert table(together) == [
        (1, "#27 HasseClot / Nouet", 25),
        (1, "#8 Lemeret / Castelli", 25),
        (3, "#30 Meijer", 18),
        (4, "#89 Gomar / Vannelet", 15),
    ]
    last = Standing.objects.get(championship=together, entry=toyota, race__number=2)
    assert last.why == {"tie": {"rule": "shared", "other": aston.pk, "ahead": False}}
    assert table(championship(season, "am")) == [(1, "#89 Gomar / Vannelet", 50)]


def test_in_2021_klein_leads_from_monza_alone() -> None:
    season = make_season("Porsche Carrera Cup France", 2021)
    car = drivers(season, Klein="", Latorre="", Ghiretti="", Boccolacci="", Fulgenzi="", Quaresmini="")
    monza = make_event(season, "Monza", order=1)
    names = partial(named, car)
    make_race(monza, 1, {"overall": names("Klein Latorre Ghiretti Boccolacci Fulgenzi")})
    make_race(monza, 2, {"overall": names("Boccolacci Klein Latorre Quaresmini Ghiretti")})
    recompute_season(season)
    assert table(championship(season, "drivers"))[:3] == [
        (1, "Klein", 45),
        (2, "Boccolacci", 39),
        (3, "Latorre", 37),
    ]
