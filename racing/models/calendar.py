"""The calendar: series, seasons, circuits, events that may be a round of several seasons, races. All are sources."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from racing.terms import RaceStatus, Reader


class Confirmable(models.Model):
    """Made from a report until a person confirms it."""

    confirmed = models.BooleanField(
        _("confirmed"), default=False, help_text=_("Made from a report until a person confirms it.")
    )

    class Meta:
        abstract = True


class Series(Confirmable):
    """A competition, year after year."""

    READERS = [
        (Reader.OFFLINE, _("the offline reader")),
        (Reader.MODEL, _("the model")),
        (Reader.BOTH, _("both, compared")),
    ]

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    reader = models.CharField(
        _("read by"),
        max_length=8,
        choices=READERS,
        default=Reader.OFFLINE,
        help_text=_(
            "Who reads this series' reports. The offline reader needs no network and costs nothing. The model is asked only if "
            "this installation names an endpoint, which is then sent the report's text. Reports that were read before keep "
            "their reading until they are read again."
        ),
    )

    class Meta:
        verbose_name = pgettext_lazy("competition", "series")
        verbose_name_plural = pgettext_lazy("competitions", "series")
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=Q(reader__in=list(Reader)), name="reader_known")]

    def __str__(self) -> str:
        return self.name


class Season(Confirmable):
    """One year of a series. Its row is the lock of all that is derived for it."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="seasons", verbose_name=_("series"))
    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveIntegerField(_("version of the tables"), default=0, editable=False)
    changed_at = models.DateTimeField(_("tables last changed"), null=True, editable=False)

    class Meta:
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        ordering = ["-year", "series__name"]
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="one_season_a_year"),
            models.CheckConstraint(condition=Q(year__gte=1890, year__lte=2150), name="season_year_plausible"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}"


class Circuit(Confirmable):
    """A place where races are held."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("ISO 3166 code of two letters."))

    class Meta:
        verbose_name = _("circuit")
        verbose_name_plural = _("circuits")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Event(Confirmable):
    """A meeting at a circuit; a round of one season, or of several that share the grid."""

    circuit = models.ForeignKey(Circuit, models.PROTECT, related_name="events", verbose_name=_("circuit"))
    year = models.PositiveSmallIntegerField(_("year"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    name_en = models.CharField(
        _("name in English"), max_length=120, blank=True, help_text=_("Where it is another: Austria for Autriche.")
    )
    slug = models.SlugField(_("address"), max_length=140, unique=True)
    start = models.DateField(_("first day"), null=True, blank=True)
    end = models.DateField(_("last day"), null=True, blank=True)
    seasons = models.ManyToManyField(Season, through="Round", related_name="events", verbose_name=_("seasons"))

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["year", F("start").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
                name="event_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"

    @property
    def own_name(self) -> str:
        """Its own name in the reader's language; empty where it has none."""
        in_english = (get_language() or "").startswith("en")
        return self.name_en if self.name_en and in_english else self.name

    @property
    def title(self) -> str:
        """What a reader calls it, without its year: its own name, else its circuit's."""
        return self.own_name or str(self.circuit)


class Round(models.Model):
    """An event's place in a season."""

    season = models.ForeignKey(Season, models.CASCADE, related_name="rounds", verbose_name=_("season"))
    event = models.ForeignKey(Event, models.CASCADE, related_name="rounds", verbose_name=_("event"))
    number = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty while unknown.")
    )
    #: Derived: the order that numbers, dates and "the next meeting" of the reports give, while no number is known.
    order = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["season", "order", F("event__start").asc(nulls_last=True), "event_id"]
        constraints = [
            models.UniqueConstraint(fields=["season", "event"], name="one_round_an_event"),
            models.UniqueConstraint(
                fields=["season", "number"], condition=Q(number__isnull=False), name="one_round_a_number"
            ),
            models.CheckConstraint(condition=Q(number__isnull=True) | Q(number__gte=1), name="round_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.season}: {self.event}"


def check_attributes(value: Any) -> None:
    """Refuse figures that are none. Raises ValidationError with a sentence that names the one."""
    if not isinstance(value, dict):
        raise ValidationError(_('Write names with their figures, such as {"coefficient": "1.5"}.'))
    for name, figure in value.items():
        try:
            if isinstance(figure, bool):
                raise ValueError
            Fraction(str(figure))
        except (ValueError, ZeroDivisionError):
            raise ValidationError(
                _("%(name)s: %(figure)s is no figure."), params={"name": name, "figure": figure}
            ) from None


class Race(models.Model):
    """One start that scores."""

    STATUSES = [
        (RaceStatus.SCHEDULED, _("scheduled")),
        (RaceStatus.PROVISIONAL, _("provisional")),
        (RaceStatus.OFFICIAL, _("official")),
        (RaceStatus.AMENDED, _("amended")),
        (RaceStatus.CANCELLED, _("cancelled")),
    ]

    event = models.ForeignKey(Event, models.CASCADE, related_name="races", verbose_name=_("event"))
    number = models.PositiveSmallIntegerField(_("number in the event"), validators=[MinValueValidator(1)])
    name = models.CharField(_("name"), max_length=60, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=STATUSES, default=RaceStatus.PROVISIONAL)
    date = models.DateField(_("date"), null=True, blank=True)
    starters = models.PositiveSmallIntegerField(
        _("cars at the start"), null=True, blank=True, help_text=_("Empty while unknown.")
    )
    laps = models.PositiveSmallIntegerField(_("laps run"), null=True, blank=True, help_text=_("By the leader."))
    laps_planned = models.PositiveSmallIntegerField(
        _("laps planned"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Both together give the share of the distance that was run, for rules that ask for it."),
    )
    hours = models.DecimalField(
        _("length in hours"), max_digits=5, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    attributes = models.JSONField(
        _("other figures"),
        default=dict,
        blank=True,
        validators=[check_attributes],
        help_text=_('Figures of this race that the rules ask for, such as {"coefficient": "1.5"}.'),
    )
    tags = models.CharField(
        _("marks"),
        max_length=200,
        blank=True,
        help_text=_("Words that the rules ask for, such as “finale, endurance”; commas between them."),
    )

    class Meta:
        verbose_name = _("race")
        verbose_name_plural = _("races")
        ordering = ["event", "number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="one_race_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="race_counts_from_one"),
            models.CheckConstraint(condition=Q(status__in=list(RaceStatus)), name="race_status_known"),
            models.CheckConstraint(
                condition=Q(laps_planned__isnull=True) | Q(laps_planned__gte=1), name="race_planned_over_a_lap"
            ),
            models.CheckConstraint(condition=Q(hours__isnull=True) | Q(hours__gte=0), name="race_takes_time"),
        ]

    def __str__(self) -> str:
        return f"{self.event}, {self.label}"

    @property
    def label(self) -> str:
        """The race's own name, else "Race 2"."""
        return self.name or _("Race %(number)d") % {"number": self.number}

    @property
    def figures(self) -> dict[str, Fraction]:
        """The figures that rules may ask for, exact: `attributes`, with "hours" and "share_run" where they are known."""
        hours = None if self.hours is None else Fraction(self.hours)
        return figures_of(self.attributes, hours, self.laps, self.laps_planned)

    @property
    def words(self) -> frozenset[str]:
        """The words of `tags`."""
        return words_of(self.tags)


def figures_of(
    attributes: Mapping[str, Any], hours: Fraction | None, laps: int | None, planned: int | None
) -> dict[str, Fraction]:
    """Give the figures of a race, see `Race.figures`."""
    found = {name: Fraction(str(value)) for name, value in attributes.items()}
    if hours is not None:
        found["hours"] = hours
    if laps is not None and planned:
        found["share_run"] = Fraction(laps, planned)
    return found


def words_of(tags: str) -> frozenset[str]:
    """Give the words of a race, see `Race.words`."""
    return frozenset([word for part in tags.split(",") if (word := part.strip())])
