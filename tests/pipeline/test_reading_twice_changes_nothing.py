"""A reading may be done again at any time: rows, their keys and the versions that pages are kept by stay as they are."""

from racing.models import Fact, FactEntry, Place, Report, Result, Season
from racing.reading.facts import Reading
from standings.models import Championship
from tests.pipeline.conftest import Again, Upload
from tests.pipeline.joint_grid import WORLD
from tests.pipeline.rows import all_rows
from tests.pipeline.telling import heading, order, reading


def keys() -> list[list[object]]:
    versions = [list(model.objects.order_by("pk").values_list("pk", "version")) for model in (Season, Championship)]
    return versions + [
        list(model.objects.order_by("pk").values_list("pk", flat=True)) for model in (Fact, FactEntry, Result, Place)
    ]


def test_reading_everything_again_changes_no_row_no_key_and_no_version(upload: Upload, read_again: Again) -> None:
    for name, told in WORLD.items():
        upload(name, told)
    rows, before = all_rows(), keys()
    assert rows["places"] != []
    for report in Report.objects.all():
        read_again(report)
    assert all_rows() == rows
    assert keys() == before


def test_a_version_grows_only_where_something_differs(
    upload: Upload, read_again: Again, readings: dict[str, Reading]
) -> None:
    report = upload("one", reading(heading("A Cup", 2017, "Dijon"), order("overall", "Loïc Ferrand", "Hugo Marchand")))
    upload("two", reading(heading("B Cup", 2017, "Spa"), order("overall", "Nolan Petit")))
    before = dict(Season.objects.values_list("series__name", "version"))
    readings["one"] = reading(heading("A Cup", 2017, "Dijon"), order("overall", "Hugo Marchand", "Loïc Ferrand"))
    read_again(report)
    after = dict(Season.objects.values_list("series__name", "version"))
    assert after["A Cup"] > before["A Cup"]
    assert after["B Cup"] == before["B Cup"]
