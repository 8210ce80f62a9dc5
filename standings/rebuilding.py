"""Seasons settled and scored anew, a transaction each, in several processes if wanted, with what that changed in words."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import partial

from django.db import connections, transaction
from django.db.models import Model
from django.utils import translation

from racing.models import Place, Race, Result, Season
from racing.pipeline import lock_seasons, settle_unscored
from racing.statements import Values, ask
from standings.models import ClaimCheck
from standings.recompute import compute
from standings.telling import sentences, told_of


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What building a season anew changed, a phrase each: in it, and in others that share its grids, by their names.

    `failure` says what went wrong; where it is an exception all is as it was, where rules cannot be followed the rest is done.
    """

    name: str
    phrases: list[str] = field(default_factory=list)
    others: dict[str, list[str]] = field(default_factory=dict)
    failure: str = ""


def rebuild_all(seasons: Iterable[int], *, settle: bool, processes: int, anew: bool = False) -> Iterator[Rebuilt]:
    """Build seasons anew, by their ids, and give what each changed as soon as it is done; memory holds one season a process."""
    one = partial(rebuild, settle=settle, anew=anew)
    if processes < 2:
        yield from map(one, seasons)
        return
    # A connection cannot be shared: each process opens its own.
    connections.close_all()
    with ProcessPoolExecutor(processes) as pool:
        for done in as_completed([pool.submit(one, season) for season in seasons]):
            yield done.result()


def rebuild(season_id: int, *, settle: bool, anew: bool = False) -> Rebuilt:
    """Build one season anew, all or nothing of it; `settle` tells whether its results too, or its tables alone.

    All that is stored is read. Tables that rest on the same as before and are as they were then are not scored again, but where
    `anew` says so.
    """
    with translation.override("en"):
        season = Season.objects.select_related("series").get(pk=season_id)
        try:
            with transaction.atomic():
                return _settle_and_score(season, anew) if settle else _score(season, anew)
        # One season that cannot be computed must not keep the others from it.
        except Exception as error:
            return Rebuilt(str(season), failure=f"{type(error).__name__}: {error}")


def _score(season: Season, anew: bool) -> Rebuilt:
    outcome = compute(season, thorough=True, anew=anew)
    phrases = list(sentences(told_of(outcome)))
    if outcome.changed and not phrases:
        phrases.append("what is stored beside the tables")
    failure = "rules that cannot be followed" if outcome.unfollowed else ""
    return Rebuilt(str(season), phrases, failure=failure)


def _settle_and_score(season: Season, anew: bool) -> Rebuilt:
    concerned = Season.objects.filter(rounds__event__rounds__season=season).values_list("pk", flat=True)
    seasons = lock_seasons({season.pk, *concerned})
    before = {one.pk: _snapshot(one) for one in seasons}
    settle_unscored(Race.objects.filter(event__seasons=season))
    found: dict[int, Rebuilt] = {}
    for one in seasons:
        scored = _score(one, anew)
        beside = list(_told(before[one.pk], _snapshot(one)))
        phrases = [phrase for phrase in scored.phrases if phrase != "what is stored beside the tables" or not beside]
        found[one.pk] = Rebuilt(scored.name, [*beside, *phrases], failure=scored.failure)
    own = found.pop(season.pk)
    others = {one.name: one.phrases for one in found.values() if one.phrases}
    return Rebuilt(own.name, own.phrases, others, own.failure)


def _snapshot(season: Season) -> dict[str, frozenset[Values]]:
    """Give the derived rows beside the tables, by what they are; a row that differs is another row."""
    entry = "JOIN racing_entry entry ON entry.id = {}.entry_id WHERE entry.season_id = %s"
    return {
        "results": _rows(Result, "own " + entry.format("own"), season),
        "places": _rows(Place, "own JOIN racing_result of ON of.id = own.result_id " + entry.format("of"), season),
        "claims": _rows(
            ClaimCheck,
            "own JOIN standings_championship about ON about.id = own.championship_id WHERE about.season_id = %s",
            season,
        ),
    }


def _rows(model: type[Model], of_season: str, season: Season) -> frozenset[Values]:
    columns = ", ".join(f"own.{field.column}" for field in model._meta.concrete_fields)
    return frozenset(ask(f"SELECT {columns} FROM {model._meta.db_table} {of_season}", season.pk))  # noqa: S608  our own names


def _told(before: Mapping[str, frozenset[Values]], after: Mapping[str, frozenset[Values]]) -> Iterator[str]:
    for what, old in before.items():
        new = after[what]
        if old != new:
            yield f"{what}: {len(new - old)} new, {len(old - new)} gone"
