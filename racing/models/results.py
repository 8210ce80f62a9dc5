"""What holds: a person's corrections (sources), and the results settled from facts and corrections (derived)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from racing.models.archives import Record
from racing.models.calendar import Race, Season
from racing.models.entries import Driver, Entry
from racing.models.reports import RANKINGS, Fact, Report
from racing.models.statuses import STATUSES
from racing.terms import Contest, Origin, Status

ORIGINS = [
    (Origin.STATED, _("stated")),
    (Origin.DERIVED, _("follows from what is stated")),
    (Origin.CORRECTED, _("corrected by a person")),
]

CONTESTS = [
    (Contest.RACE, _("race")),
    (Contest.QUALIFYING, _("qualifying")),
    (Contest.FASTEST_LAP, _("fastest lap")),
]


DISAGREEMENTS = [
    ("place_taken", _("two cars are given the same place.")),
    ("two_places", _("one car is given two places.")),
    ("status", _("one source gives a place, the other says that the car has none.")),
    ("impossible_order", _("the places told cannot all be true together.")),
]


class Correction(models.Model):
    """A person's word about one field of one car in one race. It outranks every report and survives every reading.

    `field` is "taking_part" (value true or false: adds or takes out the car), "status", "penalty", "laps" or "laps_led"
    (value: a number, or null for not known), "drive:<driver's id>" (value: minutes at the wheel as text),
    "holder:<contest>" (value: the id of who of the crew it was), or
    "<contest>:<ranking>" such as "race:overall", "qualifying:B", "fastest_lap:overall" (value: a position, or null for
    none). It is keyed by what it corrects, never by a derived row.
    """

    race = models.ForeignKey(Race, models.CASCADE, related_name="corrections", verbose_name=_("race"))
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="corrections", verbose_name=_("entry"))
    field = models.CharField(_("field"), max_length=60)
    value = models.JSONField(_("value"), null=True)
    reason = models.CharField(_("reason"), max_length=300)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("author")
    )
    report = models.ForeignKey(
        Report,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("report"),
        help_text=_("Out of which it was entered by hand."),
    )
    #: [start, end] in that report's text, as the spans of facts are.
    span = models.JSONField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["race", "entry", "field"], condition=Q(withdrawn_at__isnull=True), name="one_correction_holds"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.race}, {self.entry}: {self.field} = {self.value}"


class Result(models.Model):
    """One car in one race, as it holds for that car's season. Derived."""

    race = models.ForeignKey(Race, models.CASCADE, related_name="results", verbose_name=_("race"))
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="results", verbose_name=_("entry"))
    status = models.CharField(_("status"), max_length=10, choices=STATUSES, blank=True)
    status_origin = models.CharField(_("origin of the status"), max_length=10, choices=ORIGINS, blank=True)
    status_fact = models.ForeignKey(
        Fact, models.SET_NULL, null=True, related_name="+", verbose_name=_("fact of the status")
    )
    status_correction = models.ForeignKey(
        Correction, models.SET_NULL, null=True, related_name="+", verbose_name=_("correction of the status")
    )
    penalty = models.CharField(_("penalty"), max_length=200, blank=True)
    penalty_fact = models.ForeignKey(
        Fact, models.SET_NULL, null=True, related_name="+", verbose_name=_("fact of the penalty")
    )
    penalty_correction = models.ForeignKey(
        Correction, models.SET_NULL, null=True, related_name="+", verbose_name=_("correction of the penalty")
    )
    #: What is not from a fact or a correction is from here.
    record = models.ForeignKey(
        Record, models.SET_NULL, null=True, related_name="+", verbose_name=_("line of an archive")
    )
    number = models.CharField(
        _("number"), max_length=4, blank=True, help_text=_("In this race, where it is not the entry's own.")
    )
    laps = models.PositiveSmallIntegerField(_("laps"), null=True)
    laps_led = models.PositiveSmallIntegerField(_("laps led"), null=True)
    drive = models.JSONField(_("minutes at the wheel"), default=dict)

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["race", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["race", "entry"], name="one_result_a_car"),
            models.CheckConstraint(condition=Q(status="") | Q(status__in=list(Status)), name="result_status_known"),
        ]

    def __str__(self) -> str:
        return f"{self.race}: {self.entry}"


class Place(models.Model):
    """A place of a result: in the race, in qualifying or for the fastest lap; on the road, overall or in a class. Derived."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="places", verbose_name=_("result"))
    contest = models.CharField(_("contest"), max_length=12, choices=CONTESTS, default=Contest.RACE)
    ranking = models.CharField(_("ranking"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"))
    origin = models.CharField(_("origin"), max_length=10, choices=ORIGINS)
    fact = models.ForeignKey(Fact, models.SET_NULL, null=True, related_name="places", verbose_name=_("fact"))
    correction = models.ForeignKey(
        Correction, models.SET_NULL, null=True, related_name="places", verbose_name=_("correction")
    )
    record = models.ForeignKey(
        Record, models.SET_NULL, null=True, related_name="places", verbose_name=_("line of an archive")
    )
    driver = models.ForeignKey(
        Driver,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("driver"),
        help_text=_("Who of the crew it was, where one alone can have been."),
    )
    why = models.JSONField(_("what it follows from"), default=dict)
    detail = models.CharField(_("time or gap"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["contest", "ranking", "position"]
        constraints = [
            models.UniqueConstraint(fields=["result", "contest", "ranking"], name="one_place_a_ranking"),
            models.CheckConstraint(condition=Q(position__gte=1), name="place_counts_from_one"),
            models.CheckConstraint(condition=Q(origin__in=list(Origin)), name="place_origin_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_contest_display()}, {self.ranking_words}: {self.position}"

    @property
    def ranking_words(self) -> str:
        """The ranking in the reader's language."""
        return str(RANKINGS.get(self.ranking, self.ranking))


class Disagreement(models.Model):
    """Two sources that cannot both hold, and which of them holds. Derived; a person sees it and may correct."""

    race = models.ForeignKey(Race, models.CASCADE, related_name="disagreements", verbose_name=_("race"))
    season = models.ForeignKey(Season, models.CASCADE, related_name="disagreements", verbose_name=_("season"))
    code = models.CharField(_("kind"), max_length=40, choices=DISAGREEMENTS)
    contest = models.CharField(_("contest"), max_length=12, choices=CONTESTS, blank=True)
    ranking = models.CharField(_("ranking"), max_length=40, blank=True)
    kept_fact = models.ForeignKey(Fact, models.SET_NULL, null=True, related_name="+", verbose_name=_("fact that holds"))
    kept_correction = models.ForeignKey(
        Correction, models.SET_NULL, null=True, related_name="+", verbose_name=_("correction that holds")
    )
    other_fact = models.ForeignKey(
        Fact, models.SET_NULL, null=True, related_name="+", verbose_name=_("fact that does not hold")
    )
    kept_record = models.ForeignKey(
        Record, models.SET_NULL, null=True, related_name="+", verbose_name=_("line of an archive that holds")
    )
    other_record = models.ForeignKey(
        Record, models.SET_NULL, null=True, related_name="+", verbose_name=_("line of an archive that does not hold")
    )
    detail = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("disagreement")
        verbose_name_plural = _("disagreements")
        ordering = ["race", "pk"]

    def __str__(self) -> str:
        return f"{self.race}: {self.get_code_display()}"
