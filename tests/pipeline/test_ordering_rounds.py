"""Rounds stand in the order that numbers, dates and announcements give, in this order of weight."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from racing.ordering import Meeting, order_rounds


def test_what_nothing_tells_apart_stands_by_name() -> None:
    assert order_rounds([Meeting(1, "spa"), Meeting(2, "dijon")]) == [2, 1]


def test_an_announced_meeting_comes_after_the_one_whose_report_announces_it() -> None:
    assert order_rounds([Meeting(1, "spa"), Meeting(2, "le mans")], [(1, 2)]) == [1, 2]


def test_dates_outweigh_announcements() -> None:
    rows = [Meeting(1, "a", start=date(2017, 6, 1)), Meeting(2, "b", start=date(2017, 5, 1)), Meeting(3, "c")]
    assert order_rounds(rows, [(1, 2), (3, 2)]) == [3, 2, 1]


def test_numbers_outweigh_dates() -> None:
    rows = [Meeting(1, "a", 2, date(2017, 5, 1)), Meeting(2, "b", 1, date(2017, 6, 1))]
    assert order_rounds(rows) == [2, 1]


def test_announcements_in_a_circle_are_followed_as_far_as_they_go() -> None:
    rows = [Meeting(1, "a"), Meeting(2, "b"), Meeting(3, "c")]
    assert order_rounds(rows, [(1, 2), (2, 3), (3, 1)]) == [1, 2, 3]


def test_announcements_of_unknown_events_and_of_itself_are_passed_over() -> None:
    assert order_rounds([Meeting(1, "a")], [(1, 1), (1, 9), (9, 1)]) == [1]


MEETINGS = st.lists(
    st.builds(
        Meeting,
        st.integers(1, 8),
        st.sampled_from("abc"),
        st.none() | st.integers(1, 9),
        st.none() | st.dates(date(2017, 1, 1), date(2017, 1, 9)),
    ),
    unique_by=lambda meeting: meeting.key,
)
PAIRS = st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=6)


@given(MEETINGS, PAIRS, st.randoms())
def test_every_meeting_stands_once_whatever_order_they_are_given_in(meetings: list[Meeting], pairs, random) -> None:
    order = order_rounds(meetings, pairs)
    assert sorted(order) == sorted(meeting.key for meeting in meetings)
    shuffled, mixed = list(meetings), list(pairs)
    random.shuffle(shuffled)
    random.shuffle(mixed)
    assert order_rounds(shuffled, mixed) == order


@given(MEETINGS, PAIRS)
def test_numbers_are_never_contradicted(meetings: list[Meeting], pairs: list[tuple[int, int]]) -> None:
    order = order_rounds(meetings, pairs)
    numbered = {meeting.key: meeting.number for meeting in meetings if meeting.number is not None}
    numbers = [numbered[key] for key in order if key in numbered]
    assert numbers == sorted(numbers)
