"""Whether the first of a table leads for certain or by what is known, in words."""

from django.utils.translation import gettext as _

from standings.outlook import Span
from standings.scoring import Reach
from standings.sheets.matrix import Matrix
from standings.wording import show_points


def lead_in_words(matrix: Matrix) -> str:
    """Say how sure the lead is; empty where every race is known in full, or where it was not worked out yet."""
    if matrix.championship.bounds is None or not matrix.rows or all(column.complete for column in matrix.columns):
        return ""
    first, lead = matrix.rows[0], matrix.outlook.lead
    if first.standing.position != 1 or (lead is None and first.shared):
        return ""
    if lead is None or lead.certain:
        return _("%(name)s leads for certain: no place that is unknown can change that.") % {"name": first.name}
    reach = (matrix.outlook.positions or {}).get(matrix.subject(first))
    if reach is not None and reach.best > 1:
        return _(
            "%(name)s leads by what is known; as the cars are listed, somebody is ahead whatever the unknown places were."
        ) % {"name": first.name}
    if not lead.proven:
        return _("%(name)s leads by what is known; that somebody is level or ahead is not ruled out.") % {
            "name": first.name
        }
    rival = next((row.name for row in matrix.rows if matrix.subject(row) == lead.rival), "")
    if rival:
        words = _(
            "%(name)s leads by what is known; with the places that are unknown %(rival)s could be level or ahead."
        )
        return words % {"name": first.name, "rival": rival}
    words = _(
        "%(name)s leads by what is known; with the places that are unknown somebody else could be level or ahead."
    )
    return words % {"name": first.name}


def reach_in_words(reach: Reach | None) -> str:
    """Write the best and the worst position: "2–5", "2 or behind" where there is no end; empty where it is sure."""
    if reach is None:
        return ""
    if reach.worst is None:
        return _("%(place)s or behind") % {"place": reach.best}
    return str(reach.best) if reach.best == reach.worst else f"{reach.best}–{reach.worst}"


def span_in_words(span: Span | None) -> str:
    """Write the least and the most points: "46–71", "46 or more" where there is no limit; empty where all is known."""
    if span is None:
        return ""
    least, most = span
    if most is None:
        return _("%(points)s or more") % {"points": show_points(least)}
    return show_points(least) if least == most else f"{show_points(least)}–{show_points(most)}"
