"""What the season makes of the scores: which of them count, phases, the order of the table and who stands in it."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from racing.terms import Status
from standings.describing_rules.ground import all_of, end_name, one_of, phrases, quoted, row_of, session_name
from standings.scoring import Rules
from standings.scoring.rules import Listed, Phase, Segment, TieBreak, TieStep
from standings.wording import count_points

STEPS = {
    TieBreak.COUNTBACK: gettext_lazy("the greater number of the better places"),
    TieBreak.FIRST_ACHIEVED: gettext_lazy("who reached the best place first"),
    TieBreak.LAST_ACHIEVED: gettext_lazy("who reached the best place last"),
    TieBreak.LAST_RACE: gettext_lazy("the better score in the last race, then in the one before"),
    TieBreak.BEST_SCORES: gettext_lazy("the better of the scores that count, the best ones first"),
    TieBreak.HEAD_TO_HEAD: gettext_lazy("who was ahead of the other more often"),
    TieBreak.DECISION: gettext_lazy("the order decided by the officials"),
}
LISTED = {
    Listed.SCORERS: gettext_lazy("The table lists who has points."),
    Listed.CLASSIFIED: gettext_lazy("The table lists who has been classified in a race or has points."),
    Listed.STARTED: gettext_lazy("The table lists who has started in a race or has points."),
    Listed.ENTERED: gettext_lazy("The table lists everybody who was there."),
}


def what_counts(rules: Rules) -> Iterator[str]:
    """Say which of a subject's scores count, and where the season begins anew."""
    if rules.best_of_round is not None:
        yield best_of_round(rules.best_of_round)
    elif rules.by_round:
        yield _("The races of a meeting are one score together.")
    if not rules.segments and rules.best_of_round is None:
        yield _("Every score counts.")
    for segment in rules.segments:
        yield counted_of(segment, by_round=rules.by_round)
    if rules.segments or rules.best_of_round is not None:
        yield from _dropping(rules)
    for phase in rules.phases:
        yield from _phase(phase)


def best_of_round(best: int) -> str:
    """Say how many races of a meeting count."""
    words = ngettext(
        "Of each meeting the best result alone counts.",
        "Of each meeting the best %(count)s results count, as one score together.",
        best,
    )
    return words % {"count": best}


def counted_of(segment: Segment, *, by_round: bool) -> str:
    """Say how many scores of a stretch of the season count."""
    words = {"stretch": stretch(segment, by_round=by_round)}
    if segment.best is not None:
        said = ngettext(
            "%(stretch)s: the best score counts.", "%(stretch)s: the best %(count)s scores count.", segment.best
        )
        return capfirst(said % {**words, "count": segment.best})
    if segment.schedule:
        steps = phrases(
            _("%(count)s or more: %(drop)s") % {"drop": drop, "count": count} for count, drop in segment.schedule
        )
        return capfirst(
            _("%(stretch)s: the worst scores are dropped, by how many are held: %(steps)s.") % {**words, "steps": steps}
        )
    drop = segment.drop or 0
    if segment.last is None:
        said = ngettext(
            "%(stretch)s: the worst score is dropped, from the second on.",
            "%(stretch)s: the worst %(count)s scores are dropped, but never the only one.",
            drop,
        )
        return capfirst(said % {**words, "count": drop})
    said = ngettext(
        "%(stretch)s: all scores but the worst one count; nothing is dropped while there are no more than %(kept)s.",
        "%(stretch)s: all scores but the worst %(count)s count; nothing is dropped while there are no more than %(kept)s.",
        drop,
    )
    kept = max(segment.last - segment.first + 1 - drop, 0)
    return capfirst(said % {**words, "count": drop, "kept": kept})


def stretch(segment: Segment, *, by_round: bool) -> str:
    """Name a stretch of the season: "races 1 to 7", "meetings from 8 on", "all races"."""
    numbers = {"first": segment.first, "last": segment.last}
    if segment.last is not None:
        words = _("meetings %(first)s to %(last)s") if by_round else _("races %(first)s to %(last)s")
        return words % numbers
    if segment.first > 1:
        words = _("meetings from %(first)s on") if by_round else _("races from %(first)s on")
        return words % numbers
    return _("all meetings") if by_round else _("all races")


def _dropping(rules: Rules) -> Iterator[str]:
    if rules.segments and rules.absent:
        yield _("A race that was missed counts as a zero that can be dropped.")
    elif rules.segments:
        yield _("A race that was missed is no score: it cannot be dropped.")
    if rules.drop_bonus:
        yield _("Bonus points are dropped with their score.")
    else:
        yield _("Bonus points of a dropped score still count.")
    if rules.drop_latest:
        yield _("Of equal scores the latest is dropped.")
    else:
        yield _("Of equal scores the earliest is dropped.")
    if rules.not_droppable:
        yield _("Never dropped: %(what)s.") % {"what": all_of(map(kept_name, sorted(rules.not_droppable)))}


def kept_name(status_or_tag: str) -> str:
    """Name what cannot be dropped: a status, or the races that bear a mark."""
    if status_or_tag in set(Status):
        return end_name(status_or_tag)
    return _("races marked %(tag)s") % {"tag": quoted(status_or_tag)}


def _phase(phase: Phase) -> Iterator[str]:
    words = {"round": phase.after, "keep": phase.keep}
    if phase.points is None:
        said = ngettext(
            "After round %(round)s the first of the table stands ahead of all others.",
            "After round %(round)s the first %(keep)s of the table stand ahead of all others.",
            phase.keep,
        )
        yield said % words
    else:
        said = ngettext(
            "After round %(round)s the first of the table begins anew with %(points)s, ahead of all others.",
            "After round %(round)s the first %(keep)s of the table begin anew with %(points)s, ahead of all others.",
            phase.keep,
        )
        yield said % {**words, "points": count_points(phase.points)}
    if phase.by_wins:
        yield _("Kept first are those who have won more races.")
    if phase.points is not None and not phase.carry:
        yield _("Nothing is carried into that phase.")
    if phase.carry:
        yield _("Points that were won to be carried are added.")
    if phase.carry_scale and not phase.carry:
        yield _("For the place in the table they carry into each later phase: %(points)s.") % {
            "points": row_of(phase.carry_scale)
        }
    elif phase.carry_scale:
        yield _("For the place in the table they carry, each time: %(points)s.") % {"points": row_of(phase.carry_scale)}


def how_ranked(rules: Rules) -> Iterator[str]:
    """Say the order of the table, the chain that separates who is level, and who stands in it."""
    if rules.low:
        yield _("Who has the fewest points is ahead.")
    else:
        yield _("Who has the most points is ahead.")
    if rules.tiebreak:
        steps = phrases(
            _("%(number)s. %(step)s") % {"number": number, "step": _step(step)}
            for number, step in enumerate(rules.tiebreak, 1)
        )
        yield _("Between those level on points decides, in this order: %(steps)s. Else they share the position.") % {
            "steps": steps
        }
    else:
        yield _("Those level on points share the position.")
    if rules.min_scores:
        words = ngettext(
            "At least %(count)s start is needed to be classified.",
            "At least %(count)s starts are needed to be classified.",
            rules.min_scores,
        )
        yield words % {"count": rules.min_scores}
    if rules.min_finishes:
        words = ngettext(
            "At least %(count)s finish is needed to be classified.",
            "At least %(count)s finishes are needed to be classified.",
            rules.min_finishes,
        )
        yield words % {"count": rules.min_finishes}
    if rules.listed_in:
        kinds = one_of(map(session_name, rules.listed_in))
        yield _("The table lists who has been classified in a session of this kind or has points: %(kinds)s.") % {
            "kinds": kinds
        }
    else:
        yield str(LISTED[rules.listed])
    if not rules.title:
        yield _("This table is here for information: no title is awarded by it.")


def _step(step: TieStep) -> str:
    options = []
    if step.sessions:
        options.append(_("only in: %(session)s") % {"session": one_of(map(session_name, step.sessions))})
    if step.by is TieBreak.COUNTBACK:
        if step.kept:
            options.append(_("without dropped results"))
        if step.scoring:
            options.append(_("places that are paid only"))
        if step.cars is not None:
            options.append(_("the best car of each race only") if step.cars else _("cars that do not score too"))
    words = str(STEPS[step.by])
    return f"{words} ({pgettext('between options', ', ').join(options)})" if options else words
