"""`manage.py readreport`, on files in a folder of its own."""

import io
import json
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.reading.telling import FRENCH

REPORT = FRENCH + "Luc Arvois (Team Nord) s'imposait devant Paul Brion."


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("readreport", *arguments, stdout=out)
    return out.getvalue()


def test_entries_help_to_read_and_a_file_that_has_none_is_refused(tmp_path: Path) -> None:
    report, entries = tmp_path / "a.txt", tmp_path / "entries.json"
    report.write_text(FRENCH + "La n°33 remporte la course 1 devant la n°7.", "utf-8")
    entries.write_text(
        json.dumps([{"drivers": ["Ida Holm"], "number": 33}, {"drivers": [{"name": "Aldo Reve"}], "number": "7"}])
    )
    first = json.loads(run("--json", "--entries", str(entries), str(report)))["races"][0]["results"]
    assert [(row["position"], row["drivers"]) for row in first] == [(1, ["Ida Holm"]), (2, ["Aldo Reve"])]
    assert json.loads(run("--json", str(report)))["races"] == []
    entries.write_text("{}")
    with pytest.raises(CommandError, match="entries are a list"):
        run("--json", "--entries", str(entries), str(report))


def test_json_has_one_object_a_line_in_the_order_of_the_files(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text(REPORT, "utf-8")
    second.write_bytes(b"\x00\x01")
    lines = [json.loads(line) for line in run("--json", str(second), str(first)).splitlines()]
    assert [line["file"] for line in lines] == ["b.txt", "a.txt"]
    assert [bool(line["races"]) for line in lines] == [False, True]
    sentence = REPORT.index("Luc")
    found = lines[1]["races"][0]["results"][0]
    assert 0.4 < found.pop("sure") <= 1
    assert found == {
        "ranking": "overall",
        "position": 1,
        "drivers": ["Luc Arvois"],
        "team": "Team Nord",
        "recogniser": "winning",
        "evidence": [
            [sentence, len(REPORT)],
            [sentence, sentence + 10],
            [REPORT.index("s'imp"), REPORT.index(" devant")],
        ],
    }


def test_the_terminal_shows_the_evidence_underlined_and_the_facts_below(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(REPORT.encode("cp1252"))
    out = run(str(path))
    assert "\x1b[1;4mLuc Arvois\x1b[0m" in out
    assert re.search(r"^0\.\d\d  race 1 finish overall 1", out, re.M)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        run(str(tmp_path / "none.txt"))
