"""What was asked of the model reader: each answer that was bought, with its tokens and its cost. Sources: they cost money."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from racing.models.reports import Report
from racing.terms import Asking


class ModelAnswer(models.Model):
    """One question to the model about a part of a report's text. The row is there before the question is sent.

    `key` is the digest of text, model and version of the question: an answer that can be used is never bought again. While the
    outcome is not known, and where the server may charge for it all the same, `cost` is the most that it can come to.
    """

    STATES = [
        (Asking.ASKED, _("asked")),
        (Asking.USABLE, _("usable")),
        (Asking.UNUSABLE, _("of no use")),
        (Asking.FAILED, _("no answer")),
    ]

    report = models.ForeignKey(
        Report, models.SET_NULL, null=True, related_name="model_answers", verbose_name=_("report")
    )
    key = models.CharField(_("digest of the question"), max_length=64, db_index=True)
    part = models.PositiveSmallIntegerField(_("part of the text"), default=1)
    model = models.CharField(_("model"), max_length=120)
    version = models.CharField(_("version of the question"), max_length=12)
    state = models.CharField(_("state"), max_length=10, choices=STATES, default=Asking.ASKED)
    error = models.CharField(_("what went wrong"), max_length=40, blank=True, help_text=_("A code of racing.problems."))
    content = models.TextField(_("answer"), blank=True)
    cut = models.BooleanField(_("cut off"), default=False)
    tokens_in = models.PositiveIntegerField(_("tokens sent"), default=0)
    tokens_out = models.PositiveIntegerField(_("tokens written"), default=0)
    estimated = models.BooleanField(
        _("estimated"),
        default=True,
        help_text=_("The server has not counted the tokens; the most they can be is kept."),
    )
    cost = models.DecimalField(_("cost"), max_digits=14, decimal_places=6, default=0)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, db_index=True)
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("question to the model")
        verbose_name_plural = _("questions to the model")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(state="usable"), name="bought_once"),
            models.CheckConstraint(condition=Q(state__in=list(Asking)), name="asking_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.report or _('a report that is gone')}, {self.get_state_display()}"
