"""Who takes part: drivers, teams, makes, and a season's entries with their crew and classes by round. All are sources."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from racing.models.calendar import Circuit, Confirmable, Season, Series
from racing.names import fold
from racing.terms import Mark


class Driver(Confirmable):
    """A person who drives; the first name is empty while only the surname is known."""

    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("surname"), max_length=80)
    slug = models.SlugField(_("address"), max_length=180, unique=True)
    nationality = models.CharField(
        _("nationality"), max_length=2, blank=True, help_text=_("ISO 3166 code of two letters.")
    )

    class Meta:
        verbose_name = _("driver")
        verbose_name_plural = _("drivers")
        ordering = ["last_name", "first_name"]
        constraints = [models.CheckConstraint(condition=~Q(last_name=""), name="driver_has_a_surname")]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class Team(Confirmable):
    """Who enters cars."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("address"), max_length=140, unique=True)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Make(Confirmable):
    """Whose car it is: a make, or a chassis with the engine of another (McLaren-Honda), which competes for makes by itself.

    Two may bear one name, decades apart; their addresses tell them apart.
    """

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=140, unique=True)
    builder = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="built",
        verbose_name=_("built by"),
        help_text=_("The make of the chassis, where this is a chassis with the engine of another."),
    )

    class Meta:
        verbose_name = _("make")
        verbose_name_plural = _("makes")
        ordering = ["name", "slug"]
        constraints = [models.CheckConstraint(condition=~Q(builder=F("pk")), name="make_built_by_another")]

    def __str__(self) -> str:
        return self.name


class RacingClass(models.Model):
    """A group with its own table. An overlay ("Rookie") lies across the others: an entry may be in both."""

    season = models.ForeignKey(Season, models.CASCADE, related_name="classes", verbose_name=_("season"))
    name = models.CharField(_("name"), max_length=40, help_text=_("As reports write it: Pro-Am, B, Rookie."))
    overlay = models.BooleanField(_("lies across the others"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering = ["order", "name"]
        constraints = [models.UniqueConstraint(fields=["season", "name"], name="one_class_a_name")]

    def __str__(self) -> str:
        return self.name


class Entry(Confirmable):
    """A car on a season's list."""

    season = models.ForeignKey(Season, models.CASCADE, related_name="entries", verbose_name=_("season"))
    number = models.CharField(_("number"), max_length=4, blank=True, help_text=_("Empty while unknown."))
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("team")
    )
    make = models.ForeignKey(
        Make, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("make")
    )
    car = models.CharField(_("car"), max_length=80, blank=True)
    guest = models.BooleanField(
        _("guest"), default=False, help_text=_("Runs and does not score: a guest, or a car of another series.")
    )

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["season", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["season", "number"], condition=~Q(number="") & Q(guest=False), name="one_entry_a_number"
            ),
        ]

    def __str__(self) -> str:
        crew = " / ".join(str(member.driver) for member in self.crew.all())
        return f"#{self.number} {crew}" if self.number else crew or _("entry %(pk)s") % {"pk": self.pk}


def holds(first: int, last: int | None, number: int | None) -> bool:
    """Tell whether what holds from a round to another (None: to the end of the season) holds in the round `number`.

    In a round whose number is unknown, only what holds all season does.
    """
    if number is None:
        return first == 1 and last is None
    return first <= number and (last is None or number <= last)


class ByRound(models.Model):
    """Holds from one round to another; without an end, to the end of the season."""

    from_round = models.PositiveSmallIntegerField(_("from round"), default=1, validators=[MinValueValidator(1)])
    to_round = models.PositiveSmallIntegerField(
        _("to round"), null=True, blank=True, help_text=_("Empty: to the end of the season.")
    )

    class Meta:
        abstract = True

    def holds_in(self, number: int | None) -> bool:
        """Tell whether this holds in the round."""
        return holds(self.from_round, self.to_round, number)


class CrewMember(ByRound):
    """A driver of a car, for a span of rounds."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="crew", verbose_name=_("entry"))
    driver = models.ForeignKey(Driver, models.PROTECT, related_name="drives", verbose_name=_("driver"))
    order = models.PositiveSmallIntegerField(_("order in the crew"), default=0)
    flags = models.CharField(
        _("what the rules may ask"),
        max_length=120,
        blank=True,
        help_text=_("Words that the rules ask drivers for, such as “bronze, rookie”; commas between them."),
    )

    class Meta:
        verbose_name = _("crew member")
        verbose_name_plural = _("crew")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "driver", "from_round"], name="once_in_the_crew_from_a_round"),
            models.CheckConstraint(
                condition=Q(to_round__isnull=True) | Q(to_round__gte=F("from_round")), name="crew_rounds_in_order"
            ),
        ]

    def __str__(self) -> str:
        return str(self.driver)


class EntryClass(ByRound):
    """The class an entry runs in, for a span of rounds: a crew change may change it."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="classes", verbose_name=_("entry"))
    racing_class = models.ForeignKey(RacingClass, models.CASCADE, related_name="entries", verbose_name=_("class"))

    class Meta:
        verbose_name = _("class of the entry")
        verbose_name_plural = _("classes of the entry")
        ordering = ["racing_class__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "racing_class", "from_round"], name="once_in_a_class_from_a_round"
            ),
            models.CheckConstraint(
                condition=Q(to_round__isnull=True) | Q(to_round__gte=F("from_round")), name="class_rounds_in_order"
            ),
        ]

    def __str__(self) -> str:
        return str(self.racing_class)


class EntryMark(ByRound):
    """What the rules may ask of an entry for a span of rounds, beside its classes."""

    KINDS = [
        (Mark.NOMINATED, _("nominated to score for its team or make")),
        (Mark.UNREGISTERED, _("not registered for the championship")),
        (Mark.TAG, _("a word that the rules ask for")),
        (Mark.TEAM_CAR, _("which car of its team it is")),
        (Mark.CREW, _("has the crew of another entry")),
        (Mark.CAR, _("is the car of another entry")),
    ]
    #: The field that says more, by the kind of mark.
    MORE = {Mark.TAG: "tag", Mark.TEAM_CAR: "nth", Mark.CREW: "other", Mark.CAR: "other"}

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="marks", verbose_name=_("entry"))
    kind = models.CharField(_("mark"), max_length=12, choices=KINDS)
    tag = models.CharField(
        _("word"), max_length=40, blank=True, help_text=_("Written as the rules write it; for such a mark only.")
    )
    nth = models.PositiveSmallIntegerField(
        _("number in the team"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("1 for the first car of its team, 3 for the third; for such a mark only."),
    )
    other = models.ForeignKey(
        Entry,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="lent",
        verbose_name=_("other entry"),
        help_text=_("Points of crews, or of cars, go to this entry; for such a mark only."),
    )

    class Meta:
        verbose_name = _("mark of the entry")
        verbose_name_plural = _("marks of the entry")
        ordering = ["kind", "tag", "from_round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "kind", "tag", "from_round"], name="marked_once_from_a_round"),
            models.CheckConstraint(
                condition=(Q(kind=Mark.TAG) & ~Q(tag="")) | (~Q(kind=Mark.TAG) & Q(tag="")), name="mark_with_its_word"
            ),
            models.CheckConstraint(
                condition=Q(kind=Mark.TEAM_CAR, nth__gte=1) | (~Q(kind=Mark.TEAM_CAR) & Q(nth=None)),
                name="mark_with_its_number",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[Mark.CREW, Mark.CAR], other__isnull=False)
                | (~Q(kind__in=[Mark.CREW, Mark.CAR]) & Q(other=None)),
                name="mark_with_the_other_entry",
            ),
            models.CheckConstraint(condition=Q(other=None) | ~Q(other=F("entry")), name="mark_names_another_entry"),
            models.CheckConstraint(condition=Q(kind__in=list(Mark)), name="mark_known"),
            models.CheckConstraint(
                condition=Q(to_round__isnull=True) | Q(to_round__gte=F("from_round")), name="mark_rounds_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.tag or self.get_kind_display()

    def clean(self) -> None:
        """Say at its field what a mark of the kind lacks, or has too much."""
        needed = self.MORE.get(Mark(self.kind)) if self.kind in list(Mark) else None
        wrong: dict[str, Any] = {
            field: _("A mark of another kind has this.")
            for field in ("tag", "nth", "other")
            if field != needed and getattr(self, field) not in ("", None)
        }
        if needed and getattr(self, needed) in ("", None):
            wrong[needed] = _("A mark of this kind needs it.")
        elif self.other is not None and (
            self.other_id == self.entry_id or self.other.season_id != self.entry.season_id
        ):
            wrong["other"] = _("Choose another entry of the same season.")
        if wrong:
            raise ValidationError(wrong)


class Alias(models.Model):
    """Another way of writing a name; `folded` is what names are compared by (`racing.names.fold`)."""

    text = models.CharField(_("written"), max_length=160)
    folded = models.CharField(max_length=160, editable=False, db_index=True)
    driver = models.ForeignKey(
        Driver, models.CASCADE, null=True, blank=True, related_name="aliases", verbose_name=_("driver")
    )
    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, related_name="aliases", verbose_name=_("team")
    )
    series = models.ForeignKey(
        Series, models.CASCADE, null=True, blank=True, related_name="aliases", verbose_name=_("series")
    )
    circuit = models.ForeignKey(
        Circuit, models.CASCADE, null=True, blank=True, related_name="aliases", verbose_name=_("circuit")
    )

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["text"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(driver__isnull=False, team__isnull=True, series__isnull=True, circuit__isnull=True)
                    | Q(driver__isnull=True, team__isnull=False, series__isnull=True, circuit__isnull=True)
                    | Q(driver__isnull=True, team__isnull=True, series__isnull=False, circuit__isnull=True)
                    | Q(driver__isnull=True, team__isnull=True, series__isnull=True, circuit__isnull=False)
                ),
                name="alias_of_one_thing",
            ),
            # Two people may share a surname; one team, series or circuit has a name for itself.
            models.UniqueConstraint(fields=["folded", "driver"], name="one_alias_a_driver"),
            models.UniqueConstraint(fields=["folded"], condition=Q(team__isnull=False), name="alias_of_one_team"),
            models.UniqueConstraint(fields=["folded"], condition=Q(series__isnull=False), name="alias_of_one_series"),
            models.UniqueConstraint(fields=["folded"], condition=Q(circuit__isnull=False), name="alias_of_one_circuit"),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep `folded` true to `text`."""
        self.folded = fold(self.text)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
