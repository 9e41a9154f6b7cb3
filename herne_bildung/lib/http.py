"""How public pages may be kept by any cache."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from csp.constants import SELF
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from herne_bildung.lib import clock

LONGEST = 300
View = Callable[..., HttpResponse]


def max_age(*changes: datetime | None) -> int:
    """Seconds a page may be kept: until its next change by the clock ("today",
    a date that passes), five minutes at most.
    """
    now = clock.now()
    seconds = [LONGEST, clock.seconds_to_midnight()]
    seconds += [
        int((change - now).total_seconds()) for change in changes if change is not None
    ]
    return max(1, min(seconds))


def kept_until(response: HttpResponse, *changes: datetime | None) -> HttpResponse:
    """The answer, to be kept until the next of these moments at most."""
    response.headers["Cache-Control"] = f"public, max-age={max_age(*changes)}"
    return response


def framed_by_own_pages(response: HttpResponse) -> HttpResponse:
    """The answer, which pages of this portal may show beside another language."""
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response._csp_replace = {"frame-ancestors": [SELF]}
    return response


def framed_by_everyone(view: View) -> View:
    """A public page made to stand on other sites: any page may frame it. It has no
    form and nothing to press that changes anything.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args, **options) -> HttpResponse:
        response = view(request, *args, **options)
        del response.headers["X-Frame-Options"]
        response.xframe_options_exempt = True
        response._csp_replace = {"frame-ancestors": ["*"]}
        return response

    return answered


def public_page(view: View) -> View:
    """A page that is the same for everyone: GET and HEAD only, cacheable; our own
    pages may frame it.

    The view may set a shorter `Cache-Control` itself, and refuse frames.
    """

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, *args, **options) -> HttpResponse:
        response = view(request, *args, **options)
        if response.status_code == 200 and request.GET.get("near"):
            # A position in the address is the reader's own: no cache of ours has it.
            response.headers["Cache-Control"] = f"private, max-age={max_age()}"
        elif response.status_code == 200:
            response.headers.setdefault("Cache-Control", f"public, max-age={max_age()}")
        else:
            response.headers.setdefault("Cache-Control", "no-store")
        is_html = response.get("Content-Type", "").startswith("text/html")
        if is_html and "X-Frame-Options" not in response:
            framed_by_own_pages(response)
        return response

    answered.is_public_page = True
    return answered


def never_kept(view: View) -> View:
    """An address that no cache may keep: forms, receipts, tokens."""

    @wraps(view)
    def answered(request: HttpRequest, *args, **options) -> HttpResponse:
        response = view(request, *args, **options)
        response.headers["Cache-Control"] = "no-store"
        return response

    return answered
