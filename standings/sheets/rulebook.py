"""A championship's rules in words, with the names of whom its decisions concern."""

from collections.abc import Iterable, Mapping

from django.db.models import Model

from racing.models import Driver, Entry, Make, Race, Team
from standings.describing_rules import Names, Section, describe_rules
from standings.models import Championship
from standings.scoring import Rules, RulesError, Subject, parse_rules
from standings.sheets.calendar import race_name
from standings.sheets.winners import drivers_of

OWNERS: Mapping[Subject, type[Model]] = {
    Subject.DRIVER: Driver,
    Subject.TEAM: Team,
    Subject.MAKE: Make,
    Subject.ENTITY: Make,
}


def rules_of(championship: Championship) -> Rules | None:
    """Give a championship's rules as values, None where those that are stored cannot be followed."""
    try:
        return parse_rules(championship.all_rules)
    except RulesError:
        return None


def rules_in_words(rules: Rules | None) -> list[Section]:
    """Tell rules in words; at most three queries, none where they hold no decision and no change."""
    return describe_rules(rules, load_names(rules)) if rules is not None else []


def load_names(rules: Rules) -> Names:
    """Read the names of the subjects, races and cars that decisions and changes hold by their ids."""
    decisions = [one for each in (rules, *(change.rules for change in rules.changes)) for one in each.decisions]
    subjects = {one.subject for one in decisions} | {key for one in decisions for key in one.order}
    races = {one.race for one in decisions} | {one.visible_from for one in decisions}
    races |= {change.race for change in rules.changes}
    entries = {one.entry for one in decisions} - {None}
    if rules.subject in (Subject.CREW, Subject.CAR):
        cars = _cars(subjects | entries)
        return Names(cars, _races(races), cars)
    return Names(_owners(rules.subject, subjects), _races(races), _cars(entries))


def _owners(kind: Subject, keys: Iterable[int | None]) -> dict[int, str]:
    wanted = _known(keys)
    model = OWNERS.get(kind)
    return {row.pk: str(row) for row in model._default_manager.filter(pk__in=wanted)} if model and wanted else {}


def _known(keys: Iterable[int | None]) -> set[int]:
    return {key for key in keys if key is not None}


def _races(keys: Iterable[int | None]) -> dict[int, str]:
    wanted = _known(keys)
    rows = Race.objects.filter(pk__in=wanted).select_related("event__circuit") if wanted else ()
    return {row.pk: race_name(row) for row in rows}


def _cars(keys: Iterable[int | None]) -> dict[int, str]:
    wanted = _known(keys)
    rows = Entry.objects.filter(pk__in=wanted).prefetch_related("crew__driver") if wanted else ()
    return {row.pk: _car(row) for row in rows}


def _car(entry: Entry) -> str:
    drivers = " / ".join(driver.last_name for driver in drivers_of(entry)) or str(entry)
    return f"#{entry.number} {drivers}" if entry.number else drivers
