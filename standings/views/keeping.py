"""Pages are drawn once a change: kept by their edition, and answered with 304 to who has that edition already.

An edition is what one light query says about the rows that a page shows (`standings.views.editions`), with the language and
the version of the code. It is the ETag, and the key under which the drawn page is kept, compressed. Whatever else stands in
the address (unknown query strings) is no part of it, so it can neither miss the cache nor fill it. Pages are the same for
everybody, signed in or not: they set no cookie and hold no token.
"""

import gzip
import threading
from collections.abc import Callable
from functools import lru_cache, wraps
from hashlib import sha256
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from standings.views.editions import Edition
from standings.views.moment import one_moment

#: A page that nobody asks for is forgotten after a week; one that has changed is never found again under its old key.
KEEP_SECONDS = 7 * 24 * 3600

View = Callable[..., HttpResponse]


class _Pen:
    """Who holds it draws the page; the others of this process wait and find it drawn."""

    def __init__(self) -> None:
        self.lock = threading.Lock()


_pens: WeakValueDictionary[str, _Pen] = WeakValueDictionary()


@lru_cache(maxsize=1)
def _code_version_once() -> str:
    return _hash_of_the_code()


def _hash_of_the_code() -> str:
    digest = sha256()
    for folder, pattern in (
        ("templates", "**/*.html"),
        ("standings", "**/*.py"),
        ("standings", "**/*.toml"),
        ("static", "**/*.css"),
        ("locale", "**/*.mo"),
    ):
        for path in sorted(Path(settings.BASE_DIR / folder).glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def code_version() -> str:
    """Name the code, templates, styles and translations that draw the pages; read anew each time while developing."""
    return _hash_of_the_code() if settings.DEBUG else _code_version_once()


def kept(edition_of: Callable[..., Edition | None], *, content_type: str | None = None) -> Callable[[View], View]:
    """Keep the pages that a view draws, by the edition that `edition_of(request, **kwargs)` gives; None is a 404.

    The view is called as `view(request, edition)` and draws from what the edition names, nothing else of the request; it draws
    HTML, or what `content_type` says.
    """

    def decorate(view: View) -> View:
        @require_safe
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            edition = edition_of(request, **kwargs)
            if edition is None:
                raise Http404
            words = repr((view.__qualname__, get_language(), code_version(), request.path, edition))
            key = sha256(words.encode()).hexdigest()
            # Weak: the same page may be sent compressed or not.
            etag = f'W/"{key[:32]}"'
            response = get_conditional_response(request, etag=etag)
            if not isinstance(response, HttpResponseNotModified):
                response = _send(request, _find_or_draw(f"page:{key}", lambda: view(request, edition)), content_type)
            response.headers["ETag"] = etag
            response.headers["Cache-Control"] = "public, no-cache"
            patch_vary_headers(response, ["Accept-Encoding"])
            return response

        return answer

    return decorate


def _find_or_draw(key: str, draw: Callable[[], HttpResponse]) -> bytes:
    """Give the page, compressed; draw it if it is not kept, once even if many ask at the same time."""
    packed: bytes | None = cache.get(key)
    if packed is not None:
        return packed
    pen = _pens.setdefault(key, _Pen())
    with pen.lock:
        packed = cache.get(key)
        if packed is None:
            # As of one moment, so that it never shows results and tables that disagree. What was committed since its edition
            # was told may be in it already: then nobody asks for this edition again, since versions only grow.
            with one_moment():
                packed = gzip.compress(draw().content, mtime=0)
            cache.set(key, packed, KEEP_SECONDS)
        return packed


def _send(request: HttpRequest, packed: bytes, content_type: str | None) -> HttpResponse:
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(packed, content_type=content_type, headers={"Content-Encoding": "gzip"})
    return HttpResponse(gzip.decompress(packed), content_type=content_type)
