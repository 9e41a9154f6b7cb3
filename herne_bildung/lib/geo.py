"""Distances and areas on the map of one city; WGS 84 degrees in, metres out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any

METRES_PER_DEGREE = 111_320


@dataclass(frozen=True, slots=True)
class Point:
    """A position in degrees."""

    latitude: float
    longitude: float


def distance(one: Point, other: Point) -> float:
    """Metres between two points, exact to a few metres within a city."""
    north = (one.latitude - other.latitude) * METRES_PER_DEGREE
    east = (
        (one.longitude - other.longitude)
        * METRES_PER_DEGREE
        * cos(radians((one.latitude + other.latitude) / 2))
    )
    return hypot(north, east)


def is_inside(point: Point, geometry: dict[str, Any] | None) -> bool:
    """Whether a GeoJSON Polygon or MultiPolygon holds the point (holes count)."""
    if not geometry:
        return False
    polygons: Iterable[Sequence] = (
        [geometry["coordinates"]]
        if geometry["type"] == "Polygon"
        else geometry["coordinates"]
    )
    return any(
        _in_ring(point, rings[0]) and not any(_in_ring(point, h) for h in rings[1:])
        for rings in polygons
    )


def _in_ring(point: Point, ring: Sequence[Sequence[float]]) -> bool:
    inside = False
    x, y = point.longitude, point.latitude
    for (x1, y1, *_), (x2, y2, *_) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def middle(geometry: dict[str, Any]) -> Point:
    """The centroid of the outer ring (of the first polygon)."""
    rings = geometry["coordinates"]
    ring = rings[0] if geometry["type"] == "Polygon" else rings[0][0]
    doubled_area = x = y = 0.0
    for (x1, y1, *_), (x2, y2, *_) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        doubled_area += cross
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    if doubled_area == 0:
        return Point(ring[0][1], ring[0][0])
    return Point(y / (3 * doubled_area), x / (3 * doubled_area))
