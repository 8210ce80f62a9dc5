"""The admin's own site: its name, and the one door that everybody signs in by.

It stands outside of `racing.admin`, whose modules register with it: it must be there first.
"""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from racing.views.signing_in import send_to_the_one_form


class DeskSite(AdminSite):
    """Django's admin under our name; its sign-in form is ours, so that who fails too often waits at either."""

    site_header = _("Parc fermé, the desk")
    site_title = _("Parc fermé")
    index_title = _("What people and files made")

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send to the one form."""
        return send_to_the_one_form(request)
