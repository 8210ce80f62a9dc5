"""Rules from data (TOML or JSON values) to values, with every mistake told by name.

The keys, with their defaults in brackets; all but `scales` may be missing:

    subject           "driver", "crew", "car", "team", "make" or "entity" (who competes for makes) ["driver"]
    filter            {class, classes, guest, registered, tags, drivers: [flags]: of a crew only drivers such as "rookie",
                      team_cars: only the first so many cars of a team}: whose results belong to this championship; guest and
                      registered are true, false or "either" [all]
    eligible          the same: who of them is paid [{guest: false}]
    ineligible        "rerank": those behind move up; "void": that place pays nobody ["void"]
    rank_within       whose places are paid: "overall", "class", or "championship", numbered among its own cars ["overall"]
    classified        "given": the result is trusted; or {min_share, of: "winner" or "class_winner", flag: whether the flag must
                      have been taken}: only who ran so much of the winner's laps is paid ["given"]
    scales            session kind -> [points of the 1st, of the 2nd, ...] or a table of
                      places (that list), tail: points beyond the list, start: for who started and is not classified,
                      dns: for who did not start, status: {status or "absent": points or "entries+1"},
                      formula: "position", for points that are the position itself
    sessions          kinds of session that are paid [all that have a scale]
    scale_by          {attribute: "round", "starters" (of this championship), "share_run", "hours" ...,
                      steps: [[from, scale or "none"], ...], full: [rounds that keep their own], session}: another scale by a
                      number that the race has [the session's own]
    entries           number of entries that "entries+1" means [the cars of the race]
    round_multiplier  round number -> factor [1]
    round_points_to   decimals [2], or {decimals [2], half: "up" or "down" [up]}, of what a factor makes; "exact": it is not
                      rounded, so that a third stays one
    only_rounds, exclude_rounds   numbers of rounds [all, none]
    shared            drivers of one car: "split": equal shares, each rounded to 2 decimals; "none": nobody is paid; "full" or
                      "each": each has the points. Of other subjects, "none" alone takes something away ["each"]
    min_drive         "25 min", or a share of the car's time: who drove less is not paid [none]
    bonuses           list of {on: "pole", "fastest_lap", "lap_led", "most_laps_led", "stage_position", "win",
                      "qualifying_position" or "participation", points or scale: [by position], session [any; "stage"],
                      scope: "overall" or "class" [overall] (laps led are laps at the head of the whole race: "class" compares
                      those of the cars of a class), if_ineligible: "nobody" or "next" [nobody],
                      if: {classified, top, min_share_run, eligible}, ties: "split", "all" or "first" [all],
                      pays: [kinds of subject] [all], multiplied [false],
                      carry: true where it is not counted but carried into the next phase [false]}
    cars              how many cars of a subject score in a race, "all" or a number ["all"]
    cars_by           "position": the best ones; "nominated" ["position"]
    others_move_up    whether cars that do not score are taken out of the order first [false]
    bonus_for_cars    "all" or "scoring": of which cars the bonuses count ["all"]
    direction         "high": most points are best; "low" ["high"]
    unit              what one score is, "session" or "round" ["session"]
    best_of_round     where the unit is the round: how many scores of a meeting make the meeting's, the best ones, "all" or a
                      number; the others are dropped ["all"]
    segments          list of {from [1], to [end], best: N or drop: N}; from and to count the races of the season, or the
                      meetings where the unit is the round. With `to`, dropping N means that all but N of the whole segment
                      count, so that nothing is dropped before its end is near; without, N are dropped from the beginning
    drop_schedule     instead: [[4, 1], [8, 2]]: one score is dropped from four on, two from eight on
    drop_bonus        whether a dropped score takes its bonus points along [true]
    absent            whether a missed race is a zero that can be dropped [true]
    equal_worst       which of equal scores is dropped, "earliest" or "latest" ["latest"]
    not_droppable     statuses whose score always counts, such as ["DSQ"], and tags of races, as {tag: "finale"} [none]
    phases            list of {after_round, keep: how many begin anew, by: "points", or "wins": who won more races is kept
                      first ["points"], set_points, carry [true], carry_scale: by the place in the table}; of who began anew
                      only later scores are dropped, and what was dropped before stays so [none]
    min_scores        number of starts, or {starts, finishes}, needed to be classified in the championship [0]
    tiebreak          chain of "countback", "first_achieved", "last_achieved", "last_race" (the scores from the last race
                      back), "best_scores" (those that count, the best first), "head_to_head", "decision"; options as
                      {countback: {results: "all" or "kept" [all], depth: "all" or "scoring" [all], sessions [all], cars: 1,
                      "scoring" or "all" [scoring]}}; `sessions` with the others too ["countback"]
    listed            "scorers", "classified", "started" or "entered", or {classified: [kinds of session]}; of a race known in
                      part it is not known who was classified besides, and a zero would say too much ["classified"]
    adjustments       list of {kind, reason, subject: id, race: id, ...}; `race` is the race concerned, or from which on the
                      decision holds; tables before the race `visible_from` do not know of it. The kinds:
                      points_delta {points}; set_points {points} of the race; no_points {position or entry, if one of several
                      results is meant}; no_bonus; no_fastest_lap: others who hold it share it; not_a_sharer {position,
                      entry}; force_scale {scale}; exclude {keep: false where the points go too, text, points added or taken
                      besides}; tie_order {order: [ids]}. What a kind does not know is refused
    changes           list of {race: id, reason, rules: what differs}: tables from that race on are scored by these rules, the
                      races before it too [none]
    title             false: a table for information, that awards no title [true]
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from standings.scoring import parts, scales
from standings.scoring import values as read
from standings.scoring.mistakes import WHOLE, Gathered, Mistake, RulesError
from standings.scoring.rules import Change, Ineligible, Listed, Ranking, Rules, Shared, Subject


def parse_rules(data: Any) -> Rules:
    """Read the rules of a championship. Raises RulesError, which names what is wrong, with all mistakes besides."""
    gathered = Gathered()
    given = read.known_of(gathered, data, KEYS, WHOLE)
    if "scales" not in given or given["scales"] == {}:
        gathered.found.append(RulesError(Mistake.NO_SCALES, "scales"))
    found: dict[str, Any] = {}
    for key, (field, how) in KEYS.items():
        if key in given and field != "changes" and (key, given[key]) != ("drop_schedule", []):
            with gathered:
                found[field] = how(given[key], key)
    gathered.end()
    for field in ("min_scores", "listed"):
        if isinstance(found.get(field), Mapping):
            found |= found.pop(field)
    rules = Rules(**found)
    _check(given, rules)
    for index, change in enumerate(read.items(given.get("changes", []), "changes"), 1):
        with gathered:
            rules = replace(rules, changes=(*rules.changes, _change(given, rules, change, f"changes[{index}]")))
    gathered.end()
    return rules


def _change(data: Mapping[str, Any], rules: Rules, value: Any, key: str) -> Change:
    """Read a change: the rules as they are by then, and what differs."""
    given = read.table(value, ("race", "reason", "rules"), key)
    before = rules.changes[-1] if rules.changes else None
    differs = read.mapping(given.get("rules"), f"{key}.rules")
    held = {name: value for name, value in data.items() if name != "changes"}
    if "changes" in differs:
        raise RulesError(Mistake.CHANGES_IN_A_CHANGE, f"{key}.rules")
    gathered = Gathered()
    race = gathered.read(0, read.number, given.get("race"), f"{key}.race")
    reason = gathered.read("", read.text, given.get("reason"), f"{key}.reason")
    after = rules
    try:
        after = parse_rules({**held, **differs})
    except RulesError as error:
        # The rules as the season began can be followed: what is wrong with these comes of the change.
        gathered.take_over(error.every, f"{key}.rules")
    gathered.end()
    return Change(race, reason, after, before.rules if before else rules)


def _check(given: Mapping[str, Any], rules: Rules) -> None:
    """Refuse what cannot hold together."""
    gathered = Gathered()
    if given.get("segments") and given.get("drop_schedule"):
        gathered.found.append(RulesError(Mistake.DROPPED_TWICE, "drop_schedule"))
    if rules.best_of_round is not None and not rules.by_round:
        gathered.found.append(RulesError(Mistake.NO_MEETINGS, "best_of_round"))
    steps = rules.scale_by.steps if rules.scale_by else ()
    named = [(f"scale_by.steps[{index}].scale", name) for index, (_start, name) in enumerate(steps, 1)]
    decided = enumerate(rules.decisions, 1)
    named += [(f"adjustments[{index}].scale", decision.scale) for index, decision in decided if decision.scale]
    named += [("sessions", session) for session in sorted(rules.sessions)]
    for where, name in named:
        if name is not None and name not in rules.scales:
            near = read.nearest(name, list(rules.scales))
            gathered.found.append(RulesError(Mistake.NO_SUCH_SCALE, where, given=name, nearest=near))
    gathered.end()


def _min_scores(value: Any, key: str) -> dict[str, int]:
    if not isinstance(value, Mapping):
        return {"min_scores": read.number(value, key), "min_finishes": 0}
    given = read.table(value, ("starts", "finishes"), key)
    fields = {"starts": "min_scores", "finishes": "min_finishes"}
    return {field: read.number(given.get(name, 0), f"{key}.{name}") for name, field in fields.items()}


def _listed(value: Any, key: str) -> Any:
    if not isinstance(value, Mapping):
        return Listed(read.one_of(value, tuple(Listed), key))
    given = read.table(value, (Listed.CLASSIFIED,), key)
    return {"listed_in": read.texts(given.get(Listed.CLASSIFIED), f"{key}.classified")}


#: Key of the data -> the field of Rules, and how its value is read.
KEYS: Mapping[str, tuple[str, Callable[[Any, str], Any]]] = {
    "subject": ("subject", read.choice(Subject)),
    "filter": ("filter", parts.filter_of),
    "eligible": ("eligible", parts.eligible),
    "ineligible": ("ineligible", read.choice(Ineligible)),
    "rank_within": ("rank_within", read.choice(Ranking)),
    "classified": ("classified", parts.classified),
    "scales": ("scales", scales.scales),
    "sessions": ("sessions", read.texts),
    "scale_by": ("scale_by", scales.scale_by),
    "entries": ("entries", read.number),
    "round_multiplier": ("round_multiplier", parts.multipliers),
    "round_points_to": ("rounding", parts.rounding),
    "only_rounds": ("only_rounds", read.numbers),
    "exclude_rounds": ("exclude_rounds", read.numbers),
    "shared": ("shared", read.choice(Shared)),
    "min_drive": ("min_drive", parts.min_drive),
    "bonuses": ("bonuses", parts.bonuses),
    "cars": ("cars", read.cars),
    "cars_by": ("cars_nominated", read.either("nominated", "position")),
    "others_move_up": ("others_move_up", read.flag),
    "bonus_for_cars": ("bonus_for_all_cars", read.either("all", "scoring")),
    "direction": ("low", read.either("low", "high")),
    "unit": ("by_round", read.either("round", "session")),
    "best_of_round": ("best_of_round", read.cars),
    "segments": ("segments", parts.segments),
    "drop_schedule": ("segments", parts.drop_schedule),
    "drop_bonus": ("drop_bonus", read.flag),
    "absent": ("absent", read.flag),
    "equal_worst": ("drop_latest", read.either("latest", "earliest")),
    "not_droppable": ("not_droppable", parts.not_droppable),
    "phases": ("phases", parts.phases),
    "min_scores": ("min_scores", _min_scores),
    "tiebreak": ("tiebreak", parts.tiebreak),
    "listed": ("listed", _listed),
    "adjustments": ("decisions", parts.decisions),
    "changes": ("changes", read.items),
    "title": ("title", read.flag),
}
