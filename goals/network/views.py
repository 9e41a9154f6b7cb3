from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goals.models import Body
from goals.network import directory as directories
from goals.network.body_page import body_page
from goals.network.calendar import calendar_file
from goals.network.overview import overview
from goals.network.queries import bodies, dates, members
from goals.network.words import name_of
from herne_bildung.lib.http import public_page


@public_page
def network(request: HttpRequest) -> HttpResponse:
    """All bodies by kind, and what is next."""
    found = overview(request.GET.get("page"), get_language())
    return render(request, "goals/network/overview.html", {"network": found})


@public_page
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """One body: what it is for, who takes part, when it meets, what came of it."""
    with_role = bodies().select_related("role__organisation")
    found = get_object_or_404(with_role.prefetch_related(members()), slug=slug)
    shown = body_page(found, request.GET.get("page"), get_language())
    return render(request, "goals/network/body.html", {"body": shown})


@public_page
def directory(request: HttpRequest) -> HttpResponse:
    """Organisations by field, district, kind and body, with how to reach them."""
    found = directories.results(request.GET, request.path, get_language())
    return render(request, "goals/network/directory.html", {"results": found})


@public_page
def network_calendar(request: HttpRequest) -> HttpResponse:
    """The dates of all bodies, to subscribe to."""
    name = f"{_('Network of education')} – Lernen! in Herne"
    return _calendar(calendar_file(dates(), name, get_language()), "termine")


@public_page
def body_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The dates of one body, to subscribe to; samples have none."""
    published = Body.objects.published().filter(is_sample=False)
    found = get_object_or_404(published.with_names(), slug=slug)
    name = f"{name_of(found, get_language())} – Lernen! in Herne"
    own = dates().filter(body=found)
    return _calendar(calendar_file(own, name, get_language()), slug)


def _calendar(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.ics"'},
    )
