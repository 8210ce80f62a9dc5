"""`docs/rulebooks.md` cannot lie: its list is that of the files, its example a rulebook that does what it says."""

import re
import textwrap
from pathlib import Path

import pytest

from scripts.rulebooks import DOCUMENT, listed, with_list
from standings import rulebook
from standings.scoring import Line, RaceResults, parse_rules, score
from tests.standings.test_what_rulebooks_pay import CARS, line

TEXT = DOCUMENT.read_text(encoding="utf-8")


@pytest.fixture
def example(tmp_path: Path) -> rulebook.Rulebook:
    found = re.search(r"^( *)```toml\n(.*?)^\1```", TEXT, re.DOTALL | re.MULTILINE)
    assert found is not None
    path = tmp_path / "example.toml"
    path.write_text(textwrap.dedent(found[2]), encoding="utf-8")
    return rulebook.load(path)


def test_the_list_is_that_of_the_files() -> None:
    assert with_list(TEXT) == TEXT, "Run: .venv/bin/python -m scripts.rulebooks"


def test_a_document_without_a_place_for_the_list_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        with_list("# Rulebooks\n")


def test_the_list_tells_which_tables_of_which_years_are_verified(tmp_path: Path) -> None:
    championship = (
        "[[championships]]\nname = {{ fr = 'x', en = 'x' }}\nrules = {{ scales = {{ race = [1] }} }}\nslug = '{}'\n"
    )
    head = "series = ['{}']\nyears = [2020, 2021]\nverified = {}\nsource = {{ fr = 'x', en = 'x' }}\n"
    (tmp_path / "b.toml").write_text(head.format("B", "true") + championship.format("drivers"))
    some = championship.format("drivers") + "overrides.2021.verified = true\n" + championship.format("teams")
    (tmp_path / "a.toml").write_text(head.format("A", "false") + some)
    (tmp_path / "c.toml").write_text(head.format("C", "false") + championship.format("drivers"))
    assert listed(tmp_path).splitlines()[2:] == [
        "| A | 2020–2021 | `a.toml` | drivers of 2021 |",
        "| B | 2020–2021 | `b.toml` | yes |",
        "| C | 2020–2021 | `c.toml` | no |",
    ]


@pytest.mark.parametrize(
    ("year", "number", "points"), [(2027, 2, [10, 9, 6, 4, 2, 0]), (2028, 2, [5, 5, 3, 2, 1, 0]), (2028, 1, [10, 9, 6])]
)
def test_the_example_pays_what_it_says(example: rulebook.Rulebook, year: int, number: int, points: list[int]) -> None:
    drivers = example.templates[0].held(year)
    lines: tuple[Line, ...] = tuple(line(car, "Am") for car in CARS)
    table = score(parse_rules(drivers.rules), [RaceResults(1, 1, number, lines=lines)]).tables[-1]
    assert [row.points for row in sorted(table.rows, key=lambda row: row.subject)][: len(points)] == points


def test_the_example_is_verified_as_far_as_it_was_read(example: rulebook.Rulebook) -> None:
    assert [(one.slug, one.held(2027).verified) for one in example.templates] == [("drivers", True), ("{class}", False)]
