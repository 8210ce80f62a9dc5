"""A season to look at: three meetings and six races of an invented cup, one of them with guests from another, told in part."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User

from racing.models import Circuit, Correction, Driver, Entry, Event, Race, Round, Season, Series, Team
from racing.names import fold
from racing.terms import TRACK, RaceStatus
from standings.models import Championship
from tests.pages.telling import settle, tell_race
from tests.standings.building import make_entry, make_event, make_season

DRIVERS = [
    ("Élodie Vasseur", "12", "Atelier du Pont", ("Pro",)),
    ("Baptiste Kerguelen", "7", "Écurie des Quais", ("Pro",)),
    ("Otto Lindemann", "21", "Rive Gauche Racing", ("Pro", "Rookie")),
    ("Jean-Baptiste d’Hautecombe", "3", "Atelier du Pont", ("Pro",)),
    ("Łukasz Żuławski", "44", "Rive Gauche Racing", ("Am",)),
    ("Marguerite Oyono", "58", "Garage Saint-Just", ("Am", "Rookie")),
    ("Théo Carpentras", "9", "Garage Saint-Just", ("Am",)),
    ("Inês Figueira", "66", "Écurie des Quais", ("Am",)),
]
CIRCUITS = [
    ("Val d’Argent", date(2025, 4, 12)),
    ("Les Deux Ponts", date(2025, 6, 7)),
    ("Grand Marais", date(2025, 9, 20)),
]

#: Rules with everything that a matrix can show: bonuses, dropped scores, guests who move nobody up.
RULES: dict[str, object] = {
    "scales": {"race": ["20", "15", "12", "10", "8", "6", "4.5", "2"]},
    "ineligible": "rerank",
    "bonuses": [
        {"on": "pole", "points": 1, "scope": "overall"},
        {"on": "fastest_lap", "points": 1, "scope": "overall"},
    ],
    "segments": [{"drop": 1}],
}

#: Every kind of page, and every race.
ADDRESSES = [
    "/",
    "/series/",
    "/series/coupe-des-deux-rives/",
    "/series/coupe-des-deux-rives/2025/",
    "/series/coupe-des-deux-rives/2025/drivers/",
    "/series/coupe-des-deux-rives/2025/crews/",
    "/series/coupe-des-deux-rives/2025/teams/",
    "/series/coupe-des-deux-rives/2025/am/",
    "/series/coupe-des-deux-rives/2025/drivers/elodie-vasseur/",
    "/drivers/elodie-vasseur/",
    "/teams/atelier-du-pont/",
    "/events/les-deux-ponts-2025/",
    *(
        f"/events/{event}-2025/race-{n}/"
        for event in ("val-d-argent", "les-deux-ponts", "grand-marais")
        for n in (1, 2)
    ),
]

#: Every kind of answer in JSON.
API = [
    "/api/",
    "/api/series/coupe-des-deux-rives/",
    "/api/series/coupe-des-deux-rives/2025/",
    "/api/series/coupe-des-deux-rives/2025/drivers/",
    "/api/series/coupe-des-deux-rives/2025/crews/",
    "/api/series/coupe-des-deux-rives/2025/teams/",
    "/api/series/coupe-des-deux-rives/2025/drivers/marguerite-oyono/",
]


@dataclass
class Grandstand:
    """The season with its parts, as tests ask for them."""

    season: Season
    other: Season
    drivers: Championship
    crews: Championship
    teams: Championship
    events: list[Event]
    races: list[Race]
    entries: list[Entry]
    guest: Entry
    correction: Correction


def build(cars: int = 8) -> Grandstand:
    """Build the season with so many cars; those beyond the named eight have made-up names and finish behind them."""
    season = make_season("Coupe des Deux Rives", 2025)
    other = make_season("Trophée du Delta", 2025)
    drivers = _championship(season, "drivers", "Classement général", "Overall", RULES, 1)
    teams = _championship(season, "teams", "Équipes", "Teams", {**RULES, "subject": "team", "cars": 2}, 8)
    crews = _championship(season, "crews", "Équipages", "Crews", {**RULES, "subject": "crew"}, 9)
    entries = [_entry(season, *row) for row in DRIVERS]
    entries += [
        make_entry(season, f"Pilote {n}", number=str(100 + n), team="Foule SA", classes=["Am"]) for n in range(cars - 8)
    ]
    guest = make_entry(season, "Nadia Brennwald", number="99", guest=True)
    away = make_entry(other, "Nadia Brennwald", "Cosimo Ferraris", number="99", team="Delta Corse")
    events, races = [], []
    for number, (circuit, start) in enumerate(CIRCUITS, 1):
        event = make_event(season, circuit, number)
        event.start, event.end = start, start.replace(day=start.day + 1)
        event.save()
        events.append(event)
        races += [
            Race.objects.create(event=event, number=n, starters=cars, status=RaceStatus.PROVISIONAL) for n in (1, 2)
        ]
    Round.objects.create(season=other, event=events[1], number=4)
    _give_addresses()
    for row in (*races, *events, season, other):
        row.refresh_from_db()
    _tell_all(season, races, entries, guest, away)
    author = User.objects.create_user("Anne Korrektor", is_staff=True)
    correction = Correction.objects.create(
        race=races[0],
        entry=entries[3],
        field="race:overall",
        value=4,
        reason="Feuille des chronométreurs relue.",
        author=author,
    )
    settle(*races)
    for row in (drivers, teams, crews, season):
        row.refresh_from_db()
    return Grandstand(season, other, drivers, crews, teams, events, races, entries, guest, correction)


def _championship(
    season: Season, slug: str, name: str, name_en: str, rules: dict[str, object], order: int
) -> Championship:
    return Championship.objects.create(
        season=season,
        slug=slug,
        name=name,
        name_en=name_en,
        rules=rules,
        order=order,
        edited=True,
        source="Règlement inventé pour les essais.",
        source_en="Rules invented for the tests.",
    )


def _entry(season: Season, name: str, number: str, team: str, classes: tuple[str, ...]) -> Entry:
    entry = make_entry(season, name, number=number, team=team, classes=classes)
    driver = entry.crew.get().driver
    driver.first_name, driver.last_name = name.split(" ", 1)
    driver.save()
    return entry


def _give_addresses() -> None:
    """Give everything the address that the product would give it: ASCII, words joined by hyphens."""
    for model in (Series, Driver, Team, Circuit):
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(slug=fold(str(row)).replace(" ", "-"))
    for event in Event.objects.select_related("circuit"):
        event.slug = f"{event.circuit.slug}-{event.year}"
        event.save()


def _tell_all(season: Season, races: list[Race], entries: list[Entry], guest: Entry, away: Entry) -> None:
    """Tell the six races: the first two in full, the third with a guest on the road, the fourth twice and in conflict."""
    one, two, three, four, five, six, seven, eight, *crowd = entries
    tell_race(
        season,
        races[0],
        [one, two, three, None, five, six, seven, *crowd],
        pole=two,
        fastest=one,
        out=[eight],
    )
    tell_race(season, races[1], [two, one, four, three, six, five, eight, seven, *crowd], pole=two, fastest=two)
    tell_race(
        season, races[2], [guest, three, one, two, four, five, eight, six], ranking=TRACK, pole=three, penalised=five
    )
    tell_race(away.season, races[2], [away, None, None], name="delta.txt")
    tell_race(season, races[3], [one, None, three], classes={"Am": six})
    tell_race(season, races[3], [two, None, None], name="autre-version.txt")
    tell_race(season, races[4], [four, one, two, three, seven, five], pole=four, fastest=three, out=[six, eight])
