"""What every page of the site needs from the code: its own address in the other language."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language

register = template.Library()

#: Each language in its own words: who looks for a language reads that one.
OWN_NAMES = {"fr": "Français", "en": "English"}


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The way to this page in one language."""

    code: str
    name: str
    url: str
    current: bool


@register.simple_tag(takes_context=True)
def other_languages(context: dict[str, Any]) -> list[LanguageLink]:
    """Give this page's address in each language of the site; without its query, which a language does not know.

    A page without a request (the server's own error page) gets none.
    """
    request = context.get("request")
    if request is None:
        return []
    current = get_language() or settings.LANGUAGE_CODE
    return [
        LanguageLink(code, OWN_NAMES.get(code, code), translate_url(request.path, code), code == current)
        for code, _name in settings.LANGUAGES
    ]
