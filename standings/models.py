"""What it is worth: championships with their rules (sources), awards and standings (derived)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from racing.models import Driver, Entry, Fact, Race, Season, Team
from standings.fields import PointsField


class Championship(models.Model):
    """A title in a season, with its rules as data (`standings.scoring.rules` reads them)."""

    season = models.ForeignKey(Season, models.CASCADE, related_name="championships", verbose_name=_("season"))
    slug = models.SlugField(_("address"), max_length=60)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    rulebook = models.CharField(
        _("rulebook"), max_length=60, blank=True, help_text=_("The file that the rules were taken from.")
    )
    rules = models.JSONField(_("rules"))
    verified = models.BooleanField(_("rules verified"), default=False)
    source = models.TextField(_("where the rules come from"), blank=True)
    source_en = models.TextField(_("where the rules come from, in English"), blank=True)
    edited = models.BooleanField(
        _("edited here"), default=False, help_text=_("Rules edited here are not replaced by the rulebook's file.")
    )
    version = models.PositiveIntegerField(_("version of the table"), default=0, editable=False)
    computed_at = models.DateTimeField(_("table last changed"), null=True, editable=False)
    basis = models.JSONField(
        default=list,
        editable=False,
        help_text='For each race of the season how much of it is known: {"race", "known", "of"}; "of" may be null.',
    )

    class Meta:
        verbose_name = _("championship")
        verbose_name_plural = _("championships")
        ordering = ["season", "order", "name"]
        constraints = [models.UniqueConstraint(fields=["season", "slug"], name="one_championship_an_address")]

    def __str__(self) -> str:
        return f"{self.season}: {self.label}"

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if self.name_en and in_english() else self.name

    @property
    def source_label(self) -> str:
        """Where the rules come from and what is not known, in the language of the page."""
        return self.source_en if self.source_en and in_english() else self.source

    @property
    def is_title(self) -> bool:
        """Whether a title is awarded; otherwise the table is there for information."""
        return bool(self.rules.get("title", True))


def in_english() -> bool:
    """Tell whether the page is in English."""
    return (get_language() or "").startswith("en")


def _one_subject(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(driver__isnull=False, entry__isnull=True, team__isnull=True)
        | Q(driver__isnull=True, entry__isnull=False, team__isnull=True)
        | Q(driver__isnull=True, entry__isnull=True, team__isnull=False),
        name=name,
    )


class Subjected(models.Model):
    """Has one subject: a driver, a crew (by its entry) or a team."""

    driver = models.ForeignKey(Driver, models.CASCADE, null=True, related_name="+", verbose_name=_("driver"))
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, related_name="+", verbose_name=_("entry"))
    team = models.ForeignKey(Team, models.CASCADE, null=True, related_name="+", verbose_name=_("team"))

    class Meta:
        abstract = True

    @property
    def subject(self) -> Driver | Entry | Team:
        """The driver, entry or team."""
        found = self.driver or self.entry or self.team
        assert found is not None, "the database allows no row without a subject"
        return found


class Award(Subjected):
    """The points of one race for one subject, and why. Derived.

    `parts` is a list of what was added up: position or bonus, with the rule, the position used and why, scale and factor.
    """

    championship = models.ForeignKey(
        Championship, models.CASCADE, related_name="awards", verbose_name=_("championship")
    )
    race = models.ForeignKey(Race, models.CASCADE, related_name="awards", verbose_name=_("race"))
    points = PointsField(_("points"))
    parts = models.JSONField(_("what was added up"), default=list)
    dropped = models.BooleanField(_("dropped"), default=False, help_text=_("In the table after the last race."))

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["championship", "race", "pk"]
        constraints = [
            _one_subject("award_of_one_subject"),
            models.UniqueConstraint(fields=["championship", "race", "driver"], name="one_award_a_driver"),
            models.UniqueConstraint(fields=["championship", "race", "entry"], name="one_award_a_crew"),
            models.UniqueConstraint(fields=["championship", "race", "team"], name="one_award_a_team"),
        ]

    def __str__(self) -> str:
        return f"{self.race}, {self.subject}: {self.points}"


class Standing(Subjected):
    """One row of a championship's table after a race. Derived.

    `order` is the row's place on the page, `position` the place in the championship, shared where nothing breaks the tie;
    `why` is the tie-break that decided it. `gross` counts dropped scores, `points` (net) does not.
    """

    championship = models.ForeignKey(
        Championship, models.CASCADE, related_name="standings", verbose_name=_("championship")
    )
    race = models.ForeignKey(Race, models.CASCADE, related_name="standings", verbose_name=_("after race"))
    order = models.PositiveSmallIntegerField(_("order"))
    position = models.PositiveSmallIntegerField(_("position"), null=True)
    points = PointsField(_("points"))
    gross = PointsField(_("points with dropped scores"))
    dropped = models.JSONField(
        _("dropped"), default=list, help_text=_("The races whose scores do not count in this table.")
    )
    why = models.JSONField(_("why"), default=dict)

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        ordering = ["championship", "race", "order"]
        constraints = [
            _one_subject("standing_of_one_subject"),
            models.UniqueConstraint(fields=["championship", "race", "driver"], name="one_standing_a_driver"),
            models.UniqueConstraint(fields=["championship", "race", "entry"], name="one_standing_a_crew"),
            models.UniqueConstraint(fields=["championship", "race", "team"], name="one_standing_a_team"),
            models.UniqueConstraint(fields=["championship", "race", "order"], name="one_standing_a_row"),
        ]

    def __str__(self) -> str:
        return f"{self.championship}, {self.position}: {self.subject}"


class ClaimCheck(models.Model):
    """What our own table says to a report's claim about the championship. Derived; a claim never writes a table.

    `found` holds the table's own figures under the claim's keys (position, points, gap_points).
    """

    VERDICTS = [("agrees", _("agrees")), ("disagrees", _("disagrees")), ("open", _("cannot be told yet"))]

    fact = models.OneToOneField(Fact, models.CASCADE, related_name="table_check", verbose_name=_("claim"))
    championship = models.ForeignKey(
        Championship, models.CASCADE, null=True, related_name="claims", verbose_name=_("championship")
    )
    race = models.ForeignKey(Race, models.CASCADE, null=True, related_name="+", verbose_name=_("after race"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=VERDICTS)
    found = models.JSONField(_("what the table says"), default=dict)

    class Meta:
        verbose_name = _("claim checked")
        verbose_name_plural = _("claims checked")

    def __str__(self) -> str:
        return f"{self.fact}: {self.verdict}"
