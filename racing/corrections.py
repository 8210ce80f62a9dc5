"""A person's word about one field of one car in one race: given with a reason, replaced by a newer one, withdrawn.

A correction is keyed by race, entry and field, so it holds whatever is read or settled anew. The words of `field` are those
of `racing.models.Correction`.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from racing import pipeline
from racing.driving import check_driving, is_driving
from racing.models import Correction, Driver, Entry, Race, RacingClass, Report, Season
from racing.models.reports import RANKINGS
from racing.models.results import CONTESTS
from racing.models.statuses import STATUSES
from racing.settled import DRIVE, HOLDER, LAPS, TAKING_PART
from racing.statements import Added, Asked, without_waiting
from racing.terms import OVERALL, TRACK, Contest, Status

STATUS = "status"
PENALTY = "penalty"

FIELD_WORDS = {
    TAKING_PART: gettext_lazy("taking part"),
    STATUS: gettext_lazy("status"),
    PENALTY: gettext_lazy("penalty"),
    "laps": gettext_lazy("laps"),
    "laps_led": gettext_lazy("laps led"),
}
CONTEST_WORDS: dict[str, Any] = dict(CONTESTS)

#: Nobody has seen a grid of a thousand cars.
LAST_PLACE = 999
#: More than the longest race has.
MOST_LAPS = 9999

Value = bool | int | str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What one field of one entry shall be from now on; see `racing.models.Correction` for `field` and `value`."""

    entry: Entry
    field: str
    value: Value


@dataclass(frozen=True, slots=True)
class Proof:
    """The report out of which somebody corrects, and the characters of its text that say so, if any."""

    report: Report
    span: tuple[int, int] | None = None


def place_field(contest: str, ranking: str) -> str:
    """Name the field of a place, such as "race:overall"."""
    return f"{contest}:{ranking}"


def field_words(field: str) -> str:
    """Say in the reader's language what a field is: "status", "race, overall"."""
    if field in FIELD_WORDS:
        return str(FIELD_WORDS[field])
    contest, _colon, ranking = field.partition(":")
    if contest == DRIVE:
        return _("minutes at the wheel of %(driver)s") % {"driver": _driver_words(ranking)}
    if contest == HOLDER:
        return _("%(contest)s, driven by") % {"contest": CONTEST_WORDS.get(ranking, ranking)}
    return f"{CONTEST_WORDS.get(contest, contest)}, {RANKINGS.get(ranking, ranking)}"


def _driver_words(key: Value) -> str:
    """Name a driver by the id that a field or a value holds."""
    known = Driver.objects.filter(pk=int(str(key))).first() if str(key).isdecimal() else None
    return str(known or key)


def value_words(field: str, value: Value) -> str:
    """Say in the reader's language what a field's value is; a place that is none is a dash."""
    if field == TAKING_PART:
        return _("yes") if value else _("no")
    if field == STATUS:
        return str(dict(STATUSES).get(Status(str(value)), value))
    if field.startswith(f"{HOLDER}:") and value is not None:
        return _driver_words(value)
    return str(value) if value not in (None, "") else "–"


def correct(race: Race, entry: Entry, field: str, value: Value, reason: str, author: AbstractBaseUser) -> Correction:
    """Correct one field. Gives the correction that holds now. Raises ValidationError with sentences for the editor."""
    made = correct_many(race, [Change(entry, field, value)], reason, author)
    return made[0] if made else Correction.objects.get(race=race, entry=entry, field=field, withdrawn_at=None)


def correct_many(
    race: Race, changes: Sequence[Change], reason: str, author: AbstractBaseUser, proof: Proof | None = None
) -> list[Correction]:
    """Correct several fields of one race at once: all of them or none, settled and scored once.

    A correction of the same field that held until now is withdrawn and kept. What already holds as a correction is not
    corrected again. Gives the new corrections. Raises ValidationError with sentences for the editor.
    """
    with transaction.atomic():
        # The seasons first, as everybody does: two editors of one race then correct one after the other.
        with without_waiting():
            locked, words = pipeline.LockedSeasons(race.event_id), Asked(_HELD, race.pk)
            seasons, held = locked.given(), _held(words)
            _check_all(race, changes, reason, seasons, held)
            said = _Said(reason.strip(), author, proof)
            kept = [kept for change in changes if (kept := _keep(race, change, said, held))]
            made = [added.given() for added in kept]
        if made:
            pipeline.settle_races([race], locked=seasons)
    return made


def check(race: Race, changes: Sequence[Change], reason: str) -> None:
    """Tell whether `correct_many` would take the changes. Raises ValidationError with the sentence for the editor."""
    _check_all(
        race, changes, reason, list(Season.objects.filter(rounds__event=race.event_id)), _held(Asked(_HELD, race.pk))
    )


class _Said(NamedTuple):
    """Who corrects, why, and out of which report."""

    reason: str
    author: AbstractBaseUser
    proof: Proof | None


class _Word(NamedTuple):
    """A correction that holds, by its id: of which entry of which season, by theirs."""

    key: int
    entry: int
    season: int
    field: str
    value: Value


_HELD = """
SELECT word.id, word.entry_id, entry.season_id, word.field, word.value
FROM racing_correction word JOIN racing_entry entry ON entry.id = word.entry_id
WHERE word.race_id = %s AND word.withdrawn_at IS NULL ORDER BY word.made_at DESC, word.id DESC
"""


def _held(asked: Asked) -> list[_Word]:
    """Give the corrections of a race that hold."""
    return [
        _Word(key, entry, season, field, None if value is None else json.loads(value))
        for key, entry, season, field, value in asked.rows()
    ]


def _check_all(
    race: Race, changes: Sequence[Change], reason: str, seasons: Sequence[Season], held: Sequence[_Word]
) -> None:
    _check_reason(reason)
    for change in changes:
        _check(change, seasons)
    check_driving(race, [(change.entry, change.field, change.value) for change in changes])
    _check_each_once(changes)
    _check_places(changes, held)


def withdraw(correction: Correction, by: AbstractBaseUser) -> None:
    """Take a correction back: what the reports say holds again. One that was withdrawn before stays as it is."""
    with transaction.atomic():
        seasons = pipeline.LockedSeasons(correction.race.event_id).given()
        held = Correction.objects.filter(pk=correction.pk, withdrawn_at=None)
        if held.update(withdrawn_at=timezone.now(), withdrawn_by=by):
            pipeline.settle_races([correction.race], locked=seasons)
    correction.refresh_from_db()


def _keep(race: Race, change: Change, said: _Said, words: Sequence[_Word]) -> Added[Correction] | None:
    """Withdraw what held until now, and keep what is said; nothing where that is what held."""
    held = next((word for word in words if (word.entry, word.field) == (change.entry.pk, change.field)), None)
    if held is not None:
        # True == 1 in Python, so the types are compared too.
        if held.value == change.value and type(held.value) is type(change.value):
            return None
        Correction.objects.filter(pk=held.key).update(withdrawn_at=timezone.now(), withdrawn_by=said.author)
    return Added(
        Correction(
            race=race,
            entry=change.entry,
            field=change.field,
            value=change.value,
            reason=said.reason,
            author=said.author,  # type: ignore[misc]  # the user model of the settings
            report=said.proof.report if said.proof else None,
            span=list(said.proof.span) if said.proof and said.proof.span else None,
        )
    )


def _check_reason(reason: str) -> None:
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Say why: a correction needs a reason."))
    longest = Correction._meta.get_field("reason").max_length or 0
    if len(reason) > longest:
        raise ValidationError(_("The reason is too long: %(longest)d characters at most.") % {"longest": longest})


def _check(change: Change, seasons: Sequence[Season]) -> None:
    season = next((season for season in seasons if season.pk == change.entry.season_id), None)
    if season is None:
        raise ValidationError(
            _("%(entry)s belongs to a season that this race is no round of.") % {"entry": change.entry}
        )
    if change.field == TAKING_PART:
        valid = isinstance(change.value, bool)
    elif change.field == STATUS:
        # Not even a person can make a status unknown: that is to withdraw the correction.
        valid = change.value in list(Status)
    elif change.field == PENALTY:
        valid = isinstance(change.value, str) and len(change.value) <= 200
    elif change.field in LAPS:
        valid = change.value is None or (type(change.value) is int and 0 <= change.value <= MOST_LAPS)
    elif is_driving(change.field):
        return  # all of them are checked together
    else:
        _check_ranking(change.field, season)
        valid = change.value is None or (type(change.value) is int and 1 <= change.value <= LAST_PLACE)
    if not valid:
        raise ValidationError(
            _("%(value)s is no value for %(field)s.") % {"value": change.value, "field": field_words(change.field)}
        )


def _check_ranking(field: str, season: Season) -> None:
    contest, _colon, ranking = field.partition(":")
    known = ranking in (TRACK, OVERALL) or RacingClass.objects.filter(season=season, name=ranking).exists()
    if contest not in list(Contest) or not known:
        raise ValidationError(_("There is no field %(field)s in %(season)s.") % {"field": field, "season": season})


def _check_each_once(changes: Sequence[Change]) -> None:
    for (entry, field), times in Counter((change.entry, change.field) for change in changes).items():
        if times > 1:
            raise ValidationError(
                _("%(entry)s: %(field)s is given twice.") % {"entry": entry, "field": field_words(field)}
            )


def _check_places(changes: Sequence[Change], held: Sequence[_Word]) -> None:
    """Let no two corrections give the same place of one season's ranking. A place that a report gives simply yields."""
    word: dict[tuple[int, str], Value] = {(row.entry, row.field): row.value for row in held}
    word |= {(change.entry.pk, change.field): change.value for change in changes}
    seasons = {row.entry: row.season for row in held} | {row.entry.pk: row.entry.season_id for row in changes}
    taken: dict[tuple[int, str, Value], int] = {}
    for (entry, field), value in word.items():
        if ":" not in field or is_driving(field) or value is None or word.get((entry, TAKING_PART)) is False:
            continue
        other = taken.setdefault((seasons[entry], field, value), entry)
        if other != entry:
            named = Entry.objects.in_bulk([other, entry])
            raise ValidationError(
                _("%(first)s and %(second)s cannot both be given place %(place)s (%(field)s).")
                % {"first": named[other], "second": named[entry], "place": value, "field": field_words(field)}
            )
