"""Django's admin: every source with its list, filters and search; derived rows to look at only."""
