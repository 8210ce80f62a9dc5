"""Why points were given: each part of an award as a phrase, how its points came about, and by which scale."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standings.describing_rules.ground import scale_name
from standings.describing_rules.points import attribute_name, number_of
from standings.fields import parse_points
from standings.scoring import Rules
from standings.wording import RULES, count_points, in_ranking, ranking_name, short_status, show_points, show_reason

#: Why a position was used, where the position itself does not say it.
POSITION_WHYS = {
    "guests_removed": gettext_lazy("position %(road)s on the road; guests hold no place for points"),
    "reranked": gettext_lazy("moved up: cars ahead are not paid"),
    "in_championship": gettext_lazy("numbered among those of this championship"),
    "moved_up": gettext_lazy("moved up: cars ahead do not score for their team"),
    "shared": gettext_lazy("a shared car is not paid"),
}
#: Reasons that the position and its ranking tell by themselves.
PLAIN_WHYS = frozenset({"on_the_road", "as_classified", "in_class"})
BONUS_WHYS = {"next": gettext_lazy("passed on to the next who may have it")}
PLAIN_BONUS_WHYS = frozenset({"first"})
ABSENT = "absent"
SHARED = "shared"
#: Numbers of a race that are whole.
WHOLE = frozenset({"round", "starters"})
#: The name of no scale, where a race pays nobody.
NO_SCALE = "none"


def describe_part(part: Mapping[str, Any]) -> str:
    """Say what one part of an award is: the position that was used and why, or the bonus, or the decision."""
    kind, rule, why = part.get("kind"), str(part.get("rule", "")), str(part.get("why", ""))
    if kind == "carried":
        return _("%(bonus)s: %(points)s carried into the next phase") % {
            "bonus": describe_part({**part, "kind": "bonus"}),
            "points": carried_by(part),
        }
    if kind == "bonus":
        words = _("%(bonus)s, %(ranking)s") % {
            "bonus": RULES.get(rule, rule),
            "ranking": ranking_name(part.get("ranking", "")),
        }
        position = part.get("position")
        if position not in (None, 1):
            words = _("%(words)s, position %(position)s") % {"words": words, "position": position}
        return f"{words} ({BONUS_WHYS[why]})" if why in BONUS_WHYS else words
    if kind == "decision":
        words = str(RULES.get(rule, rule))
        if part.get("position") is not None:
            words = _("%(words)s, for position %(position)s") % {"words": words, "position": part["position"]}
        return _("%(words)s: %(reason)s") % {"words": words, "reason": show_reason(why)} if why else words
    if part.get("position") is None:
        return _without_place(why)
    words = _("position %(position)s %(ranking)s") % {
        "position": part.get("position", "?"),
        "ranking": in_ranking(part.get("ranking", "")),
    }
    return f"{words} ({str(POSITION_WHYS[why]) % {'road': part.get('road')}})" if why in POSITION_WHYS else words


def _without_place(status: str) -> str:
    """Say what is paid for where there is no place: a status, or a race that was missed."""
    if status == ABSENT:
        return _("race missed")
    return _("not classified (%(status)s)") % {"status": short_status(status) or status}


def describe_sum(part: Mapping[str, Any]) -> str:
    """Say how a part's points came about, by factor, share or rounding: "8 ÷ 7, rounded"; else empty."""
    factor, share = str(part.get("factor", "1")), part.get("share", 1)
    if factor == "1" and share == 1:
        return ""
    if part.get("why") == SHARED or part.get("kind") == "carried":
        return ""
    words = show_points(str(part.get("value", "0")))
    if factor != "1":
        words = f"{words} × {show_points(factor)}"
    if share != 1:
        words = f"{words} ÷ {share}"
    exact = parse_points(str(part.get("value", "0"))) * parse_points(factor) / share
    if "points" in part and parse_points(str(part["points"])) != exact:
        words = _("%(sum)s, rounded") % {"sum": words}
    return words


def carried_by(part: Mapping[str, Any]) -> str:
    """Write how many points a bonus carries into the next phase."""
    return count_points(str(part.get("value", "0")))


def describe_scale(part: Mapping[str, Any], rules: Rules, session: str) -> str:
    """Say by which scale a part was paid where that is not the one of its race's kind of session; else empty."""
    used = str(part.get("rule", ""))
    if part.get("kind") != "position" or used == session:
        return ""
    words = scale_name(used) if used != NO_SCALE or used in rules.scales else _("nobody is paid")
    reason = _steps(rules, None if used == NO_SCALE and used not in rules.scales else used)
    return _("%(scale)s: %(reason)s") % {"scale": words, "reason": reason} if reason else words


def _steps(rules: Rules, used: str | None) -> str:
    """Say between which steps of the rules a scale holds; empty where no step leads to it: somebody decided so."""
    if rules.scale_by is None:
        return ""
    rule = rules.scale_by
    what = attribute_name(rule.attribute)
    for index, (start, scale) in enumerate(rule.steps):
        if scale != used:
            continue
        end: Fraction | None = rule.steps[index + 1][0] if index + 1 < len(rule.steps) else None
        words = {"what": what, "start": number_of(rule.attribute, start)}
        if end is None:
            return _("%(what)s is at least %(start)s") % words
        if rule.attribute in WHOLE and end == start + 1:
            return _("%(what)s is %(start)s") % words
        if start == 0:
            return _("%(what)s is less than %(end)s") % {**words, "end": number_of(rule.attribute, end)}
        return _("%(what)s is at least %(start)s and less than %(end)s") % {
            **words,
            "end": number_of(rule.attribute, end),
        }
    return ""
