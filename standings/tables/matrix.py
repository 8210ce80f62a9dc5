"""The results matrix of a championship: subjects by races."""

from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from racing.models import Driver, Make, Team
from standings.models import Championship
from standings.sheets.calendar import RaceOfSeason, event_name
from standings.sheets.lead import reach_in_words, span_in_words
from standings.sheets.leaders import subject_address
from standings.sheets.matrix import Column, Matrix, Row, Score
from standings.tables.ground import ColumnGroup, SiteTable, number_column
from standings.wording import short_status, show_points

#: Columns before the races (who, points) and behind them (the gaps).
BEFORE, BEHIND = 2, 2


class Cell(NamedTuple):
    """A cell that brings its own class."""

    html: str
    css: str


class MatrixTable(SiteTable):
    """Who by race; its rows are `Row`s. The cells lead to the page that explains the points."""

    row_header = "subject"
    css = "matrix"

    subject = tables.Column(accessor="name", attrs={"th": {"class": "who"}})
    points = number_column(accessor="standing__points", css="num total")
    #: Behind the races: on a phone those come first.
    to_leader = number_column(css="num gap", empty_values=())
    to_next = number_column(css="num gap", empty_values=())

    def __init__(self, matrix: Matrix, caption: str) -> None:
        races = [
            (f"race_{column.race.race.pk}", RaceColumn(column, self._race_header(column))) for column in matrix.columns
        ]
        order = ["subject", "points", *(name for name, _ in races), "to_leader", "to_next"]
        self.championship = matrix.championship
        super().__init__(
            matrix.rows,
            caption=caption,
            name="matrix",
            groups=_meetings(matrix.columns),
            extra_columns=races,
            sequence=order,
        )
        self.base_address = score_sheet_address(matrix.championship, "{}")
        headers = {
            "subject": _subject_header(str(matrix.championship.rules.get("subject", "driver"))),
            "points": _("Points"),
            "to_leader": _("to the leader"),
            "to_next": _("to the next"),
        }
        for name, words in headers.items():
            self.columns[name].column.verbose_name = words

    @staticmethod
    def _race_header(column: Column) -> SafeString:
        race = column.race.race
        words = race.name or pgettext("race, short", "R%(number)s") % {"number": race.number}
        header = format_html(
            '<a href="{}">{}<span class="hidden-words"> {}</span></a>', column.race.url, words, event_name(race.event)
        )
        if column.complete or column.known is None:
            return header
        return format_html("{}<small>{}/{}</small>", header, column.known, "?" if column.of is None else column.of)

    def render_subject(self, record: Row) -> SafeString:
        return format_html(
            '<div class="who"><span class="pos">{}</span><span class="name">{}{}</span></div>',
            position(record),
            _link(record),
            _under(record),
        )

    def render_points(self, record: Row) -> SafeString:
        address = self.base_address.format(subject_address(record.standing))
        link = format_html('<a href="{}">{}</a>', address, show_points(record.standing.points))
        possible = span_in_words(record.possible)
        reach = reach_in_words(record.reach)
        parts = [link]
        if possible:
            parts.append(_small("possible", _("possible:"), possible))
        if reach:
            parts.append(
                _small("reach", _("possible position:"), pgettext("position, short", "P %(reach)s") % {"reach": reach})
            )
        return format_html_join(" ", "{}", ((part,) for part in parts))

    def render_to_leader(self, record: Row) -> str:
        return _gap(record.to_leader)

    def render_to_next(self, record: Row) -> str:
        return _gap(record.to_next)


def _small(css: str, unseen: str, words: str) -> SafeString:
    return format_html('<small class="{}"><span class="hidden-words">{} </span>{}</small>', css, unseen, words)


class RaceColumn(tables.Column):
    """One race of the matrix."""

    def __init__(self, column: Column, header: SafeString) -> None:
        super().__init__(accessor="scores", attrs={"th": {"class": "race"}}, empty_values=())
        self.race = column.race.race.pk
        self.heading = header

    @property
    def header(self) -> SafeString:
        return self.heading

    def render(self, record: Row, table: MatrixTable) -> Cell | str:
        score = record.scores.get(self.race)
        if score is None or not (score.took_part or score.points is not None):
            return Cell("", "race none")
        place = score.positions[0] if score.positions else None
        css = f"race p{place}" if place in (1, 2, 3) else "race"
        address = table.base_address.format(subject_address(record.standing))
        return Cell(_score(score, f"{address}#race-{self.race}"), f"{css} dropped" if score.dropped else css)


def position(row: Row) -> SafeString | str:
    """Write a row's position; one that is shared with an equals sign, none with a dash or what was decided to stand there."""
    if row.standing.position is None:
        decided = [str(one["text"]) for one in row.standing.why.get("adjustments") or [] if one.get("text")]
        return format_html('{}<span class="hidden-words"> {}</span>', [*decided, "–"][0], _("not classified"))
    if row.shared:
        return format_html('{}=<span class="hidden-words"> {}</span>', row.standing.position, _("shared"))
    return str(row.standing.position)


def score_sheet_address(championship: Championship, subject: str) -> str:
    """Give the address of a subject's score sheet; "{}" as the subject gives one to be filled in."""
    season = championship.season
    kwargs = {
        "slug": season.series.slug,
        "year": season.year,
        "championship": championship.slug,
        "subject": "SUBJECT" if subject == "{}" else subject,
    }
    return reverse("standings:score_sheet", kwargs=kwargs).replace("SUBJECT", subject)


def _subject_header(subject: str) -> str:
    words = {"crew": _("Crew"), "car": _("Car"), "team": _("Team"), "make": _("Make"), "entity": _("Make")}
    return words.get(subject, _("Driver"))


def _link(row: Row) -> SafeString | str:
    subject = row.standing.subject
    if isinstance(subject, Driver):
        return format_html('<a href="{}">{}</a>', reverse("standings:driver", args=[subject.slug]), row.name)
    if isinstance(subject, Team):
        return format_html('<a href="{}">{}</a>', reverse("standings:team", args=[subject.slug]), row.name)
    if isinstance(subject, Make):
        return format_html('<a href="{}">{}</a>', reverse("standings:make", args=[subject.slug]), row.name)
    links = [(reverse("standings:driver", args=[driver.slug]), driver.last_name) for driver in row.crew]
    return format_html_join(" / ", '<a href="{}">{}</a>', links) if links else row.name


def _under(row: Row) -> SafeString | str:
    """Give the line under the name: car numbers, and the team where the row is none itself."""
    numbers = ", ".join(dict.fromkeys(f"#{car.number}" for car in row.cars if car.number))
    of_drivers = row.standing.team_id is None and row.standing.make_id is None
    teams = dict.fromkeys(str(car.team or car.make) for car in row.cars if of_drivers and (car.team or car.make))
    words = " ".join(filter(None, [numbers, *teams]))
    return format_html("<small>{}</small>", words) if words else ""


def _gap(points: Fraction | None) -> str:
    return f"−{show_points(points)}" if points else ("" if points is None else "=")


def _score(score: Score, address: str) -> SafeString:
    """Draw a cell: the points, in parentheses where dropped; pole bold, fastest lap italic; the place, or how it ended."""
    words: SafeString | str = show_points(score.points) or short_status(score.status) or "·"
    if score.dropped:
        words = f"({show_points(score.points) or short_status(score.status) or '–'})"
    if score.pole:
        words = format_html('<b>{}</b><span class="hidden-words"> {}</span>', words, _("pole position"))
    if score.fastest:
        words = format_html('<i>{}</i><span class="hidden-words"> {}</span>', words, _("fastest lap"))
    if score.points is None:
        return format_html("<span>{}</span>", words)
    under = ", ".join(map(str, score.positions)) or short_status(score.status)
    return format_html('<a href="{}">{}<small>{}</small></a>', address, words, under)


def _meetings(columns: list[Column]) -> list[ColumnGroup]:
    """Group the races by their meeting."""
    if not columns:
        return []
    groups = [ColumnGroup(BEFORE)]

    def meeting(column: Column) -> int:
        return column.race.race.event_id

    for _event, races in groupby(columns, key=meeting):
        held = list(races)
        first: RaceOfSeason = held[0].race
        above = _("Round %(number)s") % {"number": first.round} if first.round else ""
        address = reverse("standings:event", args=[first.event.slug])
        groups.append(ColumnGroup(len(held), event_name(first.event), above, address))
    return [*groups, ColumnGroup(BEHIND)]
