"""What was uploaded (a source), what people answered about it (a source), and what was read in it (derived)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from racing.match_reasons import reason_words
from racing.models.calendar import Event, Race, Season, Series
from racing.models.entries import Entry
from racing.place_words import place_words
from racing.reading.documents.places import Places, from_json
from racing.storage import originals
from racing.terms import OVERALL, TRACK, FactKind, JobState, Match, Reader

#: The words for the rankings that are no class: a class has its own name.
RANKINGS = {TRACK: _("on the road"), OVERALL: pgettext_lazy("ranking", "overall")}


def original_path(report: "Report", filename: str) -> str:
    """Name the kept original after its content; nothing that an uploader wrote becomes a path."""
    return f"{report.sha256[:2]}/{report.sha256}"


class Report(models.Model):
    """A document as it came. Its text is taken out once and never changes, so that offsets into it hold for ever."""

    original = models.FileField(_("original"), storage=originals, upload_to=original_path)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    format = models.CharField(_("format"), max_length=12, editable=False)
    text = models.TextField(_("text"), blank=True, editable=False)
    #: Where in the document the text stands, as `racing.reading.documents.places.to_json` writes it; null: never looked.
    places = models.JSONField(_("pages and rows"), null=True, editable=False)
    given_series = models.ForeignKey(
        Series, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("series")
    )
    given_season = models.ForeignKey(
        Season, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("season")
    )
    given_event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("event")
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def page_map(self) -> Places:
        """Where in the document the characters of the text stand; empty for plain text, and for what was taken in of old."""
        return Places(self.text, from_json(self.places or []))


class Answer(models.Model):
    """What a person answered where the text does not tell: the year, whether an event is a round, who is a guest.

    `question` is one of `racing.questions`; `subject` tells several of a kind apart.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="answers", verbose_name=_("report"))
    question = models.CharField(_("question"), max_length=20)
    subject = models.CharField(_("about"), max_length=80, blank=True)
    value = models.JSONField(_("answer"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("author")
    )
    answered_at = models.DateTimeField(_("answered"), auto_now=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["report", "question", "subject"]
        constraints = [models.UniqueConstraint(fields=["report", "question", "subject"], name="answered_once")]

    def __str__(self) -> str:
        return f"{self.question} {self.subject}: {self.value}"


class Job(models.Model):
    """Work to be done on one thing. This row is the truth; messages only wake workers (`racing.jobs`)."""

    STATES = [
        (JobState.WAITING, _("waiting")),
        (JobState.READING, _("reading")),
        (JobState.MATCHING, _("matching")),
        (JobState.SETTLING, _("settling")),
        (JobState.SCORING, _("scoring")),
        (JobState.ASKING, _("needs an answer")),
        (JobState.DONE, _("done")),
        (JobState.FAILED, _("failed")),
    ]

    state = models.CharField(_("state"), max_length=10, choices=STATES, default=JobState.WAITING, db_index=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    claim = models.CharField(max_length=36, blank=True, editable=False, help_text="Whose heartbeat counts.")
    asked_at = models.DateTimeField(_("asked for"))
    heartbeat_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)
    error = models.CharField(_("what went wrong"), max_length=40, blank=True, help_text=_("A code of racing.problems."))
    error_detail = models.TextField(_("details"), blank=True)

    class Meta:
        abstract = True


class ReadingJob(Job):
    """Where a report is on its way."""

    report = models.OneToOneField(Report, models.CASCADE, related_name="job", verbose_name=_("report"))

    class Meta:
        verbose_name = _("reading job")
        verbose_name_plural = _("reading jobs")
        ordering = ["asked_at"]
        constraints = [models.CheckConstraint(condition=Q(state__in=list(JobState)), name="job_state_known")]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_state_display()}"


class ReadingRecord(models.Model):
    """What the last reading of a report gave, apart from its facts. Derived."""

    report = models.OneToOneField(Report, models.CASCADE, related_name="reading", verbose_name=_("report"))
    reader_version = models.CharField(_("version of the reader"), max_length=40)
    language = models.CharField(_("language"), max_length=2, blank=True)
    heading = models.JSONField(_("heading"), default=dict)
    people = models.JSONField(_("people"), default=list)
    problems = models.JSONField(_("problems"), default=list)
    reader = models.CharField(_("read by"), max_length=8, choices=Series.READERS, default=Reader.OFFLINE)
    #: Where the offline reader and the model differ, as `racing.readers.difference_rows` writes it.
    differences = models.JSONField(_("where the readers differ"), default=list)
    known = models.PositiveSmallIntegerField(_("entries that were known"), default=0)
    #: The most entries with which it was read, or asked to be by `racing.rereading`: it asks again only for more.
    tried = models.PositiveSmallIntegerField(default=0, editable=False)
    season = models.ForeignKey(
        Season, models.SET_NULL, null=True, blank=True, related_name="readings", verbose_name=_("season")
    )
    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="readings", verbose_name=_("event")
    )

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")

    def __str__(self) -> str:
        return str(self.report)


class Fact(models.Model):
    """One thing that one report says, with the words that say it. Derived.

    `spans` is a list of [start, end] into the report's text, the first of them the whole statement; `data` holds what the
    kind has besides (`racing.reading.facts.Fact` names the keys).
    """

    KINDS = [
        (FactKind.FINISH, _("finish")),
        (FactKind.QUALIFYING, _("qualifying")),
        (FactKind.FASTEST_LAP, _("fastest lap")),
        (FactKind.PENALTY, _("penalty")),
        (FactKind.RETIREMENT, _("retirement")),
        (FactKind.CLAIM, _("claim about the championship")),
        (FactKind.MEETING, _("next meeting")),
    ]

    report = models.ForeignKey(Report, models.CASCADE, related_name="facts", verbose_name=_("report"))
    order = models.PositiveIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=12, choices=KINDS)
    race_number = models.PositiveSmallIntegerField(_("race in the event"), null=True)
    race = models.ForeignKey(Race, models.CASCADE, null=True, related_name="facts", verbose_name=_("race"))
    ranking = models.CharField(_("ranking"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), null=True)
    drivers = models.JSONField(_("drivers"), default=list)
    data = models.JSONField(_("what else it tells"), default=dict)
    spans = models.JSONField(_("where in the text"), default=list)
    sure = models.FloatField(_("how sure"), default=1.0)
    recogniser = models.CharField(_("found by"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["report", "order"]
        constraints = [
            models.UniqueConstraint(fields=["report", "order"], name="one_fact_a_place"),
            models.CheckConstraint(condition=Q(kind__in=list(FactKind)), name="fact_kind_known"),
            models.CheckConstraint(condition=Q(sure__gte=0, sure__lte=1), name="sureness_is_a_share"),
        ]

    def __str__(self) -> str:
        words = [self.get_kind_display(), self.ranking_words, self.position or "", ", ".join(self.drivers)]
        return ", ".join(str(word) for word in words if word)

    @property
    def ranking_words(self) -> str:
        """The ranking in the reader's language."""
        return str(RANKINGS.get(self.ranking, self.ranking))

    @property
    def quote(self) -> str:
        """The words that state the fact."""
        if not self.spans:
            return ""
        start, end = self.spans[0]
        return self.report.text[start:end]

    @property
    def where(self) -> str:
        """The page and the row of the words that state the fact, in the reader's language; "" where the report has none."""
        return place_words(self.report.page_map.at(self.spans[0][0])) if self.spans else ""


class FactEntry(models.Model):
    """Whom a fact means among the entries of one season, and why. Derived."""

    MATCHES = [
        (Match.MATCHED, _("matched")),
        (Match.PROPOSED, _("made from the report")),
        (Match.AMBIGUOUS, _("ambiguous")),
        (Match.UNKNOWN, _("unknown")),
    ]

    fact = models.ForeignKey(Fact, models.CASCADE, related_name="matches", verbose_name=_("fact"))
    season = models.ForeignKey(Season, models.CASCADE, related_name="+", verbose_name=_("season"))
    entry = models.ForeignKey(
        Entry, models.CASCADE, null=True, blank=True, related_name="facts", verbose_name=_("entry")
    )
    match = models.CharField(_("match"), max_length=10, choices=MATCHES)
    why = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("who is meant")
        verbose_name_plural = _("who is meant")
        constraints = [
            models.UniqueConstraint(fields=["fact", "season"], name="one_match_a_season"),
            models.CheckConstraint(
                condition=Q(entry__isnull=False, match__in=[Match.MATCHED, Match.PROPOSED])
                | Q(entry__isnull=True, match__in=[Match.AMBIGUOUS, Match.UNKNOWN]),
                name="matched_has_an_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fact} = {self.entry or self.match}"

    @property
    def why_words(self) -> str:
        """Why, in the reader's language."""
        return reason_words(self.why)
