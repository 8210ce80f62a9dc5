"""What archives of past seasons say: results with their licence, as they came. Sources, like reports."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from racing.models.calendar import Circuit, Race
from racing.models.entries import Driver, Entry, Make
from racing.models.statuses import STATUSES
from racing.terms import Status


class Archive(models.Model):
    """A collection of results that somebody else keeps, and under which licence it may be shown."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    version = models.CharField(_("version"), max_length=120, blank=True)
    url = models.URLField(_("where it is kept"), blank=True)
    licence = models.CharField(_("licence"), max_length=80)
    licence_url = models.URLField(_("text of the licence"), blank=True)
    attribution = models.TextField(_("attribution"), help_text=_("As the licence wants it to be shown."))
    changes = models.TextField(_("what was changed"), blank=True)

    class Meta:
        verbose_name = _("archive")
        verbose_name_plural = _("archives")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.licence}"


class ArchiveKey(models.Model):
    """By which name an archive knows a row of ours, so that whatever it is called here it is found again."""

    archive = models.ForeignKey(Archive, models.CASCADE, related_name="keys", verbose_name=_("archive"))
    key = models.CharField(_("name in the archive"), max_length=120)
    driver = models.ForeignKey(Driver, models.CASCADE, null=True, blank=True, related_name="archive_keys")
    make = models.ForeignKey(Make, models.CASCADE, null=True, blank=True, related_name="archive_keys")
    circuit = models.ForeignKey(Circuit, models.CASCADE, null=True, blank=True, related_name="archive_keys")

    class Meta:
        verbose_name = _("name in an archive")
        verbose_name_plural = _("names in archives")
        ordering = ["archive", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["archive", "key"], condition=Q(driver__isnull=False), name="one_driver_a_key"
            ),
            models.UniqueConstraint(fields=["archive", "key"], condition=Q(make__isnull=False), name="one_make_a_key"),
            models.UniqueConstraint(
                fields=["archive", "key"], condition=Q(circuit__isnull=False), name="one_circuit_a_key"
            ),
            models.CheckConstraint(
                condition=Q(driver__isnull=False, make__isnull=True, circuit__isnull=True)
                | Q(driver__isnull=True, make__isnull=False, circuit__isnull=True)
                | Q(driver__isnull=True, make__isnull=True, circuit__isnull=False),
                name="key_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Record(models.Model):
    """What an archive says of one car in one race. It weighs more than a report and less than a person's correction.

    `position` is the place of the official classification. `track` says that the same order holds on the road, for races
    where some cars of the classification are not paid. `drive` holds minutes at the wheel as exact text by the driver's id.
    """

    archive = models.ForeignKey(Archive, models.PROTECT, related_name="records", verbose_name=_("archive"))
    race = models.ForeignKey(Race, models.CASCADE, related_name="records", verbose_name=_("race"))
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="records", verbose_name=_("entry"))
    number = models.CharField(_("number"), max_length=4, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), null=True, blank=True)
    track = models.BooleanField(_("on the road too"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=STATUSES, blank=True)
    reason = models.CharField(_("reason"), max_length=80, blank=True)
    pole = models.BooleanField(_("pole position"), default=False)
    fastest = models.BooleanField(_("fastest lap"), default=False)
    fastest_by = models.ForeignKey(
        Driver, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("fastest lap driven by")
    )
    laps = models.PositiveSmallIntegerField(_("laps"), null=True, blank=True)
    laps_led = models.PositiveSmallIntegerField(_("laps led"), null=True, blank=True)
    drive = models.JSONField(_("minutes at the wheel"), default=dict, blank=True)

    class Meta:
        verbose_name = _("line of an archive")
        verbose_name_plural = _("lines of archives")
        ordering = ["race", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["archive", "race", "entry"], name="one_record_a_car"),
            models.CheckConstraint(condition=Q(status="") | Q(status__in=list(Status)), name="record_status_known"),
            models.CheckConstraint(condition=Q(position__isnull=True) | Q(position__gte=1), name="record_from_first"),
        ]

    def __str__(self) -> str:
        return f"{self.archive}: {self.race}, {self.entry}"
