"""The result as a map of the quarters, drawn by us from our own shapes: the places
with offers as markers, the quarters the stronger the more offers they have.
"""

from dataclasses import dataclass
from typing import Any

from herne_bildung.city.models import District
from herne_bildung.lib.addresses import Pairs, replaced, without
from herne_bildung.lib.filtering import EMPTY
from herne_bildung.lib.geo import METRES_PER_DEGREE, Point
from herne_bildung.lib.map_canvas import Canvas, rings
from offerings.map.filters import Frame, around
from offerings.map.markers import Marker, markers, name_of_marker
from offerings.map.names import Spot, name_spots
from offerings.results import Results

# How wide it is drawn, in units: text and markers are still large enough on a phone.
MAP_WIDTH = 600
# The letters of names, in units: on a broad screen, and on a phone.
NAME_SIZES = {"broad": 13, "phone": 21}
# A part of the map is drawn with so much room around it, at least so many degrees of
# latitude high (670 m), and in this proportion.
ROOM, LEAST, RATIO = 0.2, 0.006, 0.6
# Around chosen places without a part: 0.6 km to each side.
SURROUNDINGS_OF_PLACES = 0.006
# Places this far outside the city are drawn, too: 2 km.
OUTSIDE = 0.018


@dataclass(frozen=True, slots=True)
class Area:
    """A quarter on the map: an SVG path, its result, and where its name stands, for
    each of `NAME_SIZES` that has room for it.
    """

    name: str
    path: str
    spots: dict[str, Spot]
    count: int
    maybe: int
    url: str
    level: int


@dataclass(frozen=True, slots=True)
class Here:
    """The position asked about, and the radius around it (0 without one)."""

    x: int
    y: int
    radius: int


@dataclass(frozen=True, slots=True)
class DistrictMap:
    """Areas and markers on a canvas of `width` × `height` units. `whole_url` leads
    back from a part of it; `drawn` are the ids of the places that it can show.
    """

    areas: list[Area]
    markers: list[dict[str, Any]]
    here: Here | None
    width: int
    height: int
    has_placeholders: bool
    source: str
    whole_url: str
    drawn: list[str]


def district_map(results: Results) -> DistrictMap:
    """The quarters with how many offers of the result each has, and the places."""
    filters = results.filters
    quarters = list(
        District.objects.filter(
            level=District.Level.QUARTER, shape__isnull=False
        ).order_by("order", "key")
    )
    found = filters.selection()[0] | filters.selection()[1]
    frame = _frame(results, quarters)
    places = filters.catalogue.places.values()
    drawn = [node for node in places if frame.holds(node.point)] if quarters else []
    canvas = Canvas([frame.shape], MAP_WIDTH)
    grouped = markers(drawn, found, filters.index, canvas.place)
    return DistrictMap(
        areas=_areas(results, quarters, canvas, grouped),
        markers=[_shown(marker, results, frame) for marker in grouped],
        here=_here(results, canvas),
        width=MAP_WIDTH,
        height=canvas.height,
        has_placeholders=any(
            entry.shape_quality == "placeholder" for entry in quarters
        ),
        source=source_of(quarters),
        whole_url=_whole_url(results),
        drawn=[str(node.pk) for node in drawn],
    )


def _frame(results: Results, quarters: list[District]) -> Frame:
    """What the map shows: the part asked for, what is around chosen places or in the
    radius, else the city and the places of offers close to it.
    """
    values = results.filters.values
    places = results.filters.catalogue.places
    if part := values.get("part"):
        return part.grown(0, least=LEAST, ratio=RATIO)
    chosen = [places[int(key)].point for key in values.get("place", ())]
    if points := [point for point in chosen if point]:
        near = around(points, SURROUNDINGS_OF_PLACES)
        return near.grown(0, least=LEAST, ratio=RATIO)
    if "within" in values:
        near = around([values["near"]], degrees_of(values["within"]))
        return near.grown(0.03, least=LEAST, ratio=RATIO)
    asked = _quarters_asked(results)
    city = _around_shapes([one for one in quarters if one.key in asked] or quarters)
    if asked:
        return city.grown(0.05, least=LEAST, ratio=RATIO)
    reach = around(
        [Point(city.south, city.west), Point(city.north, city.east)], OUTSIDE
    )
    found = results.filters.selection()[0] | results.filters.selection()[1]
    by_place = results.filters.index.values["place"]
    beside = [
        node.point
        for node in places.values()
        if node.point
        and reach.holds(node.point)
        and not city.holds(node.point)
        and found.intersect(by_place.get(str(node.pk), EMPTY))
    ]
    return around([Point(city.south, city.west), Point(city.north, city.east), *beside])


def _quarters_asked(results: Results) -> set[str]:
    """Keys of the quarters around and below the districts chosen."""
    found: set[str] = set()
    for key in results.filters.values.get("district", ()):
        node = results.filters.districts.by_key[key]
        found |= {key, *node.below}
        if node.level == District.Level.STATISTICAL:
            found |= set(node.above)
    return found


def _around_shapes(quarters: list[District]) -> Frame:
    corners = [
        Point(y, x)
        for one in quarters
        for ring in rings(one.shape)
        for x, y, *_ in ring
    ]
    return around(corners or [Point(0, 0), Point(1, 1)])


def _areas(
    results: Results,
    quarters: list[District],
    canvas: Canvas,
    grouped: list[Marker],
) -> list[Area]:
    counts = results.filters.counts("district", [entry.key for entry in quarters])
    most = max((sure for sure, _ in counts.values()), default=0)
    taken = [(one.x, one.y) for one in grouped]
    if position := results.filters.values.get("near"):
        taken.append(canvas.place(position))
    named = {
        kind: name_spots(quarters, canvas, MAP_WIDTH, taken, size)
        for kind, size in NAME_SIZES.items()
    }
    areas = []
    for entry in quarters:
        sure, maybe = counts[entry.key]
        areas.append(
            Area(
                name=entry.name,
                path=canvas.path(entry.shape),
                spots={
                    kind: spots[entry.key]
                    for kind, spots in named.items()
                    if entry.key in spots
                },
                count=sure,
                maybe=maybe,
                url=results.list_link(
                    replaced(results.parameters, "district", entry.key)
                ),
                level=round(4 * sure / most) if most else 0,
            )
        )
    return areas


def _shown(marker: Marker, results: Results, shown: Frame) -> dict[str, Any]:
    """A marker for the template. One place leads to its offers in the list below;
    several lead to a larger map of their part, where that tells them apart.
    """
    parameters = without(results.parameters, "page")
    part = marker.frame.grown(ROOM, least=LEAST, ratio=RATIO)
    is_group = len(marker.places) > 1 and not marker.is_one_spot
    is_group = is_group and part.height < 0.9 * shown.height
    if is_group:
        parameters = without(parameters, "place")
        parameters = replaced(parameters, "part", part.written())
    else:
        keys = [("place", str(pk)) for pk in sorted(node.pk for node in marker.places)]
        parameters = [*without(parameters, "place"), *keys]
    return {
        "x": marker.x,
        "y": marker.y,
        "number": len(marker.offers),
        "name": name_of_marker(marker, results.language, is_group=is_group),
        "url": results.link(parameters) + ("#map" if is_group else "#results-start"),
        "is_group": is_group,
    }


def _here(results: Results, canvas: Canvas) -> Here | None:
    position = results.filters.values.get("near")
    if position is None:
        return None
    x, y = canvas.place(position)
    kilometres = results.filters.values.get("within", 0)
    return Here(x, y, round(degrees_of(kilometres) * canvas.scale))


def degrees_of(kilometres: int) -> float:
    """A distance in degrees of latitude."""
    return kilometres * 1000 / METRES_PER_DEGREE


def _whole_url(results: Results) -> str:
    """The same result on the whole map; empty where this is it."""
    parameters: Pairs = without(without(results.parameters, "part"), "place")
    is_whole = len(parameters) == len(results.parameters)
    return "" if is_whole else results.link(without(parameters, "page"))


def source_of(quarters: list[District]) -> str:
    """Source and licence of the shapes; they must stand on every map."""
    if not quarters:
        return ""
    return ", ".join(filter(None, [quarters[0].source_title, quarters[0].licence]))
