"""A small world of invented drivers: a national cup, its second meeting shared with another cup, and its next year."""

from racing.reading.facts import Fact, Person, Reading
from racing.terms import FactKind
from tests.pipeline.telling import heading, meeting, order, reading, retired

CUP = "Coupe Vallier France"

#: The first meeting of the cup, in a text that does not tell the year; one car is of another series.
FIRST = reading(
    heading(CUP, None, "Dijon-Prenois"),
    [
        *order("overall", "Loïc Ferrand", "Hugo Marchand", "Tancredi"),
        *order("B", "Paul Sorel", "Yves Delmas"),
        *order("overall", "Hugo Marchand", "Loïc Ferrand", "Ennio Tancredi", race=2),
        *order("B", "Yves Delmas", "Paul Sorel", race=2),
        Fact(FactKind.FINISH, (), race=2, ranking="track", position=2, drivers=("Vermeulen",), guest=True),
        meeting("Charade", "06-14", "06-17"),
    ],
    [Person("Loïc Ferrand", team="Écurie Vallier"), Person("Hugo Marchand", team="Team Sorlin")],
)

#: The shared meeting, told as a race of its own.
SHARED = reading(
    heading("Coupe Vallier Charade", 2017, "Circuit de Charade"),
    [
        *order("overall", "Alec Thorne", "Loic Ferrand", "Hugo Marchand", "Ben Askew", "Ennio Tancredi", "Kees Prins"),
        *order("B", "Paul Sorel", "Yves Delmas"),
        retired("Hugo Aubry"),
    ],
    [Person("Alec Thorne", nationality="GB"), Person("Ben Askew", nationality="GB")],
)

#: The next year of the cup.
NEXT_YEAR = reading(
    heading("Vallier France", 2018, "Dijon"),
    [*order("overall", "Marchand", "Ferrand", "Nolan Petit", race=None), *order("Rookie", "Nolan Petit", race=None)],
)

#: A season of crews, which has nothing to do with the others but one driver.
CREWS = reading(
    heading("GT Trophée Europe", 2017, "Charade"),
    [
        Fact(
            FactKind.FINISH,
            (),
            race=1,
            ranking="overall",
            position=1,
            drivers=("Ben Askew", "Rui Castanho"),
            number="27",
        ),
        Fact(FactKind.FINISH, (), race=1, ranking="overall", position=2, drivers=("Willem Oost",), number="8"),
        Fact(
            FactKind.FINISH,
            (),
            race=2,
            ranking="overall",
            position=1,
            drivers=("Willem Oost", "Jan Brandt"),
            team="Oost GT",
        ),
        Fact(FactKind.FINISH, (), race=2, ranking="Silver", position=1, drivers=("Castanho",), team="Askew Racing"),
    ],
)

WORLD: dict[str, Reading] = {"first": FIRST, "shared": SHARED, "next year": NEXT_YEAR, "crews": CREWS}
