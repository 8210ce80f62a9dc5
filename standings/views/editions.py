"""What a page rests on, told by one light query: the rows' versions, and what may have changed a name.

The versions of seasons and championships grow when derived rows change. Names are sources: they change by a reading (a later
report gives the first name) or in the admin, whose log grows with each change. Versions are added up rather than their latest
change taken: of two changes at once the one that commits last need not be the later one.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from racing.models import Archive, Driver, Entry, Event, Make, Race, ReadingJob, Season, Series, Team
from standings.models import Championship, TableAfter


@dataclass(frozen=True, slots=True)
class Edition:
    """What a page shows (`pk`, and for a table the race it stands after) and the state of all that it rests on."""

    pk: int
    state: tuple[Any, ...]
    after: int | None = None
    subject: str = ""
    #: Of a long career: the year that is shown.
    year: int | None = None


def _names() -> dict[str, Any]:
    return {
        "last_edit": Subquery(LogEntry.objects.order_by("-pk").values("pk")[:1]),
        "last_read": Subquery(
            ReadingJob.objects.filter(finished_at__isnull=False).order_by("-finished_at").values("finished_at")[:1]
        ),
    }


def _all_tables() -> dict[str, Any]:
    """The versions of all seasons, added up: for pages that show rows of many."""
    every = Season.objects.order_by().annotate(one=Value(1)).values("one")
    return {"tables": Coalesce(Subquery(every.annotate(sum=Sum("version")).values("sum")), 0)}


def _edition(rows: QuerySet[Any], **versions: Any) -> Edition | None:
    found = rows.annotate(**versions, **_names()).values_list("pk", *versions, "last_edit", "last_read").first()
    return found and Edition(found[0], tuple(found[1:]))


def of_home(request: HttpRequest) -> Edition:
    """The start page rests on everything, and on the day."""
    today = timezone.localdate()
    every = _edition(ReadingJob.objects.order_by("-pk"), **_all_tables())
    return Edition(0, (today, every))


def of_all_series(request: HttpRequest) -> Edition:
    """The list of series rests on all of them."""
    return Edition(0, (_edition(Series.objects.order_by("-pk"), **_all_tables()),))


def of_series(request: HttpRequest, slug: str) -> Edition | None:
    """One series with its seasons."""
    return _edition(Series.objects.filter(slug=slug), **_all_tables())


def of_season(request: HttpRequest, slug: str, year: int) -> Edition | None:
    """A season's calendar, entries and leaders."""
    return _edition(Season.objects.filter(series__slug=slug, year=year), own=F("version"))


def of_championship(request: HttpRequest, slug: str, year: int, championship: str, subject: str = "") -> Edition | None:
    """A table: the last one, or the one after the race that `?after=` names, if there is such a table."""
    rows = Championship.objects.filter(season__series__slug=slug, season__year=year, slug=championship)
    asked = request.GET.get("after", "")
    after = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
    known = Exists(TableAfter.objects.filter(championship=OuterRef("pk"), race=after))
    found = _edition(rows, own=F("version"), whole=F("season__version"), known=known)
    return found and Edition(found.pk, found.state, after if found.state[2] else None, subject)


def of_event(request: HttpRequest, slug: str) -> Edition | None:
    """A meeting with its races, for all series on its grids."""
    return _edition(Event.objects.filter(slug=slug), own=Coalesce(Sum("rounds__season__version"), 0))


def of_race(request: HttpRequest, slug: str, number: int) -> Edition | None:
    """A race, for all series on its grid."""
    rows = Race.objects.filter(event__slug=slug, number=number)
    return _edition(rows, own=Coalesce(Sum("event__rounds__season__version"), 0))


def of_driver(request: HttpRequest, slug: str) -> Edition | None:
    """A driver over all seasons, or in the year that `?year=` names."""
    return _career(request, Driver.objects.filter(slug=slug), Entry.objects.filter(crew__driver=OuterRef("pk")))


def of_make(request: HttpRequest, slug: str) -> Edition | None:
    """A make over all seasons, or in the year that `?year=` names."""
    own = Entry.objects.filter(Q(make=OuterRef("pk")) | Q(make__builder=OuterRef("pk")))
    return _career(request, Make.objects.filter(slug=slug), own)


def of_archive(request: HttpRequest, slug: str) -> Edition | None:
    """An archive, with the seasons that rest on it."""
    return _edition(Archive.objects.filter(slug=slug), **_all_tables())


def of_team(request: HttpRequest, slug: str) -> Edition | None:
    """A team over all seasons, or in the year that `?year=` names."""
    return _career(request, Team.objects.filter(slug=slug), Entry.objects.filter(team=OuterRef("pk")))


def _career(request: HttpRequest, rows: QuerySet[Any], entries: QuerySet[Entry]) -> Edition | None:
    """A career; only a year in which it has an entry makes an edition of its own."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else 0
    found = _edition(rows, **_all_tables(), there=Exists(entries.filter(season__year=year)))
    return found and Edition(found.pk, found.state, year=year if found.state[1] else None)
