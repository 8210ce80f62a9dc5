"""A document becomes a report with its original and its job, once; what must not be kept is refused by a sentence."""

import errno
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.utils import translation

from racing import intake, jobs
from racing.intake import Refused, take_in, take_in_text
from racing.models import Circuit, Event, ReadingJob, Report, Season, Series
from racing.problems import sentence
from racing.storage import Originals
from racing.terms import JobState
from tests.documents import papers

pytestmark = pytest.mark.django_db

TEXT = "Camille Ferrand gagne à Dijon."
DATA = TEXT.encode()


def kept(originals: Path) -> list[Path]:
    return sorted(path for path in originals.rglob("*") if path.is_file())


def refusal(data: bytes, name: str = "report.pdf") -> Refused:
    with pytest.raises(Refused) as caught:
        take_in(data, name)
    return caught.value


def test_a_document_is_kept_under_its_hash_and_waits_to_be_read(originals: Path, staff: User) -> None:
    taken = take_in(DATA, "Dijon, course 1.txt", user=staff)
    report = Report.objects.get()
    digest = hashlib.sha256(DATA).hexdigest()
    assert (taken.report, taken.known) == (report, False)
    assert (report.sha256, report.name, report.size, report.format) == (digest, "Dijon, course 1.txt", len(DATA), "txt")
    assert (report.uploaded_by, report.text) == (staff, "")
    assert kept(originals) == [originals / digest[:2] / digest]
    assert report.original.read() == DATA
    job = ReadingJob.objects.get()
    assert (job.report, job.state, job.attempts) == (report, JobState.WAITING, 0)


def test_what_the_uploader_knows_is_kept_beside_it() -> None:
    series = Series.objects.create(name="Trophée des Essais")
    season = Season.objects.create(series=series, year=2031)
    event = Event.objects.create(circuit=Circuit.objects.create(name="Dijon"), year=2031)
    report = take_in(DATA, "x.txt", series=series, season=season, event=event).report
    assert (report.given_series, report.given_season, report.given_event) == (series, season, event)


def test_nobody_in_particular_may_send_it() -> None:
    assert take_in(DATA, "x.txt", user=AnonymousUser()).report.uploaded_by is None


def test_the_same_content_again_is_recognised_under_any_name(originals: Path, staff: User) -> None:
    first = take_in(DATA, "one.txt", user=staff).report
    ReadingJob.objects.update(state=JobState.DONE)
    again = take_in(DATA, "two.pdf")
    assert (again.report, again.known) == (first, True)
    assert (again.report.name, again.report.job.state) == ("one.txt", JobState.DONE)
    assert len(kept(originals)) == 1


def test_an_original_that_was_lost_comes_back_with_the_same_content(originals: Path) -> None:
    report = take_in(DATA, "one.txt").report
    for path in kept(originals):
        path.unlink()
    assert take_in(DATA, "two.txt").known is True
    assert report.original.read() == DATA


def test_of_two_who_send_the_same_at_once_the_second_gets_the_first_one_s_report(
    monkeypatch: pytest.MonkeyPatch, originals: Path
) -> None:
    first = take_in(DATA, "one.txt").report
    # The second has looked before the first was there.
    looks = [intake._known, lambda sha256: None]
    monkeypatch.setattr(intake, "_known", lambda sha256: (looks.pop() if len(looks) > 1 else looks[0])(sha256))
    again = take_in(DATA, "two.txt")
    assert (again.report, again.known) == (first, True)
    assert (Report.objects.count(), ReadingJob.objects.count()) == (1, 1)
    assert first.original.read() == DATA
    assert len(kept(originals)) == 1


def test_all_formats_are_taken() -> None:
    documents = {
        "pdf": papers.pdf(papers.WIN),
        "docx": papers.word(papers.WIN),
        "html": b"<p>Ferrand wins</p>",
        "txt": "né à Liège".encode("latin-1"),
    }
    assert {kind: take_in(data, "report").report.format for kind, data in documents.items()} == {
        kind: kind for kind in documents
    }


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"MZ\x90\0\x03" + bytes(300), "executable"),
        (b"\x7fELF" + bytes(60), "executable"),
        (papers.bomb(), "zip_bomb"),
        (papers.word_with({"../../x": b""}), "zip_slip"),
        (papers.packed(**{"x.txt": b"x"}), "unsupported"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "image"),
        (bytes(range(256)), "unknown_format"),
    ],
)
def test_what_is_dangerous_or_no_report_is_refused_before_it_is_stored(data: bytes, code: str, originals: Path) -> None:
    refused = refusal(data)
    assert (refused.code, str(refused)) == (code, sentence(code, refused.detail))
    assert (Report.objects.count(), kept(originals)) == (0, [])


def test_the_limit_of_size_is_exact(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    assert take_in(b"x" * 1000, "x.txt").report.size == 1000
    assert refusal(b"y" * 1001).code == "too_large"


def test_thirty_megabytes_are_too_many(originals: Path) -> None:
    refused = refusal(b"x" * (30 << 20))
    with translation.override("en"):
        assert str(refused).startswith("The file is larger than 20.0\xa0MB.")
    assert kept(originals) == []


@pytest.mark.parametrize("data", [papers.scanned_pdf(), papers.encrypted_pdf(), papers.pdf(papers.WIN)[:400]])
def test_a_pdf_that_may_not_be_readable_is_kept_and_its_reading_will_say_why(data: bytes, originals: Path) -> None:
    assert take_in(data, "scan.pdf").report.format == "pdf"
    assert [path.read_bytes() for path in kept(originals)] == [data]


def test_pasted_text_is_kept_as_a_text_file_named_by_its_first_line() -> None:
    report = take_in_text("\r\n  Dijon : Ferrand gagne\r\nElle part en tête.\r\n").report
    assert (report.name, report.format) == ("Dijon : Ferrand gagne", "txt")
    assert report.original.read().decode() == "  Dijon : Ferrand gagne\nElle part en tête."


def test_pasted_text_may_have_a_title_and_is_recognised_however_it_was_copied() -> None:
    first = take_in_text("Été à Dijon\r\nFerrand gagne", "Dépêche")
    again = take_in_text("E\u0301te\u0301 à Dijon\nFerrand gagne\n")
    assert (first.report.name, again.report, again.known) == ("Dépêche", first.report, True)


@pytest.mark.parametrize("text", ["", "  \n\t", "\ufeff\u200b"])
def test_pasted_nothing_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        take_in_text(text)
    assert caught.value.code == "empty"


# --- row and file together, or neither ----------------------------------------------------------------------------------


def write_half(storage: Originals, name: str, content: ContentFile) -> str:
    """Stand for `_save` on a disk that is full after half of the file."""
    path = Path(storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.read()[: content.size // 2])
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_neither_row_nor_file_and_says_so(monkeypatch: pytest.MonkeyPatch, originals: Path) -> None:
    with monkeypatch.context() as full:
        full.setattr(Originals, "_save", write_half)
        assert refusal(DATA).code == "not_stored"
    assert (Report.objects.count(), ReadingJob.objects.count(), kept(originals)) == (0, 0, [])
    assert take_in(DATA, "once more.txt").known is False
    assert len(kept(originals)) == 1


def test_a_folder_that_cannot_be_written_leaves_no_row(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "a file").write_bytes(b"")
    settings.ORIGINALS_ROOT = tmp_path / "a file" / "originals"
    assert refusal(DATA).code == "not_stored"
    assert Report.objects.count() == 0


@pytest.mark.parametrize("error", [DatabaseError("gone"), RuntimeError("a bug"), KeyboardInterrupt()])
def test_a_job_that_cannot_be_written_leaves_neither_row_nor_file(
    error: BaseException, monkeypatch: pytest.MonkeyPatch, originals: Path
) -> None:
    def refuse(report: Report) -> None:
        assert len(kept(originals)) == 1
        raise error

    monkeypatch.setattr(jobs, "ask", refuse)
    with pytest.raises(type(error)):
        take_in(DATA, "x.txt")
    assert (Report.objects.count(), kept(originals)) == (0, [])


def test_a_failure_after_the_commit_takes_nothing_away(
    monkeypatch: pytest.MonkeyPatch, originals: Path, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    def ask(report: Report) -> None:
        transaction.on_commit(fail)

    def fail() -> None:
        raise RuntimeError("nobody could be woken")

    monkeypatch.setattr(jobs, "ask", ask)
    with pytest.raises(RuntimeError), django_capture_on_commit_callbacks(execute=True):
        take_in(DATA, "x.txt")
    assert (Report.objects.count(), len(kept(originals))) == (1, 1)
