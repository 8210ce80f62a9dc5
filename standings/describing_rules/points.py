"""What is paid: the scales, which of them a race is paid by, factors, rounding, bonuses."""

from collections.abc import Iterator
from fractions import Fraction

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from standings.describing_rules.ground import (
    all_of,
    end_name,
    one_of,
    phrases,
    quoted,
    rounds,
    row_of,
    scale_name,
    session_name,
    show_share,
)
from standings.scoring import Rules, Subject
from standings.scoring.rules import Bonus, Ranking, Rounding, Scale, ScaleBy, Ties, Unplaced
from standings.wording import RULES, count_points, show_points

ATTRIBUTES = {
    "round": gettext_lazy("the number of the round"),
    "starters": gettext_lazy("the number of cars of this championship at the start"),
    "share_run": gettext_lazy("the share of the distance that was run"),
    "hours": gettext_lazy("the length of the race in hours"),
}
#: Numbers that are shares, and read as per cent.
SHARES = frozenset({"share_run"})
KINDS = {
    Subject.DRIVER: gettext_lazy("drivers"),
    Subject.CREW: gettext_lazy("crews"),
    Subject.CAR: gettext_lazy("cars"),
    Subject.TEAM: gettext_lazy("teams"),
    Subject.MAKE: gettext_lazy("makes"),
    Subject.ENTITY: gettext_lazy("competitors for makes"),
}
TIES = {
    Ties.SPLIT: gettext_lazy("shared equally where several have it"),
    Ties.FIRST: gettext_lazy("where several have it, to the best placed of them only"),
}


def what_is_paid(rules: Rules) -> Iterator[str]:
    """Say how many points a place is worth, in which races, and what changes that."""
    for name, scale in rules.scales.items():
        yield capfirst(_scale(name, scale))
    if rules.entries is not None:
        words = ngettext(
            "%(number)s car is counted as entered.", "%(number)s cars are counted as entered.", rules.entries
        )
        yield words % {"number": rules.entries}
    if rules.sessions:
        yield _("Paid are only sessions of this kind: %(kinds)s.") % {
            "kinds": one_of(map(session_name, rules.sessions))
        }
    if rules.only_rounds:
        yield _("Only %(rounds)s count.") % {"rounds": rounds(rules.only_rounds)}
    if rules.exclude_rounds:
        yield _("Not counted: %(rounds)s.") % {"rounds": rounds(rules.exclude_rounds)}
    if rules.scale_by is not None:
        yield from _scale_by(rules.scale_by)
    for number, factor in sorted(rules.round_multiplier.items()):
        yield _("The points of round %(number)s are multiplied by %(factor)s.") % {
            "number": number,
            "factor": show_points(factor),
        }
    if rules.rounding is None:
        yield _("What a factor makes is not rounded.")
    elif rules.rounding != Rounding():
        decimals = rules.rounding.decimals
        words = (
            ngettext("rounded to %(decimals)s decimal", "rounded to %(decimals)s decimals", decimals)
            % {"decimals": decimals}
            if decimals
            else _("rounded to whole points")
        )
        if rules.rounding.half_up:
            yield _("What a factor makes is %(rounded)s, the half upwards.") % {"rounded": words}
        else:
            yield _("What a factor makes is %(rounded)s, the half downwards.") % {"rounded": words}


def _scale(name: str, scale: Scale) -> str:
    paid = [_("the position itself is the number of points")] if scale.by_position else []
    if scale.places:
        paid.append(row_of(scale.places))
    if scale.tail:
        paid.append(_("%(points)s for every place beyond") % {"points": count_points(scale.tail)})
    ends: dict[Unplaced, list[str]] = {}
    for status, rule in scale.unplaced.items():
        ends.setdefault(rule, []).append(end_name(status))
    paid += [_("%(ends)s: %(points)s") % {"ends": one_of(own), "points": _unplaced(rule)} for rule, own in ends.items()]
    return _("%(scale)s: %(points)s.") % {
        "scale": scale_name(name),
        "points": phrases(paid) or count_points(Fraction(0)),
    }


def _unplaced(rule: Unplaced) -> str:
    if not rule.of_entries:
        return count_points(rule.points)
    if rule.points < 0:
        return _("a point for each car entered, less %(points)s") % {"points": show_points(-rule.points)}
    if rule.points:
        return _("a point for each car entered and %(points)s more") % {"points": show_points(rule.points)}
    return _("a point for each car entered")


def _scale_by(rule: ScaleBy) -> Iterator[str]:
    what = attribute_name(rule.attribute)
    steps = phrases(step_words(rule, start, scale) for start, scale in rule.steps)
    if rule.session is not None:
        words = _("The %(scale)s depends on %(what)s: %(steps)s.")
        yield words % {"scale": scale_name(rule.session), "what": what, "steps": steps}
    else:
        yield _("The scale depends on %(what)s: %(steps)s.") % {"what": what, "steps": steps}
    yield _("A race of which that is not known, or that reaches no step, keeps the scale of its kind.")
    if rule.full:
        yield _("Whatever that is, the scale of the kind is kept: %(rounds)s.") % {"rounds": rounds(rule.full)}


def attribute_name(attribute: str) -> str:
    """Name a number of the race: one that all races have, or one that goes by a name of its own."""
    own = _("the number %(name)s of the race")
    return str(ATTRIBUTES.get(attribute) or own % {"name": quoted(attribute)})


def step_words(rule: ScaleBy, start: Fraction, scale: str | None) -> str:
    """Say from where on another scale holds: "from 25% the scale “half”"."""
    words = scale_name(scale) if scale is not None else _("no points")
    return _("from %(start)s on, %(scale)s") % {"start": number_of(rule.attribute, start), "scale": words}


def number_of(attribute: str, number: Fraction) -> str:
    """Write a number that a race has, as per cent where it is a share."""
    return show_share(number) if attribute in SHARES else show_points(number)


def what_is_paid_besides(rules: Rules) -> Iterator[str]:
    """Say each bonus with its conditions."""
    for bonus in rules.bonuses:
        yield _("%(what)s: %(conditions)s.") % {
            "what": capfirst(str(RULES.get(bonus.on, bonus.on))),
            "conditions": phrases(_conditions(bonus)),
        }


def _conditions(bonus: Bonus) -> Iterator[str]:
    if bonus.scale:
        yield _("%(points)s by position") % {"points": row_of(bonus.scale)}
    else:
        yield count_points(bonus.points)
    yield _("in each class") if bonus.scope is Ranking.CLASS else pgettext("ranking", "overall")
    if bonus.session is not None:
        yield _("only in: %(session)s") % {"session": session_name(bonus.session)}
    if bonus.classified:
        yield _("only who is classified")
    if bonus.top is not None:
        yield _("only who is among the first %(top)s of the race") % {"top": bonus.top}
    if bonus.min_share_run is not None:
        yield _("only where at least %(share)s of the distance was run") % {"share": show_share(bonus.min_share_run)}
    if bonus.ties in TIES:
        yield str(TIES[bonus.ties])
    if bonus.next_if_ineligible:
        yield _("passes on to the next where who has it is not paid")
    if bonus.pays:
        yield _("for %(kinds)s only") % {"kinds": all_of(sorted(str(KINDS[kind]) for kind in bonus.pays))}
    if bonus.multiplied:
        yield _("multiplied like the points of the round")
    if bonus.carry:
        yield _("not counted at once, but carried into the next phase")
