"""Who scores: the subjects, whose results belong to the championship, who of them is paid, and for which place."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from standings.describing_rules.ground import one_of, phrases, quoted, show_share
from standings.scoring import Rules, Subject
from standings.scoring.rules import Filter, Ineligible, Ranking, Shared
from standings.wording import show_points

SUBJECTS = {
    Subject.DRIVER: gettext_lazy("Points go to each driver."),
    Subject.CREW: gettext_lazy("Points go to the crew of a car."),
    Subject.CAR: gettext_lazy("Points go to the car, whoever drives it."),
    Subject.TEAM: gettext_lazy("Points go to teams."),
    Subject.MAKE: gettext_lazy("Points go to makes."),
    Subject.ENTITY: gettext_lazy("Points go to whoever competes for makes, such as a chassis with its engine."),
}
RANKINGS = {
    Ranking.CLASS: gettext_lazy("The place within the class is paid."),
    Ranking.CHAMPIONSHIP: gettext_lazy(
        "The cars of this championship are numbered among themselves: that place is paid."
    ),
}
OF_SEVERAL_CARS = frozenset({Subject.TEAM, Subject.MAKE, Subject.ENTITY})


def who_scores(rules: Rules) -> Iterator[str]:
    """Say who collects points, and whose results these may be."""
    yield str(SUBJECTS[rules.subject])
    if belongs := list(_conditions(rules.filter)):
        yield _("Ranked here are only cars that meet this: %(conditions)s.") % {"conditions": phrases(belongs)}
    yield from _eligible(rules)
    yield from _place(rules)
    yield from _cars(rules)
    yield from _sharing(rules)


def _conditions(test: Filter) -> Iterator[str]:
    if test.classes:
        yield _("class %(names)s") % {"names": one_of(test.classes)}
    if test.guest is not None:
        yield _("guests only") if test.guest else _("no guests")
    if test.registered is not None:
        yield _("registered for the championship") if test.registered else _("not registered for the championship")
    if test.tags:
        yield _("marked %(tags)s") % {"tags": one_of(map(quoted, test.tags))}
    if test.drivers:
        yield _("of its drivers those marked %(flags)s") % {"flags": one_of(map(quoted, test.drivers))}
    if test.team_cars is not None:
        yield _("among the first %(count)s cars of its team") % {"count": test.team_cars}


def _eligible(rules: Rules) -> Iterator[str]:
    paid = list(_conditions(rules.eligible))
    if not paid:
        yield _("Guests are paid like everybody else.")
        return
    if rules.eligible == Filter(guest=False):
        yield _("Guests are not paid.")
    else:
        yield _("Paid are only cars that meet this: %(conditions)s.") % {"conditions": phrases(paid)}
    if rules.ineligible is Ineligible.RERANK:
        yield _("Those behind a car that is not paid move up.")
    else:
        yield _("The place of a car that is not paid pays nobody.")


def _place(rules: Rules) -> Iterator[str]:
    if rules.rank_within is not Ranking.OVERALL:
        yield str(RANKINGS[rules.rank_within])
    elif rules.ineligible is Ineligible.RERANK:
        yield _("The place in the series’ own classification is paid.")
    else:
        yield _("The place on the road is paid.")
    if rules.classified is None:
        return
    share = show_share(rules.classified.min_share)
    if rules.classified.of_class:
        yield _("Paid is only who ran at least %(share)s of the distance of the winner of the class.") % {
            "share": share
        }
    else:
        yield _("Paid is only who ran at least %(share)s of the winner’s distance.") % {"share": share}
    if rules.classified.flag:
        yield _("Only who took the chequered flag is paid.")


def _cars(rules: Rules) -> Iterator[str]:
    if rules.cars is not None and rules.cars_nominated:
        words = ngettext(
            "%(count)s car scores in each race, those named beforehand first.",
            "%(count)s cars score in each race, those named beforehand first.",
            rules.cars,
        )
        yield words % {"count": rules.cars}
    elif rules.cars is not None:
        words = ngettext("In each race the best car scores.", "In each race the best %(count)s cars score.", rules.cars)
        yield words % {"count": rules.cars}
    elif rules.cars_nominated:
        yield _("Only cars named beforehand score.")
    elif rules.subject in OF_SEVERAL_CARS:
        yield _("All cars score.")
    if rules.others_move_up:
        yield _("Cars that do not score are taken out of the order: those behind move up.")
    if not rules.bonus_for_all_cars:
        yield _("Bonus points count of the cars that score only.")


def _sharing(rules: Rules) -> Iterator[str]:
    if rules.shared is Shared.NONE:
        yield _("A car that several drivers shared is not paid.")
    elif rules.subject is Subject.DRIVER and rules.shared is Shared.SPLIT:
        yield _("Drivers who share a car get equal shares of its points, each rounded to two decimals.")
    elif rules.subject is Subject.DRIVER:
        yield _("Drivers who share a car each get all of its points.")
    if rules.min_drive is None:
        return
    if rules.min_drive.minutes is not None:
        minutes = {"minutes": show_points(rules.min_drive.minutes)}
        yield _("A driver is paid only after at least %(minutes)s minutes at the wheel.") % minutes
    if rules.min_drive.share is not None:
        share = {"share": show_share(rules.min_drive.share)}
        yield _("A driver is paid only after at least %(share)s of the car’s time at the wheel.") % share
