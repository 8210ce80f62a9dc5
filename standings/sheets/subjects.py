"""Whom and what the rules of a season's championships may name: drivers, teams, makes, cars and races, by their ids."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from racing.models import CrewMember, Entry, Make, Season, Team
from standings.describing_rules import Names
from standings.scoring import Subject
from standings.sheets.calendar import race_name, races_of


@dataclass(frozen=True, slots=True)
class SeasonNames:
    """Names by ids, in the order in which a person looks for them; `races` in the season's."""

    drivers: Mapping[int, str]
    teams: Mapping[int, str]
    makes: Mapping[int, str]
    cars: Mapping[int, str]
    races: Mapping[int, str]

    def subjects(self, kind: Subject) -> Mapping[int, str]:
        """Give the names of those who may collect points of a kind."""
        if kind is Subject.DRIVER:
            return self.drivers
        if kind in (Subject.CREW, Subject.CAR):
            return self.cars
        return self.teams if kind is Subject.TEAM else self.makes

    def names(self, kind: Subject) -> Names:
        """Give the names as sentences on rules want them."""
        return Names(self.subjects(kind), self.races, self.cars)


def names_of(season: Season) -> SeasonNames:
    """Load the names of a season; five queries."""
    members = CrewMember.objects.filter(entry__season=season).select_related("driver").order_by("order", "pk")
    drivers = {member.driver_id: str(member.driver) for member in members}
    crews: dict[int, dict[int, str]] = {}
    for member in members:
        crews.setdefault(member.entry_id, {})[member.driver_id] = member.driver.last_name
    cars = {
        key: f"#{number} {' / '.join(crews.get(key, {}).values())}".strip()
        if number
        else " / ".join(crews[key].values())
        for key, number in Entry.objects.filter(season=season).order_by("number", "pk").values_list("pk", "number")
        if number or key in crews
    }
    teams = Team.objects.filter(entries__season=season).distinct().order_by("name").values_list("pk", "name")
    makes = Make.objects.filter(Q(entries__season=season) | Q(built__entries__season=season)).distinct()
    return SeasonNames(
        dict(sorted(drivers.items(), key=lambda one: one[1].casefold())),
        dict(teams),
        {make.pk: str(make) for make in makes.order_by("name")},
        cars,
        {one.race.pk: race_name(one.race) for one in races_of(season)},
    )
