"""Whatever comes first, the same rows stand in the end."""

from itertools import permutations

import pytest
from django.db import transaction

from racing import questions
from racing.models import Report
from tests.pipeline.conftest import Again, Upload
from tests.pipeline.joint_grid import WORLD
from tests.pipeline.rows import all_rows

ORDERS = list(permutations(WORLD))


def answer_all(read_again: Again) -> None:
    """Answer everything that is asked with what is proposed, but the year, which is 2017, as a person would."""
    for _ in range(6):
        asked = [(report, question) for report in Report.objects.all() for question in questions.open_questions(report)]
        for report, question in asked[:1]:
            value = 2017 if question.kind == "year" else question.proposal
            questions.answer(report, question.kind, question.subject, value)
            read_again(report)


@pytest.fixture
def expected(upload: Upload, read_again: Again) -> dict[str, list[object]]:
    """Give the rows after the uploads in their own order, and leave nothing of them behind."""
    with transaction.atomic():
        for name, told in WORLD.items():
            upload(name, told)
        answer_all(read_again)
        rows = all_rows()
        transaction.set_rollback(True)
    return rows


@pytest.mark.parametrize("at_once", [True, False], ids=["answered at once", "answered in the end"])
@pytest.mark.parametrize("names", ORDERS[1::3], ids="-".join)
def test_every_order_of_uploads_ends_in_the_same_rows(
    names: tuple[str, ...], at_once: bool, upload: Upload, read_again: Again, expected: dict[str, list[object]]
) -> None:
    for name in names:
        upload(name, WORLD[name])
        if at_once:
            answer_all(read_again)
    answer_all(read_again)
    rows = all_rows()
    for kind, told in expected.items():
        assert rows[kind] == told
