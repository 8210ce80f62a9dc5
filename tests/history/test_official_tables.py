"""Seasons that were really run, by their own rules, against the tables that were published."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from standings.history.books import book_rules, same_rules
from standings.history.f1db import DATA, Season, rules_of, seasons
from standings.history.mutating import CHANGES, mutate, spans, told_in
from standings.history.proving import final_difference, prove, scored, table_of
from tests.history.part import write_part

YEARS = (1953, 1954, 1957, 1958, 1964, 1967, 1984, 1988, 1997, 2020, 2021)
EVERY = list(seasons())
HELD = [season for season in EVERY if season.year in YEARS]
TABLES = [pytest.param(season, kind, id=f"{season.year}-{kind}") for season in HELD for kind in season.official]
BROKEN = {outcome.change: outcome for outcome in mutate(HELD, told_in(DATA / "RULES.md", [one.year for one in HELD]))}


@pytest.mark.parametrize(("season", "championship"), TABLES)
def test_a_season_comes_out_as_it_was_published(season: Season, championship: str) -> None:
    proof = prove(season, championship)
    assert (proof.difference, proof.round_difference) == ("", "")
    assert (proof.rounds, proof.rounds_of) == (len(season.official[championship].after),) * 2
    if championship == "drivers":
        assert proof.gross == proof.gross_of > 0


def test_our_rulebooks_have_the_rules_by_which_every_season_is_proven() -> None:
    tables = [(season, championship) for season in EVERY for championship in season.official]
    assert len(tables) == 144
    others = [
        (season.year, championship)
        for season, championship in tables
        if not same_rules(season, book_rules(season, championship), rules_of(season, championship))
    ]
    assert others == []


@pytest.mark.parametrize("key", ["scales", "segments", "tiebreak", "shared", "unit"])
def test_rules_are_not_the_same_when_one_of_them_is_gone(key: str) -> None:
    season = next(one for one in HELD if one.year == 1988)
    rules = book_rules(season, "drivers")
    others = {"scales": {"race": [9]}, "segments": [{"best": 10}], "tiebreak": [], "shared": "full", "unit": "session"}
    assert not same_rules(season, {**rules, key: others[key]}, rules_of(season, "drivers"))


@pytest.mark.parametrize("change", CHANGES)
def test_a_rule_that_is_off_breaks_the_seasons_that_it_decides(change: str) -> None:
    outcome = BROKEN[change]
    assert outcome.told is not None
    assert outcome.broken == outcome.told


def test_the_reason_of_a_decision_says_nothing_of_the_archives_file() -> None:
    reasons = [
        (season.year, one["reason"])
        for season in EVERY
        for championship in season.official
        for one in rules_of(season, championship)["adjustments"]
    ]
    assert len(reasons) == 19
    assert [(year, reason) for year, reason in reasons if "Value" in reason or not reason.endswith((".", ")"))] == []


def test_a_seventh_of_a_fastest_lap_is_the_fourteen_hundredths_of_1954() -> None:
    season = next(one for one in HELD if one.year == 1954)
    drawn = scored(season, "drivers", rules_of(season, "drivers"))
    table = table_of(season, drawn.tables[-1])
    assert {str(points) for _, (_, points) in table.items() if points.denominator != 1} >= {"7/50"}
    seventh = [part for award in drawn.awards for part in award.parts if part.share == 7]
    assert {(part.rule, str(part.value), str(part.points)) for part in seventh} == {("fastest_lap", "1", "7/50")}


def test_who_shared_a_car_is_told_the_whole_and_the_share() -> None:
    season = next(one for one in HELD if one.year == 1954)
    drawn = scored(season, "drivers", rules_of(season, "drivers"))
    shared = [part for award in drawn.awards for part in award.parts if part.kind == "position" and part.share > 1]
    assert shared
    assert all(abs(part.points * part.share - part.value) < 0.02 for part in shared)


def test_a_rule_that_is_off_is_told_with_the_first_difference() -> None:
    season = next(one for one in HELD if one.year == 1988)
    rules = rules_of(season, "drivers")
    rules.pop("segments")
    assert final_difference(season, "drivers", rules) == "ayrton-senna is 2 with 94, officially 1 with 90"


def test_years_are_written_as_spans() -> None:
    assert spans([1950, 1951, 1952, 1967, 1979, 1980]) == "1950-1952, 1967, 1979-1980"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_part(tmp_path_factory.mktemp("archive"), YEARS)


def test_the_command_tells_every_season_and_the_sums(folder: Path) -> None:
    told = StringIO()
    call_command("proveseasons", str(folder), "--mutate", stdout=told)
    lines = told.getvalue().splitlines()
    assert lines[0] == "1953  drivers OK"
    assert "1988  drivers OK   constructors OK" in lines
    assert f"{len(TABLES)} of {len(TABLES)} final tables agree in every position and point." in lines
    assert sum("as foretold" in line for line in lines) == len(CHANGES)


def test_every_season_comes_out_as_it_was_published_by_our_rulebooks() -> None:
    told = StringIO()
    call_command("proveseasons", "--rulebooks", stdout=told)
    assert "144 of 144 final tables agree in every position and point." in told.getvalue()
    assert "1658 of 1658 drivers' totals without drops agree." in told.getvalue()


def test_the_command_fails_and_names_the_first_difference_when_a_table_differs(tmp_path: Path) -> None:
    folder = write_part(tmp_path, [1988])
    table = folder / "standings_drivers.csv"
    table.write_text(table.read_text().replace("1988,1,1,ayrton-senna,90,94", "1988,1,1,ayrton-senna,91,94"))
    told = StringIO()
    with pytest.raises(CommandError, match=r"^1 difference\.$"):
        call_command("proveseasons", str(folder), stdout=told)
    assert "1988  drivers DIFFERS: ayrton-senna is 1 with 90, officially 1 with 91" in told.getvalue()


def test_a_folder_that_holds_no_seasons_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read as an archive of seasons"):
        call_command("proveseasons", str(tmp_path), stdout=StringIO())
