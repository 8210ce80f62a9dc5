"""Who may have led the most laps of a race that is partly known: whoever started, if it is not told, led any number."""

from collections.abc import Collection, Sequence

from racing.terms import OVERALL
from standings.scoring.bonuses import led_most
from standings.scoring.open_cars import has_run
from standings.scoring.open_race import OpenRace
from standings.scoring.places import NO_PLACE, NOT_STARTED, may_pass, own_classes, passes
from standings.scoring.results import Line
from standings.scoring.rules import Bonus, Ranking, Ties


class LapsLed:
    """The laps that cars led in a race, as far as they are told, as one bonus compares them."""

    def __init__(self, race: OpenRace, bonus: Bonus) -> None:
        self._race, self._bonus = race, bonus
        rules = race.rules
        able = [line for line in race.all_cars if self.may_have_led(line)]
        if bonus.next_if_ineligible:
            maybe = [line for line in able if may_pass(rules.eligible, line) and may_pass(rules.filter, line)]
            able = [line for line in maybe if passes(rules.eligible, line) and passes(rules.filter, line)]
            if len(able) < len(maybe):
                # Of the others it is not known whether they are compared.
                race.mind_all_classes()
        self._able = able
        if bonus.ties is not Ties.ALL:
            # Nor among how many it is split.
            race.followed = False

    def may_have_led(self, line: Line) -> bool:
        """Tell whether a car may have led a lap: one that did not start has not."""
        return line.status not in NOT_STARTED and line.laps_led != 0 and not self._race.never_began(line)

    def has(self, line: Line) -> bool | None:
        """Tell whether a car surely led the most laps, None where it surely did not."""
        if not self.may_have_led(line):
            return None
        if self._bonus.scope is Ranking.CLASS and line.more_classes:
            return False
        groups = self._groups(line)
        if line.laps_led is None:
            return False if groups else None
        if led_most(self._bonus, self._race.rules, line, self._able) is None:
            return None
        return not self._may_be_beaten(line, groups, {line.entry})

    def _groups(self, line: Line) -> list[str]:
        if self._bonus.scope is not Ranking.CLASS:
            return [OVERALL]
        return sorted(own_classes(self._race.rules, line))

    def _may_be_beaten(self, line: Line, groups: Sequence[str], besides: Collection[int]) -> bool:
        """Tell whether some cars may have led more laps than this one, one in each group; others than those `besides`."""
        surely = True
        for name in groups:
            cars = [one for one in self._able if one.entry not in besides and (name == OVERALL or _is_in(one, name))]
            if any((one.laps_led or 0) > (line.laps_led or 0) for one in cars):
                continue
            unknown = [one for one in cars if one.laps_led is None]
            if not unknown and not self._race.others:
                return False
            # Where it is told how many started, another need not have been able to.
            surely = surely and (self._race.more >= NO_PLACE or any(map(has_run, unknown)))
        self._race.followed = self._race.followed and surely
        return True

    def may_be_best_against(self, line: Line, other: Line) -> bool:
        """Tell whether a car surely may have led most laps and another not, where neither is known."""
        if line.entry == other.entry or self.has(line) is not False or self.has(other) is not False:
            return True
        if line.laps_led is None or other.laps_led is None:
            return True
        # Who led as many of them has it too, or none of both has.
        return line.laps_led > other.laps_led and self._groups(line) == self._groups(other)

    def look_at_several(self, lines: Sequence[Line]) -> None:
        """Note whether all that some cars of one subject may have led can be told of each by itself."""
        own = {line.entry for line in lines}
        for line in lines:
            if line.laps_led is not None and self.has(line) is False:
                # If none but those can have led more, one of them surely has it.
                beaten = self._may_be_beaten(line, self._groups(line), own)
                self._race.followed = self._race.followed and beaten


def _is_in(line: Line, name: str) -> bool:
    return name in line.classes or line.more_classes
