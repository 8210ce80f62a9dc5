"""Fills in a page's form as a browser would, and sends it."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from standings.models import Championship


class _Fields(HTMLParser):
    """Collects what each form of a page would send as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.forms.append({})
        if not self.forms:
            return
        here = self.forms[-1]
        if tag == "select":
            self.select = name
            here.setdefault(name, "")
        elif tag == "option" and self.select and "selected" in given:
            here[self.select] = given.get("value", "")
        elif tag == "textarea":
            self.area = name
            here[name] = ""
        elif tag == "input" and name and given.get("type") not in ("submit", "file", "button"):
            if given.get("type") in ("checkbox", "radio"):
                if "checked" in given:
                    # Each of several boxes of one name is sent.
                    here.setdefault(name, []).append(given.get("value", "on"))
            elif name in here and given.get("type") == "hidden":
                here[name] = [*([here[name]] if isinstance(here[name], str) else here[name]), given.get("value", "")]
            else:
                here[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "textarea" and self.area:
            # The end of line behind the tag is none of the text.
            self.forms[-1][self.area] = self.forms[-1][self.area].removeprefix("\n")
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1][self.area] += data


def sent_by(words: str) -> dict[str, Any]:
    """Give what the largest form of a page would send as it stands."""
    page = _Fields()
    page.feed(words)
    return max(page.forms, key=len)


def fill_in(client: Client, address: str, **changed: Any) -> dict[str, Any]:
    """Give what the largest form of a page would send, with some fields changed."""
    return {**sent_by(client.get(address).content.decode()), **changed}


def send(client: Client, address: str, **changed: Any) -> Any:
    """Open a page, change some fields of its form, and save it."""
    return client.post(address, fill_in(client, address, **changed))


def page_of(row: Championship) -> str:
    """Give the address of the form for a championship's rules."""
    return reverse("admin:standings_championship_change", args=[row.pk])
