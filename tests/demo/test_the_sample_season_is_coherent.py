"""The truth that the sample reports tell hangs together."""

from collections import Counter

from tests.demo.truth import load

TRUTH = load()


def test_six_meetings_of_two_races_with_twenty_two_cars_of_four_classes_and_guests() -> None:
    assert [(meeting.circuit, len(meeting.races)) for meeting in TRUTH.meetings] == [
        ("Nogaro", 2),
        ("Dijon-Prenois", 2),
        ("Spa-Francorchamps", 2),
        ("Lédenon", 2),
        ("Magny-Cours", 2),
        ("Charade", 2),
    ]
    own = [car for car in TRUTH.cars.values() if car.classes]
    assert len(own) == 22
    assert Counter(name for car in own for name in car.classes) == {"Pro": 9, "Pro-Am": 6, "Am": 7, "Rookie": 4}
    assert [car.drivers for car in own if len(car.drivers) == 2] == [("Hélène Rochetaillée", "Pascal Gourdon")]


def test_every_starter_of_a_race_either_finishes_or_retires_and_was_qualified() -> None:
    for race in TRUTH.races:
        assert sorted(race.finish + race.retired) == sorted(race.qualifying)
        assert {number for number, car in TRUTH.cars.items() if car.classes} <= set(race.qualifying)


def test_no_two_cars_share_a_driver_and_the_meetings_follow_each_other() -> None:
    drivers = [driver for car in TRUTH.cars.values() for driver in car.drivers]
    assert len(drivers) == len(set(drivers))
    days = [day for meeting in TRUTH.meetings for day in (meeting.start, meeting.end)]
    assert days == sorted(days)


def test_the_best_lap_of_all_is_the_best_lap_of_its_driver_in_each_of_his_classes() -> None:
    for race in TRUTH.races:
        best = race.fastest_lap["overall"]
        assert all(race.fastest_lap[name] == best for name in TRUTH.cars[best].classes)
        for ranking, car in race.fastest_lap.items():
            assert TRUTH.cars[car].runs_in(ranking)
            assert car in race.finish


def test_the_title_goes_to_the_one_who_is_two_points_ahead_with_two_scores_dropped() -> None:
    assert list(TRUTH.table("overall").items())[:5] == [
        ("Mathéo Vauzelle", 211),
        ("Lorenzo Castellani-Brizzi", 209),
        ("Ruben van den Eynde", 186),
        ("Aurèle de Montjoux", 168),
        ("Tom Brassac", 143),
    ]


def test_the_crew_collects_the_same_points_each() -> None:
    table = TRUTH.table("Am")
    assert table["Hélène Rochetaillée"] == table["Pascal Gourdon"] == 202


def test_a_guest_stands_in_no_table() -> None:
    assert "Maxence Ruaud" not in TRUTH.table("overall")
    assert TRUTH.place(TRUTH.races[2].finish, "track", ("Maxence Ruaud",)) == 7
