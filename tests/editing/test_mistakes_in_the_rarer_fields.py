"""What is wrong with a scale by a number of the race, points without a place, entries and phases is told at its field."""

from functools import cache
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from standings.admin.rules_form import RulesForm
from tests.editing.test_rules_through_the_page import SEASON, sent

SCALES = {"race": [25, 18, 15], "half": [12.5, 9]}

#: What is typed besides the fields of steps that are right, what is told of it in both languages, and at which field.
WRONG = [
    ({"scale_by_attribute": ""}, "must not be left empty", "ne peut pas rester vide", "scale_by_attribute"),
    ({"scale_by_attribute": "other"}, "must not be left empty", "ne peut pas rester vide", "scale_by_name"),
    ({"scale_by_name": "coefficient"}, "is given twice", "est donné deux fois", "scale_by_name"),
    ({"scale_by_full": "3, x"}, "must be a whole number, not 'x'", "doit être un nombre entier", "scale_by_full"),
    (
        {"steps-1-from": "half"},
        "such as 6, 0.25, 1/4 or 25 %, not 'half'",
        "1/4 ou 25\N{NO-BREAK SPACE}%, et non",
        "steps-1-from",
    ),
    ({"steps-1-from": "-1"}, "must be a number from 0 on", "à partir de 0", "steps-1-from"),
    ({"steps-1-from": ""}, "must not be left empty", "ne peut pas rester vide", "steps-1-from"),
    ({"steps-1-scale": ""}, "must not be left empty", "ne peut pas rester vide", "steps-1-scale"),
    ({"steps-1-from": "0.75"}, "must begin after the step before", "doit commencer après", "steps-1-from"),
    ({"scales-1-session": "halves"}, 'there is no scale "half"', "half", "steps-1-scale"),
    ({"decimals": "1", "half": "exact"}, "nothing is rounded", "rien n’est arrondi", "decimals"),
    ({"class_winner": "on"}, "must not be left empty", "ne peut pas rester vide", "min_share"),
    ({"listed": "scorers", "listed_in": "race"}, "does not list who was classified", "ne liste pas", "listed_in"),
    ({"entries": "many"}, "must be a whole number, not 'many'", "doit être un nombre entier", "entries"),
    ({"scales-0-DNF": "one"}, "must be a number of points such as", "doit être un nombre de points", "scales-0-DNF"),
    ({"scales-0-absent": "-1"}, "must not be less than zero", "négatif", "scales-0-absent"),
    ({"scales-0-DNS": "-2"}, "must not be less than zero", "négatif", "scales-0-DNS"),
    ({"scales-0-NC": "-2", "scales-0-DNF": "-2"}, "must not be less than zero", "négatif", "scales-0-DNF"),
    ({"phases-0-after_round": "last"}, "must be a whole number, not 'last'", "nombre entier", "phases-0-after_round"),
    ({"phases-0-keep": ""}, "must not be left empty", "ne peut pas rester vide", "phases-0-keep"),
    ({"phases-0-set_points": "all"}, "must be a number of points", "un nombre de points", "phases-0-set_points"),
    ({"phases-0-set_points": ""}, "does not say what to add them to", "set_points", "phases-0-set_points"),
    ({"phases-0-carry_scale": "5; x"}, "must be a number of points", "nombre de points", "phases-0-carry_scale"),
]
RIGHT: dict[str, Any] = {
    "scales": SCALES,
    "scale_by": {"attribute": "share_run", "steps": [[0.25, "half"], [0.75, "race"]]},
    "phases": [{"after_round": 4, "keep": 2, "set_points": 100, "carry_scale": [5, 3]}],
}


@cache
def as_it_stands(language: str) -> QueryDict:
    """Give what the page sends of these rules to a reader of a language; drawn once, since a page takes half a second."""
    with translation.override(language):
        return sent(RulesForm(SEASON, RIGHT))


def filled_in(changed: dict[str, str]) -> QueryDict:
    """Give what the page sends of these rules, where somebody wrote the second step above the first, with some changes."""
    data = as_it_stands(translation.get_language()).copy()
    rows = {"steps-0-from": "0.75", "steps-0-scale": "race", "steps-1-from": "0.25", "steps-1-scale": "half"}
    for name, value in (rows | changed).items():
        data[f"rules-{name}"] = value
    return data


@pytest.mark.parametrize(("changed", "english", "french", "field"), WRONG, ids=lambda value: str(value)[:40])
def test_what_is_wrong_is_told_at_its_field_in_the_language_of_the_reader_and_kept(
    changed: dict[str, str], english: str, french: str, field: str
) -> None:
    for language, words in (("en", english), ("fr", french)):
        with translation.override(language):
            form = RulesForm(SEASON, RIGHT, filled_in(changed))
            assert not form.is_valid()
            (wrong,) = form.wrong
            again = sent(form)
        assert (wrong.element, words in wrong.words) == (f"id_rules-{field}", True), wrong
        assert {name: again[f"rules-{name}"] for name in changed} == changed


def test_a_row_that_was_emptied_is_gone() -> None:
    form = RulesForm(SEASON, RIGHT, filled_in({"steps-0-scale": "", "steps-0-from": ""}))
    assert form.is_valid()
    assert form.rules == {**RIGHT, "scale_by": {"attribute": "share_run", "steps": [[0.25, "half"]]}}


def test_a_mistake_names_its_field_as_the_page_does_and_its_row_where_there_are_several() -> None:
    data = filled_in({"steps-1-from": "half", "scales-1-DSQ": "x", "phases-0-keep": "", "scale_by_full": "x"})
    told = {}
    for language in ("en", "fr"):
        with translation.override(language):
            form = RulesForm(SEASON, RIGHT, data.copy())
            assert not form.is_valid()
            told[language] = [one.words.replace("\N{NO-BREAK SPACE}", " ") for one in form.wrong]
    assert told == {
        "en": [
            '"Disqualified, row 2" must be a number of points such as 12, 12.5 or "1/3", not \'x\'.',
            "\"From this number on, row 2\" must be a number from 0 on such as 6, 0.25, 1/4 or 25 %, not 'half'.",
            "\"Rounds that keep the scale of their kind\" must be a whole number, not 'x'.",
            '"So many begin anew" must not be left empty.',
        ],
        "fr": [
            "« Disqualifié, ligne 2 » doit être un nombre de points comme 12, 12.5 ou « 1/3 », et non « x ».",
            "« À partir de ce nombre, ligne 2 » doit être un nombre à partir de 0 comme 6, 0.25, 1/4 ou 25 %, et non « half ».",
            "« Manches qui gardent le barème de leur genre » doit être un nombre entier, et non « x ».",
            "« Nombre de ceux qui repartent » ne peut pas rester vide.",
        ],
    }
