"""Who may open a page of the desk: staff with the permission that the page names."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url

View = Callable[..., HttpResponseBase]


def may(user: Any, permission: str) -> bool:
    """Tell whether somebody is of the staff and has the permission."""
    return bool(user.is_active and user.is_staff and user.has_perm(permission))


def desk(permission: str) -> Callable[[View], View]:
    """Let in staff with the permission. Who has not signed in is asked to; who may not gets 403."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), resolve_url("racing:login"))
            if not may(request.user, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard
