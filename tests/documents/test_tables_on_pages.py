"""Tables of PDFs: rows and columns by where words stand, over lines and pages."""

import pytest

from racing.reading.documents import extract
from tests.documents import papers

HEAD = ("Pos", "No", "Cl", "Drivers", "Team", "Laps", "Gap")
AT = (10, 22, 34, 50, 110, 170, 190)
TABLE = [
    HEAD,
    ("1", "7", "A", "Otto Brandl", "Team Ouche", "40", ""),
    ("2", "112", "", "Saoirse Keane", "Ecurie Suzon", "40", "+1.204"),
    ("3", "9", "B", "Camille Ferrand", "Team Ouche", "39", "1 Lap"),
    ("4", "30", "A", "Ida Quarrington", "Ecurie Suzon", "38", "2 Laps"),
]


def placed(rows: list[tuple[str, ...]], top: float = 30, step: float = 6) -> list[tuple[float, float, str]]:
    return [(x, top + step * n, cell) for n, row in enumerate(rows) for x, cell in zip(AT, row, strict=True) if cell]


def lines(data: bytes) -> list[str]:
    return extract(data).text.split("\n")


def rendered(rows: list[tuple[str, ...]]) -> list[str]:
    return ["\t".join(row).rstrip("\t") for row in rows]


def test_an_empty_cell_keeps_its_column() -> None:
    assert lines(papers.pdf_placed(placed(TABLE))) == rendered(TABLE)


def test_cells_may_be_written_column_by_column() -> None:
    by_column = sorted(placed(TABLE), key=lambda word: (word[0], word[1]))
    assert lines(papers.pdf_placed(by_column)) == rendered(TABLE)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_table_on_a_turned_page_is_the_same(angle: int) -> None:
    assert lines(papers.turned(papers.pdf_placed(placed(TABLE)), angle)) == rendered(TABLE)


@pytest.mark.parametrize("offset", [0, -3.5])
def test_a_crew_in_several_lines_is_one_cell(offset: float) -> None:
    """The other cells of the row stand beside the first line of the crew, or beside the one in the middle."""
    words = placed([HEAD], 30)
    for number, (place, car, crew) in enumerate(
        (("1", "7", "AB CD EF"), ("2", "9", "GH IJ KL"), ("3", "4", "MN OP QR"), ("4", "6", "ST UV WX"))
    ):
        top = 40 + 14 * number
        names = [f"{initials[0]}. Name{initials[1]}" for initials in crew.split()]
        words += [
            (x, top, cell)
            for x, cell in zip(AT, (place, car, "A", "", "Team Ouche", "40", "+1.2"), strict=True)
            if cell
        ]
        words += [(AT[3], top + offset + 3.5 * line, name) for line, name in enumerate(names)]
    rows = lines(papers.pdf_placed(words))
    assert rows[1] == "1\t7\tA\tA. NameB / C. NameD / E. NameF\tTeam Ouche\t40\t+1.2"
    assert rows[4] == "4\t6\tA\tS. NameT / U. NameV / W. NameX\tTeam Ouche\t40\t+1.2"
    assert len(rows) == 5


def test_a_table_goes_on_on_the_next_page_with_its_columns_and_without_its_head() -> None:
    second = [
        ("5", "31", "", "Jella Zschiesche", "Team Ouche", "37", "3 Laps"),
        ("DNF", "55", "B", "Euan Mossgiel", "Ecurie Suzon", "3", ""),
    ]
    assert lines(papers.pdf_placed(placed(TABLE), placed([HEAD, *second]))) == [
        *rendered(TABLE),
        "[p. 2]",
        *rendered(second),
    ]


def test_a_title_between_rows_is_a_line_of_its_own() -> None:
    words = [
        *placed(TABLE),
        (10, 60, "NOT CLASSIFIED / NON CLASSES"),
        *placed([("DNF", "55", "B", "Euan Mossgiel", "Suzon", "3", "")], 66),
    ]
    assert lines(papers.pdf_placed(words)) == [
        *rendered(TABLE),
        "NOT CLASSIFIED / NON CLASSES",
        "DNF\t55\tB\tEuan Mossgiel\tSuzon\t3",
    ]


def test_text_in_three_columns_is_no_table() -> None:
    column = [
        "Camille Ferrand gagne la premiere",
        "course de Dijon devant Otto Brandl",
        "et Saoirse Keane qui passe sur la",
        "ligne en tete du classement final.",
    ]
    words = [(x, 30.0 + 5 * n, line) for x in (10, 90, 170) for n, line in enumerate(column)]
    assert "\t" not in extract(papers.pdf_placed(words, size=11)).text


def test_heads_in_two_lines_and_the_team_below_its_drivers_are_one_row_each() -> None:
    at = (10, 18, 26, 40, 120, 150, 170)

    def words(y: float, *cells: str) -> list[tuple[float, float, str]]:
        return [(x, y, cell) for x, cell in zip(at, cells, strict=False) if cell]

    page = [*words(26, "Pos.", "Nr.", "Kl.", "Fahrer", "Fahrzeug", "Rnd.", "Zeit"), *words(29, "", "", "", "Bewerber")]
    for line, (place, number, crew, team) in enumerate(
        (
            ("1", "77", "Hagen Brausewetter (DEU) / Ottmar Quellmalz (AUT)", "MSC Neisse"),
            ("2", "5", "Jella Zschiesche (DEU)", "Muldental Racing"),
            ("3", "108", "Femke Oldersma (NLD) / Joost Hemelrijk (NLD)", "Oldersma Racing"),
        )
    ):
        page += words(36 + 8 * line, place, number, "GT3", crew, "Alpine A110", "35", f"1:00:1{line}.100")
        page += words(39 + 8 * line, "", "", "", team)
    assert lines(papers.pdf_placed(page, size=6)) == [
        "Pos.\tNr.\tKl.\tFahrer / Bewerber\tFahrzeug\tRnd.\tZeit",
        "1\t77\tGT3\tHagen Brausewetter (DEU) / Ottmar Quellmalz (AUT) / MSC Neisse\tAlpine A110\t35\t1:00:10.100",
        "2\t5\tGT3\tJella Zschiesche (DEU) / Muldental Racing\tAlpine A110\t35\t1:00:11.100",
        "3\t108\tGT3\tFemke Oldersma (NLD) / Joost Hemelrijk (NLD) / Oldersma Racing\tAlpine A110\t35\t1:00:12.100",
    ]


def test_columns_of_prose_above_a_table_stay_columns() -> None:
    left = [
        "Camille Ferrand gagne la premiere course",
        "de Dijon  apres  un depart parfait et",
        "une course sans faute devant Brandl.",
    ]
    right = [
        "Keane passe sur la ligne en troisieme",
        "place, la  plus  belle de sa saison",
        "selon son equipe de la Cote-d'Or.",
    ]
    words = [(10, 15.0 + 4 * n, line) for n, line in enumerate(left)] + [
        (150, 15.0 + 4 * n, line) for n, line in enumerate(right)
    ]
    text = extract(papers.pdf_placed([*words, *placed(TABLE, top=40)])).text
    assert text.split("\n")[-len(TABLE) :] == rendered(TABLE)
    assert text.index("Brandl.") < text.index("Keane passe")
