"""The forms of the desk."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from racing.corrections import LAST_PLACE
from racing.entering import Entered, Sentence, named_in, position_in, race_before, races_of, rankings_of
from racing.models import Entry, Event, ReadingRecord, Season, Series
from racing.models.statuses import STATUSES
from racing.terms import Contest
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


class EnterForm(forms.Form):
    """A result that a person enters by hand; the sentence that tells it has filled in what it suggests."""

    race = forms.TypedChoiceField(label=_("Race"), coerce=int)
    entry = forms.ModelChoiceField(label=_("Car"), queryset=Entry.objects.none())
    field = forms.ChoiceField(label=_("Ranking"))
    position = forms.IntegerField(label=_("Place"), required=False, min_value=1, max_value=LAST_PLACE)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", "–"), *STATUSES])
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("Stands beside the result, with your name."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, record: ReadingRecord, entries: Sequence[Entry], sentence: Sentence, data: Any = None) -> None:
        assert record.event is not None
        named = named_in(sentence.quote, entries)
        initial = {
            "race": race_before(record, sentence.start),
            "entry": named[0].pk if named else None,
            "position": position_in(sentence.quote, record.language),
            "reason": sentence.reason,
        }
        super().__init__(data, initial=initial)
        first = [*named, *(entry for entry in entries if entry not in named)]
        choose_race, choose_entry, choose_field = (self.fields[name] for name in ("race", "entry", "field"))
        assert isinstance(choose_race, forms.ChoiceField)
        assert isinstance(choose_entry, forms.ModelChoiceField)
        assert isinstance(choose_field, forms.ChoiceField)
        choose_race.choices = races_of(record.event)
        choose_entry.queryset = Entry.objects.filter(pk__in=[entry.pk for entry in entries])
        choose_entry.widget.choices = [("", "–"), *((entry.pk, _named(entry, record)) for entry in first)]
        choose_field.choices = rankings_of([entry.season for entry in entries])

    def clean(self) -> dict[str, Any]:
        """Ask for something to enter."""
        given = super().clean() or {}
        if not self.errors and given.get("position") is None and not given.get("status"):
            raise ValidationError(_("Give a place or a status."))
        return given

    def entered(self) -> Entered:
        """Give what was entered, once the form is valid."""
        given = self.cleaned_data
        contest, _colon, ranking = given["field"].partition(":")
        told = given["position"], given["status"], given["reason"]
        return Entered(given["race"], given["entry"], Contest(contest), ranking, *told)


def _named(entry: Entry, record: ReadingRecord) -> str:
    return str(entry) if entry.season_id == record.season_id else f"{entry} ({entry.season})"


def files_kept(files: "list[UploadedFile[Any]]") -> "tuple[list[UploadedFile[Any]], list[DroppedUpload]]":
    """Part the files that arrived from those that were dropped on the way."""
    dropped = [file for file in files if isinstance(file, DroppedUpload)]
    return [file for file in files if not isinstance(file, DroppedUpload)], dropped
