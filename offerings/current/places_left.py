"""Whether there are places left: true on the day on which somebody said so."""

from typing import Any

from herne_bildung.lib import clock
from offerings.models import Offering


def facts_of_today(places_left: str) -> dict[str, Any]:
    """What an offer says of places left, as snapshots hold it, said today. Nothing
    has no day.
    """
    day = clock.today().isoformat() if places_left else None
    return {"places_left": places_left, "places_left_on": day}


def noted_today(offering: Offering) -> None:
    """Somebody says today what stands there; saving is for the caller."""
    offering.places_left_on = clock.today() if offering.places_left else None
