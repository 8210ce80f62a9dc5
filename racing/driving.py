"""Who of a crew drove, and how long: what a person may say of it, and the sentence where it cannot be meant.

Minutes at the wheel are the fields "drive:<driver's id>" of corrections, exact numbers as text; who set a lap is
"holder:<contest>", the id of a driver (`racing.models.Correction`).
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from racing.models import Driver, Entry, Race, Result
from racing.settled import DRIVE, HOLDER
from racing.terms import Contest

#: So many minutes a race may go on after its time is up: the lap that was begun, and who comes in last.
OVERTIME = 15


def is_driving(field: str) -> bool:
    """Tell whether a field of corrections is about who of a crew drove."""
    return field.startswith((f"{DRIVE}:", f"{HOLDER}:"))


def crew_of(entry: Entry, race: Race) -> dict[int, Driver]:
    """Give who drove a car in a race, by their ids; where the round has no number, all who drove it in the season."""
    number = race.event.rounds.filter(season=entry.season_id).values_list("number", flat=True).first()
    members = entry.crew.select_related("driver")
    return {one.driver_id: one.driver for one in members if number is None or one.holds_in(number)}


def check_driving(race: Race, told: Iterable[tuple[Entry, str, Any]]) -> None:
    """Check what is told of who drove, as entries with field and value. Raises ValidationError with the sentence to show."""
    driving = [one for one in told if is_driving(one[1])]
    for entry, field, value in driving:
        kind, _colon, about = field.partition(":")
        crew = crew_of(entry, race)
        if kind == HOLDER:
            _check_holder(entry, crew, about, value)
        else:
            _check_minutes(entry, crew, about, value)
    for entry in {entry: None for entry, field, _value in driving if field.startswith(f"{DRIVE}:")}:
        own = {field.partition(":")[2]: value for other, field, value in driving if other == entry}
        _check_length(race, entry, own)


def _check_holder(entry: Entry, crew: Mapping[int, Driver], contest: str, value: Any) -> None:
    if contest not in list(Contest):
        raise ValidationError(_("%(value)s is no value for %(field)s.") % {"value": value, "field": contest})
    if value is not None and (type(value) is not int or value not in crew):
        raise ValidationError(
            _("%(driver)s did not drive %(entry)s in this race: the lap can only be of %(crew)s.")
            % {"driver": _name(value), "entry": entry, "crew": _names(crew)}
        )


def _check_minutes(entry: Entry, crew: Mapping[int, Driver], driver: str, value: Any) -> None:
    if not driver.isdecimal() or int(driver) not in crew:
        raise ValidationError(
            _("%(driver)s did not drive %(entry)s in this race: minutes at the wheel can only be of %(crew)s.")
            % {"driver": _name(driver), "entry": entry, "crew": _names(crew)}
        )
    minutes = minutes_of(value)
    words = {"driver": crew[int(driver)], "entry": entry, "value": value}
    if value is not None and minutes is None:
        raise ValidationError(
            _("%(entry)s: “%(value)s” is no number of minutes at the wheel of %(driver)s; write 42 or 37.5.") % words
        )
    if minutes is not None and minutes < 0:
        raise ValidationError(
            _("%(entry)s: %(driver)s cannot have been at the wheel for less than no time (%(value)s minutes).") % words
        )


def minutes_of(value: Any) -> Fraction | None:
    """Read minutes as they are kept, exact text; None where it is no such number."""
    if not isinstance(value, str) or "e" in value.casefold():
        return None
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError):
        return None


def _check_length(race: Race, entry: Entry, told: Mapping[str, Any]) -> None:
    """Refuse more minutes of a car's drivers together than the race lasted, where its hours are known."""
    if race.hours is None:
        return
    known = Result.objects.filter(race=race, entry=entry).values_list("drive", flat=True).first() or {}
    minutes = [minutes_of(value) or Fraction(0) for value in {**known, **told}.values()]
    length = Fraction(race.hours) * 60
    if sum(minutes) > length + OVERTIME:
        raise ValidationError(
            _(
                "%(entry)s: %(minutes)s minutes at the wheel, all drivers together, are more than the race lasted "
                "(%(length)s minutes)."
            )
            % {"entry": entry, "minutes": f"{float(sum(minutes)):g}", "length": f"{float(length):g}"}
        )


def _name(key: Any) -> str:
    known = Driver.objects.filter(pk=int(str(key))).first() if str(key).isdecimal() else None
    return str(known or key)


def _names(crew: Mapping[int, Driver]) -> str:
    return ", ".join(map(str, crew.values())) or "–"
