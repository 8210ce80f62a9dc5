"""Each file of `cases/` is a season in few words with its tables computed by hand.

why       what the case is about
rules     the rules; or variants = {name: what differs from them}
entries, races   as `telling.Told` takes them
tables    variant ("" without variants) -> {"after race n": rows} of [position, name, points]; "last" is the last table
dropped   variant -> {name: races whose scores do not count at the end}
ties      variant -> {name: the `tie` of the last table, "other" as a name}
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from standings.scoring import parse_rules
from tests.scoring.telling import Told

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))


def load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def variants() -> list[Any]:
    return [
        pytest.param(load(path), name, id=f"{path.stem}{'-' if name else ''}{name}")
        for path in CASES
        for name in load(path)["tables"]
    ]


@pytest.mark.parametrize(("case", "variant"), variants())
def test_a_season_computed_by_hand_comes_out_the_same(case: dict[str, Any], variant: str) -> None:
    told = Told(case["races"], case.get("entries", {}))
    rules = parse_rules({**case["rules"], **case.get("variants", {}).get(variant, {})})
    scored = told.score(rules)
    names = told.names(rules)
    computed = {str(table.race): told.rows(rules, table) for table in scored.tables}
    computed["last"] = computed[str(scored.tables[-1].race)]
    expected = case["tables"][variant]
    assert {after: computed[after] for after in expected} == expected

    rows = {names[row.subject]: row for row in scored.tables[-1].rows}
    dropped = case.get("dropped", {}).get(variant, {})
    assert {name: list(rows[name].dropped) for name in dropped} == dropped
    ties = case.get("ties", {}).get(variant, {})
    found = {name: dict(rows[name].why["tie"]) for name in ties}
    assert {name: {**tie, "other": names[tie["other"]]} for name, tie in found.items()} == ties


def test_every_variant_of_every_case_has_a_table() -> None:
    for path in CASES:
        case = load(path)
        assert set(case.get("variants", {"": {}})) == set(case["tables"]), path.name
