"""What lies around a map: outlines of the neighbours, cut at its frame."""

from collections.abc import Callable, Sequence
from typing import Any

from herne_bildung.lib.geo import middle
from herne_bildung.lib.localized import Text
from herne_bildung.lib.map_canvas import Canvas, rings
from monitoring.drawing.lettering import width_of
from monitoring.drawing.pen import SMALL, Pen
from monitoring.drawing.svg import element

# Room around the shapes that a map is about, as a share of their extent.
MARGIN = 0.12
Position = Sequence[float]
Shape = dict[str, Any]


def frame_of(shapes: Sequence[Shape], margin: float = MARGIN) -> list[float]:
    """West, south, east and north of a map of these shapes, in degrees."""
    points = [point for shape in shapes for ring in rings(shape) for point in ring]
    across, up = [point[0] for point in points], [point[1] for point in points]
    wide, high = max(across) - min(across), max(up) - min(up)
    return [
        min(across) - margin * wide,
        min(up) - margin * high,
        max(across) + margin * wide,
        max(up) + margin * high,
    ]


def box(frame: Sequence[float]) -> Shape:
    """The frame as a GeoJSON geometry."""
    west, south, east, north = frame
    corners = [[west, south], [east, south], [east, north], [west, north]]
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


def cut(shape: Shape, frame: Sequence[float]) -> Shape | None:
    """The part of a geometry inside the frame, side by side (Sutherland–Hodgman);
    None where nothing of it lies there. What is cut off runs along the frame.
    """
    inside = []
    for ring in rings(shape):
        points: list[Position] = [point[:2] for point in ring[:-1]]
        for axis, limit, sign in zip((0, 1, 0, 1), frame, (1, 1, -1, -1), strict=True):
            points = _one_side(points, axis, limit, sign)
        if len(points) > 2:
            inside.append([[*points, points[0]]])
    return {"type": "MultiPolygon", "coordinates": inside} if inside else None


def _one_side(
    points: Sequence[Position], axis: int, limit: float, sign: int
) -> list[Position]:
    """What lies on the right side of a line."""
    kept: list[Position] = []
    for before, after in zip([*points[-1:], *points[:-1]], points, strict=True):
        is_in, was_in = (sign * (point[axis] - limit) >= 0 for point in (after, before))
        if is_in != was_in:
            share = (limit - before[axis]) / (after[axis] - before[axis])
            kept.append(
                [
                    one + share * (other - one)
                    for one, other in zip(before, after, strict=True)
                ]
            )
        if is_in:
            kept.append(after)
    return kept


def draw(
    pen: Pen,
    canvas: Canvas,
    neighbours: Sequence[tuple[Text, Shape]],
    frame: Sequence[float],
    edge: float,
) -> list[Callable[[], None]]:
    """Outlines, lightly; what is given back writes the names, after all else: those
    that have room. A map is never mirrored.
    """
    names = []
    for name, shape in neighbours:
        part = cut(shape, frame)
        if part is None:
            continue
        move = f"translate({edge:g} {edge:g})"
        pen.add(element("path", look="neighbour", d=canvas.path(part), transform=move))
        across = [point[0] for ring in rings(part) for point in ring]
        room = (max(across) - min(across)) * canvas.units_a_degree
        needed = width_of(name.text, SMALL)
        if needed < 0.9 * room:
            x, y = canvas.place(middle(part))
            x = min(max(x + edge, needed / 2 + edge), pen.width - needed / 2 - edge)
            names.append(_writer(pen, name, (pen.x(x), y + edge)))
    return names


def _writer(pen: Pen, name: Text, place: tuple[float, float]) -> Callable[[], None]:
    return lambda: pen.text(place, name, "quiet halo", anchor="middle", size=SMALL)
