"""An answer in JSON: kept by its edition like a page, in the language of its address, and an error is JSON too."""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from standings.views.editions import Edition
from standings.views.keeping import View, kept

JSON = "application/json; charset=utf-8"
#: Anybody's page may read this: it is public, and asks for no cookie.
FOR_ALL = {"Access-Control-Allow-Origin": "*"}

Values = Mapping[str, Any]


def answers(edition_of: Callable[..., Edition | None]) -> Callable[[Callable[[HttpRequest, Edition], Values]], View]:
    """Let a function that gives values answer with them as JSON, kept by the edition that `edition_of` gives.

    The function is called as `view(request, edition)` and looks at nothing else of the request. The language is that of the
    address, as for pages; `?lang=` takes another that the site speaks. Http404, raised or by an edition that is None, is
    answered in JSON.
    """

    def decorate(view: Callable[[HttpRequest, Edition], Values]) -> View:
        @kept(edition_of, content_type=JSON)
        @wraps(view)
        def draw(request: HttpRequest, edition: Edition) -> HttpResponse:
            return HttpResponse(as_text(view(request, edition)), content_type=JSON)

        @wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            with override(language_of(request)):
                try:
                    response = draw(request, **kwargs)
                except Http404 as missing:
                    response = not_there(str(missing))
                if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                    response.headers["Content-Type"] = JSON
                    response.content = as_text({"error": _("Only GET is answered here.")}).encode()
                for name, value in {**FOR_ALL, "Content-Language": get_language() or ""}.items():
                    response.headers[name] = value
                return response

        # Nothing is written here, whoever asks: without a token, too, the answer is ours and no page.
        return csrf_exempt(answer)

    return decorate


def as_text(values: Values) -> str:
    """Write values as JSON; letters stay as they are, and a number that is not whole is a mistake of ours."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def language_of(request: HttpRequest) -> str:
    """Give the language that is asked for by `?lang=`, else that of the address."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE


def not_there(what: str = "") -> HttpResponse:
    """Answer that there is nothing at an address; `what` may say more."""
    words = what or _("There is nothing at this address.")
    return HttpResponse(as_text({"error": words}), status=404, content_type=JSON)


@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    """Answer an address of the API at which there never is anything."""
    with override(language_of(request)):
        response = not_there()
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
