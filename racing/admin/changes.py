"""What an editor changed in a race's classification, as changes to be corrected; what cannot be meant is refused."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from racing.admin.classification import FASTEST_BY, ClassificationTable, Column, Line, drive_field, field_of
from racing.corrections import PENALTY, STATUS, Change
from racing.models import Entry
from racing.settled import LAPS, TAKING_PART, WITHOUT_A_PLACE
from racing.terms import OVERALL, TRACK, Contest, Origin


def changes_of(table: ClassificationTable) -> list[Change]:
    """Give what was changed in a valid table. Raises ValidationError with a sentence where it cannot be meant."""
    told = [change for line in table.lines for change in _line_changes(table.columns, line)]
    added = [change for line in table.empty_lines for change in _added_changes(table.columns, line)]
    _check_places(table)
    return told + added


def _line_changes(columns: list[Column], line: Line) -> Iterator[Change]:
    assert line.entry is not None
    given = line.form.cleaned_data
    if given.get("instead"):
        yield Change(line.entry, TAKING_PART, False)
        yield Change(given["instead"], TAKING_PART, True)
        yield from _moved(columns, line, given["instead"])
    elif given.get("out"):
        yield Change(line.entry, TAKING_PART, False)
    else:
        yield from _changed(columns, line, line.entry)


def _changed(columns: list[Column], line: Line, entry: Entry) -> Iterator[Change]:
    given, seen = line.form.cleaned_data, line.seen
    status = given[STATUS]
    if status != seen.get(STATUS, ""):
        if not status:
            raise ValidationError(
                _("%(entry)s: a status cannot be made unknown; withdraw its correction below.") % {"entry": entry}
            )
        yield Change(entry, STATUS, status)
    if given[PENALTY] != seen.get(PENALTY, ""):
        yield Change(entry, PENALTY, given[PENALTY])
    for name in LAPS:
        if given[name] != seen.get(name):
            yield Change(entry, name, given[name])
    yield from _driving(line, entry)
    corrected = {field_of(place) for place in line.places if place.origin == Origin.CORRECTED}
    for column in columns:
        place = given[column.name]
        if column.contest == Contest.RACE and status in WITHOUT_A_PLACE:
            # What reports tell of its place yields by itself; what a person said must be taken back.
            if column.field in corrected:
                yield Change(entry, column.field, None)
        elif place != seen.get(column.field):
            yield Change(entry, column.field, place)


def _driving(line: Line, entry: Entry) -> Iterator[Change]:
    """Give who drove how long, and who set the fastest lap, where that was changed."""
    given, seen = line.form.cleaned_data, line.seen
    for name in map(drive_field, line.form.crew):
        minutes = given[name].strip().replace(",", ".") or None
        if minutes != seen.get(name):
            yield Change(entry, name, minutes)
    if line.form.crew and given[FASTEST_BY] != seen.get(FASTEST_BY):
        yield Change(entry, FASTEST_BY, given[FASTEST_BY])


def _moved(columns: list[Column], line: Line, entry: Entry) -> Iterator[Change]:
    """Give the other car all that was this one's, apart from what follows by itself."""
    given, seen = line.form.cleaned_data, line.seen
    own = {row.racing_class.name for row in entry.classes.select_related("racing_class")}
    for column in columns:
        follows = column.field in line.derived and given[column.name] == seen.get(column.field)
        ranked = not own or column.ranking in (TRACK, OVERALL, *own)
        if given[column.name] is not None and ranked and not follows:
            yield Change(entry, column.field, given[column.name])
    yield from _words(line, entry)


def _added_changes(columns: list[Column], line: Line) -> Iterator[Change]:
    given = line.form.cleaned_data if line.form.has_changed() else {}
    entry = given.get("entry")
    filled = [column for column in columns if given.get(column.name) is not None]
    if entry is None:
        laps = [name for name in LAPS if given.get(name) is not None]
        if filled or laps or given.get(STATUS) or given.get(PENALTY):
            raise ValidationError(_("Choose the car of the line that you added."))
        return
    yield Change(entry, TAKING_PART, True)
    for column in filled:
        yield Change(entry, column.field, given[column.name])
    yield from _words(line, entry)


def _words(line: Line, entry: Entry) -> Iterator[Change]:
    for name in (STATUS, PENALTY):
        if line.form.cleaned_data[name]:
            yield Change(entry, name, line.form.cleaned_data[name])
    for name in LAPS:
        if line.form.cleaned_data[name] is not None:
            yield Change(entry, name, line.form.cleaned_data[name])


def _check_places(table: ClassificationTable) -> None:
    """Refuse two cars in one place, if the editor put one of them there; what only follows moves by itself."""
    for column in table.columns:
        holders: dict[int, tuple[str, bool]] = {}
        for name, place, changed in _holders(table, column):
            other, other_changed = holders.setdefault(place, (name, changed))
            if other != name and (changed or other_changed):
                raise ValidationError(
                    _("%(ranking)s: %(first)s and %(second)s cannot both be %(place)d.")
                    % {"ranking": column.full_label, "first": other, "second": name, "place": place}
                )


def _holders(table: ClassificationTable, column: Column) -> Iterator[tuple[str, int, bool]]:
    """Give each car's name and place in a column, and whether the editor changed it; without what moves by itself."""
    for line in (*table.lines, *table.empty_lines):
        given = line.form.cleaned_data
        place = given.get(column.name)
        out = given.get("out") or (column.contest == Contest.RACE and given.get(STATUS) in WITHOUT_A_PLACE)
        changed = place != line.seen.get(column.field)
        if place is not None and not out and (changed or column.field not in line.derived):
            yield str(given.get("instead") or given.get("entry") or line.entry), place, changed
