"""What many cars of one subject bring in a race that is partly known, at least and at most, without a look at every way.

Five cars of one team, of which nothing is told, may have come in in a million ways. They are put into the race one after the
other, always going on where the rest may yet bring most of all (or least): the first way that is found to its end is then the
best of all (or the worst). Which beginning that is, `beginnings.py` tells.
"""

from collections.abc import Sequence

from standings.scoring.beginnings import WHATEVER, Alike, Beginnings
from standings.scoring.decided import Decided
from standings.scoring.earnings import Range, best, worst
from standings.scoring.groups import Count
from standings.scoring.open_cars import Car
from standings.scoring.option import Option
from standings.scoring.together import Ends, Owned, Together, Way

#: So many beginnings are looked at; after more, each car is taken for itself.
BEGINNINGS = 1000


def ends_of(
    together: Together, owned: Sequence[Owned], end: int, *, last: bool, count: Count | None, decided: Decided | None
) -> Ends | None:
    """Give what several cars bring at least and at most, each with a way in which they do; None where it is not found out.

    `owned` are the ways in which the race may have ended for each, `end` and `count` as in `Outcomes`; `last` tells that these
    are all that there are.
    """
    if decided is None and together.are_too_many(owned):
        return ManyCars(together, owned, end, count).ends()
    return together.ends(owned, end, last=last, count=count, decided=decided)


class ManyCars:
    """Several cars of one subject in one race, whose best or worst way is looked for."""

    def __init__(self, together: Together, owned: Sequence[Owned], end: int, count: Count | None) -> None:
        self._together, self._owned, self._end, self._count = together, owned, end, count
        self._cars = [car for car, _ in owned]
        rules = together.rules
        self._scoring = len(owned) if rules.cars is None else min(rules.cars, len(owned))
        self._all_paid = rules.bonus_for_all_cars or self._scoring == len(owned)
        self._any_bonus = any(one.most_bonus or any(one.only) for _, options in owned for one in options)
        self._simple = count is None and together.are_simple(self._cars, end)

    def ends(self) -> Ends | None:
        """Give what they bring at least and at most, each with a way in which they do; None where it would take too long."""
        least = self._first(most=False)
        most = self._first(most=True) if least is not None else None
        return (least, most) if least is not None and most is not None else None

    def _first(self, *, most: bool) -> tuple[Range, Way] | None:
        """Give what the best way of all brings, or the worst, with that way."""
        # Where some alone score, and nothing else is paid, it is enough to look at those.
        some = most and 0 < self._scoring < len(self._cars) and not self._any_bonus
        groups = self._groups(most=most, some=some)
        turns = [index for group in groups for index in group.cars]
        back = sorted(range(len(turns)), key=turns.__getitem__)
        beginnings = Beginnings(groups, self._scoring, most=most, all_paid=self._all_paid)
        for _ in range(BEGINNINGS):
            first = beginnings.next()
            if first is None:
                return None
            indexes, way, is_known = first
            whole = tuple([way[index] for index in back]) if len(way) == len(turns) else None
            if is_known and whole is not None:
                found = self._completed(whole)
                if found is not None and (
                    self._simple or self._together.fit(self._cars, found, self._end, self._count)
                ):
                    return self._together.add_up(found, self._owned), found
            elif self._may_begin([self._owned[index][0] for index in turns[: len(way)]], way):
                if whole is None:
                    beginnings.go_on(indexes)
                else:
                    brought = self._together.add_up(whole, self._owned)
                    beginnings.note(indexes, best(brought.most) if most else worst(brought.least))
        return None

    def _may_begin(self, cars: Sequence[Car], way: Way) -> bool:
        """Tell whether some of the cars may have come in like this, whatever the others did; what was not found out may be."""
        known = [(car, option) for car, option in zip(cars, way, strict=True) if option.place != WHATEVER]
        if not known:
            return True
        if not any(self._together.possible([(car, [option]) for car, option in known], self._end)):
            return False
        if self._simple:
            return True
        own, ways = [car for car, _ in known], [option for _, option in known]
        return self._together.fits(own, ways, self._end, self._count) is not False

    def _completed(self, way: Way) -> Way | None:
        """Let the cars that do not score end somewhere as well: as badly as they can."""
        at = next((at for at, option in enumerate(way) if option.place == WHATEVER), None)
        if at is None:
            return way
        for option in sorted(self._owned[at][1], key=_least_of):
            more = *way[:at], option, *way[at + 1 :]
            found = self._completed(more) if self._may_begin(self._cars, more) else None
            if found is not None:
                return found
        return None

    # -- who is alike ------------------------------------------------------------------------------------------------

    def _groups(self, *, most: bool, some: bool) -> list[Alike]:
        """Give the cars by what is known of them, those first that have the fewest ways."""
        found: dict[object, list[int]] = {}
        for index, (car, options) in enumerate(self._owned):
            found.setdefault(self._kind(car, options), []).append(index)
        groups = []
        for indexes in sorted(found.values(), key=lambda one: (len(one), len(self._owned[one[0]][1]))):
            car, options = self._owned[indexes[0]]
            ordered = sorted(options, key=_most_of if most else _least_of, reverse=most)
            if some:
                ordered = [Option(WHATEVER, 0, only=options[0].only, present=False), *ordered]
            order = self._together.only_order(car) if car.span is not None and not car.span.fixed else None
            alone = [order is not None and 0 < one.place < self._end for one in ordered]
            groups.append(Alike(indexes, ordered, order, alone))
        return groups

    def _kind(self, car: Car, options: Sequence[Option]) -> object:
        line = car.line
        told = line.places or line.holders or line.drive or line.laps is not None or line.laps_led is not None
        if told or not (self._all_paid or _are_told_apart(options)):
            return line.entry
        return id(options), line.classes, line.more_classes, line.status, line.guest, car.span, car.told, car.belongs


def _most_of(option: Option) -> tuple[int, bool, bool]:
    return option.points + option.most_bonus + sum(option.only), option.droppable, option.present


def _least_of(option: Option) -> tuple[int, bool, bool]:
    return option.points + option.least_bonus, option.droppable, option.present


def _are_told_apart(options: Sequence[Option]) -> bool:
    """Tell whether ways that are alike in what decides which car scores are so in their bonuses."""
    bonuses: dict[object, object] = {}
    return all(
        bonuses.setdefault((one.present, one.points, one.place), own) == own
        for one in options
        for own in [(one.least_bonus, one.most_bonus, one.only)]
    )
