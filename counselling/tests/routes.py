"""Routes as tests make them and read them from pages."""

from itertools import count
from typing import Any

from counselling.models import Route, RouteDate, RouteNode, RouteResult, RouteStep
from herne_bildung.lib import clock

_numbers = count(1)


def make_route(slug: str = "", **values: Any) -> Route:
    values.setdefault("title_de", "Ein Weg")
    values.setdefault("lead_de", "Kurz gesagt.")
    values.setdefault("is_published", True)
    return Route.objects.create(slug=slug or f"weg-{next(_numbers)}", **values)


def make_node(route: Route, key: str = "", **values: Any) -> RouteNode:
    """A station; its title is its key."""
    key = key or f"station-{next(_numbers)}"
    values.setdefault("title_de", key.capitalize())
    values.setdefault("kind", RouteNode.Kind.SCHOOL)
    return RouteNode.objects.create(route=route, key=key, **values)


def make_nodes(route: Route, *keys: str) -> list[RouteNode]:
    """A starting point, then stations that are goals."""
    first, *others = keys
    start = make_node(route, first, kind=RouteNode.Kind.START)
    return [start, *(make_node(route, key, is_goal=True) for key in others)]


def make_step(start: RouteNode, end: RouteNode, *results: RouteResult) -> RouteStep:
    step = RouteStep.objects.create(start=start, end=end)
    step.results.set(results)
    return step


def make_result(route: Route, key: str) -> RouteResult:
    """A result that the route offers."""
    result = RouteResult.objects.create(key=key, name_de=key.upper())
    route.results.add(result)
    return result


def make_date(route: Route, title: str = "Anmeldung", **values: Any) -> RouteDate:
    """A date of today."""
    values.setdefault("first_day", clock.today())
    values.setdefault("last_day", values["first_day"])
    values.setdefault("school_year", "2026/27")
    return RouteDate.objects.create(route=route, title_de=title, **values)


def possible(response: Any) -> list[str]:
    """Keys of the stations that a page says are possible next."""
    return [way.key for way, _ in response.context["route"].possible]


def later(response: Any) -> list[str]:
    """Keys of those that need another result."""
    return [way.key for way, _ in response.context["route"].later]
