"""What all pages behind a link of a mail have in common.

No login, no cookie: the link itself is the right to answer. Nothing of it is kept by
caches, search engines or the next page's log; only a POST from our own pages with
the value of its button changes anything.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from herne_bildung.freshness.actions.digests import fresh_link
from herne_bildung.freshness.emails.mail import office_address
from herne_bildung.freshness.models import Digest
from herne_bildung.freshness.tokens import (
    Problem,
    digest_of,
    former_digest_of,
    is_of_trial,
)
from herne_bildung.lib import rate_limit
from herne_bildung.lib.http import never_kept
from herne_bildung.lib.own_origin import is_foreign

# Each address gets one a day at most, whoever asks.
LIMIT = rate_limit.Limit("fresh-link", by_network=40, by_all=400)
View = Callable[..., HttpResponse]
HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


def secret_page(view: View) -> View:
    """A page whose address is a secret. Exempt from Django's CSRF, which needs a
    cookie: whoever has no link can send nothing, and other sites' pages are refused.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    def answered(request: HttpRequest, token: str, **options: Any) -> HttpResponse:
        if request.method == "POST" and is_foreign(request, null_is_own=True):
            return render(request, "403.html", status=403)
        if is_of_trial(token):
            return link_unknown(request, is_trial=True)
        return view(request, token, **options)

    @csrf_exempt
    @never_kept
    @wraps(view)
    def secret(request: HttpRequest, token: str, **options: Any) -> HttpResponse:
        response = answered(request, token, **options)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return secret


def digest_page(view: View) -> View:
    """A page of a digest: `view(request, token, digest, …)`; a link that has ended
    explains itself instead.
    """

    @secret_page
    @wraps(view)
    def answered(request: HttpRequest, token: str, **options: Any) -> HttpResponse:
        digest = digest_of(token)
        if isinstance(digest, Digest):
            return view(request, token, digest, **options)
        return link_ended(request, token, digest)

    return answered


def link_ended(request: HttpRequest, token: str, problem: Problem) -> HttpResponse:
    """Why a link opens nothing; its button sends a fresh one, to the address the old
    one went to and nowhere else. The answer does not say whether there was anything
    to send.
    """
    if problem == Problem.INVALID:
        return link_unknown(request)
    is_wanted = request.method == "POST" and request.POST.get("decision") == "fresh"
    is_allowed = not is_wanted or rate_limit.is_allowed(LIMIT, request)
    if is_wanted and is_allowed:
        fresh_link(former_digest_of(token))
    context = {
        "address": request.path,
        "is_sent": is_wanted and is_allowed,
        "is_refused": not is_allowed,
        "office": office_address(),
    }
    status = 429 if not is_allowed else 200 if is_wanted else 410
    return render(request, "freshness/link_ended.html", context, status=status)


def link_unknown(request: HttpRequest, *, is_trial: bool = False) -> HttpResponse:
    """We never made this link, or a part of it is missing, or it was for a trial."""
    context = {"office": office_address(), "is_trial": is_trial}
    return render(request, "freshness/link_unknown.html", context, status=404)


def see(address: str) -> HttpResponse:
    """Go on to a page by GET, so that a second loading sends nothing again."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
