"""Django's admin: every source with its list, filters and search; derived rows to look at only."""

from racing.admin import answers, calendar, corrections, derived, entries, races, reports

__all__ = ["answers", "calendar", "corrections", "derived", "entries", "races", "reports"]
