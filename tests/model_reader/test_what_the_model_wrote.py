"""The model's words as JSON, whole or in part; and what of the JSON has the shape of a fact."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from racing.model_reader.prompt import SCHEMA
from racing.model_reader.salvage import facts_json
from racing.model_reader.shape import MOST_FACTS, answer_of
from racing.reading.facts import Fact, to_json
from racing.terms import FactKind, Reader
from tests.model_reader.telling import CAREFUL, REPORT, answer, place, race, read_by

WORDS = json.dumps(CAREFUL, ensure_ascii=False)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = [
    "races",
    "results",
    "qualifying",
    "standings",
    "calendar",
    "number",
    "position",
    "drivers",
    "ranking",
    "gap",
    "event",
]
ANSWERS = st.recursive(
    JSON,
    lambda inner: st.dictionaries(st.sampled_from(FIELDS), inner | st.lists(inner, max_size=3), max_size=5),
    max_leaves=12,
)


def facts(data: dict[str, Any]) -> list[Fact]:
    return [said.fact for said in answer_of(data).said]


def leaves(data: Any) -> list[Any]:
    """Give every object that a list holds, in order."""
    rows = data.values() if isinstance(data, dict) else data if isinstance(data, list) else []
    own = [row for row in data if isinstance(row, dict)] if isinstance(data, list) else []
    return own + [leaf for row in rows for leaf in leaves(row)]


@given(st.integers(0, len(WORDS) - 1))
def test_an_answer_cut_anywhere_gives_facts_of_the_whole_one_and_never_half_a_fact(at: int) -> None:
    found, whole = facts_json(WORDS[:at])
    assert not whole
    if found is not None:
        assert {repr(fact) for fact in facts(found)} <= {repr(fact) for fact in facts(CAREFUL)}


def test_of_an_answer_cut_in_its_last_race_all_before_is_kept() -> None:
    found, whole = facts_json(WORDS[: WORDS.index('"fastest_laps"')])
    assert found is not None
    assert (len(facts(found)), whole) == (9, False)


def test_an_answer_that_breaks_in_the_middle_gives_what_stands_before() -> None:
    found, whole = facts_json(WORDS.replace('"position": 3, "drivers": ["Noé', '"position": 3 "drivers": ["Noé', 1))
    assert found is not None
    assert [(fact.position, fact.drivers) for fact in facts(found)] == [(1, ("Luc Arvois",)), (2, ("Paul Brion",))]
    assert not whole


@pytest.mark.parametrize(
    "words", ["", "no", "{", '{"a": 1', "[]", "7", '{"a": NaN}', '{"a": 1' + "0" * 5_000 + "}", '{"a":' * 9_000]
)
def test_what_is_no_object_gives_nothing(words: str) -> None:
    assert facts_json(words) == (None, False)


@given(st.text())
def test_no_text_breaks_the_search_for_json(words: str) -> None:
    found, whole = facts_json("{" + words)
    assert found is not None or not whole


def test_every_list_of_the_schema_is_read() -> None:
    kinds = [fact.kind for fact in facts(CAREFUL)]
    assert {kind: kinds.count(kind) for kind in FactKind} == {
        FactKind.FINISH: 8,
        FactKind.QUALIFYING: 1,
        FactKind.FASTEST_LAP: 1,
        FactKind.PENALTY: 1,
        FactKind.RETIREMENT: 1,
        FactKind.CLAIM: 1,
        FactKind.MEETING: 1,
    }
    assert answer_of(CAREFUL).misshapen == 0
    assert set(CAREFUL) <= set(SCHEMA["properties"])


def test_the_schema_is_strict_everywhere() -> None:
    def objects(node: Any) -> list[dict[str, Any]]:
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
        own = [node] if isinstance(node, dict) and node.get("type") == "object" else []
        return own + [found for part in inner for found in objects(part)]

    found = objects(SCHEMA)
    assert len(found) > 8
    assert all(row["additionalProperties"] is False and row["required"] == list(row["properties"]) for row in found)


@pytest.mark.parametrize(
    "row",
    [
        7,
        place(0, "Luc Arvois"),
        place(301, "Luc Arvois"),
        place(True, "Luc Arvois"),
        {**place(1, "Luc Arvois"), "position": "1"},
        {**place(1, "Luc Arvois"), "position": 1.5},
        {**place(1), "drivers": "Luc Arvois"},
        place(1),
        place(1, ""),
        place(1, "x" * 81),
        place(1, "Luc\x00Arvois"),
        place(1, "\ud800"),
        place(1, *"ABCDEFG"),
        place(1, "Luc Arvois", "Luc Arvois"),
        {**place(1, "Luc Arvois"), "drivers": [None]},
        {**place(1, "Luc Arvois"), "ranking": None},
        {**place(1, "Luc Arvois"), "ranking": ["overall"]},
    ],
)
def test_what_has_not_the_shape_of_a_fact_is_counted_and_left_out(row: Any) -> None:
    found = answer_of(answer(race(1, row, place(2, "Paul Brion"))))
    assert ([said.fact.position for said in found.said], found.misshapen) == ([2], 1)


@pytest.mark.parametrize("number", ["1", 0, 41, -1, True, 1.5, []])
def test_a_race_without_a_true_number_is_left_out_whole(number: Any) -> None:
    found = answer_of(answer(race(number, place(1, "Luc Arvois")), race(2, place(1, "Paul Brion"))))
    assert ([said.fact.race for said in found.said], found.misshapen) == ([2], 1)


def test_lists_that_are_none_are_counted() -> None:
    assert answer_of({"races": {}, "standings": "none", "calendar": None}).misshapen == 2


@pytest.mark.parametrize(
    ("days", "taken"),
    [
        (("2024-06-07", "2024-06-09"), ("2024-06-07", "2024-06-09")),
        (("06-07", "06-09"), ("06-07", "06-09")),
        (("2024-06-07", None), ("2024-06-07", "2024-06-07")),
        (("2024-06-31", "2024-07-01"), None),
        (("2024-06-09", "2024-06-07"), None),
        (("June", "June"), None),
        ((None, None), None),
    ],
)
def test_meetings_have_days_of_the_calendar(days: tuple[Any, Any], taken: tuple[str, str] | None) -> None:
    rows = facts(answer(calendar=[{"circuit": "Nogaro", "start": days[0], "end": days[1]}]))
    assert [(fact.start, fact.end) for fact in rows] == ([taken] if taken else [])


@pytest.mark.parametrize(("points", "told"), [(148, "148"), (148.5, "148.5"), (148.0, "148"), (1e2, "100"), (0, "0")])
def test_points_are_decimal_text(points: float, told: str) -> None:
    claim = {"ranking": "overall", "position": 1, "drivers": ["Luc Arvois"], "points": points}
    assert facts(answer(standings=[claim]))[0].points == told


@pytest.mark.parametrize("points", [True, "148", float("nan"), float("inf"), 1e9])
def test_points_that_are_none_make_no_claim(points: Any) -> None:
    claim = {"ranking": "overall", "position": 1, "drivers": ["Luc Arvois"], "points": points}
    assert answer_of(answer(standings=[claim])).misshapen == 1


def test_a_list_without_end_is_cut() -> None:
    found = answer_of(answer(race(1, *(place(1, f"Pilote {number}") for number in range(MOST_FACTS + 5)))))
    assert (len(found.said), found.misshapen) == (MOST_FACTS, 5)


@given(st.dictionaries(st.sampled_from(FIELDS), ANSWERS, max_size=5))
def test_no_json_breaks_the_reading_of_an_answer(data: dict[str, Any]) -> None:
    for said in answer_of(data).said:
        assert said.fact.position is None or 1 <= said.fact.position <= 300
        assert said.fact.drivers or said.fact.kind is FactKind.MEETING


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), ANSWERS, max_size=5), st.sampled_from(list(Reader)))
def test_no_json_breaks_the_reading_of_a_report(data: dict[str, Any], reader: Reader) -> None:
    found = read_by({**CAREFUL, **data}, reader=reader)
    for fact in found.reading.facts:
        assert all(0 <= span.start < span.end <= len(REPORT) for span in fact.evidence)
    assert json.loads(json.dumps(to_json(found.reading)))["facts"] is not None
