"""Each sample report by itself: nothing false is read in it, and nearly all that it tells."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from racing.demo.loading import HERE
from racing.reading.documents import extract
from racing.reading.facts import Reading
from racing.reading.reader import read
from tests.demo.telling import is_true
from tests.demo.truth import load

TRUTH = load()
#: After which meeting a report was written, and how many facts of each kind are read in it.
READ = {}


@cache
def reading_of(name: str) -> Reading:
    """Read a sample report."""
    return read(extract((HERE / "reports" / name).read_bytes()).text)


def test_every_sample_report_is_looked_at() -> None:
    assert sorted(READ) == sorted(path.name for path in Path(HERE / "reports").iterdir())


@pytest.mark.parametrize("name", READ)
def test_nothing_false_is_read_in_a_report(name: str) -> None:
    meeting = READ[name][0]
    assert [fact for fact in reading_of(name).facts if not is_true(TRUTH, meeting, fact)] == []


@pytest.mark.parametrize("name", READ)
def test_a_report_gives_as_many_facts_as_it_tells(name: str) -> None:
    assert Counter(str(fact.kind) for fact in reading_of(name).facts) == READ[name][1]


@pytest.mark.parametrize("name", READ)
def test_a_report_says_which_meeting_it_speaks_of(name: str) -> None:
    meeting, heading = TRUTH.meetings[READ[name][0] - 1], reading_of(name).heading
    said = [stated and stated.value for stated in (heading.series, heading.season, heading.circuit)]
    year, circuit = ("2027", "Nogaro") if "2027" in name else ("2026", meeting.circuit)
    assert said == ["Trophée des Volcans", year, circuit]
