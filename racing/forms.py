"""The forms of the desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from racing.models import Event, Season, Series
from racing.uploading import DroppedUpload


class SeveralFilesInput(forms.FileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Any number of files, empty ones too: what is wrong with a file is told beside its own name, by the intake."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Give the files as they came."""
        files = data if isinstance(data, list | tuple) else [data]
        return [file for file in files if file]


class UploadForm(forms.Form):
    """Files, or pasted text; what is known of them may be given, the reader looks for the rest."""

    files = SeveralFilesField(  # type: ignore[assignment]  # the form's files as they came are not asked for
        label=_("Files"),
        required=False,
        help_text=_(
            "Reports and timing sheets, several at once: PDF, Word (DOCX), OpenDocument (ODT, ODS), Excel (XLSX), CSV, HTML, "
            "mails (EML) and plain text."
        ),
    )
    text = forms.CharField(
        label=_("Or the text itself"),
        required=False,
        strip=False,
        max_length=settings.DOCUMENT_MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    series = forms.ModelChoiceField(
        label=pgettext_lazy("competition", "Series"),
        queryset=Series.objects.all(),
        required=False,
        empty_label=_("as the text says"),
    )
    season = forms.ModelChoiceField(
        label=_("Season"),
        queryset=Season.objects.select_related("series"),
        required=False,
        empty_label=_("as the text says"),
    )
    event = forms.ModelChoiceField(
        label=_("Event"),
        queryset=Event.objects.select_related("circuit"),
        required=False,
        empty_label=_("as the text says"),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for something to read, and that what is given agrees with itself."""
        given = super().clean() or {}
        if not given.get("files") and not given.get("text", "").strip() and not self.errors:
            raise ValidationError(_("Choose a file or paste a text."))
        series, season, event = given.get("series"), given.get("season"), given.get("event")
        if series and season and season.series_id != series.pk:
            self.add_error("season", _("This is a season of another series."))
        if season and event and event.year != season.year:
            self.add_error("event", _("This event was held in another year."))
        return given


def files_kept(files: "list[UploadedFile[Any]]") -> "tuple[list[UploadedFile[Any]], list[DroppedUpload]]":
    """Part the files that arrived from those that were dropped on the way."""
    dropped = [file for file in files if isinstance(file, DroppedUpload)]
    return [file for file in files if not isinstance(file, DroppedUpload)], dropped
