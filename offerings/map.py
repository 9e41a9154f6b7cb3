"""The result as a map of the quarters, drawn by us from our own shapes."""

from dataclasses import dataclass
from typing import Any

from herne_bildung.city.models import District
from herne_bildung.lib.addresses import replaced
from herne_bildung.lib.geo import Point, middle
from offerings.results import Results

WIDTH = 800
# One degree of longitude is this much shorter than one of latitude in Herne.
LONGITUDE_SCALE = 0.622


@dataclass(frozen=True, slots=True)
class Area:
    """A quarter on the map: an SVG path, where its number stands, its result."""

    name: str
    path: str
    x: int
    y: int
    count: int
    maybe: int
    url: str
    level: int


@dataclass(frozen=True, slots=True)
class DistrictMap:
    """Areas on a canvas of `width` × `height` units."""

    areas: list[Area]
    width: int
    height: int
    has_placeholders: bool
    source: str


def district_map(results: Results) -> DistrictMap:
    """The quarters with how many offers of the result each has."""
    quarters = list(
        District.objects.filter(
            level=District.Level.QUARTER, shape__isnull=False
        ).order_by("order", "key")
    )
    counts = results.filters.counts("district", [entry.key for entry in quarters])
    most = max((sure for sure, _ in counts.values()), default=0)
    canvas = Canvas([entry.shape for entry in quarters])
    areas = []
    for entry in quarters:
        sure, maybe = counts[entry.key]
        x, y = canvas.place(middle(entry.shape))
        areas.append(
            Area(
                name=entry.name,
                path=canvas.path(entry.shape),
                x=x,
                y=y,
                count=sure,
                maybe=maybe,
                url=results.list_link(
                    replaced(results.parameters, "district", entry.key)
                ),
                level=round(4 * sure / most) if most else 0,
            )
        )
    return DistrictMap(
        areas=areas,
        width=WIDTH,
        height=canvas.height,
        has_placeholders=any(
            entry.shape_quality == "placeholder" for entry in quarters
        ),
        source=source_of(quarters),
    )


def source_of(quarters: list[District]) -> str:
    """Source and licence of the shapes; they must stand on every map."""
    if not quarters:
        return ""
    return ", ".join(filter(None, [quarters[0].source_title, quarters[0].licence]))


class Canvas:
    """Degrees to units of a drawing of this width; north is up."""

    def __init__(self, shapes: list[dict[str, Any]], width: float = WIDTH):
        points = [point for shape in shapes for ring in rings(shape) for point in ring]
        self.west = min((p[0] for p in points), default=0.0)
        east = max((p[0] for p in points), default=1.0)
        self.north = max((p[1] for p in points), default=1.0)
        south = min((p[1] for p in points), default=0.0)
        self.scale = width / ((east - self.west) * LONGITUDE_SCALE)
        self.height = round((self.north - south) * self.scale)

    @property
    def units_a_degree(self) -> float:
        """How wide a degree of longitude is drawn."""
        return LONGITUDE_SCALE * self.scale

    def place(self, point: Point) -> tuple[int, int]:
        """Where a point stands on the drawing."""
        x = (point.longitude - self.west) * LONGITUDE_SCALE * self.scale
        return round(x), round((self.north - point.latitude) * self.scale)

    def path(self, shape: dict[str, Any]) -> str:
        """A GeoJSON geometry as SVG path data."""
        parts = []
        for ring in rings(shape):
            placed = (self.place(Point(y, x)) for x, y, *_ in ring)
            parts.append("M" + "L".join(f"{x} {y}" for x, y in placed) + "Z")
        return "".join(parts)


def rings(shape: dict[str, Any]) -> list[list[list[float]]]:
    """All rings of a Polygon or MultiPolygon."""
    if shape["type"] == "Polygon":
        return shape["coordinates"]
    return [ring for polygon in shape["coordinates"] for ring in polygon]
