"""Decisions with their reasons, and rules that changed in mid-season."""

from collections.abc import Callable, Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from standings.describing_rules.ground import Names, Section, scale_name
from standings.scoring import Rules
from standings.scoring.rules import Change, Decision, DecisionKind
from standings.wording import count_points, show_reason

#: What was decided where no number belongs to it.
DECIDED = {
    DecisionKind.NO_POINTS: gettext_lazy("no points"),
    DecisionKind.NO_BONUS: gettext_lazy("no bonus points"),
    DecisionKind.NO_FASTEST_LAP: gettext_lazy("does not hold the fastest lap"),
    DecisionKind.NOT_A_SHARER: gettext_lazy("has no share of the car"),
}

#: Decisions that hold from their race on, not of it alone.
LASTING = frozenset({DecisionKind.POINTS_DELTA, DecisionKind.EXCLUDE, DecisionKind.TIE_ORDER})


def what_was_decided(rules: Rules, names: Names) -> Iterator[str]:
    """Say each decision: whom it concerns, what, where, and why."""
    for decision in rules.decisions:
        whom = [names.subject(decision.subject)] if decision.subject is not None else []
        where = _where(decision, names)
        told = _("%(whom)s: %(what)s. Reason: %(reason)s.") % {
            "whom": capfirst(", ".join([*whom, *where])) or _("All season"),
            "what": _what(decision, names),
            "reason": show_reason(decision.reason).rstrip("."),
        }
        if decision.visible_from is not None:
            told += " " + _("Known in tables from %(race)s on.") % {"race": names.race(decision.visible_from)}
        yield told


def _where(decision: Decision, names: Names) -> Iterator[str]:
    """Say of which result, or from when on."""
    if decision.race is not None:
        race = names.race(decision.race)
        yield _("from %(race)s on") % {"race": race} if decision.kind in LASTING else race
    if decision.position is not None:
        yield _("for position %(position)s") % {"position": decision.position}
    if decision.entry is not None:
        yield names.entry(decision.entry)


def _what(decision: Decision, names: Names) -> str:
    if decision.kind is DecisionKind.POINTS_DELTA:
        if decision.points < 0:
            return _("%(points)s taken away") % {"points": count_points(-decision.points)}
        return _("%(points)s more") % {"points": count_points(decision.points)}
    if decision.kind is DecisionKind.SET_POINTS:
        return _("%(points)s, whatever the place") % {"points": count_points(decision.points)}
    if decision.kind is DecisionKind.FORCE_SCALE:
        return _("paid by the %(scale)s") % {"scale": scale_name(decision.scale or "")}
    if decision.kind is DecisionKind.TIE_ORDER:
        order = pgettext("between names in order", " ahead of ").join(map(names.subject, decision.order))
        return _("if level on points, %(order)s") % {"order": order}
    if decision.kind is DecisionKind.EXCLUDE:
        words = _("excluded, all points taken away") if decision.zero else _("excluded, points kept")
        return f"{words} ({decision.text})" if decision.text else words
    return str(DECIDED[decision.kind])


def what_changed(rules: Rules, names: Names, describe: Callable[[Rules], list[Section]]) -> Iterator[str]:
    """Say for each change from when on it holds and what it alters; `describe` gives the sections of the rules on a side."""
    for change in rules.changes:
        race = names.race(change.race)
        yield _("From %(race)s on, for the whole season: %(reason)s.") % {
            "race": race,
            "reason": change.reason.rstrip("."),
        }
        yield from _differences(change, describe)


def _differences(change: Change, describe: Callable[[Rules], list[Section]]) -> Iterator[str]:
    before = [sentence for section in describe(change.before) for sentence in section.sentences]
    after = [sentence for section in describe(change.rules) for sentence in section.sentences]
    for sentence in before:
        if sentence not in after:
            yield _("Until then: %(sentence)s") % {"sentence": sentence}
    for sentence in after:
        if sentence not in before:
            yield _("From then on: %(sentence)s") % {"sentence": sentence}
