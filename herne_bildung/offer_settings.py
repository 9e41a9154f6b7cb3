"""Settings of the offers and the family portal."""

import os

from herne_bildung.lib.address_template import address_template
from herne_bildung.lib.environment import number

OFFERS = {
    # The journey planner that pages link to; see herne_bildung.city.route_planner.
    "ROUTE_PLANNER_URL": address_template(
        "ROUTE_PLANNER_URL",
        os.environ.get("ROUTE_PLANNER_URL", ""),
        {"latitude", "longitude", "address", "language"},
    ),
    # Setting pages holds half a megabyte of a worker's memory for each.
    "BOOKLET_MOST_OFFERS": number("BOOKLET_MOST_OFFERS", 800, least=50, most=3000),
}
