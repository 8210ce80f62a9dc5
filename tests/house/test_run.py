"""The one command: what it starts, what it says, and that it leaves nothing behind."""

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from scripts.launch import data, environment
from scripts.launch.crew import check_port
from scripts.launch.processes import ROOT, Child, Trouble, step
from tests.installation import RUN, Installation, free_port, fresh_environment, running
from tests.processes import alive, eventually, session_of, workers

pytestmark = pytest.mark.timeout(300)
needs_processes = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks processes up in /proc")


def run(*arguments: str, given: str = "", var: Path) -> subprocess.CompletedProcess[str]:
    """Run run.py to its end."""
    return subprocess.run(
        [*RUN, *arguments],
        input=given,
        env={**os.environ, "PARC_FERME_VAR": str(var)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@needs_processes
@pytest.mark.database
def test_what_is_killed_comes_back_and_nothing_outlives_the_end(tmp_path: Path) -> None:
    with fresh_environment(tmp_path) as environment:
        with running(tmp_path, environment, "--empty") as installation:
            leader = min(workers(session_of(installation.process)))
            os.kill(leader, signal.SIGKILL)
            installation.wait_for("The worker was killed by signal 9; it is started again.")
            assert not alive(leader)
            assert eventually(lambda: workers(session_of(installation.process)))

            everything = session_of(installation.process)
            os.kill(installation.process, signal.SIGKILL)
            assert eventually(lambda: not any(alive(one) for one in everything))

        with running(tmp_path, environment, "--empty") as installation:
            assert installation.password == "", "the account was there already"
            everything = session_of(installation.process)
            os.kill(installation.process, signal.SIGINT)
            assert installation.child.process.wait(30) == 0
            assert [one for one in everything if alive(one)] == []
            assert installation.output.read_text().endswith("Ended.\n")


def test_a_second_run_on_the_same_data_is_refused(installation: Installation) -> None:
    var = Path(installation.environment["PARC_FERME_VAR"])
    second = run("--port", str(free_port()), var=var)
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr.startswith(f"Parc fermé already runs with the data in {var}: {installation.address} (process ")


def test_a_port_in_use_is_named_and_another_offered(installation: Installation, tmp_path: Path) -> None:
    port = int(installation.address.rstrip("/").rsplit(":", 1)[1])
    answer = run("--port", str(port), var=tmp_path / "var")
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"Port {port} is in use by another program; try: python3 run.py --port ")
    assert list(tmp_path.iterdir()) == [], "nothing is written before the port is known to be free"


def test_the_installation_is_ready_and_has_an_account(installation: Installation) -> None:
    with urllib.request.urlopen(f"{installation.address}readyz") as answer:
        assert answer.status == 200
    assert len(installation.password) == 16
    assert "/login/" in urllib.request.urlopen(f"{installation.address}admin/").url


def test_a_port_that_cannot_be_had_is_refused() -> None:
    with pytest.raises(Trouble, match="Port 70000 cannot be used: give one from 1024 to 65535"):
        check_port(70000)


@pytest.mark.parametrize("answer", ["no\n", "", "\n"])
def test_reset_keeps_everything_unless_the_answer_is_yes(tmp_path: Path, answer: str) -> None:
    var = tmp_path / "var"
    (var / "originals").mkdir(parents=True)
    refused = run("--reset", "--port", str(free_port()), given=answer, var=var)
    assert (refused.returncode, refused.stderr) == (1, "Nothing was deleted.\n")
    assert (var / "originals").exists()


def test_reset_deletes_what_is_ours_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "originals/ab/abcd",
        "parc-ferme.sqlite3",
        "parc-ferme.sqlite3-wal",
        "log/web.log",
        "holiday/photo.jpg",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    monkeypatch.setattr(data, "VAR", tmp_path)
    (tmp_path / "answer").write_text("yes\n")
    with (tmp_path / "answer").open() as yes:
        monkeypatch.setattr("sys.stdin", yes)
        data.reset()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answer", "holiday"]


def test_want_of_disk_is_told_before_anything_begins(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=rf"The disk at {tmp_path} has \d+ MB left, 999999999 MB are needed"):
        environment.check_disk(tmp_path / "not" / "there", 999_999_999)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("NewConnectionError: Failed to establish a new connection", "The package index cannot be reached"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "is not the one that was locked"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("something nobody foresaw", "The packages could not be installed"),
    ],
)
def test_a_failed_installation_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, sentence: str
) -> None:
    pip = tmp_path / "python"
    pip.write_text(f"#!/bin/sh\necho '{said}'\nexit 1\n")
    pip.chmod(0o755)
    monkeypatch.setattr(environment, "PYTHON", pip)
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    with pytest.raises(Trouble, match=sentence):
        environment.install("base", tmp_path / "install.log")


def test_a_step_that_fails_leaves_its_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "log" / "step.log"
    assert not step("Trying", ["sh", "-c", "echo why; exit 3"], log)
    assert (log.read_text(), capsys.readouterr().out) == ("why\n", "  Trying ... failed\n")
    assert str(Trouble("It failed.", log)) == f"It failed.\n    | why\nThe whole log is in {log}."


def test_a_child_that_ignores_the_request_is_killed_with_its_own(tmp_path: Path) -> None:
    output = tmp_path / "out"
    with output.open("wb") as file:
        child = Child("stubborn", ["sh", "-c", "trap '' TERM; sleep 60 & echo $!; sleep 60; sleep 60"], file)
    assert eventually(lambda: output.read_text().strip())
    child.end(grace=0.3)
    assert eventually(lambda: not alive(int(output.read_text())))


def test_an_older_python_is_told_which_one_is_needed() -> None:
    source = (ROOT / "run.py").read_text()
    check = source[source.index("import sys") : source.index("if sys.platform")]
    for version in ((3, 8, 1), (3, 10, 2), (3, 15, 0)):
        program = f"import sys; sys.version_info = {version}\n{check}"
        answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        expected = f"Parc fermé needs Python 3.11, 3.12, 3.13 or 3.14; this is {version[0]}.{version[1]}.\n"
        assert (answer.returncode, answer.stderr) == (1, expected)


def test_manage_passes_on_arguments_and_exit_code(tmp_path: Path) -> None:
    assert run("manage", "--version", var=tmp_path).stdout.startswith("5.2.")
    assert run("manage", "nosuchcommand", var=tmp_path).returncode == 1
