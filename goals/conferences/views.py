from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from goals.conferences import codes, page
from goals.conferences.screen import screen_page
from herne_bildung.lib.http import public_page

# How long a cache in front may keep the view for the projector.
SCREEN_SECONDS = 3


@public_page
def conferences(request: HttpRequest) -> HttpResponse:
    """All conferences, the latest first."""
    context = page.conference_list(request.GET.get("page"), get_language())
    return render(request, "goals/conferences/list.html", context)


@public_page
def conference(request: HttpRequest, slug: str) -> HttpResponse:
    """Programme and documentation: what was noted, goal by goal."""
    found = page.published_or_404(slug)
    shown = page.conference_page(found, get_language())
    shown.programme = page.programme_of(found, get_language())
    return render(request, "goals/conferences/conference.html", {"conference": shown})


@public_page
def posters(request: HttpRequest, slug: str) -> HttpResponse:
    """The posters of all goals, with the way to write on them."""
    shown = page.conference_page(page.published_or_404(slug), get_language())
    return render(request, "goals/conferences/posters.html", {"conference": shown})


@public_page
def poster(request: HttpRequest, slug: str, goal: str) -> HttpResponse:
    """The poster of one goal with all its notes."""
    found = page.published_or_404(slug)
    shown = page.one_poster(
        found, page.goal_or_404(found, goal), request.GET.get("page"), get_language()
    )
    return render(request, "goals/conferences/poster.html", shown)


@public_page
def note_codes(request: HttpRequest, slug: str) -> HttpResponse:
    """A sheet for the table of each goal; its QR code opens the form."""
    shown = codes.sheets(page.published_or_404(slug), get_language())
    return render(request, "goals/conferences/codes.html", shown)


@public_page
def note_code(request: HttpRequest, slug: str, goal: str) -> HttpResponse:
    """The QR code of a goal as a file."""
    found = page.published_or_404(slug)
    drawn = codes.svg_file(found, page.goal_or_404(found, goal))
    return HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")


@public_page
def screen(request: HttpRequest, slug: str) -> HttpResponse:
    """The posters in big type, for a hall; newest notes first."""
    shown = screen_page(page.published_or_404(slug), request.GET, get_language())
    response = render(request, "goals/conferences/screen.html", {"screen": shown})
    response.headers["Cache-Control"] = f"public, max-age={SCREEN_SECONDS}"
    return response
