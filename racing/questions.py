"""What the text of a report does not tell: asked once, with a proposal and why; answered by a person, and kept for ever.

Questions are computed when they are shown, from what is there then: another report may have brought the season to which a
joint grid belongs too, or the races among which one must be chosen.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from racing import jobs
from racing.classifications import TESTIFYING
from racing.factual import known_numbers, the_one_named
from racing.guessing import Guest, drivers_at, guests_at, likely_race, likely_season, regulars
from racing.identifying import answers_of, events_at, find_circuit, find_year
from racing.joining import meet
from racing.models import Answer, Event, Fact, ReadingRecord, Report, Season, Series
from racing.terms import FactKind, JobState

#: How many drivers a report and another season share before its meeting may have been a joint grid.
SHARED = 3

TITLES: dict[str, Promise] = {
    "series": gettext_lazy("Which series does this report speak of?"),
    "year": gettext_lazy("Which year does this report speak of?"),
    "circuit": gettext_lazy("At which circuit was this?"),
    "event": gettext_lazy("Which of the season's meetings there was it?"),
    "race": gettext_lazy("Which race of the meeting does it speak of, where it does not say so?"),
    "joint": gettext_lazy("Was this meeting also a round of %(season)s?"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to choose from."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask of a report.

    `subject` tells several of a kind apart. `title` is the question itself, `proposal` the answer that seems right, None if
    none does, and `why` the reason in a sentence. `choices` are the answers to choose from; where `free`, another may be
    written: a name, a year, a number. "joint" has `guests` to tick; its answer is {"round": bool, "guests": [name, ...]}.
    """

    kind: str
    subject: str = ""
    title: str = ""
    proposal: Any = None
    why: str = ""
    choices: tuple[Choice, ...] = ()
    free: bool = False
    guests: tuple[Guest, ...] = ()


def open_questions(report: Report) -> list[Question]:
    """Give what a person must still say of a report that has been read."""
    record = ReadingRecord.objects.select_related("season__series", "event__circuit").filter(report=report).first()
    if record is None or not Fact.objects.filter(report=report).exists():
        return []
    if record.season is None:
        return _which_season(report, record)
    if record.event is None:
        # A calendar names no meeting of its own, and nothing that it says needs one.
        tells = Fact.objects.filter(report=report, kind__in=[*TESTIFYING, FactKind.CLAIM]).exists()
        return [_which_event(report, record, record.season)] if tells else []
    return [*_which_race(report, record.event), *_joint_grids(report, record.event, record.season)]


def reports_with_questions() -> QuerySet[Report]:
    """Give the reports that wait for an answer, the oldest first."""
    return Report.objects.filter(job__state=JobState.ASKING).order_by("uploaded_at", "pk")


def refresh(report: Report) -> None:
    """Keep the jobs of other reports true to whether they ask something, after this one has changed what is known."""
    record = ReadingRecord.objects.filter(report=report).first()
    if record is None or record.season is None:
        return
    circuits = Event.objects.filter(seasons=record.season).values("circuit")
    others = Report.objects.filter(
        reading__event__circuit__in=circuits,
        reading__event__year=record.season.year,
        job__state__in=[JobState.DONE, JobState.ASKING],
    ).exclude(pk=report.pk)
    asking: dict[bool, list[int]] = {True: [], False: []}
    for other in others.defer("text"):
        asking[bool(open_questions(other))].append(other.pk)
    for state, keys in asking.items():
        jobs.show_asking(keys, state)


# --- what is asked ------------------------------------------------------------------------------------------------------


def _stated(record: ReadingRecord, name: str) -> str:
    return str((record.heading.get(name) or {}).get("value") or "")


def _which_season(report: Report, record: ReadingRecord) -> list[Question]:
    """Ask for the series and the year, as far as neither the text nor a person tells them."""
    answers = answers_of(report)
    season, count = likely_season(record) or (None, 0)
    why = ""
    if season:
        why = _("%(count)d of its drivers drove in %(season)s.") % {"count": count, "season": season}
    asked = []
    if not (report.given_series or answers.get(("series", "")) or _stated(record, "series")):
        choices = tuple(Choice(series.name, series.name) for series in Series.objects.all())
        proposal = season.series.name if season else None
        asked.append(Question("series", "", str(TITLES["series"]), proposal, why, choices, free=True))
    if find_year(report, _stated(record, "season"), answers) is None:
        proposed = season.year if season else None
        asked.append(Question("year", "", str(TITLES["year"]), proposed, why, free=True))
    return asked


def _which_event(report: Report, record: ReadingRecord, season: Season) -> Question:
    """Ask for the circuit, or for one of several meetings there."""
    name = str(answers_of(report).get(("circuit", "")) or _stated(record, "circuit"))
    circuit = find_circuit(name) if name else None
    if circuit is None:
        events = Event.objects.filter(seasons=season).select_related("circuit")
        names = sorted({event.circuit.name for event in events})
        choices = tuple(Choice(name, name) for name in names)
        return Question("circuit", "", str(TITLES["circuit"]), None, "", choices, free=True)
    choices = tuple(Choice(event.slug, _label(event)) for event in events_at(season, circuit))
    return Question("event", "", str(TITLES["event"]), None, "", choices)


def _label(event: Event) -> str:
    return f"{event} ({date_format(event.start, 'j F Y')})" if event.start else str(event)


def _which_race(report: Report, event: Event) -> list[Question]:
    """Ask for the race if results name none, unless a person has confirmed that the meeting has just one."""
    facts = list(Fact.objects.filter(report=report, kind__in=TESTIFYING).only("report", "race_number"))
    told = ("race", "") in answers_of(report) or report.pk in the_one_named(facts)
    numbers = known_numbers(event)
    if told or all(fact.race_number for fact in facts) or (event.confirmed and len(numbers) == 1):
        return []
    choices = tuple(Choice(str(number), _("Race %(number)d") % {"number": number}) for number in numbers)
    number, why = _likely_number(report, event)
    return [Question("race", "", str(TITLES["race"]), number, why, choices, free=True)]


def _likely_number(report: Report, event: Event) -> tuple[int, str]:
    """Give the race whose results other reports tell alike, else the first that they do not tell of; and why."""
    if likely := likely_race(report, event):
        number, count = likely
        words = _("%(count)d of its results are the same as those known of race %(number)d.")
        return number, words % {"count": count, "number": number}
    others = Fact.objects.filter(report__reading__event=event, kind__in=TESTIFYING).exclude(report=report)
    told = set(others.exclude(race=None).values_list("race__number", flat=True))
    number = next(number for number in range(1, len(told) + 2) if number not in told)
    if told:
        return number, _("No other report tells of race %(number)d.") % {"number": number}
    return number, _(
        "The text speaks of several races and does not say which; until you do, it is taken for the first."
    )


def _joint_grids(report: Report, event: Event, own: Season) -> list[Question]:
    """Ask whether the meeting was a round of other seasons whose own calendar has one there, with drivers of this grid."""
    others = Season.objects.filter(year=own.year, events__circuit=event.circuit).exclude(rounds__event=event)
    answered = {subject for kind, subject in answers_of(report) if kind == "joint"}
    questions = []
    for season in others.select_related("series").distinct().order_by("pk"):
        if str(season.pk) in answered or not any(meet(event, there) for there in events_at(season, event.circuit)):
            continue
        count = drivers_at(report, own).filter(pk__in=regulars(season)).count()
        if count >= SHARED:
            questions.append(_joint_grid(report, event, own, season, count))
    return questions


def _joint_grid(report: Report, event: Event, own: Season, other: Season, count: int) -> Question:
    guests = guests_at(report, own, other)
    proposal = {"round": True, "guests": [guest.name for guest in guests if guest.proposed]}
    why = _("%(count)d of its drivers drive in %(season)s, whose own calendar has a meeting at %(circuit)s.")
    words = why % {"count": count, "season": other, "circuit": event.circuit}
    title = str(TITLES["joint"]) % {"season": other}
    return Question("joint", str(other.pk), title, proposal, words, guests=guests)


# --- what is answered ---------------------------------------------------------------------------------------------------


def answer(
    report: Report, kind: str, subject: str, value: Any, author: AbstractBaseUser | AnonymousUser | None = None
) -> Answer:
    """Keep a person's answer and read the report again with it; an answer given before is replaced.

    `value` is a name ("series", "circuit"), a year or a race's number (as a number or its digits), an event's slug, or for
    "joint" {"round": bool, "guests": [name, ...]}, as an object or as JSON. Raises ValidationError with a sentence for the
    person.
    """
    if kind not in _CHECKS:
        raise ValidationError(_("This is not asked."))
    checked = _CHECKS[kind](report, subject, value)
    with transaction.atomic():
        row, _created = Answer.objects.update_or_create(
            report=report,
            question=kind,
            subject=subject if kind == "joint" else "",
            defaults={"value": checked, "author_id": author.pk if author else None},
        )
        jobs.ask(report)
    return row


def _check_name(report: Report, subject: str, value: Any) -> str:
    name = " ".join(str(value or "").split())
    if not any(letter.isalpha() for letter in name):
        raise ValidationError(_("Give a name."))
    if len(name) > 120:
        raise ValidationError(_("This name is too long."))
    return name


def _check_year(report: Report, subject: str, value: Any) -> int:
    text = str(value or "").strip()
    if not (text.isascii() and text.isdigit() and 1890 <= int(text) <= 2150):
        raise ValidationError(_("Give the year with four digits."))
    return int(text)


def _check_race(report: Report, subject: str, value: Any) -> int:
    text = str(value or "").strip()
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 99):
        raise ValidationError(_("Give the number of the race."))
    return int(text)


def _check_event(report: Report, subject: str, value: Any) -> str:
    if not Event.objects.filter(slug=str(value), rounds__season__readings__report=report).exists():
        raise ValidationError(_("Choose one of the season's meetings."))
    return str(value)


def _check_joint(report: Report, subject: str, value: Any) -> dict[str, Any]:
    if not (subject.isascii() and subject.isdigit() and Season.objects.filter(pk=int(subject)).exists()):
        raise ValidationError(_("There is no such season any more."))
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError as error:
            raise ValidationError(_("Say whether it was a round.")) from error
    if not isinstance(value, dict) or not isinstance(value.get("round"), bool):
        raise ValidationError(_("Say whether it was a round."))
    guests = value.get("guests", [])
    if not isinstance(guests, list) or not all(isinstance(name, str) and name.strip() for name in guests):
        raise ValidationError(_("Guests are given by their names."))
    return {"round": value["round"], "guests": sorted(set(guests)) if value["round"] else []}


_CHECKS: dict[str, Callable[[Report, str, Any], Any]] = {
    "series": _check_name,
    "year": _check_year,
    "circuit": _check_name,
    "event": _check_event,
    "race": _check_race,
    "joint": _check_joint,
}
