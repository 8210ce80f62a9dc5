"""Scores dropped table by table are those that are dropped where a season is looked at whole."""

from hypothesis import given
from hypothesis import strategies as st

from standings.scoring import Score
from standings.scoring.dropping import Due, worst
from standings.scoring.rules import Rules, Segment
from standings.scoring.tally import Tally

#: Of each race: the points, whether the subject was in it, and how many more (or fewer) scores are too many from then on.
RACES = st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.integers(-1, 2)), min_size=1, max_size=12)


@given(RACES, st.booleans())
def test_what_is_dropped_beside_what_was_dropped_before_is_the_worst_of_all(
    races: list[tuple[int, bool, int]], latest: bool
) -> None:
    rules = Rules({}, absent=False, drop_latest=latest)
    held: list[int] = []
    tally = Tally(1, held)
    surplus = 0
    for number, (points, present, more) in enumerate(races):
        held.append(number)
        if present:
            tally.add(number, Score(points))
        surplus = max(surplus + more, 0)
        gone = tally.drop_more(surplus, [100 + race for race in held], latest=latest)
        due = Due(Segment(drop=surplus), len(held), surplus, whole=True)
        expected = worst(rules, held, tally.scores, tally.earned, [due])
        assert tally.dropped == expected
        assert tally.dropped_races == tuple(100 + tally.indexes[index] for index in expected)
        assert gone == sum(tally.earned[index] for index in expected)
