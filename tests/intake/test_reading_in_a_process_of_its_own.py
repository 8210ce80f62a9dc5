"""Whatever a document does to the process that reads it, the caller gets an outcome or a code, in time."""

import os
import sys
import time
import zlib
from collections.abc import Sequence
from typing import Any

import pytest

from racing import sandbox
from racing.reading import child
from racing.reading.facts import Reading
from racing.sandbox import SandboxError, read_in_sandbox
from tests.documents import papers

#: Starts the real child with another reader: the function `read` of the code in place of `{}`.
WITH_READER = """
import os, signal, subprocess, sys, time, types
sys.path.insert(0, sys.argv[1])
from racing.reading.facts import Reading
reader = types.ModuleType("racing.reading.reader")
sys.modules["racing.reading.reader"] = reader
{}
reader.read = read
from racing.reading.child import main
main()
"""


def with_reader(body: str) -> Sequence[str]:
    """Give a command whose reader does as told."""
    reader = "def read(text, known):\n" + "".join(f"    {line}\n" for line in body.strip().splitlines())
    return (*sandbox._COMMAND[:-2], WITH_READER.format(reader), sandbox._COMMAND[-1])


def code_of(*args: Any, **kwargs: Any) -> tuple[str, str]:
    with pytest.raises(SandboxError) as caught:
        read_in_sandbox(*args, **kwargs)
    return caught.value.code, caught.value.detail


def test_a_document_gives_its_text_its_format_and_what_it_says() -> None:
    outcome = read_in_sandbox(papers.word("Course 1", "Camille Ferrand gagne la course 1 devant Otto Brandl."))
    assert (outcome.text, outcome.format) == ("Course 1\nCamille Ferrand gagne la course 1 devant Otto Brandl.", "docx")
    assert isinstance(outcome.reading, Reading)


@pytest.mark.parametrize("data", [papers.pdf(papers.WIN), f"<p>{papers.WIN}</p>".encode(), papers.WIN.encode()])
def test_every_format_is_read_within_the_limits(data: bytes) -> None:
    assert read_in_sandbox(data).text == papers.WIN


def test_a_text_that_was_taken_out_before_is_read_as_it_is() -> None:
    outcome = read_in_sandbox(
        text="  «\u00a0Żak\u00a0» \r\n gagne", command=with_reader("return Reading(language='fr')")
    )
    assert outcome == sandbox.Outcome("  «\u00a0Żak\u00a0» \r\n gagne", "", Reading(language="fr"))


def test_either_a_document_or_a_text_is_given() -> None:
    with pytest.raises(ValueError, match="either"):
        read_in_sandbox()
    with pytest.raises(ValueError, match="either"):
        read_in_sandbox(b"x", "x")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\x7fELF" + bytes(100), "executable"),
        (papers.scanned_pdf(), "no_text"),
        (papers.encrypted_pdf(), "encrypted"),
        (papers.bomb(), "zip_bomb"),
        (papers.pdf(papers.WIN)[:300], "broken"),
        (b"<html><script>1</script></html>", "no_text"),
    ],
)
def test_what_is_wrong_with_a_document_comes_through(data: bytes, code: str) -> None:
    assert code_of(data)[0] == code


def test_the_limit_of_length_is_the_settings_own(settings: Any) -> None:
    settings.DOCUMENT_MAX_CHARACTERS = 10
    assert code_of(b"x" * 11) == ("too_long", "11")


def test_a_child_that_waits_for_ever_is_ended_by_the_clock(settings: Any) -> None:
    settings.DOCUMENT_SECONDS = 1
    started = time.monotonic()
    assert code_of(b"x", command=with_reader("time.sleep(60)")) == ("timeout", "")
    assert time.monotonic() - started < 30


def test_a_child_that_works_for_ever_is_ended_by_its_own_limit(settings: Any) -> None:
    # The clock on the wall would say stop after a minute; the limit of work is what the child is told.
    command = with_reader("import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass")
    settings.DOCUMENT_SECONDS = 60
    assert code_of(b"x", command=command) == ("timeout", "")


def test_a_child_that_eats_memory_is_stopped(settings: Any) -> None:
    settings.DOCUMENT_MEMORY_BYTES = 256 << 20
    assert code_of(b"x", command=with_reader("return bytearray(1 << 30)")) == ("memory", "")


def test_a_pdf_that_unpacks_to_more_than_the_memory_does_no_harm(settings: Any) -> None:
    settings.DOCUMENT_MEMORY_BYTES = 256 << 20
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(16 << 20)) for _ in range(24)) + packer.flush()
    with pytest.raises(SandboxError) as caught:
        read_in_sandbox(papers.pdf_drawing(b"", packed))
    # PDFium ends the process where it gets no more memory; Python tells; a slow machine stops it before.
    assert caught.value.code in ("crashed", "memory", "timeout")
    assert caught.value.may_pass is False


@pytest.mark.parametrize(
    ("name", "may_pass"), [("SIGSEGV", False), ("SIGABRT", False), ("SIGKILL", True), ("SIGTERM", True)]
)
def test_a_child_that_others_have_ended_may_be_tried_again(name: str, may_pass: bool) -> None:
    with pytest.raises(SandboxError) as caught:
        read_in_sandbox(b"x", command=with_reader(f"os.kill(os.getpid(), signal.{name})"))
    assert (caught.value.code, caught.value.detail, caught.value.may_pass) == ("crashed", name, may_pass)


def test_a_mistake_of_our_own_says_which_and_is_not_tried_again() -> None:
    with pytest.raises(SandboxError) as caught:
        read_in_sandbox(b"x", command=with_reader("raise LookupError('no such word')"))
    error = caught.value
    assert (error.code, error.detail, error.may_pass) == ("internal", "LookupError: no such word", False)


@pytest.mark.parametrize(
    "output", ["", "hello", "[]", "7", '{"text": 1}', '{"text": "x", "format": "txt", "reading": {}}']
)
def test_a_child_that_answers_nonsense_counts_as_crashed(output: str) -> None:
    assert code_of(b"x", command=(sys.executable, "-I", "-c", f"print({output!r})"))[0] == "crashed"


def test_a_child_cannot_write_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_OUTPUT_MAX_BYTES", 1 << 20)
    command = with_reader("while True: os.write(1, bytes(1 << 16))")
    assert code_of(b"x", command=command)[0] == "internal"


def test_what_a_child_has_started_ends_with_it() -> None:
    command = with_reader("return Reading(language=str(subprocess.Popen(['sleep', '600']).pid))")
    started = int(read_in_sandbox(b"x", command=command).reading.language)
    for _ in range(100):
        if not _runs(started):
            return
        time.sleep(0.05)
    raise AssertionError("the child's child is still there")


def _runs(pid: int) -> bool:
    """Say whether a process runs; a dead one that nobody has fetched yet (no init in a container) does not."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_child_knows_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "secret")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    names = read_in_sandbox(b"x", command=with_reader("return Reading(language=','.join(sorted(os.environ)))"))
    assert {"SECRET_KEY", "PYTHONPATH", "HOME", "DATABASE_URL"} & set(names.reading.language.split(",")) == set()


def test_a_child_loads_neither_django_nor_celery_nor_a_library_that_it_does_not_need() -> None:
    loaded = """
import racing.reading.reader
names = ('django', 'celery', 'pypdfium2', 'docx', 'lxml', 'selectolax')
return Reading(language=','.join(name for name in names if name in sys.modules))
"""
    assert read_in_sandbox(b"x", command=with_reader(loaded)).reading.language == ""


def test_a_child_has_few_files_and_leaves_no_core() -> None:
    told = """
import resource
limits = [resource.getrlimit(what)[1] for what in (resource.RLIMIT_NOFILE, resource.RLIMIT_CORE)]
return Reading(language=repr(limits))
"""
    assert read_in_sandbox(b"x", command=with_reader(told)).reading.language == "[32, 0]"


def test_a_child_that_nobody_waits_for_any_more_ends_itself(settings: Any) -> None:
    settings.DOCUMENT_SECONDS = 15
    assert read_in_sandbox(
        b"x", command=with_reader("return Reading(language=str(signal.alarm(0)))")
    ).reading.language in (
        "29",
        "30",
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("卡雷拉杯第一回合:张三夺冠,李四第二,王五第三。", "unknown_language"),
        (
            "Le temps est au beau sur la Bourgogne et les tribunes du circuit seront ouvertes dès le matin.",
            "no_results",
        ),
    ],
)
def test_a_text_that_tells_nothing_is_read_and_says_so(text: str, code: str) -> None:
    outcome = read_in_sandbox(text.encode())
    assert (outcome.text, outcome.reading.facts) == (text, ())
    assert [problem.code for problem in outcome.reading.problems] == [code]


def test_a_system_without_such_limits_is_served_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "resource", None)
    assert child.limit({"memory": 1, "seconds": 1, "output": 1}) is None


def test_nothing_is_left_in_the_folder_for_temporary_files(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    read_in_sandbox(b"x")
    assert os.listdir(tmp_path) == []


def test_a_megabyte_in_one_line_ends_in_an_outcome_or_a_code(settings: Any) -> None:
    settings.DOCUMENT_SECONDS = 20
    try:
        assert read_in_sandbox(b"Ferrand, " * 100_000).format == "txt"
    except SandboxError as error:
        assert error.code == "timeout"  # noqa: PT017 (either is an answer)
