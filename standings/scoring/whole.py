"""Which races are known in whole, as far as points go: their tables are what they are, and nothing is worked out for them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from racing.terms import OVERALL, TRACK, Contest
from standings.scoring.awards import scores_here
from standings.scoring.bonuses import CONTESTS
from standings.scoring.cars import RAN
from standings.scoring.open_cars import has_a_place, has_run, minds_classes
from standings.scoring.places import may_pass, own_classes, owners_of, passes, place_in_race, with_told_classes
from standings.scoring.positions import Behind
from standings.scoring.results import Entrants, Line, RaceResults
from standings.scoring.rules import Ineligible, Ranking, Rules
from standings.scoring.scored import Scored
from standings.scoring.season import all_that_pay_are_known

ANYBODY = Entrants()
BONUSES = frozenset({*CONTESTS, "win", "stage_position"})


class Wholeness:
    """The races of a season under the rules of a championship, with who may have run in each."""

    def __init__(
        self,
        rules: Rules,
        races: Sequence[RaceResults],
        scored: Scored,
        entrants: Mapping[int, Entrants],
        known: Collection[int] = (),
    ) -> None:
        self.rules, self._races, self._scored, self._entrants = rules, races, scored, entrants
        self._known = known

    def _who(self, race: RaceResults) -> Entrants:
        return self._entrants.get(race.key, ANYBODY)

    def partly_known(self) -> Iterable[RaceResults]:
        """Give the races that are not known in whole, as far as points go, of those that stand before the last table."""
        if not self._scored.tables:
            return
        complete = {basis.race for basis in self._scored.basis if basis.complete}
        last = self._scored.tables[-1].race
        plain, minding = self._ends_with_the_scale(), _minds_guests(self.rules)
        classes, of_any_class = minds_classes(self.rules), self._has_bonuses_of_any_class()
        for race in self._races:
            if race.key not in self._known and scores_here(self.rules, race) and not race.cancelled:
                guests = minding and any(line.guest for line in self._who(race).listed)
                known = complete if plain and not guests else ()
                if of_any_class and race.key in known and not self._is_everybody_told(race):
                    known = ()
                is_known = bool(race.lines) and self._is_known(race, known)
                if not is_known or (classes and not self._are_classes_known(race, by_places=race.key in known)):
                    yield race
            if race.key == last:
                return

    def _ends_with_the_scale(self) -> bool:
        """Tell whether nothing is paid but the first places of a scale, and bonuses of which it is known whose they are."""
        rules = self.rules
        if rules.rank_within is Ranking.CHAMPIONSHIP or rules.classified is not None or rules.others_move_up:
            return False
        if rules.rank_within is Ranking.CLASS and not rules.filter.classes:
            # There may be classes of which nobody was told of.
            return False
        if rules.segments and not rules.absent:
            return False
        if rules.scale_by is not None or any(bonus.on not in BONUSES for bonus in rules.bonuses):
            return False
        return not any(scale.tail or scale.unplaced or scale.by_position for scale in rules.scales.values())

    def _has_bonuses_of_any_class(self) -> bool:
        """Tell whether each class has a bonus, whichever there are: there may be some of which nobody was told."""
        return not self.rules.filter.classes and any(bonus.scope is Ranking.CLASS for bonus in self.rules.bonuses)

    def _is_everybody_told(self, race: RaceResults) -> bool:
        """Tell whether results tell of all who started, and of all who are listed."""
        if race.starters is None or self._any_is_untold(race):
            return False
        return sum(1 for line in race.lines if not line.guest and has_run(line)) >= race.starters

    def _is_known(self, race: RaceResults, complete: Iterable[int]) -> bool:
        rule = self.rules.scale_by
        if rule is not None and rule.attribute in self._who(race).unsure and rule.attribute not in race.attributes:
            return False
        untold = self._any_is_untold(race)
        if race.key in complete:
            return not (self.rules.not_droppable and (untold or self._lacks_a_status(race)))
        if untold and (self.rules.not_droppable or any(scale.unplaced for scale in self.rules.scales.values())):
            # Who did not start may be paid for that, or have a score that may not be dropped.
            return False
        return not self.rules.bonuses and self._is_whole(race)

    def _are_classes_known(self, race: RaceResults, *, by_places: bool) -> bool:
        """Tell whether nobody may be paid, or take a paid place, for having run in a class of which nobody told."""
        told = {line.entry for line in race.lines}
        unsure = [line for line in race.lines if line.more_classes]
        unsure += [line for line in self._who(race).listed if line.more_classes and line.entry not in told]
        if not unsure:
            return True
        rules = self.rules
        if with_told_classes(race) is not race or (rules.eligible.classes and any(line.places for line in unsure)):
            return False
        if len(rules.filter.classes) != 1 and any(bonus.scope is Ranking.CLASS for bonus in rules.bonuses):
            return False
        if by_places and all_that_pay_are_known(rules, race):
            return True
        return not any(
            may_pass(rules.eligible, line) and may_pass(rules.filter, line) and not self._is_class_told(line)
            for line in unsure
            if line.entry in told or race.starters is None
        )

    def _is_class_told(self, line: Line) -> bool:
        """Tell whether all is known for which a car may be paid, in whichever class it ran besides."""
        rules = self.rules
        if rules.rank_within is not Ranking.CLASS:
            return passes(rules.filter, line)
        unplaced = any(scale.unplaced for scale in rules.scales.values())
        counted = rules.scale_by is not None and rules.scale_by.attribute == "starters"
        if line.status not in RAN and not (rules.bonuses or rules.not_droppable or unplaced or counted):
            return True
        names = rules.filter.classes
        return bool(names) and all((Contest.RACE, name) in line.places for name in names)

    def _any_is_untold(self, race: RaceResults) -> bool:
        """Tell whether somebody is listed of whom the results do not tell, and who belongs to the championship."""
        told = {line.entry for line in race.lines}
        return any(
            line.entry not in told and may_pass(self.rules.eligible, line) and may_pass(self.rules.filter, line)
            for line in self._who(race).listed
        )

    def _is_whole(self, race: RaceResults) -> bool:
        """Tell whether all who started are told of, each with its place or without one."""
        if race.starters is None or self._lacks_a_status(race):
            return False
        own = [line for line in race.lines if not line.guest]
        if sum(1 for line in own if has_run(line)) < race.starters or len(own) < len(race.lines):
            return False
        finished = [line for line in own if has_a_place(line)]
        if self.rules.rank_within is Ranking.CLASS:
            return all(
                (Contest.RACE, name) in line.places for line in finished for name in own_classes(self.rules, line)
            )
        if self.rules.ineligible is Ineligible.VOID and not all(passes(self.rules.eligible, line) for line in own):
            return False
        if _minds_guests(self.rules) and any(line.guest for line in self._who(race).listed):
            # A guest of whom nothing is told may have been ahead of any of them on the road.
            return all((Contest.RACE, TRACK) in line.places for line in finished)
        return all((Contest.RACE, OVERALL) in line.places for line in finished)

    def behind(self, race: RaceResults) -> Behind:
        """Give who may have come in behind all that are paid in a race that is known in whole, as far as points go."""
        rules, who = self.rules, self._who(race)
        out = [line for line in race.lines if not passes(rules.eligible, line)]
        lines = [line for line in race.lines if line.status in RAN and not _has_its_places(rules, line, out)]
        running = sum(1 for line in race.lines if not line.guest and has_run(line))
        more = race.starters is None or running < race.starters
        told = {line.entry for line in race.lines}
        lines += [line for line in who.listed if line.entry not in told and (more or line.guest)]
        cars: Counter[int] = Counter()
        owners = owners_of(rules)
        for line in lines:
            if may_pass(rules.eligible, line) and may_pass(rules.filter, line):
                cars.update(owners(line))
        scale = rules.scales.get(race.session)
        return Behind(len(scale.places) + 1 if scale is not None else 1, cars, who.others and more)

    @staticmethod
    def _lacks_a_status(race: RaceResults) -> bool:
        return any(line.status is None and not has_a_place(line) for line in race.lines)


def _has_its_places(rules: Rules, line: Line, others: Sequence[Line]) -> bool:
    """Tell whether all places of a car in the race are known of which one may be used; `others` are not eligible."""
    if rules.rank_within is Ranking.CLASS:
        return all((Contest.RACE, name) in line.places for name in own_classes(rules, line))
    return place_in_race(rules, line, others) is not None


def _minds_guests(rules: Rules) -> bool:
    """Tell whether a guest of whom nothing is told may take something from those who are told of."""
    return rules.rank_within is Ranking.OVERALL and rules.ineligible is Ineligible.VOID
