"""What it is worth: championships with their rules (sources), awards and standings (derived)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from racing.models import Driver, Entry, Fact, Make, Race, Season, Team
from racing.models.reports import Job
from racing.terms import JobState
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
    decisions = models.JSONField(
        _("decisions"),
        default=list,
        blank=True,
        help_text=_("What was decided in this season, beside the rules: written as their “adjustments”."),
    )
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
        help_text='How much is known of each race: {"race", "known", "of", "complete"}; "of" may be null.',
    )
    bounds = models.JSONField(
        null=True,
        editable=False,
        help_text="For each table that unknown places could change: what they could (`standings.outlook`).",
    )
    inputs = models.CharField(
        max_length=32,
        editable=False,
        default="",
        help_text="Digest of what the tables rest on (`standings.inputs`), and of them, basis and bounds.",
    )

    class Meta:
        verbose_name = _("championship")
        verbose_name_plural = _("championships")
        ordering = ["season", "order", "name"]
        constraints = [models.UniqueConstraint(fields=["season", "slug"], name="one_championship_an_address")]

    def __str__(self) -> str:
        return f"{self.season}{pgettext('before a sentence', ':')} {self.label}"

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if self.name_en and in_english() else self.name

    @property
    def source_label(self) -> str:
        """Where the rules come from and what is not known, in the language of the page."""
        return self.source_en if self.source_en and in_english() else self.source

    @property
    def all_rules(self) -> dict[str, Any]:
        """The rules with the decisions of the season, as `standings.scoring.parse_rules` reads them."""
        if not self.decisions:
            return dict(self.rules)
        return {**self.rules, "adjustments": [*self.rules.get("adjustments", []), *self.decisions]}

    @property
    def is_title(self) -> bool:
        """Whether a title is awarded; otherwise the table is there for information."""
        return bool(self.rules.get("title", True))


def in_english() -> bool:
    """Tell whether the page is in English."""
    return (get_language() or "").startswith("en")


#: The columns that may hold a row's subject.
SUBJECTS = ("driver", "entry", "team", "make")


def _one_subject(name: str) -> models.CheckConstraint:
    only = [Q(**{f"{other}__isnull": other != one for other in SUBJECTS}) for one in SUBJECTS]
    return models.CheckConstraint(condition=only[0] | only[1] | only[2] | only[3], name=name)


class Subjected(models.Model):
    """Has one subject: a driver, a crew (by its entry), a team or a make."""

    driver = models.ForeignKey(Driver, models.CASCADE, null=True, related_name="+", verbose_name=_("driver"))
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, related_name="+", verbose_name=_("entry"))
    team = models.ForeignKey(Team, models.CASCADE, null=True, related_name="+", verbose_name=_("team"))
    make = models.ForeignKey(Make, models.CASCADE, null=True, related_name="+", verbose_name=_("make"))

    class Meta:
        abstract = True

    @property
    def subject(self) -> Driver | Entry | Team | Make:
        """The driver, entry, team or make."""
        found = self.driver or self.entry or self.team or self.make
        assert found is not None, "the database allows no row without a subject"
        return found


class TableAfter(models.Model):
    """A championship after one race: what the race paid, and the table. Derived.

    Read whole or not at all, a season's thousands of lines are kept as one text each: `awards` the race's, `rows` the table's,
    as `standings.storing` writes and reads them. The latest table's rows are `Standing`s, which are asked for by driver and
    team; its `rows` are empty.
    """

    championship = models.ForeignKey(
        Championship, models.CASCADE, related_name="tables", verbose_name=_("championship"), db_index=False
    )
    race = models.ForeignKey(Race, models.CASCADE, related_name="tables", verbose_name=_("after race"))
    awards = models.TextField(_("points of the race, and why"))
    rows = models.TextField(_("rows"), blank=True)
    scores = models.TextField(
        editable=False, blank=True, default="", help_text="What counts of the race, to go on from."
    )
    digest = models.CharField(
        max_length=32, editable=False, help_text="Of awards, scores and rows: tells whether anything differs."
    )
    inputs = models.CharField(
        max_length=32,
        editable=False,
        default="",
        help_text="Digest of what awards and rows rest on (`standings.inputs`).",
    )

    class Meta:
        verbose_name = _("table after a race")
        verbose_name_plural = _("tables after each race")
        ordering = ["championship", "pk"]
        constraints = [models.UniqueConstraint(fields=["championship", "race"], name="one_table_a_race")]

    def __str__(self) -> str:
        return f"{self.championship}: {self.race}"


class Standing(Subjected):
    """One row of a championship's latest table. Derived.

    `order` is the row's place on the page, `position` the place in the championship, shared where nothing breaks the tie;
    `why` is the tie-break that decided it. `gross` counts dropped scores, `points` (net) does not. Rows of earlier tables are
    read out of `TableAfter` as values of this kind, which are not stored.
    """

    championship = models.ForeignKey(
        Championship, models.CASCADE, related_name="standings", verbose_name=_("championship"), db_index=False
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
        ordering = ["championship", "order"]
        constraints = [
            _one_subject("standing_of_one_subject"),
            models.UniqueConstraint(fields=["championship", "order"], name="one_standing_a_row"),
            *(
                models.UniqueConstraint(
                    fields=["championship", kind],
                    condition=Q(**{f"{kind}__isnull": False}),
                    name=f"one_standing_a_{name}",
                )
                for kind, name in (("driver", "driver"), ("entry", "crew"), ("team", "team"), ("make", "make"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.championship}, {self.position}: {self.subject}"


class ScoringJob(Job):
    """A season that somebody asked to be computed again; however often they ask, there is one row and it is done once.

    `told` is what that changed, as `standings.telling` writes it.
    """

    season = models.OneToOneField(Season, models.CASCADE, related_name="scoring_job", verbose_name=_("season"))
    told = models.JSONField(_("what changed"), default=list)

    class Meta:
        verbose_name = _("scoring job")
        verbose_name_plural = _("scoring jobs")
        ordering = ["asked_at", "season"]
        constraints = [models.CheckConstraint(condition=Q(state__in=list(JobState)), name="scoring_job_state_known")]

    def __str__(self) -> str:
        return f"{self.season}: {self.get_state_display()}"


class Recomputation(models.Model):
    """Seasons that were asked for together; how far each of them is, its `ScoringJob` says."""

    seasons = models.ManyToManyField(Season, related_name="+", verbose_name=_("seasons"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("asked for by"),
        help_text=_("Empty: the rulebooks' files have changed."),
    )
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)

    class Meta:
        verbose_name = _("recomputation")
        verbose_name_plural = _("recomputations")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


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
