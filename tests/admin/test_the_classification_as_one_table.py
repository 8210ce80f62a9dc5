"""A race's classification edited on the race's page: only what is changed becomes a correction, and never without a reason."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from racing.models import Correction, Entry, Fact, Race, Result
from racing.pipeline import settle_races
from standings.models import Championship
from tests.admin.forms import fill_in, send
from tests.corrections.looking import order_of
from tests.corrections.paddock import Paddock
from tests.desk.people import PASSWORD, client_of
from tests.standings.building import table


@pytest.fixture
def editor(db: None) -> Client:
    return client_of("editor")


def page_of(race: Race) -> str:
    return reverse("admin:racing_race_change", args=[race.pk])


def field(paddock: Paddock, entry: Entry | str, name: str) -> str:
    """Name a form's field. Columns: 0 road, 1 overall, 2 Am, 3 Pro; 4 to 6 the grid, 7 to 9 the fastest lap."""
    return f"{paddock.season.pk}-{entry if isinstance(entry, str) else entry.pk}-{name}"


def corrected() -> list[tuple[str, str, object]]:
    rows = Correction.objects.filter(withdrawn_at=None).order_by("entry__number", "field")
    return [(row.entry.number, row.field, row.value) for row in rows]


def test_saving_without_a_change_corrects_nothing_and_wants_no_reason(paddock: Paddock, editor: Client) -> None:
    response = send(editor, page_of(paddock.races[0]))
    assert response.status_code == 302
    assert corrected() == []


def test_only_what_was_changed_becomes_a_correction(paddock: Paddock, editor: Client) -> None:
    one, two = paddock.entries[:2]
    changed = {field(paddock, one, "place1"): "2", field(paddock, two, "place1"): "1"}
    response = send(editor, page_of(paddock.races[0]), reason="Read wrongly.", **changed)
    assert response.status_code == 302
    assert corrected() == [("1", "race:overall", 2), ("2", "race:overall", 1)]
    assert order_of(paddock.races[0]) == {1: "Cazal", 2: "Brisson", 3: "Duhamel"}
    row = Correction.objects.filter(entry=one).get()
    assert (row.reason, row.author) == ("Read wrongly.", User.objects.get(username="editor"))


def test_a_change_without_a_reason_is_refused_and_what_was_typed_is_kept(paddock: Paddock, editor: Client) -> None:
    name = field(paddock, paddock.entries[0], "penalty")
    words = send(editor, page_of(paddock.races[0]), **{name: "ten seconds"}).content.decode()
    assert "Say why: a correction needs a reason." in words
    assert f'name="{name}" value="ten seconds"' in words
    assert corrected() == []


def test_status_penalty_and_grid_are_corrected_too(paddock: Paddock, editor: Client) -> None:
    four = paddock.entries[3]
    changed = {
        field(paddock, four, "status"): "NC",
        field(paddock, four, "penalty"): "drive-through",
        field(paddock, four, "place4"): "5",
    }
    send(editor, page_of(paddock.races[0]), reason="Sheet of the timekeepers.", **changed)
    assert corrected() == [("4", "penalty", "drive-through"), ("4", "qualifying:overall", 5), ("4", "status", "NC")]


def test_an_emptied_place_says_that_there_is_none(paddock: Paddock, editor: Client) -> None:
    changed = {field(paddock, paddock.entries[2], "place1"): ""}
    send(editor, page_of(paddock.races[0]), reason="Was not third.", **changed)
    assert corrected() == [("3", "race:overall", None)]
    assert order_of(paddock.races[0]) == {1: "Brisson", 2: "Cazal"}


def test_a_car_is_taken_out(paddock: Paddock, editor: Client) -> None:
    changed = {field(paddock, paddock.entries[2], "out"): "on"}
    send(editor, page_of(paddock.races[0]), reason="Was not there.", **changed)
    assert corrected() == [("3", "taking_part", False)]
    assert not Result.objects.filter(race=paddock.races[0], entry=paddock.entries[2]).exists()


def test_a_car_that_no_report_told_of_is_added(paddock: Paddock, editor: Client) -> None:
    five = paddock.entries[4]
    changed = {field(paddock, "new0", "entry"): str(five.pk), field(paddock, "new0", "place1"): "4"}
    send(editor, page_of(paddock.races[0]), reason="Forgotten by the report.", **changed)
    assert corrected() == [("5", "race:overall", 4), ("5", "taking_part", True)]
    assert order_of(paddock.races[0])[4] == "Fiszer"


def test_an_added_line_without_its_car_is_refused(paddock: Paddock, editor: Client) -> None:
    changed = {field(paddock, "new0", "place1"): "4"}
    words = send(editor, page_of(paddock.races[0]), reason="Forgotten.", **changed).content.decode()
    assert "Choose the car of the line that you added." in words
    assert corrected() == []


def test_another_car_takes_over_what_was_told_of_the_wrong_one(paddock: Paddock, editor: Client) -> None:
    two, five = paddock.entries[1], paddock.entries[4]
    changed = {field(paddock, two, "instead"): str(five.pk)}
    send(editor, page_of(paddock.races[0]), reason="The cars were mixed up.", **changed)
    assert order_of(paddock.races[0])[2] == "Fiszer"
    assert not Result.objects.filter(race=paddock.races[0], entry=two).exists()
    assert [row for row in corrected() if row[0] == "2"] == [("2", "taking_part", False)]
    assert ("5", "qualifying:overall", 1) in corrected()
    # What follows by itself, or belongs to the other's class, is not copied.
    assert not [row for row in corrected() if row[1].endswith((":Pro", ":track"))]


def test_two_cars_in_one_place_are_refused_with_their_names(paddock: Paddock, editor: Client) -> None:
    changed = {field(paddock, paddock.entries[0], "place1"): "2"}
    words = send(editor, page_of(paddock.races[0]), reason="Read wrongly.", **changed).content.decode()
    assert "Race, overall: #1 Amel Brisson and #2 Bruno Cazal cannot both be 2." in words
    assert corrected() == []


def test_what_cannot_be_read_is_said_beside_its_field(paddock: Paddock, editor: Client) -> None:
    changed = {field(paddock, paddock.entries[0], "place1"): "first"}
    words = send(editor, page_of(paddock.races[0]), reason="Read wrongly.", **changed).content.decode()
    assert "Something in the classification below cannot be read." in words
    assert "Enter a whole number." in words


def test_a_disqualified_car_loses_its_places_by_itself_and_those_behind_move_up(
    paddock: Paddock, editor: Client
) -> None:
    changed = {field(paddock, paddock.entries[0], "status"): "DSQ"}
    send(editor, page_of(paddock.races[0]), reason="Underweight.", **changed)
    assert corrected() == [("1", "status", "DSQ")]
    assert order_of(paddock.races[0]) == {1: "Cazal", 2: "Duhamel"}
    drivers = Championship.objects.get(season=paddock.season, slug="drivers")
    assert table(drivers)[:2] == [(1, "Bruno Cazal", 25), (2, "Clara Duhamel", 18)]
    page = editor.get(reverse("standings:race", args=[paddock.races[0].event.slug, 1])).content.decode()
    assert "follows from position 2 overall, without #1 Brisson ahead" in page
    assert "one source gives a place, the other says that the car has none." in page


def test_a_place_that_a_person_gave_is_taken_back_when_the_car_is_disqualified(
    paddock: Paddock, editor: Client
) -> None:
    one = paddock.entries[0]
    send(editor, page_of(paddock.races[0]), reason="Gave it back.", **{field(paddock, one, "place1"): "4"})
    send(editor, page_of(paddock.races[0]), reason="Underweight.", **{field(paddock, one, "status"): "DSQ"})
    assert ("1", "race:overall", None) in corrected()
    assert "Brisson" not in order_of(paddock.races[0]).values()


def test_a_status_is_not_made_unknown(paddock: Paddock, editor: Client) -> None:
    changed = {field(paddock, paddock.entries[0], "status"): ""}
    words = send(editor, page_of(paddock.races[0]), reason="Nobody knows.", **changed).content.decode()
    assert "a status cannot be made unknown; withdraw its correction below." in words


def test_what_a_reading_changed_meanwhile_is_not_taken_for_the_editor_s_word(paddock: Paddock, editor: Client) -> None:
    race = paddock.races[0]
    form = fill_in(editor, page_of(race), reason="Heard in the paddock.")
    Fact.objects.filter(report=paddock.report, position=3).update(position=4)
    settle_races([race])
    form[field(paddock, paddock.entries[3], "penalty")] = "five seconds"
    assert editor.post(page_of(race), form).status_code == 302
    assert corrected() == [("4", "penalty", "five seconds")]
    assert order_of(race) == {1: "Brisson", 2: "Cazal", 4: "Duhamel"}


def test_where_a_field_comes_from_is_shown(paddock: Paddock, editor: Client) -> None:
    send(editor, page_of(paddock.races[0]), reason="Sure.", **{field(paddock, paddock.entries[2], "place1"): "5"})
    words = editor.get(page_of(paddock.races[0])).content.decode()
    fact = paddock.report.facts.get(position=1, kind="finish")
    address = reverse("racing:report", args=[paddock.report.pk])
    assert f'<a class="origin" href="{address}#fact-{fact.pk}">stated</a>' in words
    assert '<span class="origin corrected">corrected</span>' in words
    assert '<span class="origin">derived</span>' in words


def test_a_correction_is_withdrawn_on_the_race_s_page(paddock: Paddock, editor: Client) -> None:
    race = paddock.races[0]
    send(editor, page_of(race), reason="Sure.", **{field(paddock, paddock.entries[2], "place1"): "5"})
    row = Correction.objects.get()
    address = reverse("admin:racing_race_withdraw", args=[race.pk, row.pk])
    assert address in editor.get(page_of(race)).content.decode()
    assert editor.get(address).status_code == 403
    assert editor.post(address).status_code == 302
    assert order_of(race) == {1: "Brisson", 2: "Cazal", 3: "Duhamel"}
    words = editor.get(page_of(race)).content.decode()
    assert "withdrawn by editor" in words
    assert address not in words


def test_the_admin_s_log_names_the_fields(paddock: Paddock, editor: Client) -> None:
    changed = {field(paddock, paddock.entries[2], "place1"): "5"}
    send(editor, page_of(paddock.races[0]), reason="Sure.", **changed)
    assert "race:overall" in LogEntry.objects.latest("pk").get_change_message()


def test_the_race_itself_is_edited_on_the_same_page(paddock: Paddock, editor: Client) -> None:
    send(editor, page_of(paddock.races[0]), status="cancelled")
    paddock.races[0].refresh_from_db()
    assert paddock.races[0].status == "cancelled"
    assert not paddock.races[0].tables.exists()


def test_a_race_of_which_nothing_is_known_gets_its_first_lines(paddock: Paddock, editor: Client) -> None:
    race = paddock.races[1]
    changed = {}
    for number, entry in enumerate(paddock.entries[:3]):
        changed[field(paddock, f"new{number}", "entry")] = str(entry.pk)
        changed[field(paddock, f"new{number}", "place1")] = str(number + 1)
    send(editor, page_of(race), reason="No report came.", **changed)
    assert order_of(race) == {1: "Brisson", 2: "Cazal", 3: "Duhamel"}


def test_who_may_change_races_but_not_correct_sees_the_table_and_changes_nothing(paddock: Paddock) -> None:
    clerk = User.objects.create_user("clerk", password=PASSWORD, is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__in=["view_race", "change_race"]))
    client = Client()
    client.force_login(clerk)
    race = paddock.races[0]
    words = client.get(page_of(race)).content.decode()
    assert "Amel Brisson" in words
    assert field(paddock, paddock.entries[0], "place1") not in words
    client.post(
        page_of(race), fill_in(client, page_of(race), reason="x", **{field(paddock, paddock.entries[0], "place1"): "9"})
    )
    assert corrected() == []
