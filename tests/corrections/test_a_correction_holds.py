from django.contrib.auth.models import User
from django.db import transaction

from racing.corrections import Change, correct, correct_many, withdraw
from racing.models import Correction, Place, Result
from racing.pipeline import rebuild_seasons, settle_races
from racing.settling import TAKING_PART
from racing.terms import Origin
from standings.stored import awards_of, rows_after
from tests.corrections.looking import order_of, surname, table
from tests.pages.grandstand import Grandstand


def settle_again(grandstand: Grandstand) -> None:
    with transaction.atomic():
        settle_races(grandstand.races)


def test_a_corrected_place_holds_and_the_table_follows(grandstand: Grandstand, staff: User) -> None:
    race, third = grandstand.races[1], grandstand.entries[3]
    before = table(grandstand.drivers)
    first, second = grandstand.entries[1], grandstand.entries[0]
    changes = [Change(first, "race:overall", 2), Change(second, "race:overall", 1)]
    correct_many(race, changes, "The winner was taken for the second.", staff)
    assert list(order_of(race).values())[:2] == [surname(second), surname(first)]
    after = table(grandstand.drivers)
    assert after != before
    assert after[surname(third)] == before[surname(third)]


def test_a_correction_says_who_when_and_why_and_pins_the_field(grandstand: Grandstand, staff: User) -> None:
    race, entry = grandstand.races[0], grandstand.entries[0]
    made = correct(race, entry, "race:overall", 8, "Jumped the start.", staff)
    assert (made.author, made.reason, made.withdrawn_at) == (staff, "Jumped the start.", None)
    place = Place.objects.get(result__race=race, result__entry=entry, contest="race", ranking="overall")
    assert (place.position, place.origin, place.correction) == (8, Origin.CORRECTED, made)


def test_a_correction_survives_settling_and_rebuilding(grandstand: Grandstand, staff: User) -> None:
    race, entry = grandstand.races[0], grandstand.entries[0]
    correct(race, entry, "race:overall", 8, "Jumped the start.", staff)
    settle_again(grandstand)
    with transaction.atomic():
        rebuild_seasons([grandstand.season.pk])
    place = Place.objects.get(result__race=race, result__entry=entry, contest="race", ranking="overall")
    assert (place.position, place.origin) == (8, Origin.CORRECTED)


def test_withdrawing_restores_what_the_reports_say(grandstand: Grandstand, staff: User) -> None:
    race, entry = grandstand.races[0], grandstand.entries[0]
    order, points = order_of(race), table(grandstand.drivers)
    made = correct(race, entry, "race:overall", 8, "Jumped the start.", staff)
    assert order_of(race) != order
    withdraw(made, by=staff)
    assert (order_of(race), table(grandstand.drivers)) == (order, points)
    assert made.withdrawn_by == staff


def test_withdrawing_twice_changes_nothing(grandstand: Grandstand, staff: User) -> None:
    made = correct(grandstand.races[0], grandstand.entries[0], "penalty", "5 s", "Told by the stewards.", staff)
    withdraw(made, by=staff)
    first = made.withdrawn_at
    withdraw(made, by=User.objects.create_user("another"))
    assert (made.withdrawn_at, made.withdrawn_by) == (first, staff)


def test_a_newer_correction_of_the_same_field_replaces_the_older_which_is_kept(
    grandstand: Grandstand, staff: User
) -> None:
    race, entry = grandstand.races[0], grandstand.entries[0]
    older = correct(race, entry, "race:overall", 8, "Jumped the start.", staff)
    newer = correct(race, entry, "race:overall", 9, "Ten seconds more.", staff)
    older.refresh_from_db()
    assert older.withdrawn_by == staff
    kept = [(row.pk, row.value, row.withdrawn_at is None) for row in Correction.objects.filter(race=race, entry=entry)]
    assert kept == [(newer.pk, 9, True), (older.pk, 8, False)]


def test_two_fields_of_one_car_are_corrected_apart(grandstand: Grandstand, staff: User) -> None:
    race, entry = grandstand.races[0], grandstand.entries[0]
    place = correct(race, entry, "race:overall", 8, "Jumped the start.", staff)
    correct(race, entry, "penalty", "drive-through", "Jumped the start.", staff)
    withdraw(place, by=staff)
    result = Result.objects.get(race=race, entry=entry)
    assert (result.penalty, result.places.get(contest="race", ranking="overall").position) == ("drive-through", 1)


def test_the_same_word_twice_makes_one_correction(grandstand: Grandstand, staff: User) -> None:
    race, entry = grandstand.races[0], grandstand.entries[0]
    correct(race, entry, "race:overall", 8, "Jumped the start.", staff)
    assert correct_many(race, [Change(entry, "race:overall", 8)], "Said again.", staff) == []
    assert Correction.objects.filter(race=race, entry=entry).count() == 1


def test_a_car_that_no_report_told_of_is_added_with_its_place(grandstand: Grandstand, staff: User) -> None:
    race, entry = grandstand.races[3], grandstand.entries[6]
    assert not Result.objects.filter(race=race, entry=entry).exists()
    changes = [Change(entry, TAKING_PART, True), Change(entry, "race:overall", 2)]
    correct_many(race, changes, "Seen on the sheet of the timekeepers.", staff)
    assert order_of(race)[2] == surname(entry)
    assert entry.crew.get().driver in [row.driver for row in rows_after(grandstand.drivers, race)]


def test_a_car_that_was_told_of_by_mistake_is_taken_out_and_scores_nothing_there(
    grandstand: Grandstand, staff: User
) -> None:
    race, entry = grandstand.races[1], grandstand.entries[1]
    made = correct(race, entry, TAKING_PART, False, "Was not there.", staff)
    assert not Result.objects.filter(race=race, entry=entry).exists()
    assert not awards_of(grandstand.drivers, [race.pk], entry.crew.get().driver_id)
    withdraw(made, by=staff)
    assert Result.objects.filter(race=race, entry=entry).exists()


def test_a_disqualified_car_loses_its_place(grandstand: Grandstand, staff: User) -> None:
    race, entry = grandstand.races[1], grandstand.entries[1]
    correct(race, entry, "status", "DSQ", "Underweight.", staff)
    result = Result.objects.get(race=race, entry=entry)
    assert (result.status, result.places.filter(contest="race").count()) == ("DSQ", 0)


def test_the_version_grows_so_that_the_pages_are_drawn_anew(grandstand: Grandstand, staff: User) -> None:
    before = grandstand.season.version
    correct(grandstand.races[0], grandstand.entries[0], "race:overall", 8, "Jumped the start.", staff)
    grandstand.season.refresh_from_db()
    assert grandstand.season.version > before


def test_both_tables_of_a_joint_grid_are_counted_anew(grandstand: Grandstand, staff: User) -> None:
    race = grandstand.races[2]
    away = race.results.get(entry__season=grandstand.other).entry
    before = grandstand.other.version
    correct(race, away, "race:overall", 2, "Gave the place back.", staff)
    grandstand.other.refresh_from_db()
    assert grandstand.other.version > before
    place = Place.objects.get(result__race=race, result__entry=away, contest="race", ranking="overall")
    assert place.position == 2
