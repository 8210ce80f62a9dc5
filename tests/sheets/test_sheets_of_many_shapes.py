"""Classifications as timing services and clubs lay them out; drivers, teams and times are invented."""

import io

import openpyxl

from racing.reading.reader import read
from racing.terms import FactKind
from tests.sheets.telling import facts, named, of_file, order


def test_a_german_sheet_with_classes_and_cars_that_did_not_finish() -> None:
    text, reading = of_file(
        b"""Sachsen Tourenwagen Cup 2021
Lausitzring;;;;;;;
Rennen 2 - Endergebnis;;;;;;;
Pl.;Kl.-Pl.;Stnr.;Fahrer;Bewerber;Klasse;Rnd.;Abstand;Schn. Runde
1;1;12;Hagen Brausewetter;Team Muldental;T1;18;;1:41,220
2;1;31;Ottmar Quellmalz;MSC Neisse;T2;18;+4,113;1:42,004
3;2;7;Jella Zschiesche;Team Muldental;T1;17;1 Rd.;1:41,900
Nicht gewertet
;;44;Veit Drommershausen;MSC Neisse;T2;6;;1:43,500
"""
    )
    assert order(reading) == [(1, "Hagen Brausewetter"), (2, "Ottmar Quellmalz"), (3, "Jella Zschiesche")]
    assert order(reading, "T1") == [(1, "Hagen Brausewetter"), (2, "Jella Zschiesche")]
    assert order(reading, "T2") == [(1, "Ottmar Quellmalz")]
    assert named(reading, FactKind.RETIREMENT) == ["Veit Drommershausen"]
    assert {fact.race for fact in reading.facts} == {2}
    assert reading.language == "de"
    heading = reading.heading
    stated = [value for value in (heading.series, heading.season, heading.circuit) if value]
    assert [value.value for value in stated] == ["Sachsen Tourenwagen Cup", "2021", "Lausitzring"]
    assert [text[value.evidence[0].start : value.evidence[0].end] for value in stated] == [
        value.value for value in stated
    ]


def test_an_italian_sheet_with_first_name_and_surname_in_columns() -> None:
    _, reading = of_file(
        """Trofeo Brianza Turismo
Gara 1 - Classifica finale
Pos\tN.\tCognome\tNome\tNaz\tScuderia\tVettura\tGiri\tDistacco\tMiglior giro
1\t5\tGHIRLANDONI\tElvezio\tITA\tScuderia Lario\tHyundai Elantra N\t14\t\t2:01.330
2\t9\tTRAVERSARI BONDI\tOrnella\tITA\tScuderia Lario\tCupra Leon\t14\t3.201\t2:01.001
3\t71\tD'AMBRA\tSabino\tSUI\tBrianza Corse\tAudi RS 3\t14\t9.870\t2:01.700
Ritirati
\t80\tPELLISSETTI\tMara\tITA\tBrianza Corse\tAudi RS 3\t3\t\t2:05.000
Giro veloce: 9 TRAVERSARI BONDI Ornella 2:01.001
""".encode("utf-16")
    )
    assert order(reading) == [(1, "Elvezio Ghirlandoni"), (2, "Ornella Traversari Bondi"), (3, "Sabino D'Ambra")]
    assert named(reading, FactKind.FASTEST_LAP) == ["Ornella Traversari Bondi"]
    assert named(reading, FactKind.RETIREMENT) == ["Mara Pellissetti"]
    assert {person.nationality for person in reading.people} == {"IT", "CH"}
    assert reading.language == "it"


def test_a_spanish_sheet_with_surnames_first_and_places_that_are_shared() -> None:
    _, reading = of_file(
        """Copa Meseta de Turismos;;;;;
Carrera 1 - Clasificación oficial;;;;;
Puesto;Dorsal;Apellidos, Nombre;Equipo;Vueltas;Tiempo
1;21;Bermejillo Sáez, Leandro;Meseta Sport;12;25:01.110
=2;3;Zurbarán, Casilda;Escudería Tajo;12;25:04.900
=2;18;Ansorena, Froilán;Meseta Sport;12;25:04.900
4;40;Quirós Laguna, Berenguela;Escudería Tajo;11;25:40.002
Abandono;55;Mendívil, Ulpiano;Meseta Sport;4;
No tomó la salida;60;Olmedilla, Rut;Escudería Tajo;0;
""".encode("cp1252")
    )
    assert order(reading) == [
        (1, "Leandro Bermejillo Sáez"),
        (2, "Casilda Zurbarán"),
        (2, "Froilán Ansorena"),
        (4, "Berenguela Quirós Laguna"),
    ]
    assert named(reading, FactKind.RETIREMENT) == ["Ulpiano Mendívil"]
    assert reading.language == "es"


def test_a_table_without_a_head_is_told_by_what_its_cells_hold() -> None:
    _, reading = of_file(
        b"""1,14,Tamsin Hollowbread,Fenland Racing,22,31:10.551
2,8,Rhodri Pennefather,Team Wherry,22,31:12.004
3,101,Isla Quarrington,Fenland Racing,22,31:15.730
4,23,Barnaby Threlkeld,Team Wherry,21,31:18.200
DNF,55,Euan Mossgiel,Fenland Racing,9,
"""
    )
    assert order(reading) == [
        (1, "Tamsin Hollowbread"),
        (2, "Rhodri Pennefather"),
        (3, "Isla Quarrington"),
        (4, "Barnaby Threlkeld"),
    ]
    assert [fact.number for fact in facts(reading)] == ["14", "8", "101", "23"]
    assert named(reading, FactKind.RETIREMENT) == ["Euan Mossgiel"]


def test_two_rows_of_heads_are_one_head() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Coupe des Ardennes"],
        ["Course 1"],
        ["Clt", "N°", "Pilote", None, "Meilleur", None, "Écart"],
        [None, None, "Prénom", "Nom", "Temps", "Tour", None],
        [1, 3, "Maïwenn", "LE GOASDOUÉ", "1:30.100", 4, None],
        [2, 9, "Anselme", "DE ROCHEBRUNE", "1:30.400", 7, "+1.2"],
        [3, 6, "Lothaire", "PASQUIER-VAUX", "1:29.900", 2, "+3.8"],
    ):
        sheet.append(row)
    sheet.merge_cells("C3:D3")
    sheet.merge_cells("E3:F3")
    file = io.BytesIO()
    book.save(file)
    _, reading = of_file(file.getvalue())
    assert order(reading) == [(1, "Maïwenn Le Goasdoué"), (2, "Anselme de Rochebrune"), (3, "Lothaire Pasquier-Vaux")]
    assert named(reading, FactKind.FASTEST_LAP) == ["Lothaire Pasquier-Vaux"]


def test_a_workbook_of_two_races_and_qualifying_keeps_them_apart() -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, first, second in (("Qualifying 1", 4, 8), ("Race 1", 8, 4), ("Race 2", 4, 8)):
        sheet = book.create_sheet(title)
        sheet.append(["Pos", "No", "Driver", "Team", "Best"])
        names = {4: "Clemency Ashdown", 8: "Torquil Braithwaite"}
        for place, number in enumerate((first, second), 1):
            sheet.append([place, number, names[number], "Chiltern Motorsport", 95.5 / 86400])
            sheet.cell(sheet.max_row, 5).number_format = "m:ss.000"
    file = io.BytesIO()
    book.save(file)
    text, reading = of_file(file.getvalue())
    assert "1:35.500" in text
    assert order(reading, kind=FactKind.QUALIFYING) == [(1, "Clemency Ashdown"), (2, "Torquil Braithwaite")]
    by_race = {race: [fact.drivers[0] for fact in facts(reading) if fact.race == race] for race in (1, 2)}
    assert by_race == {1: ["Torquil Braithwaite", "Clemency Ashdown"], 2: ["Clemency Ashdown", "Torquil Braithwaite"]}
    assert {fact.race for fact in facts(reading, FactKind.QUALIFYING)} == {1}


def test_a_qualifying_sheet_gives_no_results() -> None:
    reading = read(
        "Alpenpokal 2022\nZeittraining\nPos\tNr\tName\tKlasse\tBestzeit\tDiff\n"
        "1\t2\tXaver Hinterstoisser\tPro\t1:50.001\t\n2\t6\tRegula Ammerzwil\tAm\t1:50.500\t0.499\n"
    )
    assert order(reading, kind=FactKind.QUALIFYING) == [(1, "Xaver Hinterstoisser"), (2, "Regula Ammerzwil")]
    assert order(reading, "Am", FactKind.QUALIFYING) == [(1, "Regula Ammerzwil")]
    assert facts(reading) == []
    assert facts(reading, FactKind.FASTEST_LAP) == []
    assert facts(reading, FactKind.QUALIFYING)[0].time == "1:50.001"


def test_a_starting_grid_is_no_result_either() -> None:
    reading = read(
        "Grille de départ - Course 2\nPos\tN°\tPilote\tÉquipe\n"
        "1\t7\tAubin Charvoz\tTeam Bièvre\n2\t5\tOdile Mestrallet\tTeam Bièvre\n"
    )
    assert order(reading, kind=FactKind.QUALIFYING) == [(1, "Aubin Charvoz"), (2, "Odile Mestrallet")]
    assert {fact.race for fact in reading.facts} == {2}
    assert facts(reading) == []


def test_free_practice_and_an_entry_list_state_nothing() -> None:
    table = "Pos\tNo\tDriver\tBest lap\n1\t7\tAubin Charvoz\t1:30.000\n2\t5\tOdile Mestrallet\t1:31.000\n"
    assert read(f"Free practice 1\n{table}").facts == ()
    assert read(f"Liste des engagés\n{table}").facts == ()


def test_a_points_table_gives_claims_of_its_class() -> None:
    reading = read(
        "Coupe de la Loire 2020\nClassement du championnat pilotes après 6 courses - Pro-Am\n"
        "Pos\tPilote\tNogaro\tDijon\tTotal\n1\tSolveig Kermabon\t25\t18\t43\n2\tThibert Vauquelin\t18\t15,5\t33,5\n"
        "3\tAnsgar Bloemendal\t15\t15\t30\n\tRoparz Guivarch\t15\t15\t30\n"
    )
    claims = [(f.ranking, f.position, f.drivers, f.points) for f in facts(reading, FactKind.CLAIM)]
    assert claims == [
        ("Pro-Am", 1, ("Solveig Kermabon",), "43"),
        ("Pro-Am", 2, ("Thibert Vauquelin",), "33.5"),
        ("Pro-Am", 3, ("Ansgar Bloemendal",), "30"),
        ("Pro-Am", 3, ("Roparz Guivarch",), "30"),
    ]
    assert facts(reading) == []


def test_a_crew_on_several_rows_is_one_crew() -> None:
    reading = read(
        "Race 1\nPos\tNo\tTeam\tDriver\tNat\tLaps\n"
        "1\t98\tTeam Holderness\tMungo Fairweather\tGBR\t40\n\t\t\tPetronella Dukes\tGBR\t\n"
        "2\t16\tYare Racing\tAurelio Scandurra\tITA\t40\n\t\t\tBelén Urquijo\tESP\t\n\t\t\tJoost Hemelrijk\tNED\t\n"
    )
    assert order(reading) == [
        (1, "Mungo Fairweather / Petronella Dukes"),
        (2, "Aurelio Scandurra / Belén Urquijo / Joost Hemelrijk"),
    ]


def test_a_page_with_cells_over_several_rows_keeps_its_columns() -> None:
    _, reading = of_file(
        b"""<html><head><title>Fenland Endurance</title></head><body><h2>Race 2 - Provisional classification</h2>
        <table><tr><th>Pos</th><th>No</th><th>Class</th><th>Drivers</th><th>Laps</th></tr>
        <tr><td rowspan=2>1</td><td rowspan=2>7</td><td rowspan=2>GT4</td><td>Mungo FAIRWEATHER</td><td rowspan=2>80</td></tr>
        <tr><td>Petronella DUKES</td></tr>
        <tr><td rowspan=2>2</td><td rowspan=2>9</td><td rowspan=2>GT3</td><td>Isla QUARRINGTON</td><td rowspan=2>79</td></tr>
        <tr><td>Euan MOSSGIEL</td></tr>
        <tr><td colspan=5>NOT CLASSIFIED</td></tr>
        <tr><td></td><td>30</td><td>GT4</td><td>Clemency ASHDOWN</td><td>12</td></tr></table></body></html>"""
    )
    assert order(reading) == [(1, "Mungo Fairweather / Petronella Dukes"), (2, "Isla Quarrington / Euan Mossgiel")]
    assert order(reading, "GT3") == [(1, "Isla Quarrington / Euan Mossgiel")]
    assert named(reading, FactKind.RETIREMENT) == ["Clemency Ashdown"]


def test_places_that_begin_anew_under_each_class_are_places_of_the_class() -> None:
    reading = read(
        "Course 1\nClt\tN°\tPilote\tTours\nÉlite\n1\t4\tAnselme Courtelin\t20\n2\t6\tMaïwenn Brizard\t20\n"
        "Gentlemen\n1\t88\tHervé Lanoix\t19\n2\t90\tOdile Mestrallet\t18\n"
    )
    assert order(reading) == []
    assert order(reading, "Gentlemen") == [(1, "Hervé Lanoix"), (2, "Odile Mestrallet")]


def test_lines_aligned_by_blanks_are_rows() -> None:
    reading = read(
        "Fenland Saloons - Race 1\n\n"
        "Pos  No  Driver               Class  Laps  Gap\n"
        "1    14  Tamsin Hollowbread   A      22\n"
        "2    8   Rhodri Pennefather   B      22    +1.453\n"
        "3    101 Isla Quarrington            22    +5.179\n"
        "DNF  55  Euan Mossgiel        B      9\n"
    )
    assert [place for place, _ in order(reading)] == [1, 2, 3]
    assert named(reading, FactKind.RETIREMENT) == ["Euan Mossgiel"]
    assert facts(reading)[1].gap == "1.453"


def test_bars_drawn_between_cells_are_no_words() -> None:
    reading = read(
        "### Race 1\n\n| Pos | No | Driver | Team |\n|-----|----|--------|------|\n| 1 | 4 | Clemency Ashdown | Chiltern |\n"
        "| 2 | 8 | Torquil Braithwaite | Chiltern |\n"
    )
    assert order(reading) == [(1, "Clemency Ashdown"), (2, "Torquil Braithwaite")]


def test_who_is_named_by_marks_and_legend_is_placed_among_his_like() -> None:
    reading = read(
        "Race 2\nPos\tNo\tDriver\tCl\n"
        "1\t4\tClemency Ashdown (J)\tP\n2\t8\tTorquil Braithwaite\tPA\n3\t9\tIsla Quarrington (J)\tPA\n"
        "P: Pro; PA: Pro-Am; (J): Junior\nCar 8: reprimand, pit lane line\nCar 9: 10 sec., jump start\n"
    )
    assert order(reading, "Junior") == [(1, "Clemency Ashdown"), (2, "Isla Quarrington")]
    assert order(reading, "Pro-Am") == [(1, "Torquil Braithwaite"), (2, "Isla Quarrington")]
    assert named(reading, FactKind.PENALTY) == ["Isla Quarrington"]


def test_two_series_on_one_grid_are_the_road_and_the_first_of_them() -> None:
    reading = read(
        "Porsche Carrera Cup Benelux / Porsche Carrera Cup Deutschland\nRace 1\nPos\tNo\tSeries\tDriver\n"
        "1\t4\tPCCD\tJella Zschiesche\n2\t8\tPCCB\tJoost Hemelrijk\n3\t9\tPCCB\tFemke Oldersma\n"
        "PCCB: Porsche Carrera Cup Benelux; PCCD: Porsche Carrera Cup Deutschland\n"
    )
    assert order(reading, "track") == [(1, "Jella Zschiesche"), (2, "Joost Hemelrijk"), (3, "Femke Oldersma")]
    assert order(reading) == [(1, "Joost Hemelrijk"), (2, "Femke Oldersma")]
    assert [fact.guest for fact in facts(reading) if fact.ranking == "track"] == [True, False, False]


def test_places_run_on_through_cars_that_retired_where_a_status_says_so() -> None:
    reading = read(
        "POSITION;NUMBER;STATUS;DRIVER_1;DRIVER_2;CLASS\n1;4;Classified;Jella Zschiesche;Ottmar Quellmalz;A\n"
        "2;9;Retired;Femke Oldersma;Joost Hemelrijk;B\n3;7;Not started;Isla Quarrington;;A\n4;8;Disqualified;Euan Mossgiel;;A\n"
    )
    assert order(reading) == [(1, "Jella Zschiesche / Ottmar Quellmalz")]
    assert named(reading, FactKind.RETIREMENT) == ["Femke Oldersma / Joost Hemelrijk"]
    assert named(reading, FactKind.PENALTY) == ["Euan Mossgiel"]


def test_a_teams_table_tells_of_no_driver() -> None:
    reading = read("Championnat équipes\nPos\tÉquipe\tPoints\n1\tTeam Bièvre\t100\n2\tÉcurie Drac\t90\n")
    assert [fact for fact in reading.facts if fact.recogniser == "sheet"] == []


def test_a_cell_that_names_the_crew_and_then_the_team_is_taken_apart() -> None:
    reading = read(
        "Rennen 1\nPos.\tNr.\tFahrer / Bewerber\tRunden\n1\t4\tJella Zschiesche / Ottmar Quellmalz / MSC Neisse\t20\n"
        "2\t7\tHagen Brausewetter / Femke Oldersma / Team Muldental\t20\n"
    )
    assert order(reading) == [(1, "Jella Zschiesche / Ottmar Quellmalz"), (2, "Hagen Brausewetter / Femke Oldersma")]
    assert [fact.team for fact in facts(reading)] == ["MSC Neisse", "Team Muldental"]


def test_the_number_of_the_best_lap_is_not_its_time() -> None:
    reading = read(
        "Pos,No.,Name,Laps,Total Tm,Diff,Best Lap,Best Tm,Class,PIC\n1,4,Jella Zschiesche,20,31:00.100,,7,1:31.500,A,1\n"
        "2,8,Joost Hemelrijk,20,31:02.000,1.900,3,1:31.200,B,1\n"
        "3,9,Isla Quarrington,19,31:10.000,1 Lap,11,1:32.000,A,2\n".replace(",", "\t")
    )
    fastest = facts(reading, FactKind.FASTEST_LAP)
    assert [(fact.ranking, fact.time) for fact in fastest] == [
        ("overall", "1:31.200"),
        ("B", "1:31.200"),
        ("A", "1:31.500"),
    ]
    assert order(reading, "A") == [(1, "Jella Zschiesche"), (2, "Isla Quarrington")]


def test_a_page_of_aligned_lines_is_a_table_too() -> None:
    _, reading = of_file(
        b"<html><body><h1>Race 2</h1><pre>Pos  No   Driver               Best\n"
        b"1    14   Tamsin Hollowbread   1:31.900\n"
        b"2    8    Rhodri Pennefather\n3    101  Isla Quarrington     1:30.000</pre></body></html>"
    )
    assert order(reading) == [(1, "Tamsin Hollowbread"), (2, "Rhodri Pennefather"), (3, "Isla Quarrington")]
    assert [fact.time for fact in facts(reading, FactKind.FASTEST_LAP)] == ["1:30.000"]


def test_sections_say_what_became_of_the_cars_in_them() -> None:
    reading = read(
        "Gara 2\nPos\tNum\tPilota\tGiri\n1\t4\tElvezio Ghirlandoni\t14\n2\t7\tOrnella Traversari\t14\n"
        "Ritirati\n3\t9\tSabino D'Ambra\t6\n"
        "Non partiti\n\t11\tMara Pellissetti\t0\nSqualificati\n\t12\tNevio Scandurra\t14\n"
    )
    assert order(reading) == [(1, "Elvezio Ghirlandoni"), (2, "Ornella Traversari")]
    assert named(reading, FactKind.RETIREMENT) == ["Sabino D'Ambra"]
    assert named(reading, FactKind.PENALTY) == ["Nevio Scandurra"]


def test_a_sheet_whose_page_names_practice_in_its_title_and_the_race_above_the_table_is_of_the_race() -> None:
    reading = read("Test-Zentrum Cup\nRace 1\nPos\tNo\tDriver\n1\t4\tJella Zschiesche\n2\t8\tJoost Hemelrijk\n")
    assert order(reading) == [(1, "Jella Zschiesche"), (2, "Joost Hemelrijk")]


def test_a_team_below_its_drivers_is_nobody_even_where_the_head_does_not_name_it() -> None:
    reading = read(
        "Race 1\nPos\tNo\tDrivers\tLaps\n1\t4\tIsla Quarrington / Euan Mossgiel / Fenland Racing\t20\n"
        "2\t8\tClemency Ashdown / Wherry Motorsport\t20\n"
    )
    assert order(reading) == [(1, "Isla Quarrington / Euan Mossgiel"), (2, "Clemency Ashdown")]
    assert [fact.team for fact in facts(reading)] == ["Fenland Racing", "Wherry Motorsport"]


def test_points_with_gaps_are_no_results_and_a_race_with_points_is_one() -> None:
    table = "Pos\tDriver\tPoints\tGap\n1\tIsla Quarrington\t50\t\n2\tEuan Mossgiel\t44\t6\n"
    for heading in ("Drivers' standings", "Championship standings after race 2", "Fenland Cup"):
        assert {fact.kind for fact in read(f"{heading}\n{table}").facts} == {FactKind.CLAIM}
    for heading in ("Race 2 result", "Course 2 - Classement général"):
        reading = read(f"{heading}\n{table}")
        assert {(fact.kind, fact.race) for fact in reading.facts} == {(FactKind.FINISH, 2)}


def test_points_of_teams_are_nobody_s_even_where_the_column_says_name() -> None:
    assert read("Team standings\nPos\tName\tPoints\n1\tFenland Racing\t50\n2\tWherry Motorsport\t44\n").facts == ()


def test_a_grid_in_two_columns_is_read_from_both() -> None:
    text = (
        "Starting grid - Race 2\nPos\tNo\tDriver\tPos\tNo\tDriver\n1\t7\tAubin Charvoz\t2\t5\tOdile Mestrallet\n"
        "3\t9\tSolveig Kermabon\t4\t8\tThibert Vauquelin\n5\t12\tAnsgar Bloemendal\n"
    )
    reading = read(text)
    names = ["Aubin Charvoz", "Odile Mestrallet", "Solveig Kermabon", "Thibert Vauquelin", "Ansgar Bloemendal"]
    assert order(reading, kind=FactKind.QUALIFYING) == list(enumerate(names, 1))
    second = facts(reading, FactKind.QUALIFYING)[1].evidence[0]
    assert text[second.start : second.end] == "2\t5\tOdile Mestrallet"


def test_numbers_times_and_gaps_are_known_in_the_ways_they_are_written() -> None:
    reading = read(
        "GT Cup 2024 Snetterton\nCourse 2\nClt\tVoiture n\tN°\tPilote\tTime/Gap\n1er\t\tn°7\tAubin Charvoz\t30'12\"100\n"
        '2e\t\tNo. 5\tOdile Mestrallet\t+2"104\n3ème\t\t#9b\tSolveig Kermabon\tà 1 tour\n'
    )
    told = [(fact.position, fact.number, fact.time, fact.gap) for fact in facts(reading)]
    assert told == [(1, "7", "30'12\"100", ""), (2, "5", "", '2"104'), (3, "9B", "", "à 1 tour")]
    assert reading.heading.series is not None
    assert reading.heading.series.value == "GT Cup"
