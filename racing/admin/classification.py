"""A race's classification as one table to edit: what it shows, and the form of each of its lines.

What the editor saw travels with the page. Only what differs from that becomes a correction, so nothing that a reading changed
in the meantime is taken for the editor's word.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from racing.corrections import LAST_PLACE, MOST_LAPS, PENALTY, STATUS, Value, place_field
from racing.models import Driver, Entry, Place, Race, Result, Season
from racing.models.statuses import STATUSES
from racing.settled import DRIVE, HOLDER, LAPS
from racing.terms import OVERALL, TRACK, Contest, Origin
from racing.views.told import ranking_name

CONTEST_NAMES = {
    Contest.RACE: gettext_lazy("Race"),
    Contest.QUALIFYING: gettext_lazy("Grid"),
    Contest.FASTEST_LAP: gettext_lazy("Fastest lap"),
}
#: Who of a crew set the fastest lap, as a field of corrections.
FASTEST_BY = f"{HOLDER}:{Contest.FASTEST_LAP}"
#: So many empty lines stand under a table, for cars that no report told of.
EMPTY_LINES = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column of places: the field that it corrects, and its name in the form."""

    contest: Contest
    ranking: str
    name: str

    @property
    def field(self) -> str:
        """The field's name in a correction."""
        return place_field(self.contest, self.ranking)

    @property
    def label(self) -> str:
        """The ranking in words."""
        return ranking_name(self.ranking)

    @property
    def full_label(self) -> str:
        """Contest and ranking in words."""
        return f"{CONTEST_NAMES[self.contest]}, {self.label}"


class PlaceInput(forms.NumberInput):
    """A number, written without a template: a table has hundreds of them, and they would be half of the page's time."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Give the element."""
        given = {**self.build_attrs(self.attrs, attrs), "value": self.format_value(value)}
        return format_html('<input type="number" name="{}"{}>', name, flatatt(given))


class LineForm(forms.Form):
    """One car: where it came in each ranking, its status, penalty and laps."""

    status = forms.ChoiceField(choices=[("", "–"), *STATUSES], required=False)
    penalty = forms.CharField(max_length=200, required=False)
    laps = forms.IntegerField(min_value=0, max_value=MOST_LAPS, required=False, widget=PlaceInput)
    laps_led = forms.IntegerField(min_value=0, max_value=MOST_LAPS, required=False, widget=PlaceInput)

    def __init__(self, columns: list[Column], *args: Any, crew: Mapping[int, Driver] = {}, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "use_required_attribute": False})
        self.crew = crew
        for column in columns:
            self.fields[column.name] = forms.IntegerField(
                min_value=1, max_value=LAST_PLACE, required=False, widget=PlaceInput
            )
        for key in crew:
            self.fields[drive_field(key)] = forms.CharField(
                max_length=20, required=False, widget=forms.TextInput(attrs={"size": 5, "inputmode": "decimal"})
            )
        if crew:
            self.fields[FASTEST_BY] = forms.TypedChoiceField(
                choices=[("", "–"), *((key, str(driver)) for key, driver in crew.items())],
                coerce=int,
                empty_value=None,
                required=False,
            )

    def fastest_by(self) -> list[forms.BoundField]:
        """Give the field of who set the fastest lap, where several shared the car."""
        return [self[FASTEST_BY]] if self.crew else []

    def driving(self) -> list[tuple[str, forms.BoundField]]:
        """Give the minutes at the wheel of each of a crew."""
        return [(str(driver), self[drive_field(key)]) for key, driver in self.crew.items()]


class ToldLineForm(LineForm):
    """A car that has a result."""

    out = forms.BooleanField(required=False)
    instead = forms.ModelChoiceField(Entry.objects.none(), required=False, empty_label="–")


class AddedLineForm(LineForm):
    """A car that no report told of."""

    entry = forms.ModelChoiceField(Entry.objects.none(), required=False, empty_label="–")


@dataclass(slots=True)
class Cell:
    """A field of a line as the template shows it: the form's field, and where its value comes from."""

    bound: forms.BoundField
    label: str
    source: Any = None  # a Place or a Result with origin, fact and correction


@dataclass(slots=True)
class Line:
    """A row of the table. `seen` is what the editor saw when they began."""

    form: Any
    entry: Entry | None = None
    result: Result | None = None
    seen: dict[str, Value] = field(default_factory=dict)
    derived: set[str] = field(default_factory=set)

    @property
    def places(self) -> list[Place]:
        """The places that hold."""
        return list(self.result.places.all()) if self.result else []


class ClassificationTable:
    """One race as one season has it. Bound to what was posted, if anything was."""

    def __init__(self, race: Race, season: Season, data: Mapping[str, Any] | None = None) -> None:
        self.race = race
        self.season = season
        self.data = data
        self.results = list(
            Result.objects.filter(race=race, entry__season=season)
            .select_related("entry__season", "entry__team", "status_fact__report", "penalty_fact__report")
            .prefetch_related("places__fact__report", "entry__crew__driver", "entry__classes__racing_class")
        )
        self.results.sort(key=_order)
        number = race.event.rounds.filter(season=season).values_list("number", flat=True).first()
        self.crews = {result.entry_id: _crew(result.entry, number) for result in self.results}
        self.columns = _columns(season, self.results)

    @property
    def seen_name(self) -> str:
        """The name of the hidden field that tells what the editor saw."""
        return f"seen-{self.season.pk}"

    @cached_property
    def seen(self) -> dict[str, dict[str, Value]]:
        """What the editor saw: by entry and field, as the page brought it back, else as it is now."""
        now = {str(result.entry_id): _values(result) for result in self.results}
        try:
            brought = json.loads(self.data[self.seen_name]) if self.data is not None else now
        except (KeyError, ValueError):
            return now
        return brought if isinstance(brought, dict) else now

    @property
    def seen_json(self) -> str:
        """What the page carries along."""
        return json.dumps(self.seen)

    @cached_property
    def free_entries(self) -> list[Entry]:
        """The season's entries without a result here."""
        there = {result.entry_id for result in self.results}
        entries = Entry.objects.filter(season=self.season).select_related("team").prefetch_related("crew__driver")
        return [entry for entry in entries if entry.pk not in there]

    @cached_property
    def lines(self) -> list[Line]:
        """The cars with a result, in order."""
        lines = []
        for result in self.results:
            seen = self.seen.get(str(result.entry_id), {})
            initial = {column.name: seen.get(column.field) for column in self.columns}
            initial |= {STATUS: seen.get(STATUS, ""), PENALTY: seen.get(PENALTY, "")}
            crew = self.crews[result.entry_id]
            initial |= {name: seen.get(name) for name in (*LAPS, FASTEST_BY, *map(drive_field, crew))}
            prefix = f"{self.season.pk}-{result.entry_id}"
            form = ToldLineForm(self.columns, self.data, prefix=prefix, initial=initial, crew=crew)
            self._offer(form, "instead")
            derived = {field_of(place) for place in result.places.all() if place.origin == Origin.DERIVED}
            lines.append(Line(form, result.entry, result, seen, derived))
        return lines

    @property
    def has_crews(self) -> bool:
        """Whether several shared any of the cars, so that it matters who drove."""
        return any(self.crews.values())

    @cached_property
    def empty_lines(self) -> list[Line]:
        """Lines for cars that no report told of."""
        lines = []
        for number in range(EMPTY_LINES if self.free_entries else 0):
            form = AddedLineForm(self.columns, self.data, prefix=f"{self.season.pk}-new{number}", empty_permitted=True)
            self._offer(form, "entry")
            lines.append(Line(form))
        return lines

    def _offer(self, form: forms.Form, name: str) -> None:
        choice = form.fields[name]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = Entry.objects.filter(season=self.season)
        # Written out once for the whole table: a query a line would be slow.
        choice.widget.choices = [("", "–"), *((entry.pk, str(entry)) for entry in self.free_entries)]

    def is_valid(self) -> bool:
        """Tell whether every field holds something that can be read."""
        valid = [line.form.is_valid() for line in (*self.lines, *self.empty_lines)]
        return all(valid)

    # -- what the template shows -------------------------------------------------------------------------------------

    def groups(self) -> list[tuple[Any, int]]:
        """Give the contests over the columns, with how many columns each spans."""
        contests = [column.contest for column in self.columns]
        return [(CONTEST_NAMES[contest], contests.count(contest)) for contest in Contest if contest in contests]

    def cells(self, line: Line) -> list[Cell]:
        """Give the cells of a line's places."""
        places = {field_of(place): place for place in line.places}
        return [Cell(line.form[column.name], column.full_label, places.get(column.field)) for column in self.columns]

    def rows(self) -> list[tuple[Line, list[Cell]]]:
        """Give the lines with their cells."""
        return [(line, self.cells(line)) for line in self.lines]

    def empty_rows(self) -> list[tuple[Line, list[Cell]]]:
        """Give the empty lines with their cells."""
        return [(line, self.cells(line)) for line in self.empty_lines]


def drive_field(driver: int) -> str:
    """Name the field of a driver's minutes at the wheel."""
    return f"{DRIVE}:{driver}"


def _crew(entry: Entry, number: int | None) -> dict[int, Driver]:
    """Give who shared a car in a round, by their ids; nobody where one drove alone."""
    found = {one.driver_id: one.driver for one in entry.crew.all() if number is None or one.holds_in(number)}
    return found if len(found) > 1 else {}


def field_of(place: Place) -> str:
    """Name the field that a place stands in."""
    return place_field(place.contest, place.ranking)


def _values(result: Result) -> dict[str, Value]:
    values: dict[str, Value] = {field_of(place): place.position for place in result.places.all()}
    laps = {name: getattr(result, name) for name in LAPS}
    drive = {drive_field(int(driver)): minutes for driver, minutes in result.drive.items()}
    places = {place.ranking: place for place in result.places.all() if place.contest == Contest.FASTEST_LAP}
    by = {FASTEST_BY: next((place.driver_id for place in places.values() if place.driver_id), None)}
    return {STATUS: result.status, PENALTY: result.penalty, **laps, **values, **drive, **by}


def _order(result: Result) -> tuple[float, float, str, int]:
    places = {place.ranking: place.position for place in result.places.all() if place.contest == Contest.RACE}
    last = float("inf")
    return places.get(OVERALL, last), places.get(TRACK, last), result.entry.number, result.entry_id


def _columns(season: Season, results: list[Result]) -> list[Column]:
    """Give a column for each ranking of the season, and for any other in which somebody holds a place."""
    classes = list(season.classes.values_list("name", flat=True))
    held = {(place.contest, place.ranking) for result in results for place in result.places.all()}
    found = []
    for contest in Contest:
        rankings = [TRACK, OVERALL, *classes] if contest == Contest.RACE else [OVERALL, *classes]
        more = sorted(ranking for where, ranking in held if where == contest and ranking not in rankings)
        found += [(contest, ranking) for ranking in rankings + more]
    return [Column(contest, ranking, f"place{number}") for number, (contest, ranking) in enumerate(found)]
