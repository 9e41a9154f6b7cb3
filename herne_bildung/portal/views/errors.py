"""Pages for what went wrong; they name ways on and need no database."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import is_valid_path

from herne_bildung.lib.http import framed_by_own_pages
from herne_bildung.lib.languages import BY_CODE, DEFAULT_LANGUAGE
from herne_bildung.portal.views.home import choose_language


def _page(request: HttpRequest, status: int, **context: bool) -> HttpResponse:
    # What is not there, is not there in a second language either.
    request.resolver_match = None
    response = render(request, f"{status}.html", context, status=status)
    if request.path[1:].partition("/")[0] in BY_CODE:
        framed_by_own_pages(response)
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400, is_too_long=isinstance(exception, RequestDataTooBig))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _with_language(request) or _page(request, 404)


def _with_language(request: HttpRequest) -> HttpResponse | None:
    """The way from /familie/, as it is told and typed, to /de/familie/; None where no
    page has this address in any language.
    """
    if request.method not in {"GET", "HEAD"}:
        return None
    for slash in ("", "/"):
        if is_valid_path(f"/{DEFAULT_LANGUAGE}{request.path_info}{slash}"):
            rest = request.get_full_path(force_append_slash=bool(slash))
            return choose_language(request, rest)
    return None


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(request, 500)
