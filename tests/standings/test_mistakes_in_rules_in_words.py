"""Every mistake in rules has a sentence in French and in English that names the key, what was given and what is known."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from standings import rulebook
from standings.editing import held_from, read_text, rules_of, sheet_of
from standings.editing.rows import PHASE, SCALE, tell_phases
from standings.editing.scales import tell_scales
from standings.editing.texts import pairs_of, points_list, threshold_of
from standings.rule_mistakes import in_words
from standings.scoring import Mistake, RulesError, parse_rules
from standings.scoring.mistakes import SENTENCES

SCALES = {"race": [3, 2, 1]}
REASON = {"reason": "x"}

#: One way to make each mistake, and where it is told.
WRONG: dict[Mistake, tuple[Any, str]] = {
    Mistake.UNKNOWN_KEY: ({"catrs": 2}, "rules"),
    Mistake.UNKNOWN_KEY_IN: ({"filter": {"clas": "B"}}, "filter"),
    Mistake.NOT_ONE_OF: ({"subject": 5}, "subject"),
    Mistake.NEARLY_ONE_OF: ({"subject": "drivers"}, "subject"),
    Mistake.NOT_A_TABLE: ({"filter": []}, "filter"),
    Mistake.NOT_A_LIST: ({"bonuses": 1}, "bonuses"),
    Mistake.NOT_TEXT: ({"filter": {"class": 1}}, "filter.class"),
    Mistake.NOT_A_FLAG: ({"title": 1}, "title"),
    Mistake.NOT_A_NUMBER: ({"cars": -1}, "cars"),
    Mistake.NOT_POINTS: ({"scales": {"race": [None]}}, "scales.race"),
    Mistake.UNREADABLE_POINTS: ({"scales": {"race": ["ten"]}}, "scales.race"),
    Mistake.BELOW_ZERO: ({"scales": {"race": [-1]}}, "scales.race"),
    Mistake.NO_SCALES: ({"scales": {}}, "scales"),
    Mistake.NO_SUCH_SCALE: ({"sessions": ["sprint"]}, "sessions"),
    Mistake.LEFT_EMPTY: (lambda: tell_phases([PHASE | {"keep": "4"}]), "phases[1].after_round"),
    Mistake.NOT_A_THRESHOLD: (lambda: threshold_of("half", "scale_by.steps[1].from"), "scale_by.steps[1].from"),
    Mistake.NOT_A_STEP: ({"scale_by": {"attribute": "hours", "steps": [[8]]}}, "scale_by.steps[1]"),
    Mistake.STEPS_OUT_OF_ORDER: (
        {"scale_by": {"attribute": "hours", "steps": [[8, "none"], [0, "none"]]}},
        "scale_by.steps[2]",
    ),
    Mistake.NOT_A_PAIR: ({"drop_schedule": [[4]]}, "drop_schedule"),
    Mistake.NOT_A_DRIVE: ({"min_drive": 25}, "min_drive"),
    Mistake.INELIGIBLE_BONUS: (
        {"bonuses": [{"on": "win", "points": 1, "if": {"eligible": False}}]},
        "bonuses[1].if.eligible",
    ),
    Mistake.BONUS_SCALE: ({"bonuses": [{"on": "win", "scale": [3]}]}, "bonuses[1].scale"),
    Mistake.BEST_OR_DROP: ({"segments": [{"from": 2}]}, "segments[1]"),
    Mistake.ENDS_BEFORE_IT_BEGINS: ({"segments": [{"from": 3, "to": 2, "drop": 1}]}, "segments[1]"),
    Mistake.NOTHING_TO_CARRY_TO: ({"phases": [{"after_round": 2, "keep": 2, "carry": True}]}, "phases[1]"),
    Mistake.ONE_STEP_AT_A_TIME: ({"tiebreak": [{"countback": {}, "last_race": {}}]}, "tiebreak"),
    Mistake.NEEDS: ({"adjustments": [{"kind": "no_points", **REASON}]}, "adjustments[1]"),
    Mistake.NOT_OF_THIS_KIND: (
        {"adjustments": [{"kind": "no_points", "subject": 1, "race": 1, "points": 5, **REASON}]},
        "adjustments[1].points",
    ),
    Mistake.NEEDS_A_REASON: ({"adjustments": [{"kind": "no_points"}]}, "adjustments[1]"),
    Mistake.CHANGES_IN_A_CHANGE: ({"changes": [{"race": 1, "rules": {"changes": []}, **REASON}]}, "changes[1].rules"),
    Mistake.DROPPED_TWICE: ({"segments": [{"best": 1}], "drop_schedule": [[4, 1]]}, "drop_schedule"),
    Mistake.NO_MEETINGS: ({"best_of_round": 1}, "best_of_round"),
    Mistake.BEYOND_REASON: ({"scales": {"race": [1e30]}}, "scales.race"),
    Mistake.NOT_TOML: (lambda: read_text("cars = = 2", "rest"), "rest"),
    Mistake.UNCLEAR_COMMAS: (lambda: points_list("25, 12,5", "scales.race"), "scales.race"),
    Mistake.NOT_PAIRS: (lambda: pairs_of("5 = 2", "round_multiplier"), "round_multiplier"),
    Mistake.SAID_TWICE: (lambda: rules_of(sheet_of({"cars": 2}).fields | {"rest": "cars = 1"}), "cars"),
    Mistake.GIVEN_TWICE: (lambda: tell_scales([SCALE | {"places": "1"}] * 2), "scales.race"),
    Mistake.NOTHING_ROUNDED: (
        lambda: rules_of(sheet_of({}).fields | {"half": "exact", "decimals": "1"}),
        "round_points_to.decimals",
    ),
    Mistake.NOT_BY_SESSIONS: (
        lambda: rules_of(sheet_of({}).fields | {"listed": "scorers", "listed_in": "race"}),
        "listed.listed_in",
    ),
    Mistake.NOT_UNDONE: (lambda: held_from({"entries": 20}, {}, 5, "x"), "entries"),
    Mistake.BROKEN_FILE: ("years = [2020", "x.toml"),
    Mistake.MISSING_IN_FILE: ("verified = true", "x.toml"),
}


def mistake(given: Any, folder: Path) -> RulesError:
    """Make the mistake: in rules, in a file where the text of one is given, or by what is called."""
    if callable(given):
        with pytest.raises(RulesError) as told:
            given()
        return told.value
    path = folder / "x.toml"
    if isinstance(given, str):
        path.write_text(given, encoding="utf-8")
    with pytest.raises(RulesError) as told:
        rulebook.load(path) if isinstance(given, str) else parse_rules({"scales": SCALES, **given})
    return told.value


@pytest.mark.parametrize("code", Mistake)
def test_each_mistake_is_told_where_it_is_in_both_languages(code: Mistake, tmp_path: Path) -> None:
    given, key = WRONG[code]
    error = mistake(given, tmp_path)
    assert (error.code, error.key) == (code, key)
    with translation.override("en"):
        assert in_words(error) == str(error)
    with translation.override("fr"):
        french = in_words(error)
    assert french != str(error)
    for name in re.findall(r"%\((\w+)\)s", SENTENCES[code]):
        assert {"key": error.key, **error.details}[name].strip("'") in french


def test_a_text_that_was_given_stands_in_the_marks_of_the_language() -> None:
    error = mistake({"cars": "deux"}, Path())
    with translation.override("fr"):
        assert in_words(error).endswith(", et non «\u00a0deux\u00a0».")
    with translation.override("en"):
        assert in_words(error).endswith(", not 'deux'.")


def test_a_mistake_in_a_rulebook_is_told_in_the_language_of_the_reader(tmp_path: Path) -> None:
    text = (
        "years = [2020]\nverified = true\nsource = {fr = 'x', en = 'x'}\n"
        "[[championships]]\nslug = 'a'\nname = {fr = 'a', en = 'a'}\nrules = {scale = []}"
    )
    with translation.override("fr"):
        words = in_words(mistake(text, tmp_path)).replace("\u00a0", " ")
    assert words == "Règlement x.toml : Clé inconnue « scale » dans les règles ; vouliez-vous dire « scales » ?"
