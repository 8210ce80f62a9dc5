"""The core of scoring once more, as plainly as it can be said: each table from nothing, fractions throughout, no shortcut.

It shares with the engine only the values that go in, and agrees with it on random seasons or one of them is wrong.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import floor

from racing.terms import Contest
from standings.scoring import Line, RaceResults, Rules

#: Position, subject, points, gross.
Row = tuple[int, int, Fraction, Fraction]

NOT_PAID = ("NC", "DNS", "DNQ", "DSQ", "EX", "WD")


def table(rules: Rules, races: Sequence[RaceResults]) -> list[Row]:
    """Give the table after the last of the races."""
    held = [(number, race) for number, race in enumerate(races, 1) if race.lines and not race.cancelled]
    cancelled = [number for number, race in enumerate(races, 1) if race.cancelled]
    subjects = {subject for _, race in held for line in _candidates(rules, race) for subject in _owners(rules, line)}
    rows = []
    for subject in subjects:
        scores = {number: _score(rules, race, subject) for number, race in held}
        gross = sum((points for points, _ in scores.values()), Fraction(0))
        started = any(
            line.status not in ("DNS", "DNQ", "WD") for _, race in held for line in _lines(rules, race, subject)
        )
        classified = gross > 0 or any(_places(rules, race, subject) for _, race in held)
        if not (started or gross > 0 if rules.listed == "started" else classified):
            continue
        net = _best_total(rules, scores, [number for number, _ in held], cancelled)
        places = sorted(place for _, race in held for place in _places(rules, race, subject))
        rows.append((net, places, subject, gross))
    ordered = sorted(rows, key=lambda row: (-row[0], [*row[1], 999], row[2]))
    result = []
    for net, places, subject, gross in ordered:
        better = sum(1 for other in rows if (-other[0], [*other[1], 999]) < (-net, [*places, 999]))
        result.append((better + 1, subject, net, gross))
    return result


def _candidates(rules: Rules, race: RaceResults) -> list[Line]:
    wanted = rules.filter.classes
    return [line for line in race.lines if not line.guest and (not wanted or wanted & line.classes)]


def _owners(rules: Rules, line: Line) -> set[int]:
    if rules.subject == "driver":
        return set(line.drivers)
    if rules.subject == "crew":
        return {line.entry}
    return set() if line.team is None else {line.team}


def _lines(rules: Rules, race: RaceResults, subject: int) -> list[Line]:
    return [line for line in _candidates(rules, race) if subject in _owners(rules, line)]


def _place(rules: Rules, race: RaceResults, line: Line) -> int | None:
    if line.status in NOT_PAID:
        return None
    guests = [other for other in race.lines if other.guest]
    if rules.rank_within == "overall":
        if rules.ineligible == "void":
            road = line.places.get((Contest.RACE, "track"))
            return road if road or guests else line.places.get((Contest.RACE, "overall"))
        ranking = "overall"
    else:
        own = {name: line.places[Contest.RACE, name] for name in line.classes if (Contest.RACE, name) in line.places}
        own = {name: place for name, place in own.items() if not rules.filter.classes or name in rules.filter.classes}
        if not own:
            return None
        ranking = min(own, key=lambda name: (own[name], name))
    place = line.places.get((Contest.RACE, ranking))
    if place is None or rules.ineligible == "void":
        return place
    ahead = [
        guest
        for guest in guests
        if guest.status not in NOT_PAID and guest.places.get((Contest.RACE, ranking), 999) < place
    ]
    return place - len(ahead)


def _for_place(rules: Rules, race: RaceResults, line: Line) -> Fraction:
    place = _place(rules, race, line)
    if place is None:
        return Fraction(0)
    scale = rules.scales["race"]
    value = scale.places[place - 1] if place <= len(scale.places) else scale.tail
    factor = rules.round_multiplier.get(race.number or 0, Fraction(1))
    return value if factor == 1 else Fraction(floor(value * factor * 100 + Fraction(1, 2)), 100)


def _bonus(rules: Rules, race: RaceResults, line: Line) -> Fraction:
    total = Fraction(0)
    for bonus in rules.bonuses:
        rankings = {"overall"} if bonus.scope == "overall" else (rules.filter.classes or line.classes) & line.classes
        if not any(line.places.get((bonus.contest, ranking)) == 1 for ranking in rankings):
            continue
        road = line.places.get((bonus.contest, "track"), 1)
        beaten = road > 1 or any(
            other.guest and other.places.get((bonus.contest, "track")) == 1 for other in race.lines
        )
        if bonus.scope == "class" or bonus.next_if_ineligible or not beaten:
            total += bonus.points
    return total


def _scoring(rules: Rules, race: RaceResults, subject: int) -> list[Line]:
    def rank(line: Line) -> tuple[Fraction, int, int]:
        return -_for_place(rules, race, line), _place(rules, race, line) or 10**9, line.entry

    lines = sorted(_lines(rules, race, subject), key=rank)
    return lines if rules.cars is None else lines[: rules.cars]


def _score(rules: Rules, race: RaceResults, subject: int) -> tuple[Fraction, Fraction]:
    """Give a subject's points of one race with the bonuses, and the bonuses alone."""
    bonus = sum((_bonus(rules, race, line) for line in _lines(rules, race, subject)), Fraction(0))
    return sum((_for_place(rules, race, line) for line in _scoring(rules, race, subject)), bonus), bonus


def _places(rules: Rules, race: RaceResults, subject: int) -> list[int]:
    places = [_place(rules, race, line) for line in _scoring(rules, race, subject)]
    return [place for place in places if place is not None]


def _best_total(
    rules: Rules,
    scores: dict[int, tuple[Fraction, Fraction]],
    held: list[int],
    cancelled: list[int],
) -> Fraction:
    """Give the most points that any permitted choice of dropped scores leaves; one segment at most."""
    total = sum((points for points, _ in scores.values()), Fraction(0))
    if not rules.segments:
        return total
    (segment,) = rules.segments
    last = segment.last or 10**9
    inside = [number for number in held if segment.first <= number <= last]
    if segment.best is not None:
        keep = segment.best
    elif segment.last is None:
        keep = max(len(inside) - (segment.drop or 0), 1)
    else:
        gone = [number for number in cancelled if segment.first <= number <= last]
        keep = max(segment.last - segment.first + 1 - len(gone) - (segment.drop or 0), 0)
    to_drop = max(len(inside) - keep, 0)
    if to_drop == 0:
        return total
    outside = total - sum((scores[number][0] for number in inside), Fraction(0))
    choices = []
    for dropped in combinations(inside, to_drop):
        kept = sum((scores[number][0] for number in inside if number not in dropped), Fraction(0))
        stays = sum((scores[number][1] for number in dropped if not rules.drop_bonus), Fraction(0))
        choices.append(outside + kept + stays)
    return max(choices)
