"""A way to a place by public transport: a link to the planner that was set.

We never ask the planner anything; only who follows the link does, and it learns no more
than the place.
"""

from django.conf import settings

from herne_bildung.city.models import Place
from herne_bildung.lib.address_template import filled


def route_url(place: Place, language: str) -> str:
    """The planner's page with this place as the goal; empty where none is set, where
    the place lacks what its address needs, and for made-up places.
    """
    if place.is_sample:
        return ""
    latitude, longitude = place.latitude, place.longitude
    return filled(
        settings.ROUTE_PLANNER_URL,
        {
            "latitude": "" if latitude is None else f"{latitude:.6f}",
            "longitude": "" if longitude is None else f"{longitude:.6f}",
            "address": place.address,
            # "de" for Leichte Sprache, which no planner has.
            "language": language.partition("-")[0],
        },
    )
