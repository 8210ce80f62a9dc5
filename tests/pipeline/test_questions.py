"""What the text does not tell is asked once, with a proposal, and the answer leads on."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from racing import questions
from racing.models import Answer, Entry, Event, Fact, Place, Race, ReadingJob, Report, Round, Season
from racing.reading.facts import Heading, Stated
from tests.pipeline.conftest import Again, Upload
from tests.pipeline.joint_grid import FIRST, SHARED
from tests.pipeline.telling import heading, meeting, order, reading

CUP = "Coupe Vallier France"
FOUR = ("Loïc Ferrand", "Hugo Marchand", "Paul Sorel", "Yves Delmas")


def asked(report: Report) -> list[tuple[str, Any]]:
    return [(question.kind, question.proposal) for question in questions.open_questions(report)]


def state(report: Report) -> str:
    return ReadingJob.objects.get(report=report).state


def answer(report: Report, kind: str, value: Any, read_again: Again, subject: str = "") -> None:
    questions.answer(report, kind, subject, value)
    read_again(report)


def test_a_report_that_tells_all_asks_nothing(upload: Upload) -> None:
    report = upload("all", reading(heading(CUP, 2017, "Dijon"), order("overall", *FOUR)))
    assert asked(report) == []
    assert state(report) == "done"


def test_the_year_is_asked_and_the_answer_leads_on(upload: Upload, read_again: Again) -> None:
    report = upload("no year", reading(heading(CUP, None, "Dijon"), order("overall", *FOUR)))
    assert asked(report) == [("year", None)]
    assert state(report) == "asking"
    assert Fact.objects.filter(report=report).count() == 4
    answer(report, "year", "2017", read_again)
    assert state(report) == "done"
    assert [str(season) for season in Season.objects.all()] == [f"{CUP} 2017"]
    assert Place.objects.filter(ranking="overall").count() == 4


def test_a_season_that_is_no_single_year_is_asked_about(upload: Upload) -> None:
    told = reading(Heading(Stated(CUP), Stated("2017/18"), Stated("Dijon")), order("overall", *FOUR))
    assert asked(upload("winter", told)) == [("year", None)]


def test_the_year_in_which_the_same_drivers_drove_is_proposed(upload: Upload) -> None:
    report = upload("no year", reading(heading(CUP, None, "Dijon"), order("overall", *FOUR)))
    upload("other year", reading(heading(CUP, 2015, "Spa"), order("overall", FOUR[0], "Nolan Petit", "Ben Askew")))
    assert asked(report) == [("year", None)]
    upload("same year", reading(heading("Another Cup", 2017, "Spa"), order("overall", *FOUR[:3], "Rui Castanho")))
    (question,) = questions.open_questions(report)
    assert (question.proposal, question.why) == (2017, "3 of its drivers drove in Another Cup 2017.")


def test_a_few_old_acquaintances_are_no_reason_for_a_year(upload: Upload) -> None:
    crowd = [f"Jean Pilote{letter}" for letter in "abcdefgh"]
    report = upload("no year", reading(heading(CUP, None, "Dijon"), order("overall", *FOUR[:3], *crowd)))
    upload("other year", reading(heading(CUP, 2015, "Spa"), order("overall", *FOUR)))
    assert asked(report) == [("year", None)]


def test_series_and_year_are_asked_together(upload: Upload, read_again: Again) -> None:
    report = upload("nothing", reading(heading("", None, "Dijon"), order("overall", *FOUR)))
    assert asked(report) == [("series", None), ("year", None)]
    answer(report, "series", CUP, read_again)
    assert asked(report) == [("year", None)]
    answer(report, "year", 2017, read_again)
    assert state(report) == "done"


def test_what_the_uploader_gives_is_not_asked(upload: Upload) -> None:
    known = upload("known", reading(heading(CUP, 2017, "Dijon"), order("overall", *FOUR)))
    told = reading(heading(), order("overall", *FOUR, race=2))
    report = upload("given", told, given_season=Season.objects.get(), given_event=Event.objects.get())
    assert asked(report) == []
    assert report.reading.event == known.reading.event


def test_the_circuit_is_asked(upload: Upload, read_again: Again) -> None:
    upload("known", reading(heading(CUP, 2017, "Dijon"), order("overall", *FOUR)))
    report = upload("nowhere", reading(heading(CUP, 2017), order("overall", *FOUR)))
    (question,) = questions.open_questions(report)
    assert (question.kind, [choice.value for choice in question.choices], question.free) == ("circuit", ["Dijon"], True)
    answer(report, "circuit", "Charade", read_again)
    assert state(report) == "done"
    assert report.reading.event.circuit.name == "Charade"


def test_one_of_two_meetings_at_a_circuit_is_asked_for(upload: Upload, read_again: Again) -> None:
    first = upload("first", reading(heading(CUP, 2017, "Dijon"), order("overall", *FOUR)))
    event = first.reading.event
    second = Event.objects.create(circuit=event.circuit, year=2017, slug="dijon-again", confirmed=True)
    Round.objects.create(season=first.reading.season, event=second)
    report = upload("which", reading(heading(CUP, 2017, "Dijon"), order("overall", *reversed(FOUR))))
    (question,) = questions.open_questions(report)
    assert (question.kind, {choice.value for choice in question.choices}) == ("event", {event.slug, "dijon-again"})
    answer(report, "event", "dijon-again", read_again)
    assert state(report) == "done"
    assert [str(race) for race in Race.objects.filter(event=second)] == ["Dijon 2017, Race 1"]


def test_results_of_no_told_race_are_shown_as_the_first_races_and_asked_about(
    upload: Upload, read_again: Again
) -> None:
    report = upload("which", reading(heading(CUP, 2017, "Dijon"), order("overall", *FOUR, race=None)))
    assert state(report) == "asking"
    assert [race.number for race in Race.objects.all()] == [1]
    (question,) = questions.open_questions(report)
    assert (question.kind, question.proposal) == ("race", 1)
    answer(report, "race", "2", read_again)
    assert state(report) == "done"
    assert [race.number for race in Race.objects.all()] == [2]


def test_results_of_no_told_race_are_not_taken_for_the_race_that_another_report_tells(upload: Upload) -> None:
    upload("first", reading(heading(CUP, 2017, "Dijon"), order("overall", *FOUR)))
    report = upload("which", reading(heading(CUP, 2017, "Dijon"), order("overall", *reversed(FOUR), race=None)))
    assert {fact.race for fact in report.facts.all()} == {None}
    (question,) = questions.open_questions(report)
    assert (question.proposal, question.why) == (2, "No other report tells of race 2.")


def test_a_confirmed_meeting_of_one_race_needs_no_answer(upload: Upload, read_again: Again) -> None:
    report = upload("which", reading(heading(CUP, 2017, "Dijon"), order("overall", *FOUR, race=None)))
    Event.objects.update(confirmed=True)
    read_again(report)
    assert state(report) == "done"
    assert [race.number for race in Race.objects.all()] == [1]


def test_results_of_no_told_race_are_asked_about_once_two_races_are_known(upload: Upload, read_again: Again) -> None:
    report = upload("which", reading(heading(CUP, 2017, "Dijon"), order("overall", *FOUR, race=None)))
    both = [*order("overall", *reversed(FOUR)), *order("overall", *FOUR, race=2)]
    upload("both", reading(heading(CUP, 2017, "Dijon"), both))
    read_again(report)
    assert state(report) == "asking"
    (question,) = questions.open_questions(report)
    assert (question.kind, question.proposal) == ("race", 2)
    assert question.why == "4 of its results are the same as those known of race 2."
    assert {fact.race for fact in report.facts.all()} == {None}
    answer(report, "race", "2", read_again)
    assert state(report) == "done"
    assert {fact.race.number for fact in report.facts.all() if fact.race} == {2}


def test_a_report_that_names_one_race_speaks_of_it_throughout(upload: Upload) -> None:
    facts = [*order("overall", *FOUR, race=2), *order("B", "Paul Sorel", race=None)]
    report = upload("second", reading(heading(CUP, 2017, "Dijon"), facts))
    upload("first", reading(heading(CUP, 2017, "Dijon"), order("overall", *FOUR)))
    assert {fact.race.number for fact in report.facts.all() if fact.race} == {2}


def test_a_shared_meeting_is_asked_about_on_the_older_report_when_the_other_season_appears(
    upload: Upload, read_again: Again
) -> None:
    shared = upload("shared", SHARED)
    assert (asked(shared), state(shared)) == ([], "done")
    first = upload("first", FIRST)
    answer(first, "year", 2017, read_again)
    season = Season.objects.get(series__name=CUP)
    (question,) = questions.open_questions(shared)
    assert (question.kind, question.subject) == ("joint", str(season.pk))
    assert question.proposal == {"round": True, "guests": ["Ben Askew", "Alec Thorne"]}
    assert [(guest.name, guest.proposed) for guest in question.guests] == [
        ("Ben Askew", True),
        ("Hugo Aubry", False),
        ("Kees Prins", False),
        ("Alec Thorne", True),
    ]
    assert state(shared) == "asking"
    assert list(questions.reports_with_questions()) == [shared]


def test_a_shared_meeting_counts_in_both_seasons_and_its_placeholder_is_gone(upload: Upload, read_again: Again) -> None:
    first = upload("first", FIRST)
    answer(first, "year", 2017, read_again)
    shared = upload("shared", SHARED)
    (question,) = questions.open_questions(shared)
    answer(shared, "joint", question.proposal, read_again, question.subject)
    season = Season.objects.get(series__name=CUP)
    assert [(row.event.circuit.name, str(row.event.start)) for row in season.rounds.all()] == [
        ("Dijon-Prenois", "None"),
        ("Circuit de Charade", "2017-06-14"),
    ]
    race = Race.objects.get(event=shared.reading.event)
    places = Place.objects.filter(result__race=race, result__entry__season=season, contest="race")
    told = {(str(row.result.entry), row.ranking): (row.position, row.origin) for row in places}
    assert told[("Alec Thorne", "track")] == (1, "stated")
    assert told[("Loïc Ferrand", "track")] == (2, "stated")
    assert told[("Loïc Ferrand", "overall")] == (1, "derived")
    assert told[("Kees Prins", "overall")] == (4, "derived")
    assert ("Alec Thorne", "overall") not in told
    guests = Entry.objects.filter(season=season, guest=True)
    assert sorted(str(entry) for entry in guests) == ["Alec Thorne", "Ben Askew", "Vermeulen"]


def test_a_shared_meeting_that_was_none_is_not_asked_about_again(upload: Upload, read_again: Again) -> None:
    first = upload("first", FIRST)
    answer(first, "year", 2017, read_again)
    shared = upload("shared", SHARED)
    (question,) = questions.open_questions(shared)
    answer(shared, "joint", '{"round": false}', read_again, question.subject)
    assert (asked(shared), state(shared)) == ([], "done")
    assert Season.objects.get(series__name=CUP).rounds.filter(event=shared.reading.event).count() == 0


def test_an_answer_can_be_taken_back(upload: Upload, read_again: Again) -> None:
    first = upload("first", FIRST)
    answer(first, "year", 2017, read_again)
    shared = upload("shared", SHARED)
    (question,) = questions.open_questions(shared)
    answer(shared, "joint", {"round": True, "guests": []}, read_again, question.subject)
    answer(shared, "joint", {"round": False}, read_again, question.subject)
    season = Season.objects.get(series__name=CUP)
    assert season.rounds.filter(event=shared.reading.event).count() == 0
    assert Place.objects.filter(result__race__event=shared.reading.event, result__entry__season=season).count() == 0


def test_both_reports_of_a_shared_meeting_end_in_one_event(upload: Upload, read_again: Again) -> None:
    """Two series have each told of it before anybody knew that it was one meeting."""
    own = upload("own", reading(heading(CUP, 2017, "Charade"), order("overall", *FOUR[:2], "Ennio Tancredi")))
    shared = upload("shared", SHARED)
    (question,) = questions.open_questions(shared)
    answer(shared, "joint", question.proposal, read_again, question.subject)
    own.refresh_from_db()
    assert Event.objects.count() == 1
    assert own.reading.event == shared.reading.event
    assert {fact.race.event for fact in own.facts.all() if fact.race} == {shared.reading.event}


def test_a_meeting_far_from_the_other_seasons_days_is_not_asked_about(upload: Upload) -> None:
    facts = [*order("overall", *FOUR), meeting("Charade", "09-01", "09-03")]
    upload("own", reading(heading(CUP, 2017, "Dijon"), facts))
    shared = upload("shared", SHARED)
    Event.objects.filter(pk=shared.reading.event.pk).update(start="2017-06-14", end="2017-06-17")
    assert asked(shared) == []


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("year", ""),
        ("year", "seventeen"),
        ("year", "17"),
        ("series", "  "),
        ("series", "2017"),
        ("circuit", None),
        ("race", "0"),
        ("event", "no-such-event"),
        ("joint", "yes"),
        ("joint", {"round": "yes"}),
        ("weather", "rain"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused_and_not_kept(upload: Upload, kind: str, value: Any) -> None:
    report = upload("r", reading(heading(CUP, None, "Dijon"), order("overall", *FOUR)))
    with pytest.raises(ValidationError):
        questions.answer(report, kind, "1", value)
    assert Answer.objects.count() == 0
    assert state(report) == "asking"


def test_an_answer_is_kept_with_its_author_and_replaced_by_a_newer_one(upload: Upload, staff: User) -> None:
    report = upload("r", reading(heading(CUP, None, "Dijon"), order("overall", *FOUR)))
    questions.answer(report, "year", "", "2016", staff)
    questions.answer(report, "year", "", "2017", staff)
    assert list(Answer.objects.values_list("question", "value", "author")) == [("year", 2017, staff.pk)]
    assert state(report) == "waiting"
