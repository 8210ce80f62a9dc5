"""The parts of the rules from data: filters, bonuses, segments, phases, tie-breaks, adjustments; scales are in `scales.py`."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from racing.terms import Contest, Status
from standings.scoring import values as read
from standings.scoring.bonuses import CONTESTS
from standings.scoring.mistakes import Gathered, Mistake, RulesError
from standings.scoring.rules import (
    Bonus,
    Classified,
    Decision,
    DecisionKind,
    Filter,
    MinDrive,
    Phase,
    Ranking,
    Rounding,
    Segment,
    Subject,
    TieBreak,
    Ties,
    TieStep,
)

BONUSES = (
    *CONTESTS,
    "lap_led",
    "most_laps_led",
    "stage_position",
    "win",
    "qualifying_position",
    "participation",
)
MINUTES = "min"
EITHER = "either"
EXACT = "exact"
#: No points are rounded to more decimals.
FINEST = 9


def filter_of(value: Any, key: str) -> Filter:
    """Read {class, classes, guest, registered, tags, drivers, team_cars}."""
    known = ("class", "classes", "guest", "registered", "tags", "drivers", "team_cars")
    gathered = Gathered()
    given = read.known_of(gathered, value, known, key)
    own = [given["class"]] if "class" in given else []
    classes = [*own, *gathered.read([], read.items, given.get("classes", []), f"{key}.classes")]
    found: dict[str, Any] = {
        name: gathered.read(None, _wanted, given[name], f"{key}.{name}")
        for name in ("guest", "registered")
        if name in given
    }
    for name in ("tags", "drivers"):
        found[name] = gathered.read(frozenset(), read.texts, given.get(name, []), f"{key}.{name}")
    if "team_cars" in given:
        found["team_cars"] = gathered.read(None, read.number, given["team_cars"], f"{key}.team_cars")
    names = [gathered.read("", read.text, name, f"{key}.class") for name in classes]
    gathered.end()
    return Filter(frozenset(names), **found)


def _wanted(value: Any, key: str) -> bool | None:
    """Read true or false, or "either", which asks for nothing."""
    return None if value == EITHER else read.flag(value, key)


def eligible(value: Any, key: str) -> Filter:
    """Read a filter that guests do not pass unless it says so."""
    return filter_of({"guest": False, **read.mapping(value, key)}, key)


def multipliers(value: Any, key: str) -> dict[int, Fraction]:
    """Read round number -> factor."""
    return {read.number(number, key): read.points(factor, key) for number, factor in read.mapping(value, key).items()}


def rounding(value: Any, key: str) -> Rounding | None:
    """Read a number of decimals, or {decimals, half: "up" or "down"}; None for "exact"."""
    if value == EXACT:
        return None
    given = read.table(value if isinstance(value, Mapping) else {"decimals": value}, ("decimals", "half"), key)
    half = read.one_of(given.get("half", "up"), ("up", "down"), f"{key}.half")
    decimals = read.number(given.get("decimals", 2), f"{key}.decimals")
    if decimals > FINEST:
        raise RulesError(Mistake.BEYOND_REASON, f"{key}.decimals", given=str(decimals))
    return Rounding(decimals, half == "up")


def classified(value: Any, key: str) -> Classified | None:
    """Read "given" or {min_share, of: "winner" or "class_winner", flag}."""
    if value == "given":
        return None
    given = read.table(value, ("min_share", "of", "flag"), key)
    return Classified(
        read.points(given.get("min_share", 0), f"{key}.min_share"),
        read.one_of(given.get("of", "winner"), ("winner", "class_winner"), f"{key}.of") == "class_winner",
        read.flag(given.get("flag", False), f"{key}.flag"),
    )


def min_drive(value: Any, key: str) -> MinDrive | None:
    """Read "25 min", or a share of the car's time such as "1/3" or 0.25; 0 asks for nothing."""
    minutes = isinstance(value, str) and value.endswith(MINUTES)
    try:
        found = read.points(value.removesuffix(MINUTES).strip() if minutes else value, key)
    except RulesError as error:
        if error.code not in (Mistake.UNREADABLE_POINTS, Mistake.NOT_POINTS):
            raise
        raise RulesError(Mistake.NOT_A_DRIVE, key, given=repr(value)) from None
    if minutes:
        return MinDrive(minutes=found) if found else None
    if found > 1:
        raise RulesError(Mistake.NOT_A_DRIVE, key, given=repr(value))
    return MinDrive(share=found) if found else None


def bonuses(value: Any, key: str) -> tuple[Bonus, ...]:
    """Read the list of bonuses."""
    return read.each(value, key, _bonus)


def _bonus(value: Any, key: str) -> Bonus:
    known = ("on", "points", "scale", "session", "scope", "if_ineligible", "if", "ties", "pays", "multiplied", "carry")
    gathered = Gathered()
    given = read.known_of(gathered, value, known, key)
    on = gathered.read("", read.one_of, given.get("on"), BONUSES, f"{key}.on")
    condition = gathered.read({}, _condition, gathered, given.get("if", {}), f"{key}.if")
    worth: list[Fraction] = []
    with gathered:
        if on and "scale" in given and ("points" in given or on not in ("qualifying_position", "stage_position")):
            raise RulesError(Mistake.BONUS_SCALE, f"{key}.scale")
        worth = [read.points(points, f"{key}.scale") for points in read.items(given.get("scale", []), f"{key}.scale")]

    def choice(name: str, words: tuple[str, ...]) -> str:
        return str(gathered.read(words[0], read.one_of, given.get(name, words[0]), words, f"{key}.{name}"))

    def flag(name: str) -> bool:
        return bool(gathered.read(False, read.flag, given.get(name, False), f"{key}.{name}"))

    kinds = gathered.read([], read.items, given.get("pays", []), f"{key}.pays")
    needed = not given.get("scale")
    found = Bonus(
        on,
        CONTESTS.get(on, Contest.QUALIFYING if on == "qualifying_position" else Contest.RACE),
        gathered.read(Fraction(0), read.points, given.get("points"), f"{key}.points") if needed else Fraction(0),
        Ranking(choice("scope", ("overall", "class"))),
        choice("if_ineligible", ("nobody", "next")) == "next",
        multiplied=flag("multiplied"),
        scale=tuple(worth),
        session=gathered.read("", read.text, given["session"], f"{key}.session")
        if "session" in given
        else _session(on),
        ties=Ties(choice("ties", (Ties.ALL, Ties.SPLIT, Ties.FIRST))),
        pays=frozenset(
            Subject(gathered.read(Subject.DRIVER, read.one_of, kind, tuple(Subject), f"{key}.pays")) for kind in kinds
        ),
        carry=flag("carry"),
        **condition,
    )
    gathered.end()
    return found


def _condition(gathered: Gathered, value: Any, key: str) -> dict[str, Any]:
    """Read what a bonus asks for besides."""
    given = read.known_of(gathered, value, ("classified", "top", "min_share_run", "eligible"), key)
    if not gathered.read(True, read.flag, given.get("eligible", True), f"{key}.eligible"):
        gathered.found.append(RulesError(Mistake.INELIGIBLE_BONUS, f"{key}.eligible"))
    readers: tuple[tuple[str, Callable[[Any, str], Any]], ...] = (
        ("classified", read.flag),
        ("top", read.number),
        ("min_share_run", read.points),
    )
    return {name: gathered.read(None, how, given[name], f"{key}.{name}") for name, how in readers if name in given}


def _session(on: str) -> str | None:
    return "stage" if on == "stage_position" else None


def segments(value: Any, key: str) -> tuple[Segment, ...]:
    """Read the list of segments."""
    return read.each(value, key, _segment)


def _segment(value: Any, key: str) -> Segment:
    given = read.table(value, ("from", "to", "best", "drop"), key)
    if ("best" in given) == ("drop" in given):
        raise RulesError(Mistake.BEST_OR_DROP, key)
    numbers = {name: read.number(number, f"{key}.{name}") for name, number in given.items()}
    segment = Segment(numbers.get("from", 1), numbers.get("to"), numbers.get("best"), numbers.get("drop"))
    if segment.last is not None and segment.last < segment.first:
        raise RulesError(Mistake.ENDS_BEFORE_IT_BEGINS, key)
    return segment


def drop_schedule(value: Any, key: str) -> tuple[Segment, ...]:
    """Read [[scores, how many of them are dropped]] as the one segment of the season."""
    steps = []
    for step in read.items(value, key):
        if len(read.items(step, key)) != 2:
            raise RulesError(Mistake.NOT_A_PAIR, key, given=repr(step))
        steps.append((read.number(step[0], key), read.number(step[1], key)))
    return (Segment(schedule=tuple(steps)),)


def not_droppable(value: Any, key: str) -> frozenset[str]:
    """Read statuses, and tags of races as {tag}."""
    found = set()
    for one in read.items(value, key):
        if isinstance(one, Mapping):
            found.add(read.text(read.table(one, ("tag",), key).get("tag"), f"{key}.tag"))
        else:
            found.add(Status(read.one_of(one, tuple(Status), key)))
    return frozenset(found)


def phases(value: Any, key: str) -> tuple[Phase, ...]:
    """Read the list of phases, in the order of their rounds."""
    return tuple(sorted(read.each(value, key, _phase), key=lambda phase: phase.after))


def _phase(value: Any, key: str) -> Phase:
    gathered = Gathered()
    given = read.known_of(gathered, value, ("after_round", "keep", "by", "set_points", "carry", "carry_scale"), key)
    scale = gathered.read([], read.items, given.get("carry_scale", []), f"{key}.carry_scale")
    points = None
    if "set_points" in given:
        points = gathered.read(None, read.points, given["set_points"], f"{key}.set_points")
    elif "carry" in given or scale:
        gathered.found.append(RulesError(Mistake.NOTHING_TO_CARRY_TO, key))
    found = Phase(
        gathered.read(0, read.number, given.get("after_round"), f"{key}.after_round"),
        gathered.read(0, read.number, given.get("keep"), f"{key}.keep"),
        points,
        gathered.read(False, read.flag, given.get("carry", "set_points" in given), f"{key}.carry"),
        tuple([gathered.read(Fraction(0), read.points, points, f"{key}.carry_scale") for points in scale]),
        gathered.read("", read.one_of, given.get("by", "points"), ("points", "wins"), f"{key}.by") == "wins",
    )
    gathered.end()
    return found


def tiebreak(value: Any, key: str) -> tuple[TieStep, ...]:
    """Read the chain of tie-breaks."""
    return read.each(value, key, lambda step, _where: _tie_step(step, key))


def _tie_step(value: Any, key: str) -> TieStep:
    if not isinstance(value, Mapping):
        return TieStep(TieBreak(read.one_of(value, tuple(TieBreak), key)))
    if len(value) != 1:
        raise RulesError(Mistake.ONE_STEP_AT_A_TIME, key, given=repr(value))
    by, options = next(iter(value.items()))
    where = f"{key}.{by}"
    step = TieBreak(read.one_of(by, tuple(TieBreak), key))
    known = ("results", "depth", "sessions", "cars") if step is TieBreak.COUNTBACK else ("sessions",)
    given = read.table(options, known, where)
    cars = given.get("cars", "scoring")
    return TieStep(
        step,
        kept=read.one_of(given.get("results", "all"), ("all", "kept"), f"{where}.results") == "kept",
        scoring=read.one_of(given.get("depth", "all"), ("all", "scoring"), f"{where}.depth") == "scoring",
        sessions=read.texts(given.get("sessions", []), f"{where}.sessions"),
        cars=1 if cars == 1 else {"scoring": None, "all": 0}[read.one_of(cars, ("scoring", "all"), f"{where}.cars")],
    )


def decisions(value: Any, key: str) -> tuple[Decision, ...]:
    """Read the list of adjustments."""
    return read.each(value, key, _decision)


#: What a kind of decision cannot do without.
_NEEDED = {
    DecisionKind.POINTS_DELTA: ("subject", "points"),
    DecisionKind.SET_POINTS: ("subject", "race", "points"),
    DecisionKind.NO_POINTS: ("subject", "race"),
    DecisionKind.NO_BONUS: ("subject", "race"),
    DecisionKind.NO_FASTEST_LAP: ("subject", "race"),
    DecisionKind.NOT_A_SHARER: ("subject", "race"),
    DecisionKind.FORCE_SCALE: ("race", "scale"),
    DecisionKind.EXCLUDE: ("subject",),
    DecisionKind.TIE_ORDER: ("order",),
}
#: What it may be given besides; anything else would have no effect.
_TAKEN = {
    DecisionKind.POINTS_DELTA: ("race",),
    DecisionKind.NO_POINTS: ("position", "entry"),
    DecisionKind.NOT_A_SHARER: ("position", "entry"),
    DecisionKind.EXCLUDE: ("race", "points", "keep", "text"),
    DecisionKind.TIE_ORDER: ("race",),
}
#: What any decision may be given.
_OF_ALL = ("kind", "reason", "visible_from")
_NUMBERS = ("subject", "race", "position", "entry", "visible_from")


def _misfits(kind: DecisionKind, given: Mapping[str, Any], key: str) -> Iterator[RulesError]:
    """Tell what a decision of a kind lacks, and what it is given that would have no effect."""
    needed = _NEEDED[kind]
    for name in needed:
        if name not in given:
            yield RulesError(Mistake.NEEDS, key, needed=name)
    taken = (*needed, *_TAKEN.get(kind, ()))
    for name in given:
        if name not in (*taken, *_OF_ALL):
            yield RulesError(Mistake.NOT_OF_THIS_KIND, f"{key}.{name}", kind=kind, known=", ".join(taken))


def _decision(value: Any, key: str) -> Decision:
    known = ("kind", "reason", "points", "order", "keep", "text", "scale", *_NUMBERS)
    gathered = Gathered()
    given = read.known_of(gathered, value, known, key)
    kind = gathered.read("", read.one_of, given.get("kind"), tuple(DecisionKind), f"{key}.kind")
    if not given.get("reason"):
        gathered.found.append(RulesError(Mistake.NEEDS_A_REASON, key))
    if kind:
        gathered.found += _misfits(DecisionKind(kind), given, key)
    order = gathered.read([], read.items, given.get("order", []), f"{key}.order")
    texts = {
        name: gathered.read("", read.text, given.get(name, ""), f"{key}.{name}") for name in ("reason", "text", "scale")
    }
    found = Decision(
        DecisionKind(kind or DecisionKind.POINTS_DELTA),
        texts["reason"],
        points=gathered.read(Fraction(0), read.any_points, given.get("points", 0), f"{key}.points"),
        order=tuple([gathered.read(0, read.number, subject, f"{key}.order") for subject in order]),
        zero=not gathered.read(True, read.flag, given.get("keep", True), f"{key}.keep"),
        text=texts["text"],
        scale=texts["scale"] if "scale" in given else None,
        **{name: gathered.read(0, read.number, given[name], f"{key}.{name}") for name in _NUMBERS if name in given},
    )
    gathered.end()
    return found
