"""How many cars started."""

import pytest

from racing.reading.reader import read_by_rule as read


@pytest.mark.parametrize(
    "text",
    [
        "Les pilotes de GT4 attendaient le départ de la manche de Spa depuis deux heures.",
        "Le champion de la Carrera Cup France avait signé 38 poles avec sa 911.",
    ],
)
def test_a_number_that_counts_no_cars_on_the_grid_is_none(text: str) -> None:
    assert read(text).heading.starters is None


@pytest.mark.parametrize(
    ("text", "starters"),
    [
        ("Pas moins de 38 GT4 étaient sur la grille de départ de la manche de Spa.", "38"),
        ("La Carrera Cup France réunissait 38 GT3 Cup 991 sur la grille de départ.", "38"),
        ("Pour cette manche de la Carrera Cup France, 24 voitures prenaient le départ.", "24"),
    ],
)
def test_cars_on_the_grid_are_counted_by_their_kind_too(text: str, starters: str) -> None:
    stated = read(text).heading.starters
    assert stated is not None
    assert stated.value == starters
