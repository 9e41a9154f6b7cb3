"""Places as pages show them: address and district in words, the way there."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from herne_bildung.city.models import Place
from herne_bildung.city.route_planner import route_url
from herne_bildung.lib.addresses import address
from herne_bildung.lib.localized import isolated
from offerings.facts_in_words import yes_or_no


def place_facts(place: Any, language: str) -> dict[str, Any]:
    """A place with its district, which may only be probable; `german` are the parts
    that are German in every language.
    """
    district = place.district.name if place.district else ""
    is_guessed = bool(district) and place.is_district_guessed
    name_and_address = ", ".join(filter(None, [place.name, place.address]))
    sure = "" if is_guessed else district
    return {
        "german": list(filter(None, [name_and_address, sure])),
        "guessed": isolated(district, language) if is_guessed else "",
        "accessible": yes_or_no(place.is_accessible),
        "note": place.accessibility_note,
        "as_of": place.as_of,
        "route_url": route_url(place, language),
        "map_url": map_url(place),
    }


def map_url(place: Place) -> str:
    """All offers at this place, on the map; empty where its position is not known."""
    if place.latitude is None:
        return ""
    return address(reverse("offerings_map"), [("place", str(place.pk))])


def routes_to(places: Iterable[Place], language: str) -> list[dict[str, str]]:
    """The ways to places where a planner can be asked: {url, place}."""
    found = [(route_url(place, language), place) for place in places]
    return [
        {"url": url, "place": place.name or place.address}
        for url, place in found
        if url
    ]
