"""Reports in the admin: taken in by the same function as on the upload page, read again at a click."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from racing import jobs
from racing.admin.derived import ReadOnly
from racing.admin.settling import SettlingDeletion
from racing.intake import Refused, take_in, take_in_text
from racing.models import Answer, Report, Season
from racing.uploading import DroppedUpload


class UploadedField(forms.FileField):
    """A file, empty or dropped ones too: the intake has the sentence for what is wrong with it."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Give the file as it came."""
        return data or None


class ReportAddForm(forms.ModelForm):  # type: ignore[type-arg]
    """A file or pasted text; taken in when all else is right, so that a refusal stands beside the field."""

    file = UploadedField(label=gettext_lazy("File"), required=False)
    pasted = forms.CharField(
        label=gettext_lazy("Or the text itself"), required=False, strip=False, widget=forms.Textarea
    )
    #: Set by the admin for each request.
    user: Any = None
    known = False

    class Meta:
        model = Report
        fields = ["given_series", "given_season", "given_event"]

    def clean(self) -> dict[str, Any]:
        """Take in what was given."""
        given = super().clean() or {}
        file, text = given.get("file"), given.get("pasted", "")
        if isinstance(file, DroppedUpload):
            self.add_error("file", file.sentence)
        if not file and not text.strip():
            raise ValidationError(_("Choose a file or paste a text."))
        if self.errors:
            return given
        where = {key: given[f"given_{key}"] for key in ("series", "season", "event")}
        try:
            if file:
                taken = take_in(file.read(), file.name, user=self.user, **where)
            else:
                taken = take_in_text(text, user=self.user, **where)
        except Refused as refusal:
            self.add_error("file" if file else "pasted", str(refusal))
        else:
            self.instance, self.known = taken.report, taken.known
        return given


@admin.register(Report)
class ReportAdmin(SettlingDeletion):
    """What was uploaded."""

    list_display = ["name", "state", "season", "event", "facts_told", "problems", "uploaded_by", "uploaded_at"]
    list_filter = ["job__state", "format", "reading__season", "uploaded_by"]
    search_fields = ["name", "sha256", "text"]
    date_hierarchy = "uploaded_at"
    list_select_related = ["job", "reading__season__series", "reading__event__circuit", "uploaded_by"]
    autocomplete_fields = ["given_series", "given_season", "given_event"]
    actions = ["read_again"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load what the list shows, without the texts."""
        return super().get_queryset(request).defer("text").annotate(told=Count("facts"))

    def seasons_of(self, row: Report) -> set[int]:
        """Those whose entries it speaks of."""
        meant = Q(entries__facts__fact__report=row) | Q(readings__report=row)
        return set(Season.objects.filter(meant).values_list("pk", flat=True))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What people answered about a report goes with it."""
        found, counts, needed, protected = super().get_deleted_objects(objs, request)
        answers = str(Answer._meta.verbose_name)
        return found, counts, {name for name in needed if str(name) != answers}, protected

    @admin.display(description=gettext_lazy("state"), ordering="job__state")
    def state(self, report: Report) -> str:
        """Where it is on its way."""
        return report.job.get_state_display() if hasattr(report, "job") else ""

    @admin.display(description=gettext_lazy("season"), ordering="reading__season")
    def season(self, report: Report) -> Any:
        """The season it was found to be about."""
        return report.reading.season if hasattr(report, "reading") else None

    @admin.display(description=gettext_lazy("event"), ordering="reading__event")
    def event(self, report: Report) -> Any:
        """The event it was found to be about."""
        return report.reading.event if hasattr(report, "reading") else None

    @admin.display(description=gettext_lazy("facts"), ordering="told")
    def facts_told(self, report: Any) -> int:
        """How many facts were read in it."""
        return int(report.told)

    @admin.display(description=gettext_lazy("to look at"))
    def problems(self, report: Report) -> int:
        """How many things a person should look at."""
        return len(report.reading.problems) if hasattr(report, "reading") else 0

    @admin.display(description=gettext_lazy("the words"))
    def words(self, report: Report) -> SafeString:
        """The way to the report's page."""
        address = reverse("racing:report", args=[report.pk])
        return format_html('<a href="{}">{}</a>', address, _("Show the words and what they tell"))

    def get_fields(self, request: HttpRequest, obj: Report | None = None) -> Any:
        """A new report has a file or a text; one that is there keeps its file for ever."""
        given = ["given_series", "given_season", "given_event"]
        if obj is None:
            return ["file", "pasted", *given]
        return ["name", "words", "state", *given, "format", "size", "sha256", "uploaded_by", "uploaded_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Report | None = None) -> list[str]:
        """What came with the file stays as it came."""
        return ["words", "state", "format", "size", "sha256", "uploaded_by", "uploaded_at"] if obj else []

    def get_form(self, request: HttpRequest, obj: Report | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Use the intake's form for a new report."""
        if obj is None:
            kwargs["form"] = ReportAddForm
            kwargs["fields"] = ReportAddForm.Meta.fields
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user  # type: ignore[attr-defined]
        return form

    def save_model(self, request: HttpRequest, obj: Report, form: Any, change: bool) -> None:
        """A new report has been taken in already. One whose series, season or event was given anew is read again."""
        if not change:
            if form.known:
                messages.warning(request, _("This report was here already."))
            return
        super().save_model(request, obj, form, change)
        if set(form.changed_data) & {"given_series", "given_season", "given_event"}:
            jobs.ask(obj)

    @admin.action(description=gettext_lazy("Read the chosen reports again"), permissions=["change"])
    def read_again(self, request: HttpRequest, chosen: QuerySet[Report]) -> None:
        """Ask for the chosen reports to be read again."""
        reports = list(chosen)
        for report in reports:
            jobs.ask(report)
            self.log_change(request, report, _("Asked to be read again."))
        words = ngettext("%(count)d report is read again.", "%(count)d reports are read again.", len(reports))
        messages.success(request, words % {"count": len(reports)})


@admin.register(Answer)
class AnswerAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """What people answered. They answer on the report's page."""

    list_display = ["report", "question", "subject", "value", "author", "answered_at"]
    list_filter = ["question", "author"]
    search_fields = ["report__name", "subject"]
    list_select_related = ["report", "author"]
