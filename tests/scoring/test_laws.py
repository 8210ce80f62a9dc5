"""What holds of every season under every rule."""

import random
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from standings.scoring import RaceResults, Rules, score
from standings.scoring.rules import Decision, DecisionKind, Phase
from tests.scoring import naive, naive_rarer, seasons

LAW = settings(max_examples=50, deadline=None)
#: Rules with a season that has what they ask for: the common ones, or the rarer.
SEASON = st.one_of(st.tuples(seasons.rules(), seasons.races()), st.tuples(seasons.rare_rules(), seasons.rare_races()))
#: So much that what lies in the middle is rounded up.
TINY = Fraction(1, 10**9)
Season = tuple[Rules, list[RaceResults]]


@settings(max_examples=150, deadline=None)
@given(seasons.rules(), seasons.races())
def test_a_second_implementation_gives_the_same_tables(rules: Rules, races: list[RaceResults]) -> None:
    scored = score(rules, races)
    for table in scored.tables:
        rows = [(row.position, row.subject, row.points, row.gross) for row in table.rows]
        assert rows == naive.table(rules, races[: table.race])


@settings(max_examples=150, deadline=None)
@given(seasons.rare_rules(), seasons.rare_races())
def test_a_second_implementation_of_the_rarer_rules_gives_the_same_tables(
    rules: Rules, races: list[RaceResults]
) -> None:
    scored = score(rules, races)
    for table in scored.tables:
        rows = [(row.position, row.subject, row.points, row.gross) for row in table.rows]
        assert rows == naive_rarer.table(rules, races[: table.race])


@LAW
@given(SEASON, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_never_matters(season: Season, chance: random.Random) -> None:
    rules, races = season
    mixed = [replace(race, lines=tuple(chance.sample(race.lines, len(race.lines)))) for race in races]
    assert score(rules, mixed) == score(rules, races)


@LAW
@given(SEASON)
def test_the_sum_of_a_subjects_awards_is_its_gross_total(season: Season) -> None:
    rules, races = season
    scored = score(rules, races)
    for row in scored.tables[-1].rows if scored.tables else ():
        own = [award for award in scored.awards if award.subject == row.subject]
        assert sum((award.points for award in own), Fraction(0)) == row.gross


@LAW
@given(SEASON)
def test_the_sum_of_the_awards_that_count_is_the_total(season: Season) -> None:
    rules, races = season
    rules = replace(rules, drop_bonus=True)
    scored = score(rules, races)
    for row in scored.tables[-1].rows if scored.tables else ():
        own = [award for award in scored.awards if award.subject == row.subject and not award.dropped]
        assert sum((award.points for award in own), Fraction(0)) == row.points


@LAW
@given(SEASON)
def test_the_parts_of_an_award_make_its_points(season: Season) -> None:
    rules, races = season
    for award in score(rules, races).awards:
        assert sum((part.points for part in award.parts), Fraction(0)) == award.points
        for part in award.parts:
            exact = part.value * part.factor
            if rules.rounding is None or part.factor == 1:
                assert part.points == (
                    exact if part.share == 1 else round(exact / part.share * 100 + TINY) / Fraction(100)
                )
            else:
                assert abs(part.points * part.share - exact) <= Fraction(1, 2) + part.share * Fraction(1, 200)


@LAW
@given(SEASON)
def test_dropping_never_raises_a_total(season: Season) -> None:
    rules, races = season
    for table in score(rules, races).tables:
        assert all(row.points <= row.gross for row in table.rows)


@LAW
@given(SEASON)
def test_the_table_after_a_race_is_that_of_a_season_which_ended_there(season: Season) -> None:
    rules, races = season
    tables = score(rules, races).tables
    for table in tables:
        assert score(rules, races[: table.race]).tables[-1] == table


@LAW
@given(SEASON)
def test_a_tie_is_broken_with_its_reason_or_the_place_is_shared(season: Season) -> None:
    rules, races = season
    for table in score(rules, races).tables:
        for above, below in zip(table.rows, table.rows[1:], strict=False):
            if above.points != below.points:
                assert (above.points < below.points) is rules.low
                assert below.position == below.order
                continue
            tie = below.why["tie"]
            assert (tie["other"], tie["ahead"]) == (above.subject, False)
            shared = tie["rule"] == "shared"
            assert below.position == (above.position if shared else below.order)


@LAW
@given(SEASON)
def test_a_rule_that_nothing_meets_changes_nothing(season: Season) -> None:
    rules, races = season
    unmet = replace(
        rules,
        round_multiplier={**rules.round_multiplier, 99: Fraction(3)},
        exclude_rounds=frozenset({99}),
        eligible=replace(rules.eligible, classes=frozenset({"Pro", "Am", "Rookie"}), team_cars=99),
        phases=(Phase(after=99, keep=1, points=Fraction(500)),),
        decisions=tuple(Decision(kind, "nobody", subject=9999, race=99, scale="race") for kind in DecisionKind),
    )
    assert score(unmet, races) == score(rules, races)


@LAW
@given(SEASON)
def test_to_score_again_changes_nothing(season: Season) -> None:
    rules, races = season
    given_first = repr((rules, races))
    once = score(rules, races)
    assert score(rules, races) == once
    assert repr((rules, races)) == given_first
