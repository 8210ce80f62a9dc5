"""What a driver, a team or a make did over all seasons: standings, and results race by race."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from racing.models import Driver, Entry, Make, Race, Result, Season, Team
from racing.terms import OVERALL, TRACK, Contest
from standings.models import Standing
from standings.sheets.race import ClassPlace
from standings.sheets.winners import drivers_of
from standings.wording import short_status


@dataclass(frozen=True, slots=True)
class Finish:
    """One race of a career."""

    race: Race
    season: Season
    entry: Entry
    drivers: tuple[Driver, ...]
    position: int | None
    road: int | None
    classes: tuple[ClassPlace, ...]
    status: str
    pole: bool
    fastest: bool
    number: str


def standings_of(subject: Driver | Team | Make) -> list[Standing]:
    """Give the latest row of each title in which a driver, team or make stands, the latest season first; one query."""
    own = {type(subject)._meta.model_name or "": subject}
    rows = Standing.objects.filter(**own).select_related("championship__season__series", "race")
    titles = [row for row in rows if row.championship.is_title]
    return sorted(titles, key=lambda row: (-row.championship.season.year, row.championship.order))


def years_of(subject: Driver | Team | Make) -> dict[int, int]:
    """Give the years of a career, the latest first, with the number of races in each; one query."""
    rows = _results_of(subject).order_by("-entry__season__year").values_list("entry__season__year")
    return dict(rows.annotate(count=Count("pk", distinct=True)))


def _results_of(subject: Driver | Team | Make) -> QuerySet[Result]:
    if isinstance(subject, Driver):
        return Result.objects.filter(entry__crew__driver=subject)
    if isinstance(subject, Make):
        return Result.objects.filter(Q(entry__make=subject) | Q(entry__make__builder=subject))
    return Result.objects.filter(entry__team=subject)


def finishes_of(subject: Driver | Team | Make, year: int | None = None) -> list[Finish]:
    """Give the races of a driver, a team or a make, of a year or all, the latest first; five queries, however many races."""
    rows = _results_of(subject)
    if year is not None:
        rows = rows.filter(entry__season__year=year)
    found = []
    for result in _in_order(rows):
        number: int | None = vars(result)["round_number"]  # added by the query
        crew = drivers_of(result.entry, number, always=False)
        if isinstance(subject, Driver) and crew and subject not in crew:
            continue
        found.append(_finish(result, crew or drivers_of(result.entry)))
    return found


def _in_order(rows: QuerySet[Result]) -> Iterable[Result]:
    return (
        rows.filter(race__event__rounds__season=F("entry__season"))
        .annotate(round_number=F("race__event__rounds__number"), round_order=F("race__event__rounds__order"))
        .select_related("race__event__circuit", "entry__season__series", "entry__team", "entry__make")
        .prefetch_related("places", "entry__crew__driver", "entry__classes__racing_class")
        .order_by(
            "-race__event__year",
            "entry__season__series__name",
            "-round_order",
            F("race__event__start").desc(nulls_last=True),
            "-race__event",
            "-race__number",
            "pk",
        )
        .distinct()
    )


def _finish(result: Result, crew: tuple[Driver, ...]) -> Finish:
    places = {(place.contest, place.ranking): place.position for place in result.places.all()}
    classes = [
        ClassPlace(ranking, position)
        for (contest, ranking), position in sorted(places.items())
        if contest == Contest.RACE and ranking not in (OVERALL, TRACK)
    ]

    def first(contest: Contest) -> bool:
        return places.get((contest, OVERALL)) == 1

    return Finish(
        result.race,
        result.entry.season,
        result.entry,
        crew,
        places.get((Contest.RACE, OVERALL)),
        places.get((Contest.RACE, TRACK)),
        tuple(classes),
        short_status(result.status),
        first(Contest.QUALIFYING),
        first(Contest.FASTEST_LAP),
        result.number or result.entry.number,
    )
