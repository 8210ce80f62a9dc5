"""Whatever comes first, the same rows stand in the end."""

from itertools import permutations

import pytest
from django.db import transaction

from racing import questions
from racing.models import Report
from tests.pipeline.conftest import Again, Upload
from tests.pipeline.joint_grid import WORLD
from tests.pipeline.rows import all_rows

#: Of the 24 orders, those in which the shared meeting and the next year stand in all places.
ORDERS = list(permutations(WORLD))[::5]


def answer_all(read_again: Again) -> None:
    """Answer everything that is asked with what is proposed, but the year, which is 2017, as a person would."""
    for _ in range(6):
        asked = [(report, question) for report in Report.objects.all() for question in questions.open_questions(report)]
        for report, question in asked[:1]:
            value = 2017 if question.kind == "year" else question.proposal
            questions.answer(report, question.kind, question.subject, value)
            read_again(report)


@pytest.mark.timeout(300)
def test_every_order_of_uploads_ends_in_the_same_rows(upload: Upload, read_again: Again) -> None:
    expected: dict[str, list[object]] = {}
    for number, names in enumerate(ORDERS):
        with transaction.atomic():
            for name in names:
                upload(name, WORLD[name])
                if number % 2:
                    answer_all(read_again)
            answer_all(read_again)
            rows = all_rows()
            transaction.set_rollback(True)
        expected = expected or rows
        for kind, told in expected.items():
            assert rows[kind] == told, (names, kind)
