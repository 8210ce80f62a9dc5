"""Joint grids: an event of one series that is a round of another's season too, because a person answered that it is."""

from racing.identifying import answers_of, events_at
from racing.merging import merge_events
from racing.models import Event, Report, Round, Season


def join_grids(report: Report, event: Event) -> None:
    """Make the event a round of each season that was answered with yes, and of none that was answered with no.

    What that season had at the same circuit, a placeholder from its calendar or its own reports' event, is merged into it.
    """
    for (question, subject), value in answers_of(report).items():
        season = Season.objects.filter(pk=int(subject)).first() if question == "joint" else None
        if season is None:
            continue
        if not value.get("round"):
            Round.objects.filter(season=season, event=event, number=None).delete()
            continue
        for other in events_at(season, event.circuit):
            if other.pk != event.pk and meet(other, event):
                merge_events(event, other)
        Round.objects.get_or_create(season=season, event=event)


def meet(one: Event, other: Event) -> bool:
    """Tell whether two events at one circuit may be the same meeting: their days, where both are known, overlap."""
    if one.start is None or other.start is None:
        return True
    return one.start <= (other.end or other.start) and other.start <= (one.end or one.start)
