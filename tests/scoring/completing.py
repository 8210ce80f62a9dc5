"""Every way in which partly known races may have ended, one by one, scored by the engine itself: slow, and beyond doubt.

It shares with `standings.scoring.bounds` only what a completion is, as its docstring says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product

from racing.terms import OVERALL, TRACK, Contest, Status
from standings.scoring import Entrants, Line, RaceResults, Row, Rules, Subject, score
from standings.scoring.awards import score_race
from standings.scoring.places import NOT_STARTED, field_of
from standings.scoring.units import Units

#: Somebody whom nobody has listed.
STRANGER = 9000
#: So many more places are looked at than matter, where there is a last one that does.
FURTHER = 0
#: In which classes such a car may have run, beside those that others run in; nobody is listed in the last.
CLASSES = (frozenset({"Pro"}), frozenset({"Am"}), frozenset({"Gentlemen"}))
#: The places of a contest by the entry, or by the classes of the first whom nobody has listed.
Beside = dict[int | frozenset[str], dict[tuple[Contest, str], int]]
Totals = Mapping[int, Fraction]


def completed_totals(
    rules: Rules, races: Sequence[RaceResults], entrants: Mapping[int, Entrants], most: int
) -> list[Totals] | None:
    """Give the points of all subjects in the last table of each completed season; None where there are more than so many."""
    tables = _last_tables(rules, races, entrants, most, with_places=False)
    return None if tables is None else [{row.subject: row.points for row in rows} for rows in tables]


def completed_positions(
    rules: Rules, races: Sequence[RaceResults], entrants: Mapping[int, Entrants], most: int
) -> list[dict[int, int | None]] | None:
    """Give the positions of all subjects in the same tables."""
    tables = _last_tables(rules, races, entrants, most, with_places=True)
    return None if tables is None else [{row.subject: row.position for row in rows} for rows in tables]


def _last_tables(
    rules: Rules, races: Sequence[RaceResults], entrants: Mapping[int, Entrants], most: int, *, with_places: bool
) -> list[tuple[Row, ...]] | None:
    ways: list[list[RaceResults]] = []
    number = 1
    for race in races:
        different = _different(rules, race, entrants[race.key], most * 5, with_places=with_places)
        number *= len(different)
        if number > most or not different:
            return None
        ways.append(different)
    found = []
    for season in product(*ways):
        tables = score(rules, season).tables
        found.append(tables[-1].rows if tables else ())
    return found


def _different(
    rules: Rules, race: RaceResults, entrants: Entrants, most: int, *, with_places: bool
) -> list[RaceResults]:
    """Give the completions of a race that differ in what anybody earns; none where there are more than so many at all."""
    if race.cancelled:
        return [race]
    found: dict[object, RaceResults] = {}
    units = Units(rules)
    for count, way in enumerate(completions(rules, race, entrants)):
        if count > most:
            return []
        scores = score_race(rules, units, field_of(rules, way))
        key = frozenset(
            (subject, one.points, one.bonus, one.droppable, one.positions if with_places else ())
            for subject, (one, _) in scores.items()
        )
        found.setdefault(key, way)
    return list(found.values())


def completions(rules: Rules, race: RaceResults, entrants: Entrants) -> Iterator[RaceResults]:
    """Give every completion of a race: in whichever classes each car ran."""
    told = {line.entry for line in race.lines}
    cars = [*race.lines, *(line for line in entrants.listed if line.entry not in told)]
    known = [replace(line, classes=line.classes | _told_classes(line)) for line in cars]
    further = [frozenset[str](), *classes_of_strangers(known)]
    ways = [
        list(dict.fromkeys(line.classes | more for more in further)) if line.more_classes else [line.classes]
        for line in known
    ]
    for chosen in product(*ways):
        ran = [replace(line, classes=own, more_classes=False) for line, own in zip(known, chosen, strict=True)]
        lines, listed = tuple(ran[: len(race.lines)]), tuple(ran[len(race.lines) :])
        yield from _in_these_classes(rules, replace(race, lines=lines), replace(entrants, listed=listed), known)


def _told_classes(line: Line) -> frozenset[str]:
    """Give the classes in which a car has a place, where it may have run in more than are told."""
    return frozenset([name for _, name in line.places if name not in (OVERALL, TRACK)] if line.more_classes else [])


def _in_these_classes(
    rules: Rules, race: RaceResults, entrants: Entrants, known: Sequence[Line]
) -> Iterator[RaceResults]:
    """Give the completions of a race of which it is known in which classes each car ran; `known` are the cars as listed."""
    told = {line.entry for line in race.lines}
    cars = [*race.lines, *(line for line in entrants.listed if line.entry not in told)]
    scale = max(len(scale.places) for scale in rules.scales.values())
    longest = max([scale + 1, *(place for line in cars for place in line.places.values())])
    if rules.scale_by is not None and rules.scale_by.attribute == "starters":
        longest = max([longest, *(int(start) for start, _ in rules.scale_by.steps)])
    if any(scale.by_position for scale in rules.scales.values()):
        # No place is like another.
        longest = max(longest, len(cars), (race.starters or 0) + sum(1 for line in cars if line.guest))
    longest += sum(1 for line in cars if line.status is Status.FINISHED) + FURTHER
    contests = {bonus.contest for bonus in rules.bonuses if bonus.contest is not Contest.RACE}
    paid = max([3, *(len(bonus.scale) + 1 for bonus in rules.bonuses)])
    beside = [list(_firsts(contest, cars, paid, classes_of_strangers(known))) for contest in sorted(contests)]
    if any(line.more_classes for line in known):
        # What is told of others says in which classes cars may have run.
        others = {contest for line in cars for contest, _ in line.places} - contests - {Contest.RACE}
        if any(next(_firsts(contest, cars, paid, classes_of_strangers(known)), None) is None for contest in others):
            return
    scales = [race.attributes]
    for attribute in entrants.unsure - race.attributes.keys():
        steps = rules.scale_by.steps if rules.scale_by else ()
        scales = [{**race.attributes, attribute: start} for start, _ in steps] + [race.attributes]
    strangers = classes_of_strangers(known) if entrants.others else []
    for order in orders(Contest.RACE, cars, longest, strangers):
        for lines in _with_ends(rules, race, cars, order, told):
            for contested in product(*beside):
                for named, able in _named(rules, lines):
                    whole = _with_contests(named, able, contested)
                    for led in _with_laps_led(rules, whole) if whole is not None else ():
                        for attributes in scales:
                            yield replace(race, lines=tuple(led), attributes=attributes)


def orders(
    contest: Contest, cars: Sequence[Line], longest: int, classes_of_others: Sequence[frozenset[str]]
) -> Iterator[list[Line]]:
    """Give all orders on the road that agree with the places that are told; cars that nobody has listed ran in such classes."""
    known = {
        line.entry: {ranking: place for (of, ranking), place in line.places.items() if of is contest} for line in cars
    }
    if contest is Contest.RACE:
        able = [line for line in cars if known[line.entry] or line.status in (None, Status.FINISHED)]
    else:
        able = list(cars)
    musts = {
        line.entry for line in able if known[line.entry] or (contest is Contest.RACE and line.status is Status.FINISHED)
    }
    strangers = [Line(STRANGER, classes=classes) for classes in classes_of_others]

    def further(order: list[Line], counts: dict[str, int], left: list[Line]) -> Iterator[list[Line]]:
        if not any(line.entry in musts for line in left):
            yield order
        if len(order) == longest:
            return
        for line in [*left, *strangers]:
            after = dict(counts)
            for ranking in (TRACK, *(() if line.guest else (OVERALL, *line.classes))):
                after[ranking] = after.get(ranking, 0) + 1
            if any(after.get(ranking) != place for ranking, place in known.get(line.entry, {}).items()):
                continue
            rest = [other for other in left if other is not line]
            # Whoever is still to come must not have been passed already.
            if any(place <= after.get(ranking, 0) for other in rest for ranking, place in known[other.entry].items()):
                continue
            yield from further([*order, line], after, rest)

    yield from further([], {}, able)


def classes_of_strangers(cars: Sequence[Line]) -> list[frozenset[str]]:
    """Give in which classes somebody may have run whom nobody has listed."""
    found = sorted((car.classes for car in cars if car.classes), key=sorted)
    found += [frozenset({name}) for own in found for name in sorted(own)]
    return list(dict.fromkeys([*CLASSES, *found]))


def _with_ends(
    rules: Rules, race: RaceResults, cars: Sequence[Line], order: Sequence[Line], told: set[int]
) -> Iterator[list[Line]]:
    """Give the lines of an order on the road with every end of those who are not in it."""
    placed = {line.entry for line in order}
    ran, counts = [], dict[str, int]()
    for index, line in enumerate(order):
        places = {}
        for ranking in (TRACK, *(() if line.guest else (OVERALL, *line.classes))):
            counts[ranking] = counts.get(ranking, 0) + 1
            places[Contest.RACE, ranking] = counts[ranking]
        entry = STRANGER + 1 + index if line.entry == STRANGER else line.entry
        kept = {key: place for key, place in line.places.items() if key[0] is not Contest.RACE}
        status = line.status or Status.FINISHED
        ran.append(replace(line, entry=entry, places=places | kept, status=status))
    by_starters = rules.scale_by is not None and rules.scale_by.attribute == "starters"
    simple = not rules.not_droppable and not rules.bonuses and not any(s.unplaced for s in rules.scales.values())
    ends: Sequence[Status] = _different_ends(rules)
    if simple:
        # Without an end that pays it matters who started alone, and that where it is told how many did.
        ends = (Status.DNF,) if race.starters is None and not by_starters else (Status.DNF, Status.DNS)
    rest = [line for line in cars if line.entry not in placed]
    options = [
        (line.status,) if line.status is not None else ends if line.entry in told else (None, *ends) for line in rest
    ]
    for chosen in product(*options):
        stopped = [
            replace(line, status=end) for line, end in zip(rest, chosen, strict=True) if end or line.entry in told
        ]
        lines = [*ran, *stopped]
        starting = sum(1 for line in lines if line.status not in NOT_STARTED and not line.guest)
        # A race that was held had somebody in it.
        if lines and (race.starters is None or starting <= race.starters):
            yield lines


def _different_ends(rules: Rules) -> list[Status]:
    """Give the ends without a place, of those that are alike in all that matters the first alone."""
    found: dict[object, Status] = {}
    for end in Status:
        if end is not Status.FINISHED:
            paid = tuple([scale.unplaced.get(str(end)) for _, scale in sorted(rules.scales.items())])
            found.setdefault((end in NOT_STARTED, end in rules.not_droppable, paid), end)
    return list(found.values())


def _firsts(
    contest: Contest, cars: Sequence[Line], paid: int, classes_of_others: Sequence[frozenset[str]]
) -> Iterator[Beside]:
    """Give who may have had the first places in a contest beside the race; each different answer once."""
    seen = set()
    told = [line for line in cars if line.places.get((contest, OVERALL)) == 1]
    ahead = [line for line in cars if line.places.get((contest, TRACK)) == 1 and line.guest]
    for order in orders(contest, cars, len(cars) + 2, classes_of_others):
        if told and not ahead and told[0].places.get((contest, TRACK), 1) == 1 and order[0].entry != told[0].entry:
            continue
        counts: dict[str, int] = {}
        places: dict[int | frozenset[str], dict[tuple[Contest, str], int]] = {}
        for line in order:
            own = {}
            for ranking in (TRACK, *(() if line.guest else (OVERALL, *line.classes))):
                counts[ranking] = counts.get(ranking, 0) + 1
                own[contest, ranking] = counts[ranking]
            places.setdefault(line.classes if line.entry == STRANGER else line.entry, own)
        key = frozenset(
            (who, ranking, min(place, paid)) for who, own in places.items() for ranking, place in own.items()
        )
        if key not in seen:
            seen.add(key)
            yield places


def _named(rules: Rules, lines: list[Line]) -> Iterator[tuple[list[Line], list[int]]]:
    """Let one unknown person, or team, have been in any of the cars that nobody has listed, and in no other.

    Gives the lines with those of the cars that may have won something beside the race.
    """
    strangers = [line for line in lines if line.entry >= STRANGER]
    if rules.subject is not Subject.DRIVER:
        named = [replace(line, team=STRANGER) if line in strangers else line for line in lines]
        yield named, [line.entry for line in strangers]
        return
    yield lines, []
    for one in strangers:
        yield [replace(line, drivers=(STRANGER,)) if line is one else line for line in lines], [one.entry]


def _with_contests(lines: list[Line], able: Sequence[int], contested: Sequence[Beside]) -> list[Line] | None:
    """Add the places of the contests beside the race; None where who did not start would have set a lap, or led."""
    whole = []
    left = [dict(places) for places in contested]
    for line in lines:
        places = dict(line.places)
        for own in left:
            key = line.classes if line.entry >= STRANGER else line.entry
            won = own.pop(key, {}) if line.entry < STRANGER or line.entry in able else {}
            places |= won
        if line.status in NOT_STARTED and (line.laps_led or any(of is Contest.FASTEST_LAP for of, _ in places)):
            return None
        whole.append(replace(line, places=places))
    return whole


def _with_laps_led(rules: Rules, lines: list[Line]) -> Iterator[list[Line]]:
    """Let everybody who started, and of whom it is not told, have led any number of laps that makes a difference."""
    if all(bonus.on not in ("lap_led", "most_laps_led") for bonus in rules.bonuses):
        yield lines
        return
    most = max((line.laps_led or 0 for line in lines), default=0)
    unknown = [line.laps_led is None and line.status is not Status.DNS for line in lines]
    for led in product(*(range(most + 2) if any_number else (None,) for any_number in unknown)):
        yield [line if laps is None else replace(line, laps_led=laps) for line, laps in zip(lines, led, strict=True)]
