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
#: After which meeting a report was written, and how many facts of each kind at least are read in it.
READ: dict[str, tuple[int, dict[str, int]]] = {
    "01-nogaro-communique.txt": (
        1,
        {"claim": 1, "fastest_lap": 8, "finish": 88, "meeting": 1, "qualifying": 9, "retirement": 4},
    ),
    "02-nogaro-cantal-gt.txt": (1, {"claim": 1, "finish": 6, "meeting": 1, "qualifying": 1}),
    "03-dijon-article.html": (2, {"claim": 1, "fastest_lap": 8, "finish": 65, "meeting": 1, "qualifying": 8}),
    "04-dijon-depeche.txt": (2, {"claim": 2, "finish": 12, "meeting": 1}),
    "05-spa-communique.pdf": (
        3,
        {"claim": 2, "fastest_lap": 8, "finish": 64, "meeting": 1, "qualifying": 8, "retirement": 4},
    ),
    "06-spa-benhamida.txt": (3, {"claim": 1, "finish": 6, "meeting": 1}),
    "07-ledenon-article.txt": (
        4,
        {"claim": 1, "fastest_lap": 2, "finish": 21, "meeting": 1, "penalty": 1, "qualifying": 2},
    ),
    "08-ledenon-categories.txt": (4, {"claim": 2, "fastest_lap": 6, "finish": 34, "meeting": 1, "qualifying": 6}),
    "09-magny-cours-communique.docx": (
        5,
        {"claim": 2, "fastest_lap": 8, "finish": 65, "meeting": 1, "qualifying": 9, "retirement": 1},
    ),
    "10-magny-cours-arverne.txt": (5, {"claim": 1, "fastest_lap": 1, "finish": 7, "meeting": 1, "qualifying": 1}),
    "11-charade-communique.txt": (6, {"claim": 3, "fastest_lap": 8, "finish": 61, "qualifying": 8, "retirement": 3}),
    "12-charade-bilan.txt": (6, {"claim": 7, "meeting": 1}),
    "13-calendrier-2027.txt": (6, {"meeting": 6}),
}


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
def test_a_report_gives_what_it_tells(name: str) -> None:
    # A reader that has learnt to read more is welcome: what it reads is held to the truth above.
    assert Counter(READ[name][1]) - Counter(str(fact.kind) for fact in reading_of(name).facts) == Counter()


@pytest.mark.parametrize("name", READ)
def test_a_report_says_which_meeting_it_speaks_of(name: str) -> None:
    meeting, heading = TRUTH.meetings[READ[name][0] - 1], reading_of(name).heading
    said = [stated and stated.value for stated in (heading.series, heading.season, heading.circuit)]
    # The calendar speaks of no meeting of its own.
    year, circuit = ("2027", None) if "2027" in name else ("2026", meeting.circuit)
    assert said == ["Trophée des Volcans", year, circuit]
