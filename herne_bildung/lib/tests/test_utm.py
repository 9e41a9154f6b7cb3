from math import cos, radians, sin, sqrt

import pytest

from herne_bildung.lib import utm
from herne_bildung.lib.geo import Point, distance


def meridian_arc(latitude: float) -> float:
    """Metres from the equator along a meridian, by adding small pieces (Simpson)."""
    e2 = utm.FLATTENING * (2 - utm.FLATTENING)
    steps = 20_000
    step = radians(latitude) / steps

    def radius(angle: float) -> float:
        return utm.EQUATORIAL_RADIUS * (1 - e2) / sqrt(1 - e2 * sin(angle) ** 2) ** 3

    total = radius(0) + radius(radians(latitude))
    for number in range(1, steps):
        total += radius(number * step) * (4 if number % 2 else 2)
    return total * step / 3


@pytest.mark.parametrize("latitude", [47.5, 51.5, 54.9])
def test_middle_of_the_zone_is_the_meridian(latitude):
    point = utm.to_degrees(utm.FALSE_EAST, meridian_arc(latitude) * utm.SCALE)

    assert point.latitude == pytest.approx(latitude, abs=1e-9)
    assert point.longitude == pytest.approx(9.0, abs=1e-12)


def test_scale_away_from_the_middle():
    """100 m to the east in Herne, on the ellipsoid and by the scale there."""
    one = utm.to_degrees(376_800, 5_710_000)
    other = utm.to_degrees(376_900, 5_710_000)
    e2 = utm.FLATTENING * (2 - utm.FLATTENING)
    latitude = radians(one.latitude)
    across = utm.EQUATORIAL_RADIUS / sqrt(1 - e2 * sin(latitude) ** 2)
    east = radians(other.longitude - one.longitude) * across * cos(latitude)
    along = across * (1 - e2) / (1 - e2 * sin(latitude) ** 2)
    north = radians(other.latitude - one.latitude) * along
    scale = utm.SCALE * (1 + ((376_850 - 500_000) / across) ** 2 / 2)

    assert sqrt(east**2 + north**2) * scale == pytest.approx(100, abs=0.002)


def test_a_school_lies_where_it_stands():
    """The official point of a school against its position in OpenStreetMap."""
    official = utm.to_degrees(376_821, 5_710_073)

    assert distance(official, Point(51.5280695, 7.2236424)) < 60


@pytest.mark.parametrize(
    ("east", "north", "plausible"),
    [
        (376_821, 5_710_073, True),
        (5_710_073, 376_821, False),
        (7.22, 51.5, False),
    ],
)
def test_metres_are_told_from_degrees(east, north, plausible):
    assert utm.is_plausible(east, north) is plausible
