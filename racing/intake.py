"""The one way in: a file or pasted text becomes a Report, its kept original, and a job for the workers."""

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from racing import jobs
from racing.models import Event, Report, Season, Series
from racing.models.reports import original_path
from racing.problems import sentence
from racing.reading.documents import DocumentError, clean, sniff

_NAME_MAX = 120


class Refused(Exception):  # noqa: N818 (an upload is refused; that is no error of ours)
    """An upload that is not kept. `str()` gives the sentence for the person who sent it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    def __str__(self) -> str:
        return sentence(self.code, self.detail)


@dataclass(frozen=True, slots=True)
class Taken:
    """A report that was taken in; `known` if the same content had been before."""

    report: Report
    known: bool


def take_in(
    data: bytes,
    name: str,
    *,
    user: User | AnonymousUser | None = None,
    series: Series | None = None,
    season: Season | None = None,
    event: Event | None = None,
) -> Taken:
    """Keep a document and ask for it to be read; the same content again gives the report that there is, as it is.

    `name` is the uploader's name for it, shown and never used as a path. `series`, `season` and `event` are where the
    uploader says that it belongs. Raises Refused for what must not or cannot be kept; then nothing is.
    """
    if len(data) > settings.UPLOAD_MAX_BYTES:
        raise Refused("too_large")
    try:
        kind = sniff(data)
    except DocumentError as error:
        raise Refused(error.code, error.detail) from error
    report = Report(
        sha256=hashlib.sha256(data).hexdigest(),
        name=display_name(name),
        size=len(data),
        format=kind,
        given_series=series,
        given_season=season,
        given_event=event,
        uploaded_by=user if isinstance(user, User) else None,
    )
    if known := _known(report.sha256):
        _restore(known.report, data)
        return known
    return _keep(report, data)


def take_in_text(
    text: str,
    title: str = "",
    *,
    user: User | AnonymousUser | None = None,
    series: Series | None = None,
    season: Season | None = None,
    event: Event | None = None,
) -> Taken:
    """Keep pasted text as a plain text file, named by its title or else by its first line. Otherwise as `take_in`."""
    text = clean(text).strip("\n")
    title = title.strip() or text.strip().partition("\n")[0]
    return take_in(text.encode(), title, user=user, series=series, season=season, event=event)


def display_name(name: str) -> str:
    """Give a file's name for showing: without folders and invisible characters, of at most 120 characters."""
    name = " ".join(clean(re.split(r"[/\\]", name)[-1]).split()).strip(". ")
    if len(name) > _NAME_MAX:
        stem, dot, ending = name.rpartition(".")
        tail = f"…{dot}{ending}" if dot and stem and len(ending) <= 5 else "…"
        name = name[: _NAME_MAX - len(tail)].rstrip() + tail
    return name or _("unnamed")


def _known(sha256: str) -> Taken | None:
    report = Report.objects.filter(sha256=sha256).first()
    return Taken(report, known=True) if report else None


def _restore(report: Report, data: bytes) -> None:
    """Put an original back that was lost, as from a backup without the files: here is the same content."""
    if not report.original.storage.exists(report.original.name or ""):
        _write(report.original.storage, report.original.name or "", data)


def _keep(report: Report, data: bytes) -> Taken:
    """Keep the row, the file and the job together, or none of them.

    The row comes first: its unique hash decides which of two who send the same at once goes on to write the file, and
    holds the other back until it is known whether that went well.
    """
    path, storage = original_path(report, ""), report.original.storage
    report.original.name = path
    written = False
    try:
        with transaction.atomic():
            report.save(force_insert=True)
            _write(storage, path, data)
            written = True
            jobs.ask(report)
    except BaseException as error:
        known = _known(report.sha256)
        if known and isinstance(error, DatabaseError):
            # Somebody else was first with the same content: theirs is the report.
            return known
        if written and not known:
            storage.delete(path)
        raise
    return Taken(report, known=False)


def _write(storage: Storage, path: str, data: bytes) -> None:
    """Write the original. Raises Refused, and leaves nothing behind, where it cannot be written whole."""
    try:
        storage.save(path, ContentFile(data))
    except OSError as error:
        with suppress(OSError):
            storage.delete(path)
        raise Refused("not_stored") from error
