"""Scales from data, and by which number of a race another of them is chosen."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

from racing.terms import Status
from standings.scoring import values as read
from standings.scoring.cars import ABSENT
from standings.scoring.mistakes import Gathered, Mistake, RulesError
from standings.scoring.rules import Scale, ScaleBy, Unplaced

ENTRIES = "entries"


def scales(value: Any, key: str) -> dict[str, Scale]:
    """Read the scales by the kind of session, or by the name that `scale_by` knows them by."""
    gathered, found = Gathered(), {}
    for kind, scale in read.mapping(value, key).items():
        with gathered:
            found[read.text(kind, key)] = _scale(scale, f"{key}.{kind}")
    gathered.end()
    return found


def _scale(value: Any, key: str) -> Scale:
    if isinstance(value, list | tuple):
        value = {"places": value}
    gathered = Gathered()
    given = read.known_of(gathered, value, ("places", "tail", "start", "dns", "formula", "status"), key)
    unplaced: dict[str, Unplaced] = {}
    with gathered:
        if "start" in given:
            unplaced |= dict.fromkeys((Status.DNF, Status.NC), _unplaced(given["start"], f"{key}.start"))
    with gathered:
        if "dns" in given:
            unplaced[Status.DNS] = _unplaced(given["dns"], f"{key}.dns")
    for status, points in gathered.read({}, read.mapping, given.get("status", {}), f"{key}.status").items():
        with gathered:
            name = read.one_of(status, (*Status, ABSENT), f"{key}.status")
            unplaced[name] = _unplaced(points, f"{key}.status.{name}")
    listed = gathered.read([], read.items, given.get("places", []), key)
    places = [gathered.read(Fraction(0), read.points, points, key) for points in listed]
    with gathered:
        if "formula" in given:
            read.one_of(given["formula"], ("position",), f"{key}.formula")
    tail = gathered.read(Fraction(0), read.points, given.get("tail", 0), f"{key}.tail")
    gathered.end()
    return Scale(tuple(places), tail, "formula" in given, {str(name): rule for name, rule in unplaced.items()})


def _unplaced(value: Any, key: str) -> Unplaced:
    """Read points, or "entries+1": one more than there are cars."""
    if isinstance(value, str) and value.startswith(ENTRIES):
        return Unplaced(read.any_points(value.removeprefix(ENTRIES).removeprefix("+") or 0, key), of_entries=True)
    return Unplaced(read.points(value, key))


def scale_by(value: Any, key: str) -> ScaleBy:
    """Read {attribute, steps: [[from, scale or "none"]], full: [rounds], session}."""
    gathered = Gathered()
    given = read.known_of(gathered, value, ("attribute", "steps", "full", "session"), key)
    steps = gathered.read((), read.each, given.get("steps"), f"{key}.steps", _step)
    if given.get("steps") == []:
        gathered.found.append(RulesError(Mistake.NEEDS, key, needed="steps"))
    for index, ((before, _), (start, _)) in enumerate(pairwise(steps), 2):
        if start <= before:
            gathered.found.append(RulesError(Mistake.STEPS_OUT_OF_ORDER, f"{key}.steps[{index}]"))
    found = ScaleBy(
        gathered.read("", read.text, given.get("attribute"), f"{key}.attribute"),
        steps,
        gathered.read(frozenset(), read.numbers, given.get("full", []), f"{key}.full"),
        gathered.read("", read.text, given["session"], f"{key}.session") if "session" in given else None,
    )
    gathered.end()
    return found


def _step(value: Any, key: str) -> tuple[Fraction, str | None]:
    if len(read.items(value, key)) != 2:
        raise RulesError(Mistake.NOT_A_STEP, key, given=repr(value))
    name = read.text(value[1], key)
    return read.points(value[0], key), None if name == "none" else name
