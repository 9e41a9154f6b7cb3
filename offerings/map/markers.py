"""Markers of a map: the places of a result, those close together as one with a number.

There are never more of them than have room beside each other, however many places.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from pyroaring import BitMap

from herne_bildung.city.reference import PlaceNode
from herne_bildung.lib.bitmap_index import BitmapIndex
from herne_bildung.lib.listing import listed
from herne_bildung.lib.map_canvas import LONGITUDE_SCALE
from herne_bildung.lib.result_page import counted
from offerings.facets import place_label
from offerings.map.filters import Frame, around

# Markers closer than this, in units of the drawing, become one.
APART = 54
# So many names of a group are said.
NAMED = 3
# Places in less than this, in degrees of latitude (60 m), are not drawn apart.
ONE_SPOT = 0.0005
# A group's part of the map is this much larger than its places (20 m).
ROOM = 0.0002


@dataclass(slots=True)
class Marker:
    """Places that are drawn as one: where, and the offers there."""

    x: int
    y: int
    places: list[PlaceNode] = field(default_factory=list)
    offers: BitMap = field(default_factory=BitMap)

    @property
    def frame(self) -> Frame:
        return around([node.point for node in self.places if node.point], ROOM)

    @property
    def is_one_spot(self) -> bool:
        """Whether a larger map would not tell its places apart."""
        frame = self.frame
        high = frame.north - frame.south - 2 * ROOM
        broad = (frame.east - frame.west) * LONGITUDE_SCALE - 2 * ROOM
        return max(high, broad) < ONE_SPOT


def markers(
    places: Iterable[PlaceNode],
    found: BitMap,
    index: BitmapIndex,
    place_on_canvas: Callable,
) -> list[Marker]:
    """The places where offers that were found are, grouped, from west to east."""
    there = []
    for node in places:
        offers = index.values["place"].get(str(node.pk))
        number = found.intersection_cardinality(offers) if offers else 0
        if number:
            there.append((-number, node.pk, node, offers))
    grouped: list[Marker] = []
    for _number, _pk, node, offers in sorted(there):
        x, y = place_on_canvas(node.point)
        group = next((one for one in grouped if _is_close(one, x, y)), None)
        if group is None:
            group = Marker(x, y)
            grouped.append(group)
        group.places.append(node)
        group.offers |= offers & found
    return sorted(grouped, key=lambda one: (one.x, one.y))


def _is_close(marker: Marker, x: int, y: int) -> bool:
    return (marker.x - x) ** 2 + (marker.y - y) ** 2 < APART**2


def name_of(offers: int, places: Sequence[PlaceNode], language: str) -> str:
    """ "3 offers: Stadtteilbibliothek Wanne"; of many places the first few are named,
    those with the most offers.
    """
    names = [place_label(node, language) for node in places[:NAMED]]
    rest = len(places) - NAMED
    if rest > 0:
        more = ngettext("%(number)s more place", "%(number)s more places", rest)
        names.append(counted(more, rest))
    text = ngettext(
        "%(number)s offer: %(places)s", "%(number)s offers: %(places)s", offers
    )
    number = number_format(offers, force_grouping=True)
    return text % {"number": number, "places": listed(names)}


def name_of_marker(marker: Marker, language: str, *, is_group: bool) -> str:
    """What the link of a marker says; of a group, that it leads to a larger map."""
    name = name_of(len(marker.offers), marker.places, language)
    return gettext("Show larger: %(offers)s") % {"offers": name} if is_group else name
