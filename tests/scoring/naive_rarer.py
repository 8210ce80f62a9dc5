"""The rarer rules once more, as plainly as they can be said: every table from nothing, fractions throughout, no shortcut.

Beside `naive.py`, which does the same for the common ones. It shares with the engine only the values that go in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import ceil, floor

from racing.terms import Contest
from standings.scoring import Line, RaceResults, Rules
from tests.scoring.naive import NOT_PAID, Row

NOT_THERE = ("DNS", "DNQ", "WD")


@dataclass
class Got:
    """What a subject got in one race: points with bonuses, the places of the cars that score, and what became of it."""

    points: Fraction
    places: list[int]
    started: bool
    drops: bool


def table(rules: Rules, races: Sequence[RaceResults]) -> list[Row]:
    """Give the table after the last of the races; its session must be one that is paid."""
    rounds = list(dict.fromkeys(race.round for race in races))
    numbers = {race.key: rounds.index(race.round) + 1 if rules.by_round else races.index(race) + 1 for race in races}
    paid = [race for race in races if race.session in (rules.sessions or rules.scales)]
    held = [race for race in paid if race.lines and not race.cancelled]
    gone = {numbers[race.key] for race in paid if race.cancelled} - {numbers[race.key] for race in held}
    got = {race.key: _race(rules, race) for race in held}
    subjects = {subject for one in got.values() for subject in one}
    rows = []
    for subject in sorted(subjects):
        own = {race.key: got[race.key].get(subject) or _missed(rules, race) for race in held}
        beside = _beside(rules, own, numbers)
        scores = _scores(rules, {race: one for race, one in own.items() if race not in beside}, numbers)
        dropped = _dropped(rules, scores, sorted({numbers[race.key] for race in held}), gone)
        gross = sum((one.points for one in own.values() if one is not None), Fraction(0))
        net = sum((score for number, (score, _) in scores.items() if number not in dropped), Fraction(0))
        there = [one for one in own.values() if one is not None]
        listed = {
            "started": any(one.started for one in there),
            "classified": any(one.places for one in there),
            "entered": True,
        }[rules.listed]
        if listed or gross > 0:
            key = [_step(rules, step.by, there, scores, dropped, held, numbers) for step in rules.tiebreak]
            rows.append((net if rules.low else -net, key, subject, net, gross))
    rows.sort(key=lambda row: row[:3])
    return [(1 + sum(other[:2] < row[:2] for other in rows), row[2], row[3], row[4]) for row in rows]


def _scores(rules: Rules, own: dict[int, Got | None], numbers: dict[int, int]) -> dict[int, tuple[Fraction, bool]]:
    scores: dict[int, tuple[Fraction, bool]] = {}
    for race, one in own.items():
        if one is not None:
            points, drops = scores.get(numbers[race], (Fraction(0), True))
            scores[numbers[race]] = points + one.points, drops and one.drops
    return scores


def _beside(rules: Rules, own: dict[int, Got | None], numbers: dict[int, int]) -> set[int]:
    """Give the races that do not make their meeting's score: of all choices the best for the subject, the later of equals."""
    found: set[int] = set()
    for number in set(numbers.values()) if rules.best_of_round is not None else ():
        races = [race for race, one in own.items() if one is not None and numbers[race] == number]
        able = [race for race in races if (one := own[race]) is not None and one.drops]
        count = min(max(len(races) - (rules.best_of_round or 0), 0), len(able))
        sign = -1 if rules.low else 1
        worth = {race: sign * one.points for race, one in own.items() if one is not None}
        choices = [sorted(choice, reverse=True) for choice in combinations(able, count)]
        found |= set(min(choices, key=lambda one: (sum(worth[race] for race in one), [-race for race in one])))
    return found


def _step(
    rules: Rules,
    by: str,
    there: list[Got],
    scores: dict[int, tuple[Fraction, bool]],
    dropped: Sequence[int],
    held: Sequence[RaceResults],
    numbers: dict[int, int],
) -> list[Fraction]:
    sign = 1 if rules.low else -1
    if by == "countback":
        return [*sorted(Fraction(place) for one in there for place in one.places), Fraction(999)]
    if by == "best_scores":
        return sorted(sign * points for number, (points, _) in scores.items() if number not in dropped)
    back = sorted({numbers[race.key] for race in held}, reverse=True)
    return [sign * scores[number][0] if number in scores else Fraction(0) for number in back]


def _eligible(rules: Rules, line: Line) -> bool:
    return not line.guest and (rules.eligible.registered is not True or line.registered)


def _position(rules: Rules, race: RaceResults, line: Line) -> int | None:
    """Give the place before the cars of the championship are numbered among themselves."""
    if line.status in NOT_PAID:
        return None
    road, own = (line.places.get((Contest.RACE, ranking)) for ranking in ("track", "overall"))
    others = [other for other in race.lines if not _eligible(rules, other)]
    if rules.rank_within == "championship":
        place = own if road is None else road
    elif rules.ineligible == "void":
        place = road if road is not None or others else own
    elif own is None:
        place = None
    else:
        ahead = [other for other in others if other.status not in NOT_PAID]
        place = own - sum(other.places.get((Contest.RACE, "overall"), 999) < own for other in ahead)
    return place if place is not None and _far_enough(rules, race, line) else None


def _far_enough(rules: Rules, race: RaceResults, line: Line) -> bool:
    if rules.classified is None:
        return True
    if rules.classified.flag and line.status not in (None, "finished"):
        return False
    most = max((other.laps for other in race.lines if other.laps is not None), default=0)
    return line.laps is None or line.laps >= rules.classified.min_share * most


def _places(rules: Rules, race: RaceResults) -> dict[int, int]:
    found = {
        line.entry: place
        for line in race.lines
        if _eligible(rules, line) and (place := _position(rules, race, line)) is not None
    }
    if rules.rank_within == "championship":
        return {entry: sum(other < place for other in found.values()) + 1 for entry, place in found.items()}
    return found


def _scale(rules: Rules, race: RaceResults) -> str | None:
    share = race.attributes.get("share_run")
    if rules.scale_by is None or share is None or race.number in rules.scale_by.full:
        return race.session
    return [name for start, name in rules.scale_by.steps if start <= share][-1]


def _times(rules: Rules, race: RaceResults, value: Fraction) -> Fraction:
    factor = rules.round_multiplier.get(race.number or 0, Fraction(1))
    if rules.rounding is None or factor == 1:
        return value * factor
    half, finer = Fraction(1, 2), 10**rules.rounding.decimals
    exact = value * factor * finer
    return Fraction(floor(exact + half) if rules.rounding.half_up else ceil(exact - half), finer)


def _for_place(rules: Rules, race: RaceResults, line: Line, places: dict[int, int]) -> Fraction:
    name = _scale(rules, race)
    if name is None:
        return Fraction(0)  # the place counts all the same where places are counted
    scale = rules.scales[name]
    if line.entry in places:
        place = places[line.entry]
        worth = Fraction(place) if scale.by_position else (*scale.places, *[scale.tail] * place)[place - 1]
        return _times(rules, race, worth)
    other = scale.unplaced.get(str(line.status))
    if other is None:
        return Fraction(0)
    return _times(rules, race, other.points + (rules.entries or 0 if other.of_entries else 0))


def _bonus(rules: Rules, race: RaceResults, line: Line, places: dict[int, int]) -> Fraction:
    total = Fraction(0)
    if _scale(rules, race) is None:
        return total
    for bonus in rules.bonuses:
        if bonus.classified and line.entry not in places:
            continue
        if bonus.on == "pole":
            on_pole = [one for one in race.lines if one.places.get((Contest.QUALIFYING, "overall")) == 1]
            road = line.places.get((Contest.QUALIFYING, "track"), 1)
            barred = [one for one in race.lines if not _eligible(rules, one)]
            beaten = road > 1 or any(one.places.get((Contest.QUALIFYING, "track")) == 1 for one in barred)
            total += bonus.points if line in on_pole and not beaten else 0
        elif bonus.on == "lap_led":
            total += bonus.points if line.laps_led else 0
        elif bonus.on == "win":
            total += bonus.points if places.get(line.entry) == 1 else 0
        else:
            total += bonus.points if line.status is not None and line.status not in NOT_THERE else 0
    return total


def _race(rules: Rules, race: RaceResults) -> dict[int, Got]:
    places = _places(rules, race)
    cars: dict[int, list[tuple[Fraction, Fraction, int | None, Line]]] = {}
    for line in race.lines:
        if not _eligible(rules, line):
            continue
        points, bonus = _for_place(rules, race, line, places), _bonus(rules, race, line, places)
        drivers = [driver for driver in dict.fromkeys(line.drivers) if _drove(rules, line, driver)]
        if len(line.drivers) > 1 and rules.shared == "none":
            points = Fraction(0)
        elif rules.shared == "split" and rules.subject == "driver" and len(drivers) > 1:
            points = Fraction(floor(points / len(drivers) * 100 + Fraction(1, 2)), 100)
        subjects = {"driver": drivers, "crew": [line.entry], "make": [line.make] if line.make else []}[rules.subject]
        for driver in set(line.drivers).difference(drivers) if rules.subject == "driver" else ():
            cars.setdefault(driver, []).append((Fraction(0), Fraction(0), None, line))
        for subject in subjects:
            cars.setdefault(subject, []).append((points, bonus, places.get(line.entry), line))
    return {subject: _added(rules, race, own) for subject, own in cars.items()}


def _drove(rules: Rules, line: Line, driver: int) -> bool:
    if rules.min_drive is None or driver not in line.drive:
        return True
    if rules.min_drive.minutes is not None:
        return line.drive[driver] >= rules.min_drive.minutes
    return line.drive[driver] >= (rules.min_drive.share or 0) * sum(line.drive.values())


def _added(rules: Rules, race: RaceResults, cars: list[tuple[Fraction, Fraction, int | None, Line]]) -> Got:
    best = sorted(cars, key=lambda car: (car[0] if rules.low else -car[0], car[2] or 999, car[3].entry))
    scoring = best if rules.cars is None else best[: rules.cars]
    return Got(
        sum((points for points, *_ in scoring), Fraction(0)) + sum((bonus for _, bonus, *_ in best), Fraction(0)),
        [place for *_, place, _ in scoring if place is not None],
        any(line.status not in NOT_THERE for *_, line in best),
        race.tags.isdisjoint(rules.not_droppable),
    )


def _missed(rules: Rules, race: RaceResults) -> Got | None:
    scale = rules.scales[_scale(rules, race) or race.session]
    if not rules.low or "absent" not in scale.unplaced:
        return None
    return Got(scale.unplaced["absent"].points + (rules.entries or 0), [], False, True)


def _dropped(rules: Rules, scores: dict[int, tuple[Fraction, bool]], held: Sequence[int], gone: set[int]) -> list[int]:
    """Give the numbers of the scores that go: of all choices that may be made the best for the subject, the later of equals."""
    dropped: list[int] = []
    for segment in rules.segments:
        last = segment.last or 10**9
        inside = [number for number in held if segment.first <= number <= last]
        missed = [number for number in inside if number not in scores]
        if segment.schedule:
            surplus = max((drop for count, drop in segment.schedule if count <= len(inside)), default=0)
        elif segment.best is not None:
            surplus = len(inside) - segment.best
        elif segment.last is None:
            surplus = min(segment.drop or 0, len(inside) - 1)
        else:
            length = last - segment.first + 1 - sum(segment.first <= number <= last for number in gone)
            surplus = len(inside) - max(length - (segment.drop or 0), 0)
        able = [number for number in inside if number in scores and scores[number][1]]
        count = min(max(surplus - len(missed), 0), len(able))
        sign = -1 if rules.low else 1
        choices = [sorted(choice, reverse=True) for choice in combinations(able, count)]
        dropped += min(choices, key=lambda one: (sign * sum(scores[n][0] for n in one), [-n for n in one]))
    return dropped
