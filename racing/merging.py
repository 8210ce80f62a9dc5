"""Two rows that are one: everything moves to the one that is kept, and the other's name stays as an Alias.

So the next report that writes the other name matches by itself. All of it runs inside the caller's transaction; the caller
settles and scores what changed.
"""

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_noop

from racing.models import (
    Alias,
    ArchiveKey,
    Circuit,
    Correction,
    CrewMember,
    Driver,
    Entry,
    EntryClass,
    Event,
    Make,
    Race,
    ReadingRecord,
    Record,
    Report,
    Result,
    Season,
    Series,
    Team,
)
from racing.names import fold


def _refuse_itself(keep: Model, gone: Model) -> None:
    if keep.pk == gone.pk:
        raise ValueError(gettext_noop("a row cannot be merged with itself"))


def _leave_alias(name: str, **owner: Model) -> None:
    """Keep the name as another way of writing the owner's, unless it is the owner's own or already taken."""
    (kind, row) = next(iter(owner.items()))
    if fold(name) and fold(name) != fold(str(row)):
        taken = Alias.objects.filter(
            folded=fold(name), **({kind: row} if kind == "driver" else {f"{kind}__isnull": False})
        )
        if not taken.exists():
            Alias.objects.create(text=name, **owner)


@transaction.atomic
def merge_drivers(keep: Driver, gone: Driver, alias: bool = True) -> None:
    """Make two drivers one. Without `alias`, the other's name is not kept as another way of writing (it was half a name)."""
    _refuse_itself(keep, gone)
    for row in CrewMember.objects.filter(driver=gone):
        same = CrewMember.objects.filter(entry_id=row.entry_id, driver=keep, from_round=row.from_round).first()
        if same:
            _join_flags(same, row)
            row.delete()
        else:
            row.driver = keep
            row.save(update_fields=["driver"])
    Record.objects.filter(fastest_by=gone).update(fastest_by=keep)
    _move_drives(gone, keep)
    ArchiveKey.objects.filter(driver=gone).update(driver=keep)
    for other in gone.aliases.all():
        _leave_alias(other.text, driver=keep)
    name, nationality = str(gone), gone.nationality
    gone.delete()
    if alias:
        _leave_alias(name, driver=keep)
    if nationality and not keep.nationality:
        keep.nationality = nationality
        keep.save(update_fields=["nationality"])


def _join_flags(keep: CrewMember, gone: CrewMember) -> None:
    """Let the one of two crew members that is kept be all that both are to the rules."""
    words = dict.fromkeys(word for row in (keep, gone) for part in row.flags.split(",") if (word := part.strip()))
    keep.flags = ", ".join(words)[: CrewMember._meta.get_field("flags").max_length]
    keep.save(update_fields=["flags"])


@transaction.atomic
def merge_teams(keep: Team, gone: Team) -> None:
    """Make two teams one."""
    _refuse_itself(keep, gone)
    Entry.objects.filter(team=gone).update(team=keep)
    Alias.objects.filter(team=gone).update(team=keep)
    name = gone.name
    gone.delete()
    _leave_alias(name, team=keep)


def _move_drives(gone: Driver, keep: Driver) -> None:
    """Let what archives tell of time at the wheel be the kept driver's."""
    for row in Record.objects.filter(drive__has_key=str(gone.pk)):
        row.drive[str(keep.pk)] = row.drive.pop(str(gone.pk))
        row.save(update_fields=["drive"])


@transaction.atomic
def merge_makes(keep: Make, gone: Make) -> None:
    """Make two makes one, with all that they built."""
    _refuse_itself(keep, gone)
    Entry.objects.filter(make=gone).update(make=keep)
    gone.built.exclude(pk=keep.pk).update(builder=keep)
    if keep.builder_id == gone.pk:
        keep.builder = None
        keep.save(update_fields=["builder"])
    ArchiveKey.objects.filter(make=gone).update(make=keep)
    gone.delete()


@transaction.atomic
def merge_entries(keep: Entry, gone: Entry) -> None:
    """Make two entries of one season one: crew, classes, facts and corrections move; where both are corrected, keep's hold.

    Raises ValueError if they are of two seasons, or if an archive has both in one race.
    """
    _refuse_itself(keep, gone)
    if keep.season_id != gone.season_id:
        raise ValueError(gettext_noop("entries of two seasons cannot be one"))
    if Record.objects.filter(entry=gone, race__records__entry=keep).exists():
        raise ValueError(gettext_noop("an archive has both in one race"))
    for member in gone.crew.all():
        same = CrewMember.objects.filter(entry=keep, driver=member.driver_id, from_round=member.from_round).first()
        if same:
            _join_flags(same, member)
        else:
            member.entry = keep
            member.order = keep.crew.count()
            member.save(update_fields=["entry", "order"])
    for row in gone.classes.all():
        if not EntryClass.objects.filter(
            entry=keep, racing_class=row.racing_class_id, from_round=row.from_round
        ).exists():
            row.entry = keep
            row.save(update_fields=["entry"])
    gone.lent.exclude(entry=keep).update(other=keep)
    for mark in gone.marks.exclude(other=keep):
        if not keep.marks.filter(kind=mark.kind, tag=mark.tag, from_round=mark.from_round).exists():
            mark.entry = keep
            mark.save(update_fields=["entry"])
    gone.records.update(entry=keep)
    _move_corrections(gone, keep)
    gone.facts.update(entry=keep)
    Result.objects.filter(entry=gone).delete()
    told = {"number": gone.number, "team_id": gone.team_id, "make_id": gone.make_id, "car": gone.car}
    confirmed, guest = keep.confirmed or gone.confirmed, keep.guest and gone.guest
    gone.delete()
    for name, value in told.items():
        if value and not getattr(keep, name):
            setattr(keep, name, value)
    keep.confirmed, keep.guest = confirmed, guest
    keep.save()


def _move_corrections(gone: Entry, keep: Entry) -> None:
    held = set(Correction.objects.filter(entry=keep, withdrawn_at=None).values_list("race_id", "field"))
    for row in Correction.objects.filter(entry=gone):
        row.entry = keep
        _move_correction(row, (row.race_id, row.field) in held)


def _move_correction(row: Correction, outdone: bool) -> None:
    """Save a correction that was moved; where the kept row's own holds, this one is withdrawn, not lost."""
    if outdone and row.withdrawn_at is None:
        row.withdrawn_at = timezone.now()
    row.save()


@transaction.atomic
def merge_events(keep: Event, gone: Event) -> None:
    """Make two events one: rounds, races with what was told and corrected of them, reports and dates move."""
    _refuse_itself(keep, gone)
    for row in gone.rounds.all():
        there = keep.rounds.filter(season=row.season_id).first()
        if there is None:
            row.event = keep
            row.save(update_fields=["event"])
        elif there.number is None and row.number is not None:
            row.delete()
            there.number = row.number
            there.save(update_fields=["number"])
    for race in gone.races.all():
        _merge_race(race, keep)
    ReadingRecord.objects.filter(event=gone).update(event=keep)
    Report.objects.filter(given_event=gone).update(given_event=keep)
    start, end, confirmed = gone.start, gone.end, gone.confirmed
    gone.delete()
    if keep.start is None and keep.end is None:
        keep.start, keep.end = start, end
    keep.confirmed = keep.confirmed or confirmed
    keep.save()


def _merge_race(race: Race, event: Event) -> None:
    """Move a race to the event, into the race of the same number if there is one. Results are settled anew."""
    same = event.races.filter(number=race.number).first()
    if same is None:
        race.event = event
        race.save(update_fields=["event"])
        return
    race.facts.update(race=same)
    race.records.exclude(entry__records__race=same).update(race=same)
    held = set(same.corrections.filter(withdrawn_at=None).values_list("entry_id", "field"))
    for row in race.corrections.all():
        row.race = same
        _move_correction(row, (row.entry_id, row.field) in held)
    race.delete()


@transaction.atomic
def merge_series(keep: Series, gone: Series) -> None:
    """Make two series one. A season of a year that both have is merged entry by entry only where nothing stands against it:

    the other's entries, rounds and classes move to the kept season.
    """
    _refuse_itself(keep, gone)
    for season in gone.seasons.all():
        there = keep.seasons.filter(year=season.year).first()
        if there is None:
            season.series = keep
            season.save(update_fields=["series"])
        else:
            _merge_seasons(there, season)
    Report.objects.filter(given_series=gone).update(given_series=keep)
    Alias.objects.filter(series=gone).update(series=keep)
    name = gone.name
    gone.delete()
    _leave_alias(name, series=keep)


def _merge_seasons(keep: Season, gone: Season) -> None:
    numbers = set(Entry.objects.filter(season=keep, guest=False).exclude(number="").values_list("number", flat=True))
    for entry in gone.entries.all():
        twin = keep.entries.filter(number=entry.number, guest=False).first() if entry.number in numbers else None
        entry.facts.filter(fact__matches__season=keep).delete()
        entry.facts.update(season=keep)
        if twin is None:
            entry.season = keep
            entry.save(update_fields=["season"])
        else:
            Entry.objects.filter(pk=entry.pk).update(season=keep, number="")
            entry.refresh_from_db()
            merge_entries(twin, entry)
    for row in gone.classes.all():
        same = keep.classes.filter(name=row.name).first()
        if same is None:
            row.season = keep
            row.save(update_fields=["season"])
            continue
        EntryClass.objects.filter(racing_class=row).exclude(entry__classes__racing_class=same).update(racing_class=same)
    kept = set(keep.rounds.values_list("event_id", flat=True))
    numbers_taken = set(keep.rounds.values_list("number", flat=True)) - {None}
    for rnd in gone.rounds.exclude(event__in=kept):
        rnd.season = keep
        if rnd.number in numbers_taken:
            rnd.number = None
        rnd.save(update_fields=["season", "number"])
    ReadingRecord.objects.filter(season=gone).update(season=keep)
    Report.objects.filter(given_season=gone).update(given_season=keep)
    gone.delete()


@transaction.atomic
def merge_circuits(keep: Circuit, gone: Circuit) -> None:
    """Make two circuits one. Two events there of one season stay two until they are merged."""
    _refuse_itself(keep, gone)
    Event.objects.filter(circuit=gone).update(circuit=keep)
    ArchiveKey.objects.filter(circuit=gone).update(circuit=keep)
    Alias.objects.filter(circuit=gone).update(circuit=keep)
    name = gone.name
    gone.delete()
    _leave_alias(name, circuit=keep)
