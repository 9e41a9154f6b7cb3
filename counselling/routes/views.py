from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from counselling.models import Route
from counselling.routes.page import route_page
from herne_bildung.lib.http import public_page
from herne_bildung.lib.localized import localized_entry


@public_page
def routes(request: HttpRequest) -> HttpResponse:
    """All routes."""
    language = get_language()
    found = [
        {
            "slug": route.slug,
            "title": localized_entry(route, "title", language),
            "lead": localized_entry(route, "lead", language),
        }
        for route in Route.objects.filter(is_published=True)
    ]
    return render(request, "counselling/route_list.html", {"routes": found})


@public_page
def route(request: HttpRequest, slug: str) -> HttpResponse:
    """One route: what is possible from where one is. Dates vanish at midnight, which
    is when a kept page ends at the latest.
    """
    found = get_object_or_404(Route, slug=slug, is_published=True)
    shown = route_page(found, request.GET, get_language())
    return render(request, "counselling/route.html", {"route": shown})
