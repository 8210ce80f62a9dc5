"""What holds, as short values to compare."""

from racing.models import Entry, Place, Race
from racing.terms import OVERALL, Contest
from standings.models import Championship, Standing


def order_of(race: Race, ranking: str = OVERALL) -> dict[int, str]:
    """Give who holds which place in the race: place to the surname of the first driver."""
    rows = Place.objects.filter(result__race=race, contest=Contest.RACE, ranking=ranking).order_by("position", "pk")
    return {row.position: surname(row.result.entry) for row in rows}


def surname(entry: Entry) -> str:
    """Name an entry."""
    member = entry.crew.first()
    assert member is not None
    return member.driver.last_name


def table(championship: Championship) -> dict[str, str]:
    """Give the last table: surname to points."""
    last = Standing.objects.filter(championship=championship).order_by("-race__event__start", "-race__number").first()
    assert last is not None
    rows = Standing.objects.filter(championship=championship, race=last.race).order_by("order")
    return {row.driver.last_name: str(row.points) for row in rows if row.driver}
