"""Of every championship that a rulebook has, partly known as press releases tell it, the bounds are exact."""

import random

import pytest

from standings.rulebook import Rulebook, default, planned, rulebooks
from standings.scoring import bound, parse_rules, score
from tests.scoring.press_season import Series, season

#: The series by the beginnings of their rulebooks' names, the longest that fits; the others have no classes.
SERIES = {
    "default": Series(("Pro", "Am")),
    "ffsa-gt": Series(("Pro-Am", "Silver", "Am"), drivers=(2, 2, 1)),
    "formula-one": Series(("F1",)),
    "formula-one-1950": Series(("F1", "F2"), drivers=(1, 1, 2)),
    "formula-one-1954": Series(("F1", "F2"), drivers=(1, 1, 2)),
    "formula-one-1958": Series(("F1", "F2"), drivers=(1, 1, 2)),
    "formula-one-1967": Series(("F1", "F2")),
    "gt-world": Series(("Pro", "Gold", "Silver", "Bronze"), drivers=(2, 3)),
    "gt4": Series(("Pro-Am", "Silver", "Am"), drivers=(2,)),
    "porsche": Series(("Pro", "Pro-Am", "Am"), ("Rookie",)),
    "porsche-carrera-cup-france-201": Series(("A", "B"), ("Rookie",)),
    "porsche-carrera-cup-italia": Series(("Pro", "Michelin Cup", "Silver Cup")),
    "trophee": Series(("Pro", "Pro-Am", "Am"), ("Rookie",)),
    "wec": Series(("LMP2", "LMGTE Pro", "LMGTE Am"), drivers=(2, 3, 3)),
    "wec-2024": Series(("Hypercar", "LMGT3"), drivers=(3,)),
}
BOOKS = (default(), *rulebooks())


@pytest.mark.parametrize("book", BOOKS, ids=[book.slug for book in BOOKS])
def test_they_are_exact_of_each_championship(book: Rulebook) -> None:
    series = SERIES.get(max((name for name in SERIES if book.slug.startswith(name)), key=len, default=""), Series())
    names, year = sorted(book.series) or ["a series of which no rulebook speaks"], book.years[-1]
    plans = planned(names, year, (*series.classes, *series.overlays))
    assert {plan.rulebook for plan in plans} == {book.slug}
    for plan in plans:
        rules = parse_rules(plan.rules)
        races, entrants = season(series, rules, random.Random(f"{book.slug} {plan.slug}"))
        found = bound(rules, races, score(rules, races), entrants)
        assert all(bounds.exact for bounds in found), plan.slug
        # Of five first places all that are paid may be known, but not of all races.
        assert found or len(max(rules.scales.values(), key=lambda scale: len(scale.places)).places) < 6, plan.slug
