"""What earlier reports of a season told of its entries, and what people confirmed, helps to read the next one."""

import pytest

from racing import jobs, pipeline
from racing.acquainting import known_for
from racing.intake import take_in_text
from racing.models import Driver, Entry, Event, Fact, ReadingRecord, Report, Season
from racing.reading.documents import extract
from racing.reading.facts import Heading, Stated
from racing.reading.known import Known
from racing.reading.reader import read
from racing.sandbox import Outcome
from racing.terms import FactKind
from tests.pipeline.conftest import work_on

FIRST = """Porsche Carrera Cup France 2019 - Dijon

Luc Peltier a remporté la course 1 à Dijon devant Hugo Grand et Noé Valence. Camille Ferrand terminait quatrième.
"""
#: Surnames alone, and two of them are words.
SECOND = """Porsche Carrera Cup France 2019 - Magny-Cours

La course 1 du samedi était disputée sous un beau soleil. Grand l'emporte devant Valence. Peltier complète le podium.
"""


@pytest.fixture(autouse=True)
def read_here(monkeypatch: pytest.MonkeyPatch) -> list[Known]:
    """Read in this process, and keep what each reading was told of the season."""
    asked: list[Known] = []

    def here(data: bytes | None = None, text: str | None = None, known: Known = ()) -> Outcome:
        asked.append(known)
        text = text if data is None else extract(data).text
        return Outcome(text or "", "text", read(text or "", known))

    monkeypatch.setattr(pipeline, "read_in_sandbox", here)
    return asked


def take(text: str, event: Event | None = None) -> Report:
    """Take a report in and read it."""
    report = take_in_text(text, event=event).report
    work_on(report)
    return report


def order_of(report: Report) -> dict[int | None, list[str]]:
    """Give the order of the race as the report tells it."""
    facts = Fact.objects.filter(report=report, kind=FactKind.FINISH, ranking="overall")
    return {fact.position: fact.drivers for fact in facts}


def told_by(report: Report) -> list[tuple[object, ...]]:
    """Give the facts of a report."""
    facts = Fact.objects.filter(report=report).order_by("order")
    return list(facts.values_list("kind", "race_number", "ranking", "position", "drivers", "sure"))


@pytest.mark.django_db
def test_the_second_report_of_a_season_reads_surnames_better_than_the_first_would() -> None:
    alone = {fact.position: list(fact.drivers) for fact in read(SECOND).facts if fact.kind is FactKind.FINISH}
    take(FIRST)
    told = order_of(take(SECOND))
    assert told == {1: ["Grand"], 2: ["Valence"], 3: ["Peltier"]}
    assert alone != told


@pytest.mark.django_db
def test_the_facts_of_surnames_mean_the_known_drivers() -> None:
    take(FIRST)
    second = take(SECOND)
    winner = Fact.objects.get(report=second, kind=FactKind.FINISH, position=1)
    assert str(winner.matches.get().entry) == "Hugo Grand"
    assert Driver.objects.filter(last_name="Grand").count() == 1


@pytest.mark.django_db
def test_a_report_does_not_lean_on_its_own_reading(read_here: list[Known]) -> None:
    report = take(FIRST)
    before = told_by(report)
    jobs.ask(report)
    work_on(report)
    assert read_here == [(), ()]
    assert told_by(report) == before


@pytest.mark.django_db
def test_what_is_confirmed_is_known_though_only_the_report_itself_told_it() -> None:
    report = take(FIRST)
    Entry.objects.filter(crew__driver__last_name="Peltier").update(confirmed=True)
    assert [[one.name for one in entry.drivers] for entry in known_for(report)] == [["Luc Peltier"]]


@pytest.mark.django_db
def test_a_known_season_is_read_once_and_one_that_the_report_tells_first_twice(read_here: list[Known]) -> None:
    take(FIRST)
    read_here.clear()
    second = take(SECOND)
    assert [len(known) > 0 for known in read_here] == [False, True]
    read_here.clear()
    jobs.ask(second)
    work_on(second)
    assert [len(known) > 0 for known in read_here] == [True]


@pytest.mark.django_db
def test_the_record_says_by_its_version_which_entries_were_at_hand() -> None:
    first, second = take(FIRST), take(SECOND)
    versions = [ReadingRecord.objects.get(report=report).reader_version for report in (first, second)]
    assert versions[0] == pipeline.reader_version()
    assert versions[1].startswith(versions[0] + "+")


@pytest.mark.django_db
def test_another_year_of_the_series_knows_nobody_of_this_one() -> None:
    take(FIRST)
    heading = Heading(Stated("Porsche Carrera Cup France"), Stated("2018"))
    stranger = take_in_text(SECOND.replace("2019", "2018")).report
    assert known_for(stranger, heading) == ()
    assert len(known_for(stranger, Heading(heading.series, Stated("2019")))) == Season.objects.get().entries.count()
