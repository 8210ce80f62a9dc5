"""Contradictions within an answer, between the readers, and what of both goes on."""

import pytest

from racing.model_reader.comparing import Difference
from racing.model_reader.reader import ReadBy
from racing.reading.facts import Heading, Person, Problem, Reading, Span, Stated
from racing.terms import FactKind, Reader
from tests.model_reader.telling import (
    CAREFUL,
    REPORT,
    answer,
    codes,
    finish,
    offline,
    place,
    race,
    read_by,
    sure_of,
    told,
    unanswered,
)

BOTH, MODEL = Reader.BOTH, Reader.MODEL


def differ(read: ReadBy) -> list[tuple[str, str]]:
    return [(row.code, str(row.feeds)) for row in read.differences]


def test_one_place_given_twice_in_one_order_is_shown_and_both_are_in_doubt() -> None:
    found = read_by(answer(race(1, place(1, "Luc Arvois"), place(1, "Paul Brion"), place(2, "Noé Béliard"))))
    assert (sure_of(found, "Luc Arvois"), sure_of(found, "Paul Brion")) == ([0.4], [0.4])
    assert sure_of(found, "Noé Béliard")[0] > 0.9
    [problem] = found.reading.problems
    assert (problem.code, problem.detail) == (
        "model_place_twice",
        "Luc Arvois (#1, overall 1) / Paul Brion (#1, overall 1)",
    )
    assert problem.span is not None


def test_one_driver_at_two_places_of_one_order_is_shown() -> None:
    found = read_by(answer(race(1, place(1, "Luc Arvois"), place(2, "Arvois"))))
    assert codes(found) == ["model_driver_twice"]
    assert [fact.sure for fact in found.reading.facts] == [0.4, 0.4]


def test_places_of_other_races_rankings_and_sessions_contradict_nothing() -> None:
    found = read_by(
        answer(
            race(1, place(1, "Luc Arvois"), place(2, "Luc Arvois", ranking="Am"), qualifying=[place(3, "Luc Arvois")]),
            race(2, place(4, "Luc Arvois")),
        )
    )
    assert codes(found) == []


def test_two_races_without_a_number_are_two_orders() -> None:
    found = read_by(answer(race(None, place(1, "Luc Arvois")), race(None, place(1, "Noé Béliard"))))
    assert codes(found) == []


def test_a_fact_that_the_answer_states_twice_is_one() -> None:
    found = read_by(answer(race(1, place(1, "Luc Arvois"), place(1, "Arvois")), race(1, place(1, "Luc Arvois"))))
    assert told(found) == [(1, "overall", 1, "Luc Arvois")]
    assert codes(found) == []


# --- the model reads, the offline reader is the witness ------------------------------------------------------------------


def test_what_a_sure_fact_of_the_offline_reader_contradicts_is_shown_and_less_sure() -> None:
    found = read_by(answer(race(1, place(1, "Luc Arvois"))), reading=offline(finish(1, "Paul Brion", sure=0.95)))
    assert told(found) == [(1, "overall", 1, "Luc Arvois")]
    assert sure_of(found, "Luc Arvois") == [0.7]
    [problem] = found.reading.problems
    assert (problem.code, problem.detail) == (
        "model_against_offline",
        "Luc Arvois (#1, overall 1) ≠ Paul Brion (#1, overall 1)",
    )
    assert differ(found) == [("people", "model")]


def test_what_the_offline_reader_only_guesses_contradicts_nothing_but_is_told_as_a_difference() -> None:
    found = read_by(answer(race(1, place(1, "Luc Arvois"))), reading=offline(finish(2, "Luc Arvois", sure=0.6)))
    assert (sure_of(found, "Luc Arvois"), codes(found), differ(found)) == ([0.97], [], [("place", "model")])


def test_what_only_one_reader_says_is_told() -> None:
    found = read_by(answer(race(1, place(1, "Luc Arvois"))), reading=offline(finish(3, "Noé Béliard")))
    assert told(found) == [(1, "overall", 1, "Luc Arvois")]
    assert differ(found) == [("only_offline", ""), ("only_model", "model")]


def test_what_both_say_is_surer_and_has_the_offline_readers_evidence() -> None:
    mine = finish(1, "Luc Arvois", sure=0.9)
    found = read_by(answer(race(1, place(1, "Arvois"))), reading=offline(mine))
    [fact] = found.reading.facts
    assert (fact.drivers, fact.evidence, fact.sure) == (("Luc Arvois",), mine.evidence, 0.99)
    assert (found.differences, found.reader) == ((), MODEL)


def test_the_same_races_fact_is_paired_before_one_of_a_race_that_is_not_told() -> None:
    facts = (finish(1, "Luc Arvois", race=None), finish(1, "Luc Arvois", race=2))
    found = read_by(answer(race(2, place(1, "Luc Arvois"))), reading=offline(*facts))
    assert [row.offline for row in found.differences] == [facts[0]]


# --- both read into one --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sure", "holds", "feeds"), [(0.98, "Paul Brion", "offline"), (0.9, "Luc Arvois", "model")])
def test_of_two_that_exclude_each_other_the_surer_one_goes_on(sure: float, holds: str, feeds: str) -> None:
    found = read_by(
        answer(race(1, place(1, "Luc Arvois"))), reading=offline(finish(1, "Paul Brion", sure=sure)), reader=BOTH
    )
    assert told(found) == [(1, "overall", 1, holds)]
    assert (sure_of(found, holds), codes(found), differ(found)) == ([0.7], ["readers_disagree"], [("people", feeds)])


def test_a_sure_fact_against_a_doubtful_one_loses_less() -> None:
    found = read_by(
        answer(race(1, place(1, "Luc Arvois"))), reading=offline(finish(2, "Luc Arvois", sure=0.5)), reader=BOTH
    )
    assert (told(found), sure_of(found, "Luc Arvois")) == ([(1, "overall", 1, "Luc Arvois")], [0.85])


def test_two_drivers_exchanged_give_one_order_without_a_place_twice() -> None:
    found = read_by(
        answer(race(1, place(1, "Luc Arvois"), place(2, "Paul Brion"))),
        reading=offline(finish(1, "Paul Brion", sure=0.9), finish(2, "Luc Arvois", sure=0.99)),
        reader=BOTH,
    )
    assert told(found) == [(1, "overall", 1, "Paul Brion"), (1, "overall", 2, "Luc Arvois")]
    assert {fact.sure for fact in found.reading.facts} == {0.7}
    assert set(codes(found)) == {"readers_disagree"}
    assert {row.code for row in found.differences} == {"place", "people"}


def test_what_the_offline_reader_alone_found_is_left_out_of_a_whole_answer_and_feeds_a_broken_one() -> None:
    alone = offline(finish(3, "Noé Béliard"))
    whole = read_by(answer(race(1, place(1, "Luc Arvois"))), reading=alone, reader=BOTH)
    assert (told(whole), differ(whole)) == (
        [(1, "overall", 1, "Luc Arvois")],
        [("only_model", "model"), ("only_offline", "")],
    )
    broken = read_by(answer(race(1, place(1, "Luc Arvois"))), reading=alone, reader=BOTH, whole=False)
    assert told(broken) == [(1, "overall", 1, "Luc Arvois"), (1, "overall", 3, "Noé Béliard")]
    assert (sure_of(broken, "Noé Béliard"), codes(broken)) == ([0.75], ["model_cut"])


def test_a_race_that_only_one_reader_numbers_is_the_same_race() -> None:
    found = read_by(
        answer(race(None, place(1, "Luc Arvois"))), reading=offline(finish(1, "Luc Arvois", race=2)), reader=BOTH
    )
    assert (told(found), found.differences) == ([(None, "overall", 1, "Luc Arvois")], ())


def test_other_kinds_agree_by_what_they_tell() -> None:
    reading = read_by(CAREFUL).reading
    found = read_by(CAREFUL, reading=reading, reader=BOTH)
    assert found.differences == ()
    assert {fact.kind for fact in found.reading.facts} == set(FactKind)
    assert len(found.reading.facts) == len(reading.facts)


# --- around the facts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["model_timeout", "model_limit", "model_refusal", "model_unreachable"])
def test_where_the_model_does_not_answer_the_offline_reading_stands_and_says_why(code: str) -> None:
    found = unanswered(code, "why")
    assert (found.reader, told(found)) == (Reader.OFFLINE, [(1, "overall", 1, "Luc Arvois")])
    assert found.reading.problems == (Problem(code, detail="why"),)


@pytest.mark.parametrize("data", [{}, answer(), answer(race(1, place(1, "Max Inventé")))])
def test_a_model_that_finds_nothing_leaves_the_offline_reading(data: dict[str, object]) -> None:
    found = read_by(data, reading=offline(finish(1, "Luc Arvois")))
    assert (found.reader, told(found)) == (Reader.OFFLINE, [(1, "overall", 1, "Luc Arvois")])
    assert codes(found)[-1] == "model_found_nothing"


def test_where_neither_finds_a_result_that_is_said_once() -> None:
    found = read_by(answer(), reading=offline(problems=(Problem("no_results"),)))
    assert codes(found) == ["no_results"]


def test_a_language_that_the_offline_reader_does_not_know_is_no_trouble_for_the_model() -> None:
    reading = Reading("", problems=(Problem("unknown_language", detail="nl"),))
    found = read_by(answer(race(1, place(1, "Luc Arvois")), language="nl"), reading=reading)
    assert (found.reading.language, codes(found)) == ("nl", [])


def test_a_sentence_that_was_not_understood_is_listed_where_both_read_and_neither_has_a_fact_of_it() -> None:
    first = REPORT.index("Luc Arvois (Team")
    last = REPORT.index("Prochain")
    problems = (Problem("not_understood", Span(first, first + 40)), Problem("not_understood", Span(last, last + 9)))
    reading = offline(problems=problems)
    data = answer(race(1, place(1, "Luc Arvois", quote="Luc Arvois (Team Nord) s'élançait de la pole position")))
    assert read_by(data, reading=reading, reader=BOTH).reading.problems == (problems[1],)
    assert codes(read_by(data, reading=reading)) == []


def test_people_are_those_of_the_facts_with_what_either_reader_knows_of_them() -> None:
    known = Person("Luc Arvois", (Span(99, 109),), nationality="FR", classes=("Pro",))
    found = read_by(
        answer(race(1, place(1, "Luc Arvois", team="Team Nord"), place(2, "Paul Brion"))),
        reading=offline(people=(known, Person("Somebody Else"))),
    )
    people = {person.name: person for person in found.reading.people}
    assert set(people) == {"Luc Arvois", "Paul Brion"}
    assert (people["Luc Arvois"].nationality, people["Luc Arvois"].team) == ("FR", "Team Nord")
    span = people["Paul Brion"].mentions[0]
    assert REPORT[span.start : span.end] == "Paul Brion"


def test_starters_and_what_the_model_leaves_open_come_from_the_offline_reader() -> None:
    heading = Heading(Stated("Coupe"), Stated("2020"), Stated("Dijon"), Stated("24"))
    found = read_by(answer(race(1, place(1, "Luc Arvois")), season=2024), reading=offline(heading=heading))
    top = found.reading.heading
    values = [value.value for value in (top.series, top.season, top.circuit, top.starters) if value]
    assert values == ["Coupe", "2024", "Dijon", "24"]


def test_of_very_many_problems_the_first_are_listed_and_the_rest_counted() -> None:
    found = read_by(answer(race(1, place(1, "Luc Arvois"), *(place(2, f"Faux Nom{n}") for n in range(60)))))
    assert len(found.reading.problems) == 41
    assert found.reading.problems[-1] == Problem("model_more", detail="20")


def test_reading_twice_gives_the_same_whatever_the_order_of_the_answer() -> None:
    turned = {**CAREFUL, "races": list(reversed(CAREFUL["races"]))}
    reading = offline(finish(1, "Paul Brion"), finish(3, "Noé Béliard"))
    for reader in (MODEL, BOTH):
        once, again = (read_by(data, reading=reading, reader=reader).reading.facts for data in (CAREFUL, turned))
        assert once == again


def test_an_empty_text_is_not_sent() -> None:
    found = read_by(CAREFUL, text=" \n", reading=Reading(problems=(Problem("no_text"),)))
    assert (found.reader, codes(found)) == (Reader.OFFLINE, ["no_text"])


def test_a_difference_holds_what_each_reader_said_before_anything_was_lowered() -> None:
    mine = finish(2, "Luc Arvois", sure=0.95)
    found = read_by(answer(race(1, place(1, "Luc Arvois"))), reading=offline(mine))
    [row] = found.differences
    assert isinstance(row, Difference)
    assert row.model is not None
    assert (row.offline, row.model.sure) == (mine, 0.97)
