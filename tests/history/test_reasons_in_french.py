"""The archive gives its reasons in English; French pages have French words for every one of them."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils.translation import override

from standings.history.f1db import DATA, decision, read_rows
from standings.history.reasons import BEGINNINGS, DECISIONS, ENDS, in_french
from standings.loading.history import load_history
from standings.wording import show_reason
from tests.history.part import write_part
from tests.pages.seeing import see, words


def ends() -> set[str]:
    return {row["reason"] for row in read_rows(DATA, "results")} - {""}


def decisions() -> set[str]:
    return {decision(row, subject=1, race=1, entry=None)["reason"] for row in read_rows(DATA, "adjustments")}


def test_every_reason_of_the_archive_has_french_words() -> None:
    assert [reason for reason in sorted(ends() | decisions()) if in_french(reason) is None] == []


def test_no_words_are_kept_for_what_the_archive_does_not_say() -> None:
    begun = {beginning for beginning in BEGINNINGS for reason in ends() if reason.startswith(beginning)}
    assert (ENDS.keys() - ends(), DECISIONS.keys() - decisions(), BEGINNINGS.keys() - begun) == (set(), set(), set())


def test_numbers_stay_the_same_in_french() -> None:
    for english, french in DECISIONS.items():
        told = {number.replace(".", ",") for number in re.findall(r"\d+(?:\.\d+)?", english.replace("f1db", ""))}
        assert told <= set(re.findall(r"\d+(?:,\d+)?", french)), english


def test_french_is_set_as_the_french_set_it() -> None:
    loose = re.compile(r"\w'\w|[ ][:;?!»%]|(?<!\u00a0)[;?!»]")
    assert [text for text in [*ENDS.values(), *DECISIONS.values()] if loose.search(text)] == []


def test_what_somebody_wrote_stays_as_it_was_written() -> None:
    with override("fr"):
        assert [show_reason(text) for text in ("Engine", "Car raced by Surer", "Late at the start", "")] == [
            "Moteur",
            "Voiture courue par Surer",
            "Late at the start",
            "",
        ]
    with override("en"):
        assert show_reason("Engine") == "Engine"


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Load two seasons in which points were refused."""
    folder = write_part(tmp_path_factory.mktemp("archive"), [1984, 2000])
    with django_db_blocker.unblock(), transaction.atomic():
        load_history(lambda line: None, folder)
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize(
    ("address", "french", "english"),
    [
        ("2000/constructors/mclaren-mercedes/", "il garde la victoire, McLaren perd les 10 points", "he keeps the win"),
        ("1984/drivers/", "ATS avait engagé une seule voiture pour la saison", "ATS had entered one car"),
        ("1984/constructors/", "Tyrrell exclue du championnat 1984", "Tyrrell excluded from the 1984 championship"),
    ],
)
def test_a_decision_of_the_archive_is_told_in_the_page_s_language(address: str, french: str, english: str) -> None:
    where = f"series/formula-one-world-championship/{address}"
    told = [words(see(Client(), f"/{language}{where}").css_first("main")) for language in ("", "en/")]
    assert [(french in page, english in page) for page in told] == [(True, False), (False, True)]


@pytest.mark.django_db
@pytest.mark.usefixtures("_loaded")
def test_why_a_car_retired_is_told_in_the_page_s_language() -> None:
    told = [words(see(Client(), f"/{lang}events/f1db-1984-italy/race-1/").css_first("main")) for lang in ("", "en/")]
    assert [("Boîte de vitesses" in page, "Gearbox" in page) for page in told] == [(True, False), (False, True)]
