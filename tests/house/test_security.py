"""What every answer tells the browser, and what Django itself says of a production installation."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.test import Client

from tests.house.tree import ROOT

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "racing.settings",
    "SECRET_KEY": "6c0e1f9a8d7b5e4c3a2f1d0b9e8c7a6f5d4b3c2a1e0f9d8c7b6a5e4d3c2b1a0f-only-for-this-test",
    "ALLOWED_HOSTS": "standings.example.org",
    "HTTPS": "true",
}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/en/", "/admin/login/", "/nothing-here/", "/healthz"])
def test_every_answer_carries_the_security_headers(client: Client, address: str) -> None:
    headers = client.get(address, follow=True).headers
    stated = dict(directive.strip().split(" ", 1) for directive in headers["Content-Security-Policy"].split(";"))
    assert stated == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.database
def test_django_finds_nothing_to_say_about_a_production_installation() -> None:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    environment = {**os.environ, **PRODUCTION}
    del environment["DJANGO_ALLOW_ASYNC_UNSAFE"]  # only the tests want it
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout) == (0, "System check identified no issues (0 silenced).\n"), answer.stderr


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
