"""Drawing shapes of one city: degrees (WGS 84) become units of a drawing."""

from typing import Any

from herne_bildung.lib.geo import Point

WIDTH = 800
# One degree of longitude is this much shorter than one of latitude in Herne.
LONGITUDE_SCALE = 0.622


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

    def point(self, x: float, y: float) -> Point:
        """What stands at a place of the drawing."""
        across = LONGITUDE_SCALE * self.scale
        return Point(self.north - y / self.scale, self.west + x / across)

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
