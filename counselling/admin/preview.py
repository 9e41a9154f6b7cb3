"""The previews in the forms of routes and their stations."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from counselling.models import Route, RouteNode
from counselling.routes.page import route_page
from herne_bildung.city.admin.preview import give_page, public_request


def page_of_route(request: HttpRequest, entry: Route, language: str) -> str:
    return _page(request, entry, {}, language)


def page_of_station(request: HttpRequest, entry: RouteNode, language: str) -> str:
    """The route as who is at the station sees it."""
    return _page(request, entry.route, {"start": entry.key}, language)


def _page(
    request: HttpRequest, route: Route, data: Mapping[str, str], language: str
) -> str:
    public = public_request(request, reverse("route", args=[route.slug]))
    shown = route_page(route, data, language)
    return render_to_string("counselling/route.html", {"route": shown}, public)


give_page(Route, page_of_route)
give_page(RouteNode, page_of_station)
