"""Each kind of subject has its column: drivers, cars and crews by their entry, and all others as teams."""

import json

import pytest

from racing.terms import OVERALL, Contest
from standings.models import Championship
from standings.scoring import Line, RaceResults, parse_rules, score
from standings.sheets.matrix import kind_of
from standings.storing import standing_rows, table_rows

LINE = Line(7, drivers=(11,), team=21, places={(Contest.RACE, OVERALL): 1})


@pytest.mark.parametrize(
    ("subject", "kind", "columns"),
    [
        ("driver", "driver", (11, None, None)),
        ("crew", "entry", (None, 7, None)),
        ("car", "entry", (None, 7, None)),
        ("team", "team", (None, None, 21)),
    ],
)
def test_a_subject_stands_in_the_column_of_its_kind(subject: str, kind: str, columns: tuple[int | None, ...]) -> None:
    rules = {"subject": subject, "scales": {"race": [3]}}
    parsed = parse_rules(rules)
    scored = score(parsed, [RaceResults(1, 1, lines=(LINE,))])
    (key,) = filter(None, columns)
    championship = Championship(rules=rules)
    assert [json.loads(row.awards)[0][:2] for row in table_rows(championship, parsed, scored)] == [[key, "3"]]
    assert [row[:3] for row in standing_rows(parsed, scored.tables[-1])] == [columns]
    assert kind_of(championship) == kind
