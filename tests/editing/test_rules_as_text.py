"""Rules as text: TOML that people read, and read back unchanged; JSON where it is given."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standings.editing import read_text, write_text
from standings.scoring import Mistake, RulesError
from tests.editing import some_rules

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.booleans() | st.integers(-(2**40), 2**40) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(TEXT, VALUES | st.none(), max_size=5))
def test_what_is_written_is_read_back_unchanged(data: dict[str, Any]) -> None:
    assert read_text(write_text(data)) == data


@given(some_rules.drawn)
def test_rules_are_read_back_unchanged(rules: dict[str, Any]) -> None:
    assert read_text(write_text(rules)) == rules


def test_rules_are_written_as_people_write_them() -> None:
    rules = {
        "subject": "team",
        "scales": {"race": [25, 12.5, "1/3"]},
        "cars": 2,
        "bonuses": [{"on": "pole", "points": 1, "if": {"top": 10}}] * 2,
        "filter": {},
    }
    assert write_text(rules) == (
        'subject = "team"\n'
        "cars = 2\n"
        "bonuses = [\n"
        '  { on = "pole", points = 1, if = { top = 10 } },\n'
        '  { on = "pole", points = 1, if = { top = 10 } },\n'
        "]\n"
        "filter = {}\n"
        "\n"
        "[scales]\n"
        'race = [25, 12.5, "1/3"]\n'
    )


def test_json_is_read_too() -> None:
    assert read_text(' {"cars": 2}') == {"cars": 2}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("cars = 2\nscales = [1, \n", "3", "1"),
        ("cars = = 2", "1", "8"),
        ('{"cars": }', "1", "10"),
        ('{"cars": NaN}', "1", "1"),
        ('{"a":' + "[" * 100_000, "1", "1"),
        ("cars = inf", "1", "1"),
    ],
    ids=["open list", "two signs", "json", "not a number", "too deep", "infinite"],
)
def test_what_cannot_be_read_is_told_by_its_line(text: str, line: str, column: str) -> None:
    with pytest.raises(RulesError) as told:
        read_text(text)
    assert (told.value.code, told.value.details) == (Mistake.NOT_TOML, {"line": line, "column": column})
