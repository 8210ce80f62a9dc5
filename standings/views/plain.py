"""What browsers and crawlers ask for beside the pages."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

#: Everything that is public may be found; the desk's doors lead nowhere for a crawler.
ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /en/admin/\nDisallow: /login/\nDisallow: /en/login/\n"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers what is not for them."""
    return HttpResponse(ROBOTS, content_type="text/plain")
