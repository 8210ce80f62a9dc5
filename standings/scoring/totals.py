"""What a season makes of somebody's scores, where these are what may have been earned: dropped ones taken out."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from standings.scoring.dropping import Due, beyond, worst
from standings.scoring.earnings import Earned
from standings.scoring.rules import Rules


def total(rules: Rules, scores: Iterable[tuple[int, Earned]], segments: Sequence[Due]) -> int:
    """Add up scores as a season counts them, given with their numbers in their order; in units."""
    numbers: list[int] = []
    counted: list[Earned] = []
    of_round = rules.best_of_round is not None
    for number, one in _best_of_rounds(rules, scores) if of_round else scores:
        if not one.present:
            continue
        if rules.by_round and numbers and numbers[-1] == number:
            counted[-1] = _together(counted[-1], one)
        else:
            numbers.append(number)
            counted.append(one)
    worth = [_worth(rules, one) for one in counted]
    dropped = worst(rules, numbers, counted, worth, segments)
    return sum([one.points for one in counted]) - sum([worth[index] for index in dropped])


def _best_of_rounds(rules: Rules, scores: Iterable[tuple[int, Earned]]) -> Iterator[tuple[int, Earned]]:
    """Give the scores with what is left of those that do not make their meeting's."""
    for number, group in groupby([one for one in scores if one[1].present], key=itemgetter(0)):
        own = [one for _, one in group]
        out = beyond(rules, own, [_worth(rules, one) for one in own])
        for index, one in enumerate(own):
            left = one.points - _worth(rules, one)
            yield number, Earned(left, left) if index in out else one


def _worth(rules: Rules, one: Earned) -> int:
    """Give the points that go where a score is dropped."""
    return one.points if rules.drop_bonus else one.points - one.bonus


def _together(one: Earned, more: Earned) -> Earned:
    """Give what was earned in a meeting with one more of its races."""
    return Earned(one.points + more.points, one.bonus + more.bonus, one.droppable and more.droppable)
