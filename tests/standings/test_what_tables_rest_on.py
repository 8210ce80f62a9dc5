"""What rests on the same as before is not scored again; whatever a table rests on, or is, when it differs it is drawn anew."""

from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from types import MappingProxyType
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from racing.models import CrewMember, Driver, Entry, Place, Race, Result, Round, Season
from racing.statements import ask
from standings import recompute
from standings.inputs import looks_ahead
from standings.models import Championship, Standing, TableAfter
from standings.recompute import compute, recompute_season
from standings.scoring import Counted, RaceResults, Rules, parse_rules, score
from standings.table_texts import Writer, digest, read_scores
from tests.scoring import seasons
from tests.standings.building import make_entry, make_event, make_race, make_season, put, stored

pytestmark = pytest.mark.django_db
ALL = (Season, Championship, TableAfter, Standing)
NOTHING: Any = MappingProxyType({})


@pytest.fixture
def season() -> Season:
    season = make_season()
    cars = [make_entry(season, name, classes=["Pro"]) for name in ("Ames", "Brac", "Caux")]
    for number in (1, 2, 3):
        event = make_event(season, f"Dijon {number}", number=number)
        make_race(event, 1, {"overall": cars, "Pro": cars[::-1]}, starters=3)
    recompute_season(season)
    return season


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch) -> list[Rules]:
    """Gives the rules by which anything was scored since."""
    found: list[Rules] = []

    def noting(rules: Rules, races: Any, since: int | None = None, known: Any = NOTHING) -> Any:
        found.append(rules)
        return score(rules, races, since, known)

    monkeypatch.setattr(recompute, "score", noting)
    return found


def change_place() -> None:
    Place.objects.filter(ranking="overall", position=3, result__race=Race.objects.latest("pk")).update(position=4)


def lend_the_car() -> None:
    CrewMember.objects.filter(driver__last_name="Ames").update(
        driver=Driver.objects.create(last_name="Doux", slug="doux")
    )


CHANGES: list[Callable[[], object]] = [
    change_place,
    lend_the_car,
    lambda: Result.objects.filter(entry__crew__driver__last_name="Ames").update(status="DSQ"),
    lambda: Entry.objects.filter(crew__driver__last_name="Ames").update(guest=True),
    lambda: Race.objects.filter(pk=Race.objects.earliest("pk").pk).update(status="cancelled"),
    lambda: Race.objects.update(starters=12),
    lambda: Round.objects.filter(number=1).update(order=9, number=9),
    lambda: Championship.objects.update(rules={"scales": {"race": [9, 5, 2]}}, edited=True),
    lambda: Championship.objects.update(
        decisions=[
            {"kind": "points_delta", "subject": Driver.objects.earliest("pk").pk, "points": -3, "reason": "late"}
        ]
    ),
]


def test_what_rests_on_the_same_is_not_scored_again(season: Season, scored: list[Rules]) -> None:
    before = stored(*ALL)
    assert not recompute_season(season)
    assert not compute(season, thorough=True).changed
    assert scored == []
    assert not compute(season, anew=True).changed
    assert len(scored) == Championship.objects.count()
    assert stored(*ALL) == before


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_differs_is_scored_and_comes_out_as_if_nothing_had_been_there(
    season: Season, change: Callable[[], object]
) -> None:
    change()
    assert recompute_season(season)
    after = without_ids()
    Standing.objects.all().delete()
    TableAfter.objects.all().delete()
    assert compute(season, thorough=True).changed
    assert without_ids() == after
    assert not compute(season, anew=True).changed


def without_ids() -> list[list[dict[str, Any]]]:
    """Give what is stored of the tables but ids, versions and times."""
    passing = {"id", "version", "computed_at"}
    return [
        [{name: value for name, value in row.items() if name not in passing} for row in rows]
        for rows in (
            Championship.objects.order_by("pk").values(),
            TableAfter.objects.order_by("championship", "race").values(),
            Standing.objects.order_by("championship", "order").values(),
        )
    ]


def test_another_class_s_tables_are_not_scored_for_the_rules_of_one(season: Season, scored: list[Rules]) -> None:
    Championship.objects.filter(slug="pro").update(rules={"scales": {"race": [9, 5, 2]}}, edited=True)
    assert recompute_season(season)
    assert len(scored) == 1


def test_other_code_scores_again_and_writes_only_what_comes_out_otherwise(
    season: Season, scored: list[Rules], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stored(*ALL)
    monkeypatch.setattr("standings.inputs.version_of_the_code", lambda: "another")
    assert not recompute_season(season)
    assert len(scored) == Championship.objects.count()
    after = stored(*ALL)
    for rows in (*before, *after):
        for row in rows:
            row.pop("inputs", None)
    assert after == before
    scored.clear()
    assert not recompute_season(season)
    assert scored == []


TAMPERED: list[Callable[[], object]] = [
    lambda: Standing.objects.filter(order=1).update(points="99"),
    lambda: Standing.objects.filter(order=1).delete(),
    lambda: Standing.objects.update(race=Race.objects.earliest("pk")),
    lambda: TableAfter.objects.filter(race=Race.objects.earliest("pk")).update(rows="[]"),
    lambda: TableAfter.objects.filter(race=Race.objects.latest("pk")).delete(),
    lambda: TableAfter.objects.all().delete(),
    lambda: (TableAfter.objects.all().delete(), Standing.objects.all().delete()),
    lambda: Championship.objects.update(basis=[]),
    lambda: TableAfter.objects.filter(race=Race.objects.earliest("pk")).update(scores="[[1,99,1]]"),
    lambda: TableAfter.objects.update(scores=""),
    lambda: forge(),
]


@pytest.mark.parametrize("tamper", TAMPERED)
def test_what_other_hands_have_changed_is_found_and_healed(season: Season, tamper: Callable[[], object]) -> None:
    before = without_ids()
    tamper()
    call_command("recompute", tables=True, stdout=StringIO())
    assert without_ids() == before


def forge() -> None:
    table = TableAfter.objects.earliest("pk")
    table.rows = "[]"
    table.digest = table.digest[:16] + digest("[]")
    table.save()


def test_what_is_scored_otherwise_by_the_same_rules_and_code_is_found_by_scoring_anew(
    season: Season, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = without_ids()
    kept = Championship.objects.values_list("rules", flat=True).earliest("pk")
    other = parse_rules({**kept, "scales": {"race": [3, 2, 1]}})
    monkeypatch.setattr(recompute, "score", lambda _rules, races, *more: score(other, races, *more))
    call_command("recompute", tables=True, stdout=StringIO())
    assert without_ids() == before
    call_command("recompute", tables=True, anew=True, stdout=StringIO())
    assert Standing.objects.get(championship__slug="drivers", order=1).points == 9


def test_where_the_last_result_goes_tables_go_and_nothing_is_scored_again(season: Season, scored: list[Rules]) -> None:
    Result.objects.all().delete()
    assert recompute_season(season)
    assert not TableAfter.objects.exists()
    assert not Standing.objects.exists()
    scored.clear()
    assert not recompute_season(season)
    assert scored == []


def test_a_meeting_that_is_added_redraws_what_was_the_latest_table(season: Season) -> None:
    cars = list(Entry.objects.order_by("pk"))
    last = Race.objects.latest("pk")
    race = make_race(make_event(season, "Nogaro", number=4), 1, {"overall": cars[::-1]})
    assert recompute_season(season)
    assert set(Standing.objects.values_list("race", flat=True)) == {race.pk}
    assert TableAfter.objects.get(championship__slug="drivers", race=last).rows
    race.delete()
    assert recompute_season(season)
    assert TableAfter.objects.get(championship__slug="drivers", race=last).rows == ""
    assert set(Standing.objects.values_list("race", flat=True)) == {last.pk}


def test_rows_that_change_places_among_themselves_are_the_same_rows(season: Season) -> None:
    rows = dict(Standing.objects.filter(championship__slug="drivers").values_list("driver", "pk"))
    for race in Race.objects.all():
        for position, car in enumerate(Entry.objects.order_by("-pk"), 1):
            put(race, car, "overall", position)
    assert recompute_season(season)
    after = Standing.objects.filter(championship__slug="drivers").order_by("order")
    assert [row.driver.last_name for row in after] == ["Caux", "Brac", "Ames"]
    assert {row.driver_id: row.pk for row in after} == rows


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(seasons.rare_rules(), seasons.rare_races(), seasons.rare_races(), st.data())
def test_what_does_not_look_ahead_rests_on_its_race_and_those_before(
    rules: Rules, races: list[RaceResults], others: list[RaceResults], data: st.DataObject
) -> None:
    if looks_ahead(rules):
        return
    at = data.draw(st.integers(0, len(races) - 1))
    changed = list(races)
    changed[at] = others[min(at, len(others) - 1)].__class__(
        **{name: getattr(others[min(at, len(others) - 1)], name) for name in RaceResults.__dataclass_fields__}
        | {"key": races[at].key, "round": races[at].round, "number": races[at].number}
    )
    before, after = score(rules, races), score(rules, changed)

    def paid(scored: Any) -> list[Any]:
        return [award[:4] for award in scored.awards if award.race != races[at].key]

    earlier = {race.key for race in races[:at]}
    assert [table for table in before.tables if table.race in earlier] == [
        table for table in after.tables if table.race in earlier
    ]
    assert paid(before) == paid(after)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(seasons.rules(), seasons.rare_rules()), seasons.rare_races(), st.data())
def test_scored_from_a_race_on_tables_and_awards_are_those_of_the_whole_season(
    rules: Rules, races: list[RaceResults], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(races) - 1))
    whole, part = score(rules, races), score(rules, races, races[at].key)
    assert part.basis == whole.basis
    if rules.changes or any(decision.visible_from for decision in rules.decisions):
        assert part == whole  # earlier tables may be other ones by what came later
        return
    wanted = {race.key for race in races[at:]}
    assert part.tables == tuple(table for table in whole.tables if table.race in wanted)
    assert part.awards == tuple(award for award in whole.awards if award.race in wanted)


def test_a_correction_redraws_the_tables_from_its_race_on_alone(
    season: Season, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    looked_at: set[int] = set()

    def noting(rules: Rules, races: Any, since: int | None = None, known: Any = NOTHING) -> Any:
        found = score(rules, races, since, known)
        drawn.append(len(found.tables))
        looked_at.update(race.key for race in races if has_lines(race))
        return found

    monkeypatch.setattr(recompute, "score", noting)
    change_place()
    assert recompute_season(season)
    assert drawn == [1, 1]
    assert looked_at == {Race.objects.latest("pk").pk}
    kept = set(TableAfter.objects.values_list("pk", "digest"))
    drawn.clear()
    Place.objects.filter(ranking="Pro", position=3, result__race__event__rounds__number=2).update(position=9)
    assert recompute_season(season)
    assert drawn == [2, 2]
    written = set(TableAfter.objects.values_list("pk", "digest")) - kept
    assert TableAfter.objects.filter(pk__in=[key for key, _ in written]).count() == len(written) == 2
    assert {row.championship.slug for row in TableAfter.objects.filter(pk__in=[key for key, _ in written])} == {"pro"}


def has_lines(race: RaceResults) -> bool:
    """Tell whether the lines of a race were put together, without having it done."""
    return "all" in vars(race.lines)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(seasons.rules(), seasons.rare_rules()), seasons.rare_races(), st.data())
def test_what_counts_of_races_is_all_that_other_races_need_of_them(
    rules: Rules, races: list[RaceResults], data: st.DataObject
) -> None:
    whole = score(rules, races)
    assume(not looks_ahead(rules) and whole.counted)
    basis = {one.race: one for one in whole.basis}
    texts = {race: Writer().scores(counted) for race, counted in whole.counted.items()}
    keys = data.draw(st.sets(st.sampled_from(sorted(texts))))
    known = {race: Counted(basis[race], read_scores(texts[race])) for race in keys}
    untold = [replace(race, lines=()) if race.key in known else race for race in races]
    again = score(rules, untold, None, known)
    assert (again.tables, again.basis) == (whole.tables, whole.basis)
    assert again.awards == tuple(award for award in whole.awards if award.race not in known)
    assert {race: Writer().scores(counted) for race, counted in again.counted.items()} == texts


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite keeps texts as they are; PostgreSQL compresses them"
)
def test_the_texts_of_tables_are_compressed_by_what_is_quickest() -> None:
    asked = "SELECT attname, attcompression FROM pg_attribute WHERE attrelid = 'standings_tableafter'::regclass"
    kept = {name: how for name, how in ask(asked) if name in ("awards", "rows", "scores")}
    assert kept == {"awards": "l", "rows": "l", "scores": "l"}
