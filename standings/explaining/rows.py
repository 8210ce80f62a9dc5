"""Why a row of a table stands where it does: ties, phases, rules that changed, who is not classified, adjustments."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standings.describing_rules.ground import Names
from standings.fields import parse_points
from standings.scoring import Rules
from standings.scoring.rules import DecisionKind
from standings.wording import RULES, count_points, show_points, show_reason

TIES = {
    "shared": gettext_lazy("level in everything: the position is shared"),
    "countback": gettext_lazy("level on points: the better results decide"),
    "first_achieved": gettext_lazy("level on points: who had the best result first is ahead"),
    "last_achieved": gettext_lazy("level on points: the latest good result decides"),
    "last_race": gettext_lazy("level on points: the last race decides"),
    "best_scores": gettext_lazy("level on points: the better scores decide"),
    "head_to_head": gettext_lazy("level on points: who was ahead of the other more often is ahead"),
    "decision": gettext_lazy("level on points: decided by the officials"),
}
NOT_CLASSIFIED = {
    "excluded": gettext_lazy("not classified: excluded by decision"),
    "too_few_starts": gettext_lazy("not classified: too few starts"),
}


#: The same with the figures that the two differ in.
TIES_WITH_FIGURES = {
    "countback": gettext_lazy("level on points: results in position %(place)s decide, %(mine)s against %(theirs)s"),
    "first_achieved": gettext_lazy("level on points: who had position %(place)s first is ahead (%(race)s)"),
    "last_achieved": gettext_lazy("level on points: who had position %(place)s last is ahead (%(race)s)"),
    "last_race": gettext_lazy(
        "level on points: the last race in which they differ decides, %(mine)s against %(theirs)s"
    ),
    "best_scores": gettext_lazy("level on points: the best scores that differ decide, %(mine)s against %(theirs)s"),
    "head_to_head": gettext_lazy(
        "level on points: who was ahead of the other more often is ahead, by %(mine)s against %(theirs)s"
    ),
}


def describe_tie(tie: Mapping[str, Any], other: str = "", race: str = "") -> str:
    """Say what decided between neighbours level on points: one step of the rules' chain, or nothing.

    `other` names the neighbour, `race` the race that `tie` holds.
    """
    rule = str(tie.get("rule"))
    if rule in TIES_WITH_FIGURES and ("place" in tie or "mine" in tie):
        words = str(TIES_WITH_FIGURES[rule]) % {
            "place": tie.get("place"),
            "race": race,
            "mine": _figure(tie.get("mine")),
            "theirs": _figure(tie.get("theirs")),
        }
    else:
        words = str(TIES.get(rule) or _("level on points"))
    if not other:
        return words
    if rule == "shared":
        return _("with %(other)s, %(words)s") % {"other": other, "words": words}
    if tie.get("ahead"):
        return _("ahead of %(other)s, %(words)s") % {"other": other, "words": words}
    return _("behind %(other)s, %(words)s") % {"other": other, "words": words}


def _figure(figure: Any) -> str:
    """Write a count, or points that stand as exact text."""
    return show_points(str(figure)) if figure is not None else ""


def describe_row(why: Mapping[str, Any], rules: Rules | None, names: Names) -> list[str]:
    """Say all that a row's `why` holds, as phrases; `names` knows the subjects and races that it names by their ids."""
    return [phrase for kind, say in KINDS.items() if why.get(kind) for phrase in say(why, rules, names)]


def describe_notes(why: Mapping[str, Any], rules: Rules | None, names: Names) -> list[str]:
    """Say what a row's `why` holds beside ties; an exclusion once, with its reason."""
    rest = {kind: value for kind, value in why.items() if kind != "tie"}
    if rest.get("not_classified") == "excluded" and rest.get("adjustments"):
        del rest["not_classified"]
    return describe_row(rest, rules, names)


def describe_place(why: Mapping[str, Any], rules: Rules | None, names: Names) -> list[str]:
    """Say what a row's `why` holds beside adjustments, each as a sentence."""
    rest = {kind: value for kind, value in why.items() if kind != "adjustments"}
    return [f"{capfirst(phrase)}." for phrase in describe_row(rest, rules, names)]


def describe_adjustment(adjustment: Mapping[str, Any], *, with_points: bool = False) -> str:
    """Say an adjustment of a total with its reason, and the text that stands in the place of a position."""
    kind = str(adjustment.get("kind", ""))
    words = str(RULES.get(kind, kind))
    if text := adjustment.get("text"):
        words = f"{words} ({text})"
    if with_points and (points := adjusts_by(adjustment)):
        words = _("%(words)s, %(points)s") % {"words": words, "points": points}
    reason = show_reason(str(adjustment.get("reason", ""))).rstrip(".")
    return _("%(words)s: %(reason)s") % {"words": words, "reason": reason} if reason else words


def adjusts_by(adjustment: Mapping[str, Any]) -> str:
    """Write how many points an adjustment gives or takes; empty where it gives none."""
    points = parse_points(str(adjustment.get("points") or "0"))
    return "" if not points and adjustment.get("kind") == DecisionKind.EXCLUDE else count_points(points)


def _tie(why: Mapping[str, Any], rules: Rules | None, names: Names) -> list[str]:
    tie = why["tie"]
    other = names.subject(tie["other"]) if "other" in tie else ""
    return [describe_tie(tie, other, names.race(tie["race"]) if "race" in tie else "")]


def _adjustments(why: Mapping[str, Any], rules: Rules | None, names: Names) -> list[str]:
    return [describe_adjustment(one, with_points=True) for one in why["adjustments"]]


def describe_phase(phase: Mapping[str, Any], rules: Rules | None) -> str:
    """Say with how many points a phase of the season began, and how many of them were carried."""
    words = {"number": phase["number"], "points": count_points(str(phase["began"]))}
    told = _("phase %(number)s began with %(points)s") % words
    held = rules.phases[phase["number"] - 1] if rules is not None and phase["number"] <= len(rules.phases) else None
    carried = parse_points(str(phase["began"])) - held.points if held is not None and held.points is not None else None
    if not carried:
        return told
    return _("%(told)s, of which %(carried)s carried") % {"told": told, "carried": count_points(carried)}


def _phase(why: Mapping[str, Any], rules: Rules | None, names: Names) -> list[str]:
    return [describe_phase(why["phase"], rules)]


def _rules(why: Mapping[str, Any], rules: Rules | None, names: Names) -> list[str]:
    change = why["rules"]
    words = {"race": names.race(change["race"]), "reason": show_reason(str(change.get("reason", ""))).rstrip(".")}
    if "points" not in change:
        return [_("rules changed at %(race)s (%(reason)s): by those before not in this table") % words]
    words |= {"position": change["position"], "points": count_points(str(change["points"]))}
    if change["position"] is None:
        return [_("rules changed at %(race)s (%(reason)s): by those before not classified, with %(points)s") % words]
    return [_("rules changed at %(race)s (%(reason)s): by those before position %(position)s with %(points)s") % words]


def _not_classified(why: Mapping[str, Any], rules: Rules | None, names: Names) -> list[str]:
    reason = str(why["not_classified"])
    return [str(NOT_CLASSIFIED.get(reason) or _("not classified"))]


#: What `Row.why` may hold, each with what says it.
KINDS: Mapping[str, Callable[[Mapping[str, Any], Rules | None, Names], list[str]]] = {
    "not_classified": _not_classified,
    "tie": _tie,
    "adjustments": _adjustments,
    "phase": _phase,
    "rules": _rules,
}
