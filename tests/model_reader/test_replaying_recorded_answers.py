"""`readreport --reader` against a server of this machine that answers from files, and the script that scores it so."""

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from scripts import replay
from tests.model_reader.telling import CAREFUL, REPORT, answer, place, race

SECOND = "Le public était au rendez-vous. Dans la course, Zoé Carlier terminait septième, loin de Guy Dampierre.\n"

#: A scorer that says how many results it was given of which file, and fails where there is none.
SCORER = """
import json, shlex, subprocess, sys
at = sys.argv.index("--command")
texts = sorted(__import__("pathlib").Path(sys.argv[sys.argv.index("--texts") + 1]).iterdir())
run = subprocess.run([*shlex.split(sys.argv[at + 1]), *map(str, texts)], stdout=subprocess.PIPE, text=True)
rows = [json.loads(line) for line in run.stdout.splitlines()]
print("scored", [[row["file"], sum(len(race["results"]) for race in row["races"])] for row in rows], sys.argv[at + 2 :])
sys.exit(0 if rows and all(row["races"] for row in rows) else 3)
"""


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """Give a folder with two texts, their answers and a scorer."""
    (tmp_path / "text").mkdir()
    (tmp_path / "model").mkdir()
    for name, text, data in (
        ("one", REPORT, CAREFUL),
        ("two", SECOND, answer(race(None, place(7, "Zoé Carlier"), place(8, "Max Inventé")))),
    ):
        (tmp_path / "text" / f"{name}.txt").write_text(text, "utf-8")
        (tmp_path / "model" / f"{name}.json").write_text(json.dumps(data), "utf-8")
    (tmp_path / "score.py").write_text(SCORER)
    return tmp_path


def run(reader: str, *paths: Path) -> list[dict[str, Any]]:
    out = io.StringIO()
    call_command("readreport", "--json", "--reader", reader, *map(str, paths), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def results(row: dict[str, Any]) -> list[tuple[int | None, str, int, str]]:
    return [
        (race["number"], fact["ranking"], fact["position"], " / ".join(fact["drivers"]))
        for race in row["races"]
        for fact in race["results"]
    ]


def test_the_model_reader_gives_what_was_recorded_and_what_the_text_proves(recorded: Path, settings: Any) -> None:
    answers = replay.recorded(recorded / "model", recorded / "text")
    settings.MODEL_READER_MODEL = "recorded"
    with replay.replaying(answers) as server:
        settings.MODEL_READER_URL = server.url
        one, two = run("model", recorded / "text" / "one.txt", recorded / "text" / "two.txt")
        assert server.asked == 2
    assert results(one) == [
        (1, "Am", 1, "Zoé Carlier"),
        (1, "Am", 2, "Guy Dampierre"),
        (1, "overall", 1, "Luc Arvois"),
        (1, "overall", 2, "Paul Brion"),
        (1, "overall", 3, "Noé Béliard"),
        (2, "overall", 1, "Noé Béliard"),
        (2, "overall", 2, "Luc Arvois"),
        (2, "overall", 3, "Paul Brion"),
    ]
    assert results(two) == [(None, "overall", 7, "Zoé Carlier")]
    assert "model_not_in_text" in [problem["code"] for problem in two["problems"]]


def test_a_text_without_a_recorded_answer_is_read_offline(recorded: Path, settings: Any) -> None:
    settings.MODEL_READER_MODEL = "recorded"
    with replay.replaying({}) as server:
        settings.MODEL_READER_URL = server.url
        [row] = run("both", recorded / "text" / "one.txt")
    assert "model_rejected" in [problem["code"] for problem in row["problems"]]


def test_without_an_endpoint_the_command_says_so(recorded: Path, settings: Any) -> None:
    settings.MODEL_READER_URL = ""
    [row] = run("model", recorded / "text" / "one.txt")
    assert row["problems"][-1]["code"] == "model_off"
    [row] = run("offline", recorded / "text" / "one.txt")
    assert "model_off" not in [problem["code"] for problem in row["problems"]]


def test_the_script_scores_all_texts_and_ends_with_the_scorers_code(
    recorded: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MODEL_READER_KEY", "must-not-be-needed")
    assert replay.main([str(recorded / "model"), "--show"]) == 0
    said = capfd.readouterr().out
    assert "scored [['one.txt', 8], ['two.txt', 1]] ['--show']" in said
    assert "2 questions, 2 recorded answers" in said
    shutil.rmtree(recorded / "model")
    (recorded / "model").mkdir()
    (recorded / "text" / "two.txt").write_text("Rien.\n")
    assert replay.main([str(recorded / "model")]) == 3
