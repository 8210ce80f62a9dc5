"""The words of the form for rules: what each key and each choice is called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from racing.terms import Status
from standings.describing_rules.ground import ENDS
from standings.describing_rules.points import ATTRIBUTES
from standings.editing.scales import ATTRIBUTES as NAMED
from standings.editing.scales import OTHER
from standings.scoring.parts import EXACT
from standings.scoring.rules import DecisionKind, TieBreak
from standings.wording import RULES

#: What a key of the rules is called, in the admin's history and where two people have changed the same.
KEYS = {
    "subject": _("Who collects the points"),
    "title": _("A title is awarded"),
    "filter": _("Whose results belong to it"),
    "eligible": _("Who is paid"),
    "ineligible": _("Places of those who are not paid"),
    "rank_within": _("Whose places are paid"),
    "classified": _("Who is classified"),
    "scales": _("Scales"),
    "sessions": _("Kinds of session that pay"),
    "scale_by": _("Scale by a number of the race"),
    "entries": _("Number of cars entered"),
    "round_multiplier": _("Factors by round"),
    "round_points_to": _("Rounding"),
    "only_rounds": _("Only these rounds"),
    "exclude_rounds": _("Without these rounds"),
    "shared": _("Drivers who share a car"),
    "min_drive": _("Least time at the wheel"),
    "bonuses": _("Bonus points"),
    "cars": _("Cars that score"),
    "cars_by": _("Which cars score"),
    "others_move_up": _("Cars that do not score are taken out of the order"),
    "bonus_for_cars": _("Cars whose bonus points count"),
    "direction": _("What wins"),
    "unit": _("What one score is"),
    "best_of_round": _("Races of a meeting that count, the best ones"),
    "segments": _("Scores that count"),
    "drop_schedule": _("Scores dropped by the number of races"),
    "drop_bonus": _("A dropped score takes its bonus points along"),
    "absent": _("A missed race is a zero that can be dropped"),
    "equal_worst": _("Which of equal scores is dropped"),
    "not_droppable": _("Scores that are never dropped"),
    "phases": _("Phases"),
    "min_scores": _("Least number of starts"),
    "tiebreak": _("How ties are broken"),
    "listed": _("Who stands in the table"),
    "adjustments": _("Decisions"),
    "changes": _("Changes in mid-season"),
}
#: The rules that may be chosen for a change in mid-season, as the form has them together. Who collects the points stays the
#: same within a season, and a decision says itself from which race on it is known.
GROUPS = (
    (_("Who collects points"), ("rank_within", "filter", "title")),
    (_("Guests, and who is paid"), ("eligible", "ineligible", "classified")),
    (
        _("Points for places"),
        (
            *("scales", "scale_by", "round_multiplier", "round_points_to", "only_rounds", "exclude_rounds"),
            *("sessions", "entries"),
        ),
    ),
    (_("Bonus points"), ("bonuses",)),
    (_("Cars and crews"), ("cars", "shared", "cars_by", "others_move_up", "bonus_for_cars", "min_drive")),
    (
        _("Scores that count"),
        (
            *("segments", "unit", "best_of_round", "drop_bonus", "absent", "not_droppable", "drop_schedule"),
            *("equal_worst", "min_scores", "direction", "phases"),
        ),
    ),
    (_("The order of the table"), ("tiebreak", "listed")),
)
ALTERED = [("", "–"), *((group, [(key, KEYS[key]) for key in keys]) for group, keys in GROUPS)]
#: Of each list of rows what a row is called, and the button that adds one.
ROWS = {
    "scales": (_("Scale"), _("Another scale")),
    "steps": (_("From a number on"), _("Another number")),
    "bonuses": (_("Bonus"), _("Another bonus")),
    "segments": (_("Part of the season"), _("Another part of the season")),
    "phases": (_("Phase"), _("Another phase")),
    "tiebreak": (_("Step"), _("Another step")),
    "adjustments": (_("Decision"), _("Another decision")),
}
SUBJECTS = [
    ("driver", _("the drivers")),
    ("crew", _("the crews")),
    ("car", _("the cars")),
    ("team", _("the teams")),
    ("make", _("the makes")),
    ("entity", _("who competes for the makes")),
]
KINDS_PAID = [
    ("driver", _("drivers")),
    ("crew", _("crews")),
    ("car", _("cars")),
    ("team", _("teams")),
    ("make", _("makes")),
]
GUESTS = [
    ("either", _("guests and others")),
    ("no", _("all but guests")),
    ("only", _("guests alone")),
]
GUESTS_PAID = [
    ("no", _("no: guests score nothing")),
    ("either", _("yes, like the others")),
    ("only", _("guests alone are paid")),
]
REGISTERED = [
    ("either", _("registered or not")),
    ("only", _("only who is registered")),
    ("no", _("only who is not registered")),
]
INELIGIBLE = [("rerank", _("those behind move up")), ("void", _("nobody is paid for them"))]
RANKINGS = [
    ("overall", _("those of the overall classification")),
    ("class", _("those within the class")),
    ("championship", _("those among its own cars")),
]
SHARED = [
    ("each", _("each has the points")),
    ("split", _("share the points equally")),
    ("none", _("are not paid")),
    ("full", _("have the full points")),
]
CARS_BY = [("position", _("the best ones")), ("nominated", _("those that the team has named"))]
BONUS_CARS = [("all", _("all of them")), ("scoring", _("only those that score"))]
DIRECTIONS = [("high", _("most points")), ("low", _("fewest points"))]
UNITS = [("session", _("each race")), ("round", _("each meeting, its races together"))]
WORST = [("latest", _("the latest")), ("earliest", _("the earliest"))]
HALVES = [
    ("up", _("to the nearest, a half up")),
    ("down", _("to the nearest, a half down")),
    (EXACT, _("not at all: a third stays a third")),
]
LISTED = [
    ("classified", _("whoever was classified once")),
    ("scorers", _("whoever has points")),
    ("started", _("whoever started")),
    ("entered", _("whoever was entered")),
]
ENDED = [(status.value, ENDS[status]) for status in Status if status is not Status.FINISHED]
CHOSEN_BY = [("", _("its kind of session alone")), *((name, ATTRIBUTES[name]) for name in NAMED)]
CHOSEN_BY += [(OTHER, _("another number of the race"))]
KEPT_FIRST = [("points", _("the first of the table")), ("wins", _("whoever has won the most races"))]
BONUSES = [("", "–"), *((name, RULES[name]) for name in ("pole", "fastest_lap", "lap_led", "most_laps_led"))]
BONUSES += [(name, RULES[name]) for name in ("stage_position", "win", "qualifying_position", "participation")]
SCOPES = [("overall", _("of all")), ("class", _("of the class"))]
PASSED_ON = [("nobody", _("pays nobody")), ("next", _("passes to the next"))]
BONUS_TIES = [("all", _("each has all")), ("split", _("they share it")), ("first", _("the best placed alone"))]
TIE_BREAKS = [
    ("", "–"),
    (TieBreak.COUNTBACK.value, _("more wins, then more second places …")),
    (TieBreak.FIRST_ACHIEVED.value, _("the best result first achieved")),
    (TieBreak.LAST_ACHIEVED.value, _("the best result last achieved")),
    (TieBreak.LAST_RACE.value, _("the scores from the last race back")),
    (TieBreak.BEST_SCORES.value, _("the better scores")),
    (TieBreak.HEAD_TO_HEAD.value, _("who was ahead of the other more often")),
    (TieBreak.DECISION.value, _("an order by decision")),
]
RESULTS = [("all", _("all results")), ("kept", _("those that were not dropped"))]
DEPTHS = [("all", _("all places")), ("scoring", _("places that pay"))]
TIE_CARS = [("scoring", _("cars that score")), ("1", _("the best car of a race")), ("all", _("all cars"))]
DECISIONS = [
    ("", "–"),
    (DecisionKind.POINTS_DELTA.value, _("points added or taken away")),
    (DecisionKind.SET_POINTS.value, _("points of one race set")),
    (DecisionKind.NO_POINTS.value, _("no points")),
    (DecisionKind.NO_BONUS.value, _("no bonus points")),
    (DecisionKind.NO_FASTEST_LAP.value, _("does not hold the fastest lap")),
    (DecisionKind.NOT_A_SHARER.value, _("does not share the car's points")),
    (DecisionKind.FORCE_SCALE.value, _("another scale for one race")),
    (DecisionKind.EXCLUDE.value, _("excluded from the championship")),
    (DecisionKind.TIE_ORDER.value, _("the order of a tie")),
]
WHOLE_SEASON = pgettext_lazy("rules hold", "from the first race on")
