"""Signing in, for the desk and for Django's admin alike; who fails too often waits."""

import hashlib
from contextlib import suppress
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

#: So many failures of one name from one address ...
FAILURES = 5
#: ... within so many seconds close the door until they have passed.
WINDOW = 15 * 60


class SignIn(LoginView):
    """The one form to sign in by."""

    template_name = "racing/login.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form; send on whoever has signed in and is not on the way to a page that asks for more."""
        if request.user.is_authenticated and not self.get_redirect_url():
            return redirect("racing:reports")
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check name and password, unless too many were wrong lately: then even the right one waits."""
        if cache.get(self._key(), 0) >= FAILURES:
            context = self.get_context_data(form=AuthenticationForm(request), closed=True, minutes=WINDOW // 60)
            return self.render_to_response(context, status=429, headers={"Retry-After": str(WINDOW)})
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Count the failure."""
        cache.add(self._key(), 0, WINDOW)
        with suppress(ValueError):  # the count ended between the two lines
            cache.incr(self._key())
        return super().form_invalid(form)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Forget the failures."""
        cache.delete(self._key())
        return super().form_valid(form)

    def get_default_redirect_url(self) -> str:
        """Who signs in without a page in mind comes to the reports."""
        return str(self.next_page or redirect("racing:reports").url)

    def _key(self) -> str:
        who = f"{self.request.POST.get('username', '')[:150].casefold()}\n{self.request.META.get('REMOTE_ADDR', '')}"
        return "sign-in:" + hashlib.sha256(who.encode()).hexdigest()


def send_to_the_one_form(request: HttpRequest, extra_context: Any = None) -> HttpResponse:
    """Stand in for the admin's own form, so that the same door closes for both."""
    answer = redirect("racing:login")
    if request.GET:
        answer["Location"] += f"?{request.GET.urlencode()}"
    return answer
