"""What is known to have been earned in each race, as the bounds of a season take it."""

from collections import defaultdict
from collections.abc import Sequence

from standings.scoring.cars import ABSENT
from standings.scoring.earnings import Earned
from standings.scoring.places import owners_of, passes
from standings.scoring.results import RaceResults
from standings.scoring.rules import Rules
from standings.scoring.scored import Scored
from standings.scoring.units import Units


def known_scores(
    rules: Rules, units: Units, races: Sequence[RaceResults], scored: Scored
) -> dict[int, dict[int, Earned]]:
    """Give what is known to have been earned, by race and subject; presence alone matters where a zero is a score."""
    found: dict[int, dict[int, Earned]] = defaultdict(dict)
    owners = owners_of(rules)
    if (rules.segments or rules.best_of_round is not None) and (rules.not_droppable or not rules.absent or rules.low):
        for race in races:
            for line in race.lines:
                if passes(rules.eligible, line) and passes(rules.filter, line):
                    droppable = line.status not in rules.not_droppable
                    for subject in owners(line):
                        earlier = found[race.key].get(subject)
                        also = droppable and (earlier is None or earlier.droppable)
                        found[race.key][subject] = Earned(0, droppable=also)
    tags = {race.key: race.tags.isdisjoint(rules.not_droppable) for race in races}
    for race_key, counted in scored.counted.items():
        known = found[race_key]
        for subject, (score, parts) in counted.items():
            if parts:
                earlier = known.get(subject)
                droppable = tags[race_key] and (earlier is None or earlier.droppable)
                # Having missed a race of which nobody who was there may drop the score costs what may be dropped.
                droppable = droppable or (rules.low and any(part.why == ABSENT for part in parts))
                known[subject] = Earned(score.points, score.bonus, droppable)
    return found
