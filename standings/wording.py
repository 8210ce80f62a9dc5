"""Numbers and short words in the reader's language: points, days, statuses, rankings, what a place follows from.

Why points were given is put into words by `standings.explaining`, the rules by `standings.describing_rules`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.formats import date_format, get_format
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from racing.terms import OVERALL, TRACK, Status
from standings.fields import format_points, parse_points
from standings.history.reasons import in_french

#: So many cars are named; of more, their number is told.
NAMED = 3
THIRDS = {Fraction(1, 3): "⅓", Fraction(2, 3): "⅔"}

#: What stands in a narrow cell instead of points.
SHORT_STATUSES = {
    Status.DNF: pgettext_lazy("short status", "Ret"),
    Status.NC: pgettext_lazy("short status", "NC"),
    Status.DNS: pgettext_lazy("short status", "DNS"),
    Status.DNQ: pgettext_lazy("short status", "DNQ"),
    Status.DSQ: pgettext_lazy("short status", "DSQ"),
    Status.EX: pgettext_lazy("short status", "EX"),
    Status.WD: pgettext_lazy("short status", "WD"),
}

RULES = {
    "pole": gettext_lazy("pole position"),
    "fastest_lap": gettext_lazy("fastest lap"),
    "lap_led": gettext_lazy("a lap led"),
    "most_laps_led": gettext_lazy("most laps led"),
    "stage_position": gettext_lazy("place in the stage"),
    "win": gettext_lazy("win"),
    "qualifying_position": gettext_lazy("place in qualifying"),
    "participation": gettext_lazy("taking part"),
    "min_drive": gettext_lazy("too short a time at the wheel"),
    "points_delta": gettext_lazy("points given or taken by decision"),
    "no_points": gettext_lazy("no points by decision"),
    "no_bonus": gettext_lazy("no bonus by decision"),
    "no_fastest_lap": gettext_lazy("fastest lap not held, by decision"),
    "not_a_sharer": gettext_lazy("not one of those who share the car, by decision"),
    "set_points": gettext_lazy("points set by decision"),
    "force_scale": gettext_lazy("scale set by decision"),
    "exclude": gettext_lazy("excluded by decision"),
    "tie_order": gettext_lazy("order of a tie by decision"),
}


def show_points(points: Fraction | str | None) -> str:
    """Write points for a reader: "12,5" in French, "5⅓" where no decimal is exact; empty for None."""
    if points is None:
        return ""
    exact = parse_points(points) if isinstance(points, str) else points
    text = format_points(exact)
    if "/" in text:
        whole, rest = divmod(abs(exact), 1)
        sign = "−" if exact < 0 else ""
        fraction = THIRDS.get(rest, f" {rest.numerator}/{rest.denominator}")
        return f"{sign}{whole if whole else ''}{fraction}".strip()
    return text.replace("-", "−").replace(".", str(get_format("DECIMAL_SEPARATOR")))


def count_points(points: Fraction | str) -> str:
    """Write "1 point", "12,5 points"."""
    exact = parse_points(points) if isinstance(points, str) else points
    # French says "0 point" and "1,5 point": the rule of each language picks the form for the whole number.
    return ngettext("%(points)s point", "%(points)s points", int(abs(exact))) % {"points": show_points(exact)}


def show_dates(start: date | None, end: date | None = None) -> str:
    """Write one day or a span of days: "12 avril 2025", "7–8 juin 2025", "30 mai – 1 juin 2025"; empty for None."""
    if start is None:
        return ""
    last = end or start
    if start == last:
        return date_format(start, "j F Y")
    if (start.year, start.month) == (last.year, last.month):
        return f"{start.day}–{date_format(last, 'j F Y')}"
    return f"{date_format(start, 'j F' if start.year == last.year else 'j F Y')} – {date_format(last, 'j F Y')}"


def ranking_name(ranking: str) -> str:
    """Name a ranking: the order on the road, overall, or a class by its own name."""
    if ranking == TRACK:
        return _("on the road")
    if ranking == OVERALL:
        return pgettext("ranking", "overall")
    return ranking


def short_status(status: str) -> str:
    """Give the letters for a status that stands where points would; empty for a finisher and for what is unknown."""
    return str(SHORT_STATUSES.get(Status(status), "")) if status and status != Status.FINISHED else ""


def in_ranking(ranking: str) -> str:
    """Name a ranking as it stands behind a position."""
    if ranking == OVERALL:
        return pgettext("after a position", "overall")
    if ranking in (TRACK, ""):
        return ranking_name(ranking)
    return _("in %(racing_class)s") % {"racing_class": ranking}


def describe_derived(why: Mapping[str, Any], left_out: Sequence[str] = ()) -> str:
    """Say what a derived place follows from; `left_out` names the cars that were taken out of the wider order."""
    if "from" not in why:
        return _("follows from what is stated")
    words = _("follows from position %(position)s %(ranking)s") % {
        "position": why.get("position", "?"),
        "ranking": in_ranking(str(why["from"])),
    }
    if not left_out:
        return words
    if len(left_out) <= NAMED:
        return f"{words}, {_('without %(cars)s ahead') % {'cars': ', '.join(left_out)}}"
    count = len(left_out)
    more = ngettext("without %(count)s car ahead", "without %(count)s cars ahead", count) % {"count": count}
    return f"{words}, {more}"


def show_reason(reason: str) -> str:
    """Give a reason in the reader's language where an archive gave it, else as somebody wrote it."""
    return (in_french(reason) if get_language() == "fr" else None) or reason
