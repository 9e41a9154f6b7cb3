"""What lies near: a position in the address, a radius around it, distances in words.

A position never has more than three decimals (about 100 m): further ones are cut off
before anything is done with it, and no address we write has them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from herne_bildung.city.filters import EVERYWHERE
from herne_bildung.city.reference import DistrictNode, PlaceNode
from herne_bildung.lib.bitmap_index import BitmapIndex
from herne_bildung.lib.filtering import Narrowing, strange_choice
from herne_bildung.lib.geo import Point, distance
from herne_bildung.lib.localized import isolated

DECIMALS = 3
RADII = ("1", "2", "5")
# South, west, north and east of where a way to Herne may begin, in degrees: the city
# and some 15 km around it.
SURROUNDINGS = (51.40, 6.95, 51.68, 7.45)
POSITION = re.compile(r"(\d{1,2}(?:\.\d{1,20})?),\s?(\d{1,3}(?:\.\d{1,20})?)")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where distances are measured from: a position, or the middle of a district,
    which then has its name.
    """

    point: Point
    district: str = ""


class NearField(forms.Field):
    """A position as "51.538,7.219": latitude and longitude, WGS 84."""

    def clean(self, value: Any) -> Point | None:
        text = (value or "").strip()
        if not text:
            return None
        found = POSITION.fullmatch(text)
        if found is None:
            raise forms.ValidationError(
                _("We cannot read this position. Please choose a district instead.")
            )
        point = Point(*(round(float(part), DECIMALS) for part in found.groups()))
        if not is_around(point):
            raise forms.ValidationError(
                _("This position is too far from Herne. Please choose a district.")
            )
        return point

    def written(self, value: Point) -> str:
        return as_parameter(value)


class NearFilter(django_filters.Filter):
    """Where one is; narrows nothing by itself, see `within`."""

    field_class = NearField


class RadiusField(forms.Field):
    """Kilometres as the crow flies: one of RADII."""

    def clean(self, value: Any) -> int | None:
        text = (value or "").strip()
        if text and text not in RADII:
            raise forms.ValidationError(strange_choice([text]))
        return int(text) if text else None


class RadiusFilter(django_filters.Filter):
    field_class = RadiusField


def is_around(point: Point) -> bool:
    """Whether it lies in or around Herne."""
    south, west, north, east = SURROUNDINGS
    return south <= point.latitude <= north and west <= point.longitude <= east


def as_parameter(point: Point) -> str:
    """A position as addresses have it."""
    return f"{point.latitude:.{DECIMALS}f},{point.longitude:.{DECIMALS}f}"


def rounded(data: QueryDict) -> QueryDict:
    """What was asked, its position rounded; the same where nothing is to be done."""
    given = data.get("near", "")
    found = POSITION.fullmatch(given.strip())
    if found is None:
        return data
    short = as_parameter(Point(*(float(part) for part in found.groups())))
    if short == given:
        return data
    data = data.copy()
    data["near"] = short
    return data


def narrowing(
    index: BitmapIndex, places: Iterable[PlaceNode], centre: Point, kilometres: int
) -> Narrowing:
    """Offers at a place so near, and those for everywhere; where a place is not known
    exactly, the offer may fit.
    """
    near, without_point = [], []
    for node in places:
        if node.point is None:
            without_point.append(str(node.pk))
        elif distance(centre, node.point) <= kilometres * 1000:
            near.append(str(node.pk))
    sure = index.having("place", near) | index.having("district", [EVERYWHERE])
    unknown: BitMap = index.unknown["place"] | index.having("place", without_point)
    return Narrowing(sure, unknown - sure)


def origin(near: Point | None, chosen: Iterable[DistrictNode]) -> Origin | None:
    """Where distances are measured from: the position, else the middle of the first
    district; None without either.
    """
    if near:
        return Origin(near)
    for node in chosen:
        if node.point:
            return Origin(node.point, node.name)
    return None


def nearest(centre: Point, places: Iterable[PlaceNode | None]) -> float | None:
    """Metres to the nearest of these places; None where no position is known."""
    found = [distance(centre, node.point) for node in places if node and node.point]
    return min(found, default=None)


def distance_in_words(metres: float, start: Origin, language: str) -> str:
    """ "about 1.2 km, as the crow flies"; as exact as a rounded position allows."""
    hundreds = max(round(metres / 100), 1)
    if hundreds < 10:
        length = gettext("%(number)s m") % {"number": hundreds * 100}
    else:
        number = number_format(hundreds / 10, decimal_pos=1)
        length = gettext("%(number)s km") % {"number": number}
    if start.district:
        return gettext(
            "about %(length)s from the middle of %(district)s, as the crow flies"
        ) % {"length": length, "district": isolated(start.district, language)}
    return gettext("about %(length)s, as the crow flies") % {"length": length}
