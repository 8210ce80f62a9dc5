"""The season and the language of `tests.corrections`, for the desk's tests; an editor, and the title that is fought for."""

import pytest
from django.test import Client

from standings.models import Championship
from tests.corrections.conftest import english, paddock
from tests.corrections.paddock import Paddock
from tests.desk.people import client_of

__all__ = ["english", "paddock"]


@pytest.fixture
def editor(db: None) -> Client:
    return client_of("editor")


@pytest.fixture
def title(paddock: Paddock) -> Championship:
    return Championship.objects.get(season=paddock.season, slug="drivers")
