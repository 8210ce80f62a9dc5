"""What computing a season anew changed, as JSON that is kept and as words: who moved in which table, and what failed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from racing.models import CrewMember, Driver, Entry, Make, Team
from standings.describing_rules.ground import phrases
from standings.fields import format_points
from standings.models import Championship, in_english
from standings.recompute import Outcome
from standings.rule_mistakes import in_words
from standings.scoring import RulesError
from standings.scoring.mistakes import Mistake
from standings.storing import Move
from standings.wording import show_points

#: So many who moved are named of each table; the others are counted.
NAMED = 12

Told = list[dict[str, Any]]
Placing = tuple[int | None, Fraction] | None


def told_of(outcome: Outcome) -> Told:
    """Give what changed, a row a championship: {"names", "moves", "more"} or {"names", "trouble"}.

    "names" are those of the championship in French and English, "moves" rows of [name, place and points before, and after],
    each [place, points] or null, and "more" says how many more there are.
    """
    names = _Names(outcome.moves)
    moves: dict[int, list[Move]] = defaultdict(list)
    for move in outcome.moves:
        moves[move.championship.pk].append(move)
    told: Told = []
    for one in outcome.tables:
        own = sorted(moves[one.pk], key=_by_place)
        rows = [[names.of(move), _placing(move.before), _placing(move.after)] for move in own[:NAMED]]
        told.append({"names": _names_of(one), "moves": rows, "more": len(own) - len(rows)})
    for failed in outcome.unfollowed:
        error = failed.error
        trouble = {"code": str(error.code), "key": error.key, "details": dict(error.details)}
        told.append({"names": _names_of(failed.championship), "trouble": trouble})
    return told


def sentences(told: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Put it into the words of the language of the moment: a sentence a championship."""
    for row in told:
        french, english = row["names"]
        name = english if english and in_english() else french
        yield _("%(table)s: %(what)s") % {"table": name, "what": phrases(_phrases(row))}


def _phrases(row: Mapping[str, Any]) -> Iterator[str]:
    if trouble := row.get("trouble"):
        yield in_words(RulesError(Mistake(trouble["code"]), trouble["key"], **trouble["details"]))
        return
    for name, before, after in row["moves"]:
        yield _move(name, before, after)
    if more := row["more"]:
        yield ngettext("%(count)d more", "%(count)d more", more) % {"count": more}
    elif not row["moves"]:
        yield _("the same places and points, told or reached otherwise")


def _move(name: str, before: list[Any] | None, after: list[Any] | None) -> str:
    words = {"name": name, **_told_placing("was", before), **_told_placing("now", after)}
    if before is None:
        return _("%(name)s new: %(now_place)s with %(now_points)s points") % words
    if after is None:
        return _("%(name)s gone, was %(was_place)s with %(was_points)s points") % words
    if before[0] == after[0]:
        return _("%(name)s still %(now_place)s, %(was_points)s → %(now_points)s points") % words
    if before[1] == after[1]:
        return _("%(name)s %(was_place)s → %(now_place)s with %(now_points)s points") % words
    return _("%(name)s %(was_place)s → %(now_place)s, %(was_points)s → %(now_points)s points") % words


def _told_placing(when: str, placing: list[Any] | None) -> dict[str, Any]:
    place, points = placing or (None, "0")
    return {f"{when}_place": "–" if place is None else place, f"{when}_points": show_points(points)}


def _placing(placing: Placing) -> list[Any] | None:
    return None if placing is None else [placing[0], format_points(placing[1])]


def _by_place(move: Move) -> tuple[int, int]:
    """Order by the better of the two places; who has none comes last."""
    places = [placing[0] or 9999 for placing in (move.after, move.before) if placing]
    return min(places), places[0]


def _names_of(championship: Championship) -> list[str]:
    return [championship.name, championship.name_en]


class _Names:
    """The names of those who moved, loaded at once."""

    def __init__(self, moves: Iterable[Move]) -> None:
        wanted = list(zip(*(move.who for move in moves), strict=True)) or [()] * 4
        drivers, entries, teams, makes = ({key for key in keys if key} for keys in wanted)
        crews: dict[int, list[str]] = defaultdict(list)
        if entries:
            for member in CrewMember.objects.filter(entry__in=entries).order_by("order", "pk").select_related("driver"):
                crews[member.entry_id].append(member.driver.last_name)
        cars = {key: " / ".join(dict.fromkeys(crews[key])) or str(row) for key, row in _in_bulk(Entry, entries).items()}
        self._names = (
            {key: str(row) for key, row in _in_bulk(Driver, drivers).items()},
            cars,
            *(
                {key: str(row) for key, row in _in_bulk(model, keys).items()}
                for model, keys in ((Team, teams), (Make, makes))
            ),
        )

    def of(self, move: Move) -> str:
        """Name who moved; who is there no more has lost the name too."""
        found = (names.get(key) for names, key in zip(self._names, move.who, strict=True) if key)
        return next(found, None) or "?"


def _in_bulk(model: Any, keys: set[int]) -> dict[int, Any]:
    return model.objects.in_bulk(keys) if keys else {}
