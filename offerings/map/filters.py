"""Filters of the map: places, and a part of it. Both are about known places only."""

import re
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from herne_bildung.lib.bitmap_index import BitmapIndex
from herne_bildung.lib.filtering import EMPTY, CodesFilter, Narrowing
from herne_bildung.lib.geo import Point
from herne_bildung.lib.map_canvas import LONGITUDE_SCALE

# About 10 m.
DECIMALS = 4
NUMBERS = re.compile(r"-?\d{1,3}(?:\.\d{1,20})?(?:,-?\d{1,3}(?:\.\d{1,20})?){3}")


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the map, in degrees."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, point: Point | None) -> bool:
        return (
            point is not None
            and self.south <= point.latitude <= self.north
            and self.west <= point.longitude <= self.east
        )

    @property
    def shape(self) -> dict[str, Any]:
        """As a GeoJSON geometry."""
        west_east = ((self.west, self.south), (self.east, self.north))
        return {"type": "MultiPolygon", "coordinates": [[[list(p) for p in west_east]]]}

    @property
    def height(self) -> float:
        """Degrees of latitude."""
        return self.north - self.south

    def grown(self, share: float, *, least: float, ratio: float) -> "Frame":
        """With room around it, at least so many degrees high, and so much higher than
        broad on paper.
        """
        high = max((self.north - self.south) * (1 + 2 * share), least)
        broad = (self.east - self.west) * (1 + 2 * share) * LONGITUDE_SCALE
        high, broad = max(high, broad * ratio), max(broad, high / ratio)
        latitude = (self.south + self.north) / 2
        longitude = (self.west + self.east) / 2
        across = broad / LONGITUDE_SCALE
        return Frame(
            latitude - high / 2,
            longitude - across / 2,
            latitude + high / 2,
            longitude + across / 2,
        )

    def written(self) -> str:
        numbers = (self.south, self.west, self.north, self.east)
        return ",".join(f"{number:.{DECIMALS}f}" for number in numbers)


def around(points: list[Point], margin: float = 0.0) -> Frame:
    """The frame of some points, with so many degrees of latitude around them."""
    latitudes = [point.latitude for point in points]
    longitudes = [point.longitude for point in points]
    across = margin / LONGITUDE_SCALE
    return Frame(
        min(latitudes) - margin,
        min(longitudes) - across,
        max(latitudes) + margin,
        max(longitudes) + across,
    )


class PartField(forms.Field):
    """South, west, north and east in degrees, as the links of the map write them."""

    def clean(self, value: Any) -> Frame | None:
        text = (value or "").strip()
        if not text:
            return None
        if NUMBERS.fullmatch(text):
            part = Frame(*map(float, text.split(",")))
            lies_on_earth = abs(part.north) <= 90 and abs(part.south) <= 90
            if part.south < part.north and part.west < part.east and lies_on_earth:
                return part
        raise forms.ValidationError(_("We do not know this part of the map."))

    def written(self, value: Frame) -> str:
        return value.written()


class PartFilter(django_filters.Filter):
    """Offers at a place in this part of the map; the filter set knows the places."""

    field_class = PartField


class PlaceFilter(CodesFilter):
    """Offers at one of these places; who has no place is not meant."""

    def narrow(self, index: BitmapIndex, value: list[str]) -> Narrowing:
        return Narrowing(index.having(self.facet, value), EMPTY)
