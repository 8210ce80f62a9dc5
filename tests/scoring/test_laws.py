"""What holds of every season under every rule."""

import random
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from standings.scoring import RaceResults, Rules, score
from standings.scoring.rules import Filter
from tests.scoring import naive, seasons

LAW = settings(max_examples=50, deadline=None)


@settings(max_examples=150, deadline=None)
@given(seasons.rules(), seasons.races())
def test_a_second_implementation_gives_the_same_tables(rules: Rules, races: list[RaceResults]) -> None:
    scored = score(rules, races)
    for table in scored.tables:
        rows = [(row.position, row.subject, row.points, row.gross) for row in table.rows]
        assert rows == naive.table(rules, races[: table.race])


@LAW
@given(seasons.rules(), seasons.races(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_never_matters(rules: Rules, races: list[RaceResults], chance: random.Random) -> None:
    mixed = [replace(race, lines=tuple(chance.sample(race.lines, len(race.lines)))) for race in races]
    assert score(rules, mixed) == score(rules, races)


@LAW
@given(seasons.rules(), seasons.races())
def test_the_sum_of_a_subjects_awards_is_its_gross_total(rules: Rules, races: list[RaceResults]) -> None:
    scored = score(rules, races)
    for row in scored.tables[-1].rows if scored.tables else ():
        own = [award for award in scored.awards if award.subject == row.subject]
        assert sum((award.points for award in own), Fraction(0)) == row.gross


@LAW
@given(seasons.rules(), seasons.races())
def test_the_sum_of_the_awards_that_count_is_the_total(rules: Rules, races: list[RaceResults]) -> None:
    rules = replace(rules, drop_bonus=True)
    scored = score(rules, races)
    for row in scored.tables[-1].rows if scored.tables else ():
        own = [award for award in scored.awards if award.subject == row.subject and not award.dropped]
        assert sum((award.points for award in own), Fraction(0)) == row.points


@LAW
@given(seasons.rules(), seasons.races())
def test_the_parts_of_an_award_make_its_points(rules: Rules, races: list[RaceResults]) -> None:
    for award in score(rules, races).awards:
        assert sum((part.points for part in award.parts), Fraction(0)) == award.points
        assert all(part.value * part.factor == part.points for part in award.parts)


@LAW
@given(seasons.rules(), seasons.races())
def test_dropping_never_raises_a_total(rules: Rules, races: list[RaceResults]) -> None:
    for table in score(rules, races).tables:
        assert all(row.points <= row.gross for row in table.rows)


@LAW
@given(seasons.rules(), seasons.races())
def test_the_table_after_a_race_is_that_of_a_season_which_ended_there(rules: Rules, races: list[RaceResults]) -> None:
    tables = score(rules, races).tables
    for table in tables:
        assert score(rules, races[: table.race]).tables[-1] == table


@LAW
@given(seasons.rules(), seasons.races())
def test_a_tie_is_broken_with_its_reason_or_the_place_is_shared(rules: Rules, races: list[RaceResults]) -> None:
    for table in score(rules, races).tables:
        for above, below in zip(table.rows, table.rows[1:], strict=False):
            if above.points > below.points:
                assert below.position == below.order
                continue
            tie = below.why["tie"]
            assert (tie["other"], tie["ahead"]) == (above.subject, False)
            shared = tie["rule"] == "shared"
            assert below.position == (above.position if shared else below.order)


@LAW
@given(seasons.rules(), seasons.races())
def test_a_rule_that_nothing_meets_changes_nothing(rules: Rules, races: list[RaceResults]) -> None:
    unmet = replace(
        rules,
        round_multiplier={**rules.round_multiplier, 99: Fraction(3)},
        exclude_rounds=frozenset({99}),
        eligible=Filter(frozenset({"Pro", "Am", "Rookie"}), guest=False),
    )
    assert score(unmet, races) == score(rules, races)
